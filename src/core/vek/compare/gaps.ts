import { align, gapsBetween, type Gap, type Run } from '../../json/align.ts';

/** The runs of equal numbers in one gap of two lists. */
export function gapRuns(a: ArrayLike<number>, b: ArrayLike<number>, gap: Gap): readonly Run[] {
  if (gap.a === gap.aEnd || gap.b === gap.bEnd) return [];
  return align(cut(a, gap.a, gap.aEnd), cut(b, gap.b, gap.bEnd)).map((run) => ({
    a: run.a + gap.a,
    b: run.b + gap.b,
    length: run.length,
  }));
}

const cut = (list: ArrayLike<number>, from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => list[from + i]!);

/** What of a gap lies between runs in it. */
export function gapsIn(runs: readonly Run[], gap: Gap): readonly Gap[] {
  const inside = runs.map((run) => ({ ...run, a: run.a - gap.a, b: run.b - gap.b }));
  return gapsBetween(inside, gap.aEnd - gap.a, gap.bEnd - gap.b).map((part) => ({
    a: part.a + gap.a,
    aEnd: part.aEnd + gap.a,
    b: part.b + gap.b,
    bEnd: part.bEnd + gap.b,
  }));
}
