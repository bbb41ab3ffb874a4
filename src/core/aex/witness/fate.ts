import type { SeenFacts } from './facts.ts';
import type { Memory, SeenState } from './memory.ts';

/** What was seen before this opening; null: nothing was. */
export const earlierOf = (
  known: Memory,
  { sinceMicros }: Pick<SeenFacts, 'sinceMicros'>,
): SeenState | null => (known.head.atMicros < sinceMicros ? known.head : (known.before ?? null));

/** What of a memory is still there. `differs`: the first entry known to be another one now, `gone` where it is none. */
export type Fate =
  | { readonly fate: 'kept' }
  | { readonly fate: 'shorter'; readonly last: number }
  | { readonly fate: 'other'; readonly same: number; readonly differs: number; readonly gone: boolean };

/** Two clocks of one machine that were read one after the other are no further apart, unless one was set. */
const CLOCK_SLACK = 60_000_000;

/** Whether the clock was ahead at that look: nothing can be told of what came before or after it. */
export const wasAhead = (micros: number, { endMicros }: SeenFacts): boolean =>
  micros > endMicros + CLOCK_SLACK;

/**
 * Whether another look that ended since this one began remembered more. A ledger grows while it is looked at, so that this
 * says nothing of whether something was cut off.
 */
export const isOutrun = ({ writtenMicros }: Memory, facts: SeenFacts): boolean =>
  writtenMicros !== undefined && writtenMicros > facts.nowMicros && !wasAhead(writtenMicros, facts);

/** Compares what was seen with what is there, entry by entry that is remembered. */
export function fateOf(known: Memory, facts: SeenFacts): Fate {
  const last = facts.head?.seq ?? 0;
  const marks = [...known.checkpoints, [known.head.seq, known.head.hash] as const].sort(([a], [b]) => a - b);
  let same = known.first.seq;
  for (const [seq, hash] of marks) {
    if (seq > last) return { fate: 'shorter', last };
    const entry = facts.at(seq);
    if (entry?.hash !== hash) return { fate: 'other', same, differs: seq, gone: entry === null };
    same = seq;
  }
  return { fate: 'kept' };
}
