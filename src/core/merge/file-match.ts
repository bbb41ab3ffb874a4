import { align, gapsBetween, type Gap } from '../json/align.ts';
import { nameOf, pairUp } from '../json/delta-pairs.ts';
import type { Interner } from '../json/intern.ts';
import type { JsonNode } from '../json/tree.ts';

/**
 * For each element of a list the one of another list that it is or was made from, -1 where there is none; each one
 * at most once. Elements that are the same object are found without a look into them.
 */
export function matchItems(
  items: readonly JsonNode[],
  among: readonly JsonNode[],
  intern: Interner,
): readonly number[] {
  const matches = matchSame(items, among);
  const runs = matches.flatMap((b, a) => (b < 0 ? [] : [{ a, b, length: 1 }]));
  for (const gap of gapsBetween(runs, items.length, among.length)) {
    matchGap(matches, items, among, gap, intern);
  }
  matchMoved(matches, items, among, intern);
  return matches;
}

/** The very same objects, in order; constants, of which there is only one, not counted. */
function matchSame(items: readonly JsonNode[], among: readonly JsonNode[]): number[] {
  const places = new Map<JsonNode, number>();
  for (let i = 0; i < among.length; i += 1) {
    const node = among[i]!;
    if (node.kind !== 'null' && node.kind !== 'bool') places.set(node, i);
  }
  const found = items.map((item) => places.get(item) ?? -1);
  const inOrder = growing(found);
  return found.map((place, i) => (inOrder[i] ? place : -1));
}

function matchGap(
  matches: number[],
  items: readonly JsonNode[],
  among: readonly JsonNode[],
  { a, aEnd, b, bEnd }: Gap,
  intern: Interner,
): void {
  if (a === aEnd || b === bEnd) return;
  const news = items.slice(a, aEnd);
  const olds = among.slice(b, bEnd);
  const runs = align(news.map(intern), olds.map(intern));
  for (const run of runs) {
    for (let i = 0; i < run.length; i += 1) matches[a + run.a + i] = b + run.b + i;
  }
  for (const gap of gapsBetween(runs, news.length, olds.length)) {
    const pairs = pairUp(news.slice(gap.a, gap.aEnd), olds.slice(gap.b, gap.bEnd), intern);
    for (const pair of pairs) matches[a + gap.a + pair.a] = b + gap.b + pair.b;
  }
}

/** Elements that stand elsewhere now: the same ones, or else those of the same name. */
function matchMoved(
  matches: number[],
  items: readonly JsonNode[],
  among: readonly JsonNode[],
  intern: Interner,
): void {
  for (const markOf of [(node: JsonNode) => `=${intern(node)}`, nameOf]) {
    const used = new Set(matches);
    const free = new Map<string, number[]>();
    for (let i = among.length - 1; i >= 0; i -= 1) {
      const mark = used.has(i) ? null : markOf(among[i]!);
      if (mark === null) continue;
      const places = free.get(mark);
      if (places === undefined) free.set(mark, [i]);
      else places.push(i);
    }
    if (free.size === 0) return;
    for (let i = 0; i < items.length; i += 1) {
      if (matches[i] !== -1) continue;
      const mark = markOf(items[i]!);
      if (mark !== null) matches[i] = free.get(mark)?.pop() ?? -1;
    }
  }
}

/** Which of some numbers to leave where they are so that the most do: the longest part of them that grows. */
export function growing(numbers: readonly number[]): readonly boolean[] {
  const ends: number[] = [];
  const before = new Int32Array(numbers.length).fill(-1);
  for (let i = 0; i < numbers.length; i += 1) {
    if (numbers[i]! < 0) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < numbers[i]!) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = i;
  }
  const kept = Array.from(numbers, () => false);
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) kept[i] = true;
  return kept;
}
