import type { GoneEntry } from '../../../contract/ledger-chain.ts';
import { entryHash } from '../chain/entry-hash.ts';
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
    const { estimated, cost, model } = readPayload(one.type, one.payload);
    before = before === null ? null : entryHash(before, one);
    return {
      seq: from === null ? null : from + i,
      kind: kindOf(one.type),
      type: one.type,
      executionId: one.executionId,
      agent: one.agent,
      estimatedMicro: estimated,
      costMicro: cost,
      model,
      hash: before,
    };
  });
}
