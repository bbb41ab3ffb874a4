import { align, gapsBetween, type Gap } from './align.ts';
import { field } from './build.ts';
import type { Interner } from './intern.ts';
import type { JsonNode } from './tree.ts';

export type Pair = { readonly a: number; readonly b: number };

/** Cells of the table in which the most alike elements of a gap are found. Beyond: elements pair by place. */
const MAX_CELLS = 10_000;
/** How much of two elements must be the same for one to be a change of the other, 0 to 1. */
export const ALIKE = 0.3;

const naming = ['id', 'key', 'name', 'path'];

/**
 * Which elements of two lists are the same ones, changed; in the order of both. First by what names them, then by how
 * alike they are, then by place where as many go as come.
 */
export function pairUp(
  olds: readonly JsonNode[],
  news: readonly JsonNode[],
  intern: Interner,
): readonly Pair[] {
  const names = { a: olds.map(nameOf), b: news.map(nameOf) };
  const named = pairsByName(names.a, names.b);
  const pairs = [...named];
  for (const gap of gapsOf(named, olds.length, news.length)) {
    const size = (gap.aEnd - gap.a) * (gap.bEnd - gap.b);
    const alike =
      size > MAX_CELLS
        ? []
        : mostAlike(gap, (a, b) =>
            names.a[a] !== null && names.b[b] !== null ? 0 : likeness(olds[a]!, news[b]!, intern),
          );
    pairs.push(...alike);
    for (const rest of gapsOf(alike, gap.aEnd, gap.bEnd, gap)) {
      pairs.push(...pairsByPlace(rest, names.a, names.b, size > MAX_CELLS));
    }
  }
  return pairs.toSorted((one, two) => one.a - two.a);
}

/** What names an element of a list: the first of these keys that holds a text or a whole number. */
export function nameOf(node: JsonNode): string | null {
  for (const key of naming) {
    const value = field(node, key);
    if (value?.kind === 'string') return `${key} s${value.value}`;
    if (value?.kind === 'int') return `${key} i${value.text}`;
  }
  return null;
}

function pairsByName(a: readonly (string | null)[], b: readonly (string | null)[]): readonly Pair[] {
  const numbers = new Map<string, number>();
  let nameless = 0;
  const numbered = (list: readonly (string | null)[]): readonly number[] =>
    list.map((name) => {
      if (name === null) return (nameless -= 1);
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      return number;
    });
  return align(numbered(a), numbered(b)).flatMap(({ a: from, b: to, length }) =>
    Array.from({ length }, (_, i) => ({ a: from + i, b: to + i })),
  );
}

function gapsOf(
  pairs: readonly Pair[],
  aEnd: number,
  bEnd: number,
  from: { readonly a: number; readonly b: number } = { a: 0, b: 0 },
): readonly Gap[] {
  const runs = pairs.map((pair) => ({ a: pair.a - from.a, b: pair.b - from.b, length: 1 }));
  return gapsBetween(runs, aEnd - from.a, bEnd - from.b).map((gap) => ({
    a: gap.a + from.a,
    aEnd: gap.aEnd + from.a,
    b: gap.b + from.b,
    bEnd: gap.bEnd + from.b,
  }));
}

/** The pairs in order whose likeness adds up to the most; none that is less than `ALIKE`. */
function mostAlike(gap: Gap, like: (a: number, b: number) => number): readonly Pair[] {
  const rows = gap.aEnd - gap.a;
  const columns = gap.bEnd - gap.b;
  const width = columns + 1;
  const scores = new Float64Array((rows + 1) * width);
  const taken = new Uint8Array(scores.length);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      const value = like(gap.a + i, gap.b + j);
      const together = value < ALIKE ? -1 : value + scores[at + width + 1]!;
      const apart = Math.max(scores[at + width]!, scores[at + 1]!);
      taken[at] = together > apart ? 1 : 0;
      scores[at] = Math.max(together, apart);
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const at = i * width + j;
    if (taken[at] === 1) {
      pairs.push({ a: gap.a + i, b: gap.b + j });
      i += 1;
      j += 1;
    } else if (scores[at + width]! >= scores[at + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

/** How much of two values is the same, 0 to 1. */
export function likeness(a: JsonNode, b: JsonNode, intern: Interner): number {
  if (a.kind === 'string' && b.kind === 'string') return textLikeness(a.value, b.value);
  if (a.kind === 'object' && b.kind === 'object') {
    const olds = new Map(a.entries.map(({ key, value }) => [key, intern(value)]));
    let same = 0;
    for (const { key, value } of b.entries) {
      const old = olds.get(key);
      if (old !== undefined) same += old === intern(value) ? 1 : 0.4;
    }
    return same / Math.max(1, a.entries.length, b.entries.length);
  }
  if (a.kind === 'array' && b.kind === 'array') {
    const olds = new Set(a.items.map(intern));
    const same = b.items.filter((item) => olds.has(intern(item))).length;
    return same / Math.max(1, a.items.length, b.items.length);
  }
  return 0;
}

function textLikeness(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < most - before && a.at(-1 - after) === b.at(-1 - after)) after += 1;
  return (before + after) / Math.max(1, a.length, b.length);
}

function pairsByPlace(
  gap: Gap,
  a: readonly (string | null)[],
  b: readonly (string | null)[],
  large: boolean,
): readonly Pair[] {
  const rows = gap.aEnd - gap.a;
  const columns = gap.bEnd - gap.b;
  if (rows !== columns && !large) return [];
  const pairs: Pair[] = [];
  for (let i = 0; i < Math.min(rows, columns); i += 1) {
    const bothNamed = a[gap.a + i] !== null && b[gap.b + i] !== null;
    if (!bothNamed) pairs.push({ a: gap.a + i, b: gap.b + i });
  }
  return pairs;
}
