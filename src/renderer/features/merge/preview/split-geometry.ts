import type { MergePreview } from '../../../../contract/merge.ts';

/** The size of the drawing; everything in it is in these units. */
export const SIZE = { width: 600, height: 84 } as const;

const TOP = 34;
const LOW = 62;
const BASE_X = 150;
const MERGE_X = 500;
/** More calls than this are a dotted stretch between the first and the last ones. */
const MOST_DOTS = 5;

type Point = { readonly x: number; readonly y: number };
type Of = 'into' | 'from';

export type Line = { readonly of: Of; readonly d: string; readonly style: 'solid' | 'dotted' | 'dashed' };
export type Dot = Point & { readonly of: Of };

/** What is drawn of two branches that meet: lines, calls, common calls, the new call, and where the words stand. */
export type Drawing = {
  readonly lines: readonly Line[];
  readonly dots: readonly Dot[];
  readonly bases: readonly Point[];
  /** null where nothing is to be merged */
  readonly merge: Point | null;
  /** middle of the words over or under each part, in x */
  readonly labels: { readonly base: number; readonly into: number; readonly from: number };
};

/** Lays the drawing out; counts beyond a few are a dotted stretch, so that any history fits. */
export function drawingOf({ into, from, bases, unrelated, already }: MergePreview): Drawing {
  if (already) return alreadyDrawing(into.calls);
  const apart = unrelated || bases.length === 0;
  const crossed = bases.length > 1;
  const top = stretch('into', into.calls, crossed || apart ? 225 : 205, 455, TOP);
  const low = stretch('from', from.calls, crossed || apart ? 225 : 225, 405, LOW);
  const begin: Line[] = apart
    ? [line('into', `M${BASE_X} ${TOP}H225`), line('from', `M${BASE_X} ${LOW}H225`)]
    : crossed
      ? [
          line('into', `M40 ${TOP}H225`),
          line('from', `M40 ${LOW}H225`),
          line('into', `M${BASE_X} ${TOP}C180 ${TOP} 190 ${LOW} 218 ${LOW}`),
          line('from', `M${BASE_X} ${LOW}C180 ${LOW} 190 ${TOP} 218 ${TOP}`),
        ]
      : [
          line('into', `M20 ${TOP}H205`),
          line('from', `M${BASE_X} ${TOP}C172 ${TOP} 176 ${LOW} 206 ${LOW}H225`),
        ];
  return {
    lines: [
      ...low.lines,
      line('from', `M405 ${LOW}H432C462 ${LOW} 466 ${TOP} ${MERGE_X - 8} ${TOP}`),
      ...begin,
      ...top.lines,
      line('into', `M455 ${TOP}H${MERGE_X - 8}`),
      { of: 'into', d: `M${MERGE_X + 8} ${TOP}H580`, style: 'dashed' },
    ],
    dots: [
      ...(apart
        ? [
            { of: 'into' as const, x: BASE_X, y: TOP },
            { of: 'from' as const, x: BASE_X, y: LOW },
          ]
        : crossed
          ? [70, 105].flatMap((x) => [
              { of: 'into' as const, x, y: TOP },
              { of: 'from' as const, x, y: LOW },
            ])
          : [40, 95].map((x) => ({ of: 'into' as const, x, y: TOP }))),
      ...top.dots,
      ...low.dots,
    ],
    bases: apart
      ? []
      : crossed
        ? [
            { x: BASE_X, y: TOP },
            { x: BASE_X, y: LOW },
          ]
        : [{ x: BASE_X, y: TOP }],
    merge: { x: MERGE_X, y: TOP },
    labels: { base: BASE_X, into: 335, from: 315 },
  };
}

/** One line: the branch to merge ends on it. */
function alreadyDrawing(calls: number): Drawing {
  const top = stretch('into', calls, 205, 455, TOP);
  return {
    lines: [line('into', `M20 ${TOP}H205`), ...top.lines, line('into', `M455 ${TOP}H500`)],
    dots: [...[40, 95].map((x) => ({ of: 'into' as const, x, y: TOP })), ...top.dots],
    bases: [{ x: BASE_X, y: TOP }],
    merge: null,
    labels: { base: BASE_X, into: 335, from: BASE_X },
  };
}

const line = (of: Of, d: string): Line => ({ of, d, style: 'solid' });

/** The calls of one branch between two places on a level line. */
function stretch(
  of: Of,
  calls: number,
  from: number,
  to: number,
  y: number,
): { readonly lines: readonly Line[]; readonly dots: readonly Dot[] } {
  const shown = Math.min(calls, MOST_DOTS);
  const step = (to - from) / (MOST_DOTS + 1);
  const middle = (from + to) / 2;
  const dots = Array.from({ length: shown }, (_, i): Dot => ({
    of,
    x: middle + (i - (shown - 1) / 2) * step,
    y,
  }));
  if (calls <= MOST_DOTS) return { lines: [line(of, `M${from} ${y}H${to}`)], dots };
  const gap = { from: middle - step, to: middle + step };
  return {
    lines: [
      line(of, `M${from} ${y}H${gap.from}`),
      { of, d: `M${gap.from} ${y}H${gap.to}`, style: 'dotted' },
      line(of, `M${gap.to} ${y}H${to}`),
    ],
    dots: dots.filter(({ x }) => Math.abs(x - middle) >= step * 0.9),
  };
}
