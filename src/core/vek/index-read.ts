import { addValues, finishIndex, startIndex } from '../graph/build.ts';
import { findNode } from '../graph/find.ts';
import type { GraphIndex } from '../graph/index.ts';
import { ok, type Result } from '../result.ts';
import { extendIndexIn } from './index-extend.ts';
import { indexQuery, type IndexRow } from './index-rows.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek, type VekLook } from './store.ts';

/** All calls of a repository in typed arrays, by rowid. Refs are read beside it. */
export type VekIndex = GraphIndex & {
  /** the node with this full hash, or -1 */
  find(hash: string): number;
};

/** Told every few thousand rows: rows read so far, and how many there are. */
export type IndexProgress = (done: number, total: number) => void;

/** Rows between two reports. */
const REPORT_ROWS = 16_384;

/**
 * Reads all calls, or only the new ones where the rest is as in `previous`. Legacy columns and salvaged files are
 * read as far as they go; a value of a wrong storage class sets a flag and keeps its place.
 */
export function readIndex(
  paths: RepositoryPaths,
  previous: GraphIndex | null = null,
  onProgress?: IndexProgress,
): Result<VekIndex> {
  const read = lookAtVek(paths, (s) => readIndexIn(s, previous, onProgress));
  return read.ok ? ok(read.value) : read;
}

/** `readIndex` inside a look, so that refs and index are of one moment. Throws SQLite's error where the file is damaged. */
export function readIndexIn(
  s: VekLook,
  previous: GraphIndex | null = null,
  onProgress?: IndexProgress,
): VekIndex {
  const extended = previous === null ? null : extendIndexIn(s, previous, onProgress);
  return fromTransfer(extended ?? readAllIn(s, onProgress));
}

/** Every call, read anew inside a look. Throws SQLite's error where the file is damaged. */
export function readAllIn(s: VekLook, onProgress?: IndexProgress): GraphIndex {
  const total = s.counts().nodes;
  const builder = startIndex(total);
  if (s.schema.tables.has('nodes')) {
    const rows = s.db.prepare<[], IndexRow>(`${indexQuery(s)} ORDER BY rowid`).raw();
    for (const [rowid, hash, tool, parent, merge, timestamp] of rows.iterate()) {
      addValues(builder, rowid, hash, tool, parent, merge, timestamp);
      if (onProgress !== undefined && builder.count % REPORT_ROWS === 0) onProgress(builder.count, total);
    }
  }
  onProgress?.(builder.count, total);
  return finishIndex(builder);
}

/** The plain data of an index, for a message to another thread. */
export function toTransfer(index: GraphIndex): GraphIndex {
  const { find: _find, ...data } = index as GraphIndex & { find?: unknown };
  return data;
}

/** An index from its plain data. */
export function fromTransfer(data: GraphIndex): VekIndex {
  const index: VekIndex = { ...data, find: (hash) => findNode(index, hash) };
  return index;
}
