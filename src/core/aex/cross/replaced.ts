import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import type { StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { takeTruth } from './altered.ts';
import { witness, type Board } from './board.ts';
import { amountsTried, candidatesOf, firstFit, type Candidate } from './candidates.ts';
import { placeOf, type Facts } from './facts.ts';
import { formerEntry } from './gone.ts';
import type { Prices } from './records.ts';
import { differences } from './words.ts';

/** Entries before a replaced one that may have been replaced as well, with all hashes up to it. */
const MAX_BACK = 60;

/** An entry whose own hash fits, and whose successor names another one. */
export function tellReplaced(
  look: LedgerLook,
  facts: Facts,
  one: ChainBreak,
  prices: Prices | null,
  lookedAt: boolean,
  board: Board,
): boolean {
  if (one.before === null) {
    board.add(`entry:${one.seq}`, {
      kind: 'chain-broken',
      severity: 'error',
      seq: one.seq,
      message: `Entry ${one.seq} is the first one, and names a predecessor. What stood before it is gone, or its predecessor was changed. Nothing before entry ${one.seq} can be trusted.`,
      expected: GENESIS,
      found: one.storedPrev,
      sure: 'proved',
    });
    return false;
  }
  const last = look.entry(one.before);
  const proof = lookedAt && last !== null ? replacedAt(look, last, one.storedPrev, prices) : null;
  const entry = proof?.entry ?? last;
  const seq = entry?.seq ?? one.before;
  const since = `The record can't be trusted from entry ${seq} on; entry ${one.seq} and those behind it are chained to the original.`;
  const key = `entry:${seq}`;
  const known = board.get(key);
  if (known !== undefined && known.kind !== 'entry-altered') board.delete(key);
  const { expected, found } =
    proof === null
      ? { expected: one.storedPrev, found: one.beforeHash }
      : differences(proof.truth, proof.entry);
  board.add(key, {
    kind: 'entry-replaced',
    severity: 'error',
    seq,
    executionId: proof?.truth.executionId ?? entry?.executionId ?? null,
    agent: entry?.agent ?? null,
    message:
      proof === null
        ? `Entry ${seq} is not the one that entry ${one.seq} was chained to: its own hash fits its content, but entry ${one.seq} names another. It was replaced and hashed anew. ${since}`
        : `Entry ${seq} was replaced and hashed anew: entry ${one.seq} still names the hash of the original. It was ${expected}; it says ${found}. The original content gives that hash again, which proves it. ${since}`,
    expected,
    found,
    sure: 'proved',
    because: [
      witness(
        'hash',
        `entry ${one.seq}`,
        `names ${one.storedPrev.slice(0, 12)}… as the entry before it`,
        false,
        one.seq,
      ),
      witness(
        'hash',
        `entry ${one.before}`,
        `has the hash ${one.beforeHash.slice(0, 12)}…`,
        false,
        one.before,
      ),
      ...(proof === null
        ? []
        : [witness('hash', proof.truth.from, `gives the hash that entry ${one.seq} names`, true, seq)]),
    ],
    ...(proof === null || entry === null
      ? {}
      : { was: formerEntry(seq, entry.agent, proof.truth, entryHash(entry.prevHash, proof.truth)) }),
  });
  if (proof === null || entry === null) return false;
  takeTruth(facts, placeOf(facts, seq), proof.entry, proof.truth);
  return true;
}

/** The entry at or before `last` whose true content, chained on, gives the hash that is named. */
function replacedAt(
  look: LedgerLook,
  last: StoredEntry,
  named: string,
  prices: Prices | null,
): { readonly entry: StoredEntry; readonly truth: Candidate } | null {
  const near = look
    .entries(Math.max(0, last.seq - MAX_BACK), MAX_BACK + 1)
    .filter(({ seq }) => seq <= last.seq);
  for (let i = near.length - 1; i >= 0; i--) {
    const entry = near[i]!;
    for (const truth of candidatesOf(look, entry, prices)) {
      let hash = entryHash(entry.prevHash, truth);
      for (let k = i + 1; k < near.length; k++) hash = entryHash(hash, near[k]!);
      if (hash === named) return { entry, truth };
    }
    if (i === near.length - 1) {
      const fit = firstFit(amountsTried(entry), entry.prevHash, new Set([named]));
      if (fit !== null) return { entry, truth: fit.candidate };
    }
  }
  return null;
}
