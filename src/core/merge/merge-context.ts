import type { JsonNode } from '../json/tree.ts';
import type { Classes } from './merge-hash.ts';
import type { Merged } from './merged.ts';
import type { Place } from './path.ts';
import type { Value } from './unit.ts';

/** What the parts of one merge share. */
export type Merging = {
  /** what is in dispute */
  readonly disputed: ReadonlySet<JsonNode>;
  /** what is in dispute or holds something that is: it equals nothing */
  readonly unequal: ReadonlySet<JsonNode>;
  readonly classOf: Classes;
  /** merges what stands at one place; null where all three are equal */
  merge(base: Value, ours: Value, theirs: Value, place: Place, depth: number): Merged | null;
};

/** Levels of nesting that are merged part by part; deeper values are taken or conflict whole (see core/json/delta.ts). */
export const MAX_DEPTH = 200;
