import type { Gap } from '../../json/align.ts';
import type { JsonNode } from '../../json/tree.ts';
import { gapRuns, gapsIn } from './gaps.ts';
import { likeness } from './likeness.ts';

type OfCall<T> = (side: 'a' | 'b', call: number) => T;

/**
 * What inputs tell: the document that one names, and the input itself; null where there is none. `room`: whether those
 * of so many more calls may be read.
 */
export type Describe = {
  readonly document: OfCall<string | null>;
  readonly input: OfCall<JsonNode | null>;
  readonly room: (calls: number) => boolean;
};
/** A call of each run that stand in one row. */
export type Pair = { readonly a: number; readonly b: number };

/** Cells of the table in which the most alike calls of a gap are found. Beyond: by tool and place. */
const MAX_CELLS = 20_000;
/** Calls of a gap whose inputs are held in memory for that. */
const MAX_INPUTS = 600;
/** How much two inputs must be alike for one to be a change of the other, and where they name different documents. */
const ALIKE = 0.3;
const ALIKE_ELSEWHERE = 0.6;

type Tools = { readonly a: ArrayLike<number>; readonly b: ArrayLike<number> };

/**
 * Pairs calls of one tool whose inputs differ: first those that name the same document, then the most alike ones, then
 * in order those that name none; each step only between the pairs of those before.
 */
export function pairByInput(tools: Tools, gap: Gap, describe: Describe): readonly Pair[] {
  const common = commonTools(tools, gap);
  if (common.size === 0) return [];
  const asked = countIn(tools.a, gap.a, gap.aEnd, common) + countIn(tools.b, gap.b, gap.bEnd, common);
  const known = describe.room(asked) ? ofTools(describe, tools, common) : UNKNOWN;
  const named = pairsByDocument(tools, gap, known);
  const pairs = [...named];
  for (const rest of gapsIn(asRuns(named), gap)) {
    const close = mostAlike(rest, tools, known);
    pairs.push(...close);
    for (const last of gapsIn(asRuns(close), rest)) pairs.push(...pairsByPlace(tools, last, known));
  }
  return pairs.toSorted((one, two) => one.a - two.a);
}

/** Where too much would be read for a gap, none of it is: half of it would pair nothing. */
const UNKNOWN: Describe = { document: () => null, input: () => null, room: () => false };

/** Only calls whose tool both sides have are described: the others pair with nothing. */
const ofTools = (describe: Describe, tools: Tools, common: ReadonlySet<number>): Describe => ({
  ...describe,
  document: (side, call) => (common.has(tools[side][call]!) ? describe.document(side, call) : null),
});

function countIn(list: ArrayLike<number>, from: number, to: number, wanted: ReadonlySet<number>): number {
  let count = 0;
  for (let i = from; i < to; i += 1) if (wanted.has(list[i]!)) count += 1;
  return count;
}

const asRuns = (pairs: readonly Pair[]) => pairs.map(({ a, b }) => ({ a, b, length: 1 }));

function countTools(list: ArrayLike<number>, from: number, to: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = from; i < to; i += 1) counts.set(list[i]!, (counts.get(list[i]!) ?? 0) + 1);
  return counts;
}

function commonTools(tools: Tools, gap: Gap): ReadonlySet<number> {
  const inB = countTools(tools.b, gap.b, gap.bEnd);
  return new Set([...countTools(tools.a, gap.a, gap.aEnd).keys()].filter((tool) => inB.has(tool)));
}

/** Pairs along a longest common part of the keys that `keyOf` gives; null stands for nothing. */
function pairsByKey(gap: Gap, keyOf: (side: 'a' | 'b', call: number) => string | null): readonly Pair[] {
  const numbers = new Map<string, number>();
  let none = 0;
  const numbered = (side: 'a' | 'b', from: number, to: number): Int32Array =>
    Int32Array.from({ length: to - from }, (_, i) => {
      const key = keyOf(side, from + i);
      if (key === null) return (none -= 1);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  const a = numbered('a', gap.a, gap.aEnd);
  const b = numbered('b', gap.b, gap.bEnd);
  return gapRuns(a, b, { a: 0, aEnd: a.length, b: 0, bEnd: b.length }).flatMap((run) =>
    Array.from({ length: run.length }, (_, i) => ({ a: gap.a + run.a + i, b: gap.b + run.b + i })),
  );
}

function pairsByDocument(tools: Tools, gap: Gap, known: Describe): readonly Pair[] {
  return pairsByKey(gap, (side, call) => {
    const document = known.document(side, call);
    return document === null ? null : `${tools[side][call]} ${document}`;
  });
}

/** The pairs in order whose likeness adds up to the most. */
function mostAlike(gap: Gap, tools: Tools, known: Describe): readonly Pair[] {
  const rows = gap.aEnd - gap.a;
  const columns = gap.bEnd - gap.b;
  if (rows === 0 || columns === 0 || rows * columns > MAX_CELLS || rows + columns > MAX_INPUTS) return [];
  const inputs = { a: listOf(known, 'a', gap.a, gap.aEnd), b: listOf(known, 'b', gap.b, gap.bEnd) };
  const width = columns + 1;
  const scores = new Float64Array((rows + 1) * width);
  const taken = new Uint8Array(scores.length);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      const value = tools.a[gap.a + i] === tools.b[gap.b + j] ? alike(inputs.a[i]!, inputs.b[j]!) : 0;
      const together = value === 0 ? -1 : value + scores[at + width + 1]!;
      const apart = Math.max(scores[at + width]!, scores[at + 1]!);
      taken[at] = together > apart ? 1 : 0;
      scores[at] = Math.max(together, apart);
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const at = i * width + j;
    if (taken[at] === 1) pairs.push({ a: gap.a + i++, b: gap.b + j++ });
    else if (scores[at + width]! >= scores[at + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

type Described = { readonly document: string | null; readonly input: JsonNode | null };

const listOf = (known: Describe, side: 'a' | 'b', from: number, to: number): readonly Described[] =>
  Array.from({ length: to - from }, (_, i) => ({
    document: known.document(side, from + i),
    input: known.input(side, from + i),
  }));

/** How alike two calls of a tool are, 0 where that is too little for one to be the other one changed. */
function alike(a: Described, b: Described): number {
  if (a.input === null || b.input === null) return 0;
  const value = likeness(a.input, b.input);
  return value < (elsewhere(a, b) ? ALIKE_ELSEWHERE : ALIKE) ? 0 : value;
}

const elsewhere = (a: Described, b: Described): boolean =>
  a.document !== null && b.document !== null && a.document !== b.document;

/** Calls of a tool that name no document, in order: what an agent did next with the same tool. */
function pairsByPlace(tools: Tools, gap: Gap, known: Describe): readonly Pair[] {
  return pairsByKey(gap, (side, call) =>
    known.document(side, call) === null ? String(tools[side][call]) : null,
  );
}
