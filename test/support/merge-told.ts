import { mergeJson } from '../../src/core/merge/merge.ts';
import type { Merge } from '../../src/core/merge/merged.ts';
import { resolve } from '../../src/core/merge/resolve.ts';
import type { Value } from '../../src/core/merge/unit.ts';
import { canonicalOf, jsonNode } from './merge-triples.ts';

/** The value of a JSON text; of `absent` nothing. */
export function valueOfText(text: string): Value {
  return text === 'absent' ? undefined : jsonNode(text);
}

/** The merge of three JSON texts, each of which may be `absent`. */
export function mergedTexts(base: string, ours: string, theirs: string): Merge {
  return mergeJson(valueOfText(base), valueOfText(ours), valueOfText(theirs));
}

/** One merge as a person would write it down: three texts, the result (ours where open), units as `path kind taken`. */
export type MergeCase = readonly [
  what: string,
  base: string,
  ours: string,
  theirs: string,
  result: string,
  units: readonly string[],
];

/** What a merge gives in the words of a `MergeCase`; a conflict ends with `!`, and the root is `/`. */
export function toldMerge(
  base: string,
  ours: string,
  theirs: string,
): { readonly result: string; readonly units: readonly string[] } {
  const merge = mergedTexts(base, ours, theirs);
  const units = merge.units.map(
    ({ path, kind, taken }) => `${path || '/'} ${kind}${taken === null ? '!' : ` ${taken}`}`,
  );
  return { result: canonicalOf(resolve(merge).value), units };
}
