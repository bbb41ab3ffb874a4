import type { ChainBreak, ChainVerdict } from './verdict.ts';

/** The verdict of the original on a chain, which stops at the first entry that fails (formats/aex.md §4). */
export function chainVerdict(
  events: number,
  breaks: readonly ChainBreak[],
  moreBreaks: number,
  head: ChainVerdict['head'],
): ChainVerdict {
  const first = breaks[0];
  return {
    ok: first === undefined,
    detail: first === undefined ? `hash chain verified for ${events} events` : failure(first),
    seq: first?.seq ?? null,
    events,
    breaks,
    moreBreaks,
    head,
  };
}

/** Both checks of the original, in its order: who the entry names before it, then its own hash. */
function failure({ linked, partition, seq }: ChainBreak): string {
  const place = partition === null ? `seq=${seq}` : `partition=${partition} seq=${seq}`;
  return `${linked ? 'event_hash' : 'prev_hash'} mismatch at ${place}`;
}
