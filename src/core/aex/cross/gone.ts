import type { GoneEntry } from '../../../contract/ledger-chain.ts';
import { entryHash, type HashedParts } from '../chain/entry-hash.ts';
import { kindOf, readPayload } from '../entry.ts';
import type { Rebuilt } from './records.ts';

/** Entries of one gap that are listed with what they were. */
const MAX_GONE = 40;

/** What stood in a gap. `from` null: the numbers were closed up. `prev`: the hash before it, where `made` is proved. */
export function goneEntries(
  made: readonly Rebuilt[],
  from: number | null,
  prev: string | null,
): readonly GoneEntry[] {
  let before = prev;
  return made.slice(0, MAX_GONE).map((one, i) => {
    before = before === null ? null : entryHash(before, one);
    return formerEntry(from === null ? null : from + i, one.agent, one, before);
  });
}

/** What an entry was by its content. `hash`: its hash, where that is proved. */
export function formerEntry(
  seq: number | null,
  agent: string | null,
  content: HashedParts,
  hash: string | null,
): GoneEntry {
  const { type, payload, executionId } = content;
  const { estimated, cost, model } = readPayload(type, payload);
  const amounts = { estimatedMicro: estimated, costMicro: cost };
  return { seq, kind: kindOf(type), type, executionId, agent, ...amounts, model, hash };
}
