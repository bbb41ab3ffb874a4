import type { NodeRecord } from '../../contract/vek.ts';
import { readRecord, type RawNode } from './record.ts';
import { rowSet } from './row-set.ts';
import type { VekLook } from './store.ts';

type Row = readonly [rowid: number, ...node: RawNode];

const largestBatch = 512;

function largestRow(s: VekLook, table: 'nodes' | 'objects'): number {
  return s.db.prepare<[], number | null>(`SELECT max(rowid) FROM ${table}`).pluck().get() ?? 0;
}

/**
 * The chain of first parents from `tip`, newest first. Ends at a root, at a parent that is not there, and where a
 * damaged store leads back to a call already given (formats/vek.md §9.7). A parent is usually stored just before
 * its child, so rows are read in batches downwards while that works, and by hash where it does not.
 */
export function* firstParents(s: VekLook, tip: string): Generator<NodeRecord> {
  if (!s.schema.tables.has('nodes')) return;
  const below = s.db
    .prepare<[string, number], Row>(
      `SELECT rowid, ${s.nodeColumns} FROM nodes WHERE rowid <= (SELECT rowid FROM nodes WHERE hash = ? COLLATE BINARY) ORDER BY rowid DESC LIMIT ?`,
    )
    .raw();
  const seen = rowSet(largestRow(s, 'nodes'));
  let size = 1;
  let at: string | null = tip;
  while (at !== null) {
    const rows = below.all(at, size);
    let used = 0;
    for (const [rowid, ...node] of rows) {
      if (at === null || node[0] !== at) continue;
      if (!seen.add(rowid)) return;
      const { record } = readRecord(node);
      used += 1;
      at = record.parent_hash;
      yield record;
    }
    if (used === 0) return;
    size = used * 2 > rows.length ? Math.min(largestBatch, size * 2) : Math.max(1, used * 2);
  }
}

/** A node with its row number. */
export type Reached = { readonly rowid: number; readonly record: NodeRecord };

/**
 * Every node that the tips reach by both parents, each once: breadth first from each tip in turn, first parent
 * before second (formats/vek.md §7). What is missing is passed over. Nothing but row numbers is kept.
 */
export function* reachable(s: VekLook, tips: Iterable<string>): Generator<Reached> {
  if (!s.schema.tables.has('nodes')) return;
  const rowOf = s.db
    .prepare<[string], number>('SELECT rowid FROM nodes WHERE hash = ? COLLATE BINARY')
    .pluck();
  const nodeAt = s.db.prepare<[number], RawNode>(`SELECT ${s.nodeColumns} FROM nodes WHERE rowid = ?`).raw();
  const seen = rowSet(largestRow(s, 'nodes'));
  const queue: number[] = [];
  const enqueue = (hash: string | null): void => {
    if (hash === null) return;
    const rowid = rowOf.get(hash);
    if (rowid !== undefined && seen.add(rowid)) queue.push(rowid);
  };
  for (const tip of tips) {
    enqueue(tip);
    for (let i = 0; i < queue.length; i += 1) {
      const row = nodeAt.get(queue[i]!);
      if (row === undefined) continue;
      const { record } = readRecord(row);
      yield { rowid: queue[i]!, record };
      enqueue(record.parent_hash);
      enqueue(record.merge_parent);
    }
    queue.length = 0;
  }
}
