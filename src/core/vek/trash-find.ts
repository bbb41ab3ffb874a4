import type { RefChange } from '../../contract/operations.ts';
import { reachable } from '../graph/ancestors.ts';
import type { GraphIndex } from '../graph/index.ts';
import type { WriteContext } from '../operations/context.ts';
import { loadIndex } from './index-cache.ts';
import { readIndexIn, type VekIndex } from './index-read.ts';
import type { RepositoryPaths } from './paths.ts';
import { rowSet } from './row-set.ts';
import type { VekLook } from './store.ts';
import type { Arriving } from './trash-arriving.ts';

/** The calls that nothing would reach after some changes: one byte per call of the index, 1 for each of them. */
type Unreachable = { readonly index: VekIndex; readonly gone: Uint8Array; readonly count: number };

/** Gives an index of any age, which is then brought up to date; null: every call is read. */
export type IndexSource = () => GraphIndex | null;

/** The index the host has, else the one in the app folder. */
export function indexSource(paths: RepositoryPaths, ctx: WriteContext): IndexSource {
  return () => ctx.index ?? loadIndex(paths, ctx.dataDir)?.index ?? null;
}

/** Null where everything stays reachable. */
function findUnreachable(
  s: VekLook,
  changes: readonly RefChange[],
  arriving: Arriving,
  known: IndexSource,
): Unreachable | null {
  const changed = new Set(changes.map((change) => change.name));
  const kept = withParents(
    changes.flatMap((change) => change.after ?? []),
    arriving,
  );
  for (const ref of s.refs()) if (!changed.has(ref.name)) kept.add(ref.hash);
  const left = changes.flatMap((change) => change.before ?? []).filter((hash) => !kept.has(hash));
  if (left.length === 0) return null;
  const index = readIndexIn(s, known());
  const nodesOf = (hashes: Iterable<string>): number[] => Array.from(hashes, (hash) => index.find(hash));
  const stays = reachable(index, nodesOf(kept));
  const gone = reachable(index, nodesOf(left));
  let count = 0;
  for (let node = 0; node < index.count; node++) {
    if (stays[node] === 1) gone[node] = 0;
    count += gone[node]!;
  }
  return count === 0 ? null : { index, gone, count };
}

/** Hashes with what they reach through calls that are about to arrive, which no index knows. */
function withParents(hashes: readonly string[], arriving: Arriving): Set<string> {
  const kept = new Set(hashes);
  for (const hash of kept) {
    const node = arriving.get(hash);
    for (const parent of [node?.parent_hash, node?.merge_parent]) {
      if (parent !== null && parent !== undefined) kept.add(parent);
    }
  }
  return kept;
}

type Uses = readonly [input: unknown, output: unknown];

/**
 * How many calls and objects nothing would reach after these changes; null when everything stays reachable. Calls
 * that are `arriving` keep what they stand on.
 */
export function countUnreachable(
  s: VekLook,
  changes: readonly RefChange[],
  arriving: Arriving,
  known: IndexSource,
): { nodes: number; objects: number } | null {
  const found = findUnreachable(s, changes, arriving, known);
  if (found === null) return null;
  const objects = new Set<unknown>();
  const each = (visit: (uses: Uses, gone: boolean) => void): void => {
    const rows = s.db
      .prepare<[], Uses>('SELECT input_hash, output_hash FROM nodes NOT INDEXED ORDER BY rowid')
      .raw();
    let node = 0;
    for (const uses of rows.iterate()) visit(uses, found.gone[node++] === 1);
  };
  each((uses, gone) => {
    if (gone) for (const hash of uses) objects.add(hash);
  });
  each((uses, gone) => {
    if (!gone) for (const hash of uses) objects.delete(hash);
  });
  const isThere = s.db.prepare<[unknown], unknown>('SELECT 1 FROM objects WHERE hash = ?').pluck();
  let present = 0;
  for (const hash of objects) if (isThere.get(hash) !== undefined) present++;
  return { nodes: found.count, objects: present };
}

/**
 * Walks what nothing would reach after these changes, without holding it in memory: the hashes of its nodes, and of
 * each object they use, once. `onObject` is told whether the object is in the store.
 */
export function walkUnreachable(
  s: VekLook,
  changes: readonly RefChange[],
  arriving: Arriving,
  known: IndexSource,
  onNode: (hash: string) => void,
  onObject: (hash: string, present: boolean) => void,
): void {
  const found = findUnreachable(s, changes, arriving, known);
  if (found === null) return;
  const largest = s.db.prepare<[], number | null>('SELECT max(rowid) FROM objects').pluck().get() ?? 0;
  const rowOf = s.db.prepare<[string], number>('SELECT rowid FROM objects WHERE hash = ?').pluck();
  const seen = rowSet(largest);
  for (let node = 0; node < found.index.count; node++) {
    if (found.gone[node] !== 1) continue;
    const record = s.nodeAt(found.index.rowids[node]!);
    if (record === null) continue;
    onNode(record.hash);
    for (const hash of [record.input_hash, record.output_hash]) {
      const row = rowOf.get(hash);
      if (row === undefined) onObject(hash, false);
      else if (seen.add(row)) onObject(hash, true);
    }
  }
}
