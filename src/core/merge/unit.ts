import type { Choice, Side, UnitKind, UnitWhat } from '../../contract/merge.ts';
import type { JsonNode } from '../json/tree.ts';

export type { Choice, Side, UnitKind, UnitWhat };

/** What stands at a place on one side; undefined where there is nothing. Of `lines` a string node, of `items` an array. */
export type Value = JsonNode | undefined;

/**
 * One place at which base and the two sides are not all equal. `taken` is the side whose value the result has
 * (`both`: they agree); null is a conflict.
 */
export type Unit = {
  /** the path, and for a part of a text or list its number: `/notes#0`. Stable while the path is. */
  readonly id: string;
  /** `/people[0]/role`; indices are those of ours, else theirs, else base. Empty for the whole document. */
  readonly path: string;
  readonly what: UnitWhat;
  readonly kind: UnitKind;
  readonly taken: Side | 'both' | null;
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
  /** of `lines` and `items`: the first line or element on each side, from 0 */
  readonly at: { readonly base: number; readonly ours: number; readonly theirs: number } | null;
  /** the base itself is a conflict here: it was merged of several */
  readonly baseDisputed: boolean;
};

/** How a unit is settled; null leaves it open. */
export type ChoiceOf = (unit: Unit) => Choice | null;
