import { distinctEntries, type JsonNode } from '../../json/tree.ts';

/** Fields or elements of a value, and levels of nesting, that are compared; the rest counts as unlike. */
const MAX_PARTS = 64;
const MAX_DEPTH = 4;
/** Characters of texts whose words are compared; longer ones by their beginning and end. */
const MAX_WORD_CHARS = 2_000;

/** How much two values are alike, 0 to 1; 1 is equal as far as was looked. The same in both directions. */
export function likeness(a: JsonNode, b: JsonNode, depth = 0): number {
  if (a.kind === 'string' && b.kind === 'string') return textLikeness(a.value, b.value);
  if (depth >= MAX_DEPTH) return 0;
  if (a.kind === 'object' && b.kind === 'object') {
    const olds = new Map(distinctEntries(a.entries.slice(0, MAX_PARTS)).map((e) => [e.key, e.value]));
    let sum = 0;
    let shared = 0;
    const news = distinctEntries(b.entries.slice(0, MAX_PARTS));
    for (const { key, value } of news) {
      const old = olds.get(key);
      if (old === undefined) continue;
      shared += 1;
      sum += likeness(old, value, depth + 1);
    }
    const all = olds.size + news.length - shared;
    return all === 0 ? 1 : sum / all;
  }
  if (a.kind === 'array' && b.kind === 'array') {
    const longest = Math.max(a.items.length, b.items.length);
    if (longest === 0) return 1;
    const most = Math.min(a.items.length, b.items.length, MAX_PARTS);
    let sum = 0;
    for (let i = 0; i < most; i += 1) sum += likeness(a.items[i]!, b.items[i]!, depth + 1);
    return sum / Math.min(longest, MAX_PARTS);
  }
  if (a.kind !== b.kind) return 0;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value ? 1 : 0;
  if ((a.kind === 'int' && b.kind === 'int') || (a.kind === 'float' && b.kind === 'float')) {
    return a.text === b.text ? 1 : 0;
  }
  return a.kind === 'null' ? 1 : 0;
}

/** The part of two texts that is the same: by words where they are short, else by how they begin and end. */
export function textLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < most - before && a.at(-1 - after) === b.at(-1 - after)) after += 1;
  const ends = (before + after) / longest;
  return longest > MAX_WORD_CHARS ? ends : Math.max(ends, wordLikeness(a, b));
}

function wordLikeness(a: string, b: string): number {
  const olds = wordsOf(a);
  const news = wordsOf(b);
  let same = 0;
  for (const word of news) if (olds.has(word)) same += word.length;
  const all = size(olds) + size(news) - same;
  return all === 0 ? 0 : same / all;
}

const size = (words: ReadonlySet<string>): number => [...words].reduce((sum, word) => sum + word.length, 0);

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}\p{N}]+/gu) ?? []);
