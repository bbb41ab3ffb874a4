import type { VekLook } from './store.ts';

/** What the index needs of a row; any column may hold anything in a foreign file. */
export type IndexRow = readonly [
  rowid: number,
  hash: unknown,
  tool: unknown,
  parent: unknown,
  mergeParent: unknown,
  timestamp: unknown,
];

/** The query for `IndexRow`s by the real columns, without condition or order. */
export function indexQuery(s: VekLook): string {
  const merge = s.schema.hasMergeParent ? 'merge_parent' : 'NULL';
  return `SELECT rowid, hash, tool, parent_hash, ${merge}, timestamp FROM nodes NOT INDEXED`;
}
