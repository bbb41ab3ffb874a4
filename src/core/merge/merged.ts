import type { JsonArray, JsonNode, JsonObject } from '../json/tree.ts';
import type { Side, Unit, Value } from './unit.ts';

/** One of the three values of a merge. */
export type Pane = 'base' | Side;

/** What stands at one place on each of the three sides. */
export type Sides<T> = { readonly base: T; readonly ours: T; readonly theirs: T };

/**
 * What a merge of three values found. `form`: JSON values, or plain texts of lines. `units` are in the order of the
 * document. `disputed` are the parts (of base, or of a side) that an earlier merge left open: they equal nothing.
 */
export type Merge = {
  readonly form: 'json' | 'text';
  readonly root: Merged;
  readonly units: readonly Unit[];
  readonly sides: Sides<Value>;
  readonly disputed: ReadonlySet<JsonNode>;
};

/** A place of a merge: equal on all three sides, one unit as a whole, or made of parts. */
export type Merged =
  | { readonly kind: 'same'; readonly node: Value }
  | { readonly kind: 'unit'; readonly unit: Unit }
  | MergedObject
  | MergedList
  | MergedKeyed
  | MergedText;

/** Objects merged by key. `sides.base` is undefined where both sides added an object. */
export type MergedObject = {
  readonly kind: 'object';
  readonly entries: readonly MergedEntry[];
  readonly sides: Sides<JsonObject | undefined>;
};

/** One key of merged objects; a unit may have no value in the result. */
export type MergedEntry = { readonly key: string; readonly part: Merged };

/** Arrays merged by runs of equal elements (diff3). */
export type MergedList = {
  readonly kind: 'list';
  readonly parts: readonly ListPart[];
  readonly sides: Sides<JsonArray>;
};

/** A part of merged arrays: equal elements, a unit of `items`, or one element merged by position. `at`: first index. */
export type ListPart =
  | { readonly kind: 'run'; readonly at: Sides<number>; readonly count: number }
  | { readonly kind: 'items'; readonly unit: Unit }
  | { readonly kind: 'element'; readonly at: Sides<number>; readonly part: Merged };

/** Arrays merged by what names their elements. `at`: the index on each side, −1 where it has no such element. */
export type MergedKeyed = {
  readonly kind: 'keyed';
  readonly elements: ReadonlyMap<string, KeyedElement>;
  /** the keys of each side in its order */
  readonly orders: Sides<readonly string[]>;
  /** the unit about the order of what all three have, where it is not the same */
  readonly order: Unit | null;
  readonly sides: Sides<JsonArray>;
};

/** One named element of merged arrays. */
export type KeyedElement = { readonly at: Sides<number>; readonly part: Merged };

/** Texts merged by line. */
export type MergedText = {
  readonly kind: 'text';
  readonly parts: readonly TextPart[];
  readonly sides: Sides<string>;
};

/** A part of merged texts: equal lines or a unit of `lines`. */
export type TextPart =
  { readonly kind: 'same'; readonly text: string } | { readonly kind: 'lines'; readonly unit: Unit };
