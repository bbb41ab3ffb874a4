import type { Failure, Result } from '../../../../contract/failure.ts';
import type { GraphStrip, StripMark } from '../../../../contract/scale.ts';

/** Asks for a strip of some rows of one view. */
export type AskStrip = (start: number, count: number, buckets: number) => Promise<Result<GraphStrip>>;

export type FoundMark =
  | { readonly state: 'found'; readonly mark: StripMark }
  /** none there; `unknown` when failed calls were not searched for yet */
  | { readonly state: 'none'; readonly unknown: boolean }
  | { readonly state: 'error'; readonly error: Failure };

const BUCKETS = 4096;

/**
 * The nearest mark of some kinds below (`down`) or above a row of a view with `total` rows. A strip names the newest
 * mark of each bucket, so upwards the last bucket is looked into until it holds one.
 */
export async function findMark(
  ask: AskStrip,
  kinds: readonly StripMark['kind'][],
  from: number,
  total: number,
  to: 'down' | 'up',
): Promise<FoundMark> {
  let start = to === 'down' ? from + 1 : 0;
  let end = to === 'down' ? total : from;
  let unknown = false;
  while (end > start) {
    const answer = await ask(start, end - start, to === 'down' ? 1 : Math.min(BUCKETS, end - start));
    if (!answer.ok) return { state: 'error', error: answer.error };
    const strip = answer.value;
    unknown = kinds.includes('failed') && strip.failures.state !== 'known';
    const marks = strip.marks.filter((mark) => kinds.includes(mark.kind));
    const sorted = marks.toSorted((a, b) => a.row - b.row);
    if (to === 'down') {
      const first = sorted[0];
      return first === undefined ? { state: 'none', unknown } : { state: 'found', mark: first };
    }
    const last = sorted.at(-1);
    if (last === undefined) return { state: 'none', unknown };
    const bucket = Math.max(...marks.map((mark) => mark.bucket));
    const inLast = marks.filter((mark) => mark.bucket === bucket);
    if (inLast.every((mark) => mark.count === 1)) return { state: 'found', mark: last };
    const size = strip.count / strip.buckets;
    start = Math.max(start, last.row);
    end = Math.min(end, Math.ceil(strip.start + (bucket + 1) * size));
    if (end - start <= 1) return { state: 'found', mark: last };
  }
  return { state: 'none', unknown };
}
