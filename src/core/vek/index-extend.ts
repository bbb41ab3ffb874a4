import { addValues, continueIndex, finishIndex, retryParent } from '../graph/build.ts';
import { findNode } from '../graph/find.ts';
import { FLAG, MISSING, NONE, type GraphIndex } from '../graph/index.ts';
import { exactTime, looseTime } from '../graph/time.ts';
import { indexQuery, type IndexRow } from './index-rows.ts';
import type { IndexProgress } from './index-read.ts';
import type { VekLook } from './store.ts';

/** Old rows that are compared with the store before only new ones are read. */
const SAMPLES = 64;

/** Parents that were missing and are looked for among the new rows; with more the whole is read again. */
const MISSING_CHECKED = 10_000;

/** New rows that are put on; with more than so many for each old one the whole is read again. */
const MOST_NEW = 4;

/**
 * The index with the rows that were appended since, or null where it has to be read anew: rows were removed or
 * inserted between, the last old row is another one, or one of some random old rows differs. A change of a row in
 * place, which vek never makes, can go unnoticed here; a check of the repository finds it.
 */
export function extendIndexIn(
  s: VekLook,
  previous: GraphIndex,
  onProgress?: IndexProgress,
): GraphIndex | null {
  if (!s.schema.tables.has('nodes') || previous.count === 0) return null;
  const last = previous.rowids[previous.count - 1]!;
  if (!Number.isSafeInteger(last)) return null;
  const more = s.db
    .prepare<[number], number>('SELECT count(*) FROM nodes WHERE rowid > ?')
    .pluck()
    .get(last)!;
  const total = s.counts().nodes;
  if (total !== previous.count + more || more > previous.count * MOST_NEW) return null;
  if (!samplesFit(s, previous)) return null;
  if (more === 0) return previous;

  const waiting = parentsThatCame(s, previous, last);
  if (waiting === null) return null;
  const builder = continueIndex(previous, more, waiting.length > 0);
  const rows = s.db.prepare<[number], IndexRow>(`${indexQuery(s)} WHERE rowid > ? ORDER BY rowid`).raw();
  for (const [rowid, hash, tool, parent, merge, timestamp] of rows.iterate(last)) {
    addValues(builder, rowid, hash, tool, parent, merge, timestamp);
  }
  for (const { node, role, hash } of waiting) retryParent(builder, node, role, hash);
  onProgress?.(builder.count, total);
  return finishIndex(builder);
}

function samplesFit(s: VekLook, index: GraphIndex): boolean {
  const one = s.db.prepare<[number], IndexRow>(`${indexQuery(s)} WHERE rowid = ?`).raw();
  const fits = (node: number): boolean => {
    const row = one.get(index.rowids[node]!);
    return row !== undefined && rowFits(index, node, row);
  };
  if (!fits(index.count - 1)) return false;
  for (let i = 0; i < SAMPLES; i++) if (!fits(Math.floor(Math.random() * index.count))) return false;
  return true;
}

/** Whether a row of the store is the one that the index holds at this place. */
function rowFits(index: GraphIndex, node: number, row: IndexRow): boolean {
  const [, hash, tool, parent, merge, timestamp] = row;
  if (typeof hash === 'string' ? findNode(index, hash) !== node : (index.flags[node]! & FLAG.hash) === 0) {
    return false;
  }
  if (index.toolNames[index.tools[node]!] !== (typeof tool === 'string' ? tool : '')) return false;
  if (!parentFits(index, index.parents[node]!, parent)) return false;
  if (!parentFits(index, index.mergeParents[node]!, merge)) return false;
  return Object.is(timeOf(timestamp), index.timeMicros[node]!);
}

function parentFits(index: GraphIndex, known: number, value: unknown): boolean {
  if (value === null) return known === NONE;
  if (typeof value !== 'string') return known === MISSING;
  const found = findNode(index, value);
  return found === -1 ? known === MISSING : known === found;
}

function timeOf(timestamp: unknown): number {
  if (typeof timestamp !== 'string') return NaN;
  const exact = exactTime(timestamp);
  return Number.isNaN(exact) ? looseTime(timestamp) : exact;
}

type Waiting = { readonly node: number; readonly role: 'parent' | 'merge'; readonly hash: string };

/** Missing parents that are among the new rows; null where too many are missing to look. */
function parentsThatCame(s: VekLook, index: GraphIndex, last: number): Waiting[] | null {
  if (index.missing === 0) return [];
  if (index.missing > MISSING_CHECKED) return null;
  const one = s.db.prepare<[number], IndexRow>(`${indexQuery(s)} WHERE rowid = ?`).raw();
  const missing: Waiting[] = [];
  for (let node = 0; node < index.count; node++) {
    const parent = index.parents[node] === MISSING;
    const merge = index.mergeParents[node] === MISSING;
    if (!parent && !merge) continue;
    const row = one.get(index.rowids[node]!);
    if (parent && typeof row?.[3] === 'string') missing.push({ node, role: 'parent', hash: row[3] });
    if (merge && typeof row?.[4] === 'string') missing.push({ node, role: 'merge', hash: row[4] });
  }
  const named = new Set(missing.map((item) => item.hash));
  const came = new Set<string>();
  const hashes = s.db
    .prepare<[number], unknown>('SELECT hash FROM nodes NOT INDEXED WHERE rowid > ?')
    .pluck();
  for (const hash of hashes.iterate(last)) if (typeof hash === 'string' && named.has(hash)) came.add(hash);
  return missing.filter((item) => came.has(item.hash));
}
