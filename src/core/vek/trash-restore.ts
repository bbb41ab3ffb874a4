import { statSync } from 'node:fs';
import type { NodeRecord } from '../../contract/vek.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import type { Database } from '../storage/look.ts';
import { blobHash, nodeHash } from './hash.ts';
import { readTrashLines } from './trash-lines.ts';

/** What a file of the trash holds. `damaged` counts lines whose hash does not fit or that can't be read. */
export type TrashReport = { readonly nodes: ReadonlySet<string>; readonly damaged: number };

/** Reads and re-hashes a file of the trash; null when there is none. `tips` are the calls that are looked for. */
export function inspectTrash(path: string, tips: readonly string[]): Result<TrashReport | null> {
  const wanted = new Set(tips);
  const nodes = new Set<string>();
  let damaged = 0;
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return ok(null);
    if (!stat.isFile()) return fail('refused', `${path} is not a file.`, 'Remove it if you can do without.');
    for (const line of readTrashLines(path)) {
      if (line === null) damaged++;
      else if (line.type === 'object' && !isWhole(line.hash, bytesOf(line))) damaged++;
      else if (line.type === 'node') {
        if (nodeHash(line) !== line.hash) damaged++;
        else if (wanted.has(line.hash)) nodes.add(line.hash);
      }
    }
    return ok({ nodes, damaged });
  } catch (error) {
    return systemFailure(error, path);
  }
}

/**
 * Puts back what the store no longer has, inside the caller's transaction. Every hash is recomputed first, and what
 * does not fit is left out. Fails when a call would stand on something that was there before and is not now.
 */
export function restoreTrash(db: Database, path: string): Result<{ nodes: number; objects: number }> {
  const has = {
    node: db.prepare<[string], unknown>('SELECT 1 FROM nodes WHERE hash = ?').pluck(),
    object: db.prepare<[string], unknown>('SELECT 1 FROM objects WHERE hash = ?').pluck(),
  };
  const columns = db.pragma('table_info(nodes)') as readonly { name: string }[];
  const merges = columns.some((column) => column.name === 'merge_parent');
  const insertNode = nodeInsert(db, merges);
  const insertObject = db.prepare<[string, Uint8Array]>('INSERT INTO objects (hash, content) VALUES (?, ?)');
  const absent = new Set<string>();
  let nodes = 0;
  let objects = 0;
  for (const line of readTrashLines(path)) {
    if (line === null) continue;
    if (line.type === 'absent') absent.add(line.hash);
    if (line.type === 'node' && has.node.get(line.hash) === undefined && nodeHash(line) === line.hash) {
      if (line.merge_parent !== null && !merges) return noColumn();
      insertNode(line);
      nodes++;
    }
    if (line.type === 'object' && has.object.get(line.hash) === undefined) {
      const bytes = bytesOf(line);
      if (!isWhole(line.hash, bytes)) {
        absent.add(line.hash);
        continue;
      }
      insertObject.run(line.hash, bytes);
      objects++;
    }
  }
  for (const line of readTrashLines(path)) {
    if (line?.type !== 'node' || has.node.get(line.hash) === undefined) continue;
    for (const parent of [line.parent_hash, line.merge_parent]) {
      if (parent !== null && !absent.has(parent) && has.node.get(parent) === undefined) return gone(parent);
    }
    for (const object of [line.input_hash, line.output_hash]) {
      if (!absent.has(object) && has.object.get(object) === undefined) return gone(object);
    }
  }
  return ok({ nodes, objects });
}

function nodeInsert(db: Database, merges: boolean): (node: NodeRecord) => void {
  const columns = ['hash', 'tool', 'input_hash', 'output_hash', 'parent_hash', 'timestamp'];
  if (merges) columns.push('merge_parent');
  const insert = db.prepare<[Record<string, string | null>]>(
    `INSERT INTO nodes (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  );
  return ({ hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent }) => {
    insert.run({ hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent });
  };
}

function bytesOf(line: { readonly content_b64: string }): Buffer {
  return Buffer.from(line.content_b64, 'base64');
}

function isWhole(hash: string, bytes: Uint8Array): boolean {
  return blobHash(bytes) === hash;
}

function gone(hash: string): Result<never> {
  return fail(
    'conflict',
    `What was kept stands on ${hash.slice(0, 8)}, which has been removed from the store since. Nothing was changed.`,
    'Undo the later removal first: it keeps that part.',
  );
}

function noColumn(): Result<never> {
  return fail(
    'refused',
    'The database has no column for second parents any more, so a merge that was kept can’t be put back.',
    'Put the column back with the tool that removed it.',
  );
}
