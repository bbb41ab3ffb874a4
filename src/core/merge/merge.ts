import type { JsonNode } from '../json/tree.ts';
import { mergeParts } from './merge-json.ts';
import { mergeLines } from './merge-text.ts';
import { unitsOf } from './merge-units.ts';
import type { Merge } from './merged.ts';
import type { Value } from './unit.ts';

export type { Merge } from './merged.ts';

export type MergeOptions = {
  /** parts of `base` that several bases disagree about (by identity): they equal nothing. See `virtualBase`. */
  readonly disputed?: ReadonlySet<JsonNode>;
};

const nothing: ReadonlySet<JsonNode> = new Set();

/**
 * The three-way merge of JSON values; undefined is a document that does not exist. What only one side changed, and what
 * both changed equally, is taken; everything else is a conflict. Values are equal whose canonical forms are. Any input
 * is fine: no depth of nesting, number or text makes it fail.
 */
export function mergeJson(base: Value, ours: Value, theirs: Value, options: MergeOptions = {}): Merge {
  const disputed = options.disputed ?? nothing;
  const root = mergeParts(base, ours, theirs, disputed);
  return { form: 'json', root, units: unitsOf(root), sides: { base, ours, theirs }, disputed };
}

/** The three-way merge of plain texts by line; untouched lines survive to the character. */
export function mergeText(base: string, ours: string, theirs: string): Merge {
  const sides = { base: textNode(base), ours: textNode(ours), theirs: textNode(theirs) };
  const root = mergeLines({ base, ours, theirs }, [], null) ?? { kind: 'same', node: sides.ours };
  return { form: 'text', root, units: unitsOf(root), sides, disputed: nothing };
}

function textNode(value: string): JsonNode {
  return { kind: 'string', value };
}
