import type { SeenFacts } from './facts.ts';
import type { Memory, SeenState } from './memory.ts';

/** What was seen before this opening; null: nothing was. */
export const earlierOf = (
  known: Memory,
  { sinceMicros }: Pick<SeenFacts, 'sinceMicros'>,
): SeenState | null => (known.head.atMicros < sinceMicros ? known.head : (known.before ?? null));

/** What of a memory is still there. */
export type Fate =
  | { readonly fate: 'kept' }
  | { readonly fate: 'shorter'; readonly last: number }
  | { readonly fate: 'other'; readonly same: number; readonly differs: number };

/**
 * Whether another look that ended since this one began remembered more. A ledger grows while it is looked at, so that this
 * says nothing of whether something was cut off.
 */
export const isOutrun = ({ writtenMicros }: Memory, { nowMicros }: SeenFacts): boolean =>
  writtenMicros !== undefined && writtenMicros > nowMicros;

export function fateOf(known: Memory, facts: SeenFacts): Fate {
  const last = facts.head?.seq ?? 0;
  const marks = [...known.checkpoints, [known.head.seq, known.head.hash] as const].sort(([a], [b]) => a - b);
  let same = known.first.seq;
  for (const [seq, hash] of marks) {
    if (seq > last) return { fate: 'shorter', last };
    if (facts.at(seq)?.hash !== hash) return { fate: 'other', same, differs: seq };
    same = seq;
  }
  return { fate: 'kept' };
}
