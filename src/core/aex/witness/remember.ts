import { sep } from 'node:path';
import type { LedgerPaths } from '../paths.ts';
import { compareSeen } from './compare.ts';
import type { SeenFacts } from './facts.ts';
import { earlierOf, fateOf, isOutrun } from './fate.ts';
import { keepMemory, memoriesAt, memoryOf, realPath, type Memory } from './memory.ts';

/** Checkpoints that are kept: of a longer ledger every so many entries. */
const CHECKPOINTS = 512;

/** Whether a look is remembered, else why not. `refused`: what was seen earlier says otherwise, and that stays known. */
export type Remembered = 'kept' | 'unsound' | 'empty' | 'inside' | 'refused' | 'failed';

/**
 * Remembers a ledger for later looks, in the app folder and never in its own. Only what adds up is remembered; what was
 * seen and is gone stays known as long as it is no older copy that was put back, and of that it is kept that it was.
 */
export function rememberSeen(dataDir: string, paths: LedgerPaths, facts: SeenFacts): Remembered {
  if (facts.first === null || facts.head === null) return 'empty';
  if (!facts.sound) return 'unsound';
  const path = realPath(paths.db);
  const folder = realPath(paths.dir);
  const own = realPath(dataDir);
  if (own === folder || own.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return 'inside';
  const others = memoriesAt(dataDir, path).filter(({ first }) => first.hash !== facts.first!.hash);
  if (others.some(({ first }) => first.mark === facts.first!.mark)) return 'refused';
  // read just now: another process may have seen more since
  const known = memoryOf(dataDir, path, facts.first.hash);
  const head = {
    atMicros: facts.nowMicros,
    events: facts.events,
    seq: facts.head.seq,
    hash: facts.head.hash,
  };
  const restored = [...(known?.restored ?? [])];
  if (known !== null) {
    const fate = fateOf(known, facts);
    if ((known.head.atMicros > facts.nowMicros || isOutrun(known, facts)) && fate.fate !== 'kept')
      return 'refused';
    if (fate.fate === 'other') {
      const seen = compareSeen(dataDir, paths, facts);
      if (seen.verdict.state !== 'restored') return 'refused';
      restored.push({ atMicros: facts.nowMicros, from: known.head, toSeq: fate.same });
    } else if (fate.fate === 'shorter')
      restored.push({ atMicros: facts.nowMicros, from: known.head, toSeq: fate.last });
  }
  const kept = keepMemory(dataDir, {
    version: 1,
    path,
    first: facts.first,
    firstSeenMicros: known?.firstSeenMicros ?? facts.nowMicros,
    writtenMicros: facts.endMicros,
    head,
    before: known === null ? null : earlierOf(known, facts),
    checkpoints: checkpointsOf(facts),
    accounts: accountsOf(known, facts),
    restored: restored.slice(-20),
  });
  return kept ? 'kept' : 'failed';
}

function checkpointsOf(facts: SeenFacts): [number, string][] {
  const first = facts.first!.seq;
  const last = facts.head!.seq;
  let step = 1;
  while ((last - first) / step > CHECKPOINTS) step *= 2;
  const made: [number, string][] = [];
  for (let seq = first; seq <= last && made.length < 2_000; seq = (Math.floor(seq / step) + 1) * step) {
    const entry = facts.at(seq);
    if (entry !== null) made.push([seq, entry.hash]);
  }
  return made;
}

function accountsOf(known: Memory | null, facts: SeenFacts): Memory['accounts'] {
  const before = new Map((known?.accounts ?? []).map((account) => [account.name, account]));
  return facts.accounts.slice(0, 5_000).map((account) => {
    const old = before.get(account.name);
    const budgets = old !== undefined && old.createdAt === account.createdAt ? [...old.budgets] : [];
    if (budgets.at(-1)?.micro !== account.budgetMicro)
      budgets.push({ atMicros: facts.nowMicros, micro: account.budgetMicro });
    return {
      name: account.name,
      createdAt: account.createdAt,
      spentMicro: account.spentMicro,
      reservedMicro: account.reservedMicro,
      budgets: [...budgets.slice(0, 1), ...budgets.slice(1).slice(-60)],
    };
  });
}
