import { align, gapsBetween } from '../json/align.ts';
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
  const matches = Array.from(items, () => -1);
  const most = Math.min(items.length, among.length);
  let before = 0;
  while (before < most && items[before] === among[before]) {
    matches[before] = before;
    before += 1;
  }
  let after = 0;
  while (after < most - before && items.at(-1 - after) === among.at(-1 - after)) {
    matches[items.length - 1 - after] = among.length - 1 - after;
    after += 1;
  }
  matchMiddle(matches, items, among, before, after, intern);
  return matches;
}

function matchMiddle(
  matches: number[],
  items: readonly JsonNode[],
  among: readonly JsonNode[],
  before: number,
  after: number,
  intern: Interner,
): void {
  const news = items.slice(before, items.length - after);
  const olds = among.slice(before, among.length - after);
  if (news.length === 0 || olds.length === 0) return;
  const runs = align(news.map(intern), olds.map(intern));
  for (const { a, b, length } of runs) {
    for (let i = 0; i < length; i += 1) matches[before + a + i] = before + b + i;
  }
  for (const gap of gapsBetween(runs, news.length, olds.length)) {
    const pairs = pairUp(news.slice(gap.a, gap.aEnd), olds.slice(gap.b, gap.bEnd), intern);
    for (const { a, b } of pairs) matches[before + gap.a + a] = before + gap.b + b;
  }
  matchMoved(matches, items, among, intern);
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
