import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { takeKernelLock } from '../../storage/kernel-lock.ts';
import type { LedgerPaths } from '../paths.ts';
import { tellOther } from './changes.ts';
import { isSameLedger } from './compare.ts';
import type { SeenFacts } from './facts.ts';
import { earlierOf, fateOf, isOutrun, wasAhead } from './fate.ts';
import { soundTo, writeMemory, type Memory } from './memory.ts';
import { lockFile, memoryFile, realPath, recall, type Recalled } from './recall.ts';

/** Checkpoints that are kept: of a longer ledger every so many entries. */
const CHECKPOINTS = 512;
/** How long another process that remembers is waited for; it takes some ms. */
const LOCK_WAIT_MS = 2_000;

/** Whether a look is remembered, else why not. `refused`: what was seen earlier says otherwise, and that stays known. */
export type Remembered = 'kept' | 'empty' | 'inside' | 'refused' | 'failed';

/**
 * Remembers a ledger for later looks, in the app folder and never in its own. What was seen and is gone stays known as
 * long as it is no older copy that was put back, and of that it is kept that it was.
 */
export function rememberSeen(dataDir: string, paths: LedgerPaths, facts: SeenFacts): Remembered {
  if (facts.first === null || facts.head === null) return 'empty';
  if (realPath(dataDir) === realPath(paths.dir)) return 'inside';
  const release = lockMemories(dataDir);
  try {
    return remember(dataDir, realPath(paths.db), { ...facts, first: facts.first, head: facts.head });
  } finally {
    release();
  }
}

/** Two processes must not remember at once: what one saw last would be forgotten. Without locks, the last one is kept. */
function lockMemories(dataDir: string): () => void {
  const file = lockFile(dataDir);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch {
    return () => {};
  }
  const lock = takeKernelLock(file, LOCK_WAIT_MS);
  return lock.ok ? lock.value.release : () => {};
}

type Facts = SeenFacts & { readonly [K in 'first' | 'head']: NonNullable<SeenFacts[K]> };

function remember(dataDir: string, path: string, facts: Facts): Remembered {
  // read just now: another process may have seen more since
  const recalled = recall(dataDir, path, facts.first.hash);
  const { known, others, moved } = recalled;
  if (others.some((other) => isSameLedger(other, facts))) return 'refused';
  const restored = restoredWith(recalled, facts);
  if (restored === null) return 'refused';
  const base = known ?? (moved !== null && fateOf(moved, facts).fate === 'kept' ? moved : null);
  const kept = writeMemory(memoryFile(dataDir, path, facts.first.hash), {
    version: 1,
    path,
    first: facts.first,
    firstSeenMicros: base?.firstSeenMicros ?? facts.nowMicros,
    writtenMicros: facts.endMicros,
    head: { atMicros: facts.nowMicros, events: facts.events, seq: facts.head.seq, hash: facts.head.hash },
    soundTo: facts.sound ? facts.head.seq : base === null ? null : soundTo(base),
    before: base === null ? null : earlierOf(base, facts),
    checkpoints: checkpointsOf(facts),
    accounts: accountsOf(known, facts),
    restored: restored.slice(-20),
  });
  return kept ? 'kept' : 'failed';
}

/** The older copies that were put back, with the one that this look is of; null: what is gone has to stay known. */
function restoredWith({ known, moved }: Recalled, facts: SeenFacts): Memory['restored'] | null {
  const before = known ?? moved;
  if (before === null) return [];
  const fate = fateOf(before, facts);
  const restored = known?.restored ?? [];
  if (fate.fate === 'kept') return restored;
  const one = {
    atMicros: facts.nowMicros,
    from: before.head,
    toSeq: fate.fate === 'other' ? fate.same : fate.last,
  };
  if (known === null) return [{ ...one, path: before.path }];
  if (!facts.sound || isOutrun(known, facts)) return null;
  const { atMicros } = known.head;
  if (atMicros > facts.nowMicros && !wasAhead(atMicros, facts)) return null;
  if (fate.fate === 'other' && tellOther(known, fate, facts, []).verdict.state !== 'restored') return null;
  return [...restored, one];
}

function checkpointsOf({ first, head, at }: Facts): [number, string][] {
  let step = 1;
  while ((head.seq - first.seq) / step > CHECKPOINTS) step *= 2;
  const made: [number, string][] = [];
  for (let seq = first.seq; seq <= head.seq && made.length < 2_000;) {
    const entry = at(seq);
    if (entry !== null) made.push([seq, entry.hash]);
    seq = (Math.floor(seq / step) + 1) * step;
  }
  return made;
}

/** Agents that are kept with their balances, by name. */
const ACCOUNTS = 5_000;

function accountsOf(known: Memory | null, facts: SeenFacts): Memory['accounts'] {
  const before = new Map((known?.accounts ?? []).map((account) => [account.name, account]));
  return facts.accounts.slice(0, ACCOUNTS).map((account) => {
    const old = before.get(account.key);
    const budgets = old !== undefined && old.createdAt === account.createdAt ? [...old.budgets] : [];
    if (budgets.at(-1)?.micro !== account.budgetMicro)
      budgets.push({ atMicros: facts.nowMicros, micro: account.budgetMicro });
    return {
      name: account.key,
      createdAt: account.createdAt,
      spentMicro: account.spentMicro,
      reservedMicro: account.reservedMicro,
      budgets: [...budgets.slice(0, 1), ...budgets.slice(1).slice(-30)],
    };
  });
}
