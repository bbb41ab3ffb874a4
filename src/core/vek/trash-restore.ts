import { statSync } from 'node:fs';
import type { NodeRecord } from '../../contract/vek.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import type { Database } from '../storage/look.ts';
import { blobHash, nodeHash } from './hash.ts';
import { readTrashLines, readTrashNodes } from './trash-lines.ts';

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

/** Putting back a file of the trash, in one transaction or several. */
export type Restore = {
  /**
   * Puts back what the store lacks of the next `maxBytes` of records, inside the caller's transaction; true when it
   * was the last. Every hash is recomputed first, and what does not fit is left out.
   */
  step(db: Database, maxBytes: number): Result<boolean>;
  /** After the last step: fails where a call stands on something that was there when it was kept and is not now. */
  checkLinks(db: Database): Result<null>;
};

/** Whether a file of the trash is put back ahead, in several transactions, so that no other writer waits too long. */
export function restoresAhead(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > limits.restoreStepBytes;
}

export function startRestore(path: string): Restore {
  const lines = readTrashLines(path);
  const absent = new Set<string>();
  return {
    step(db, maxBytes) {
      const put = putter(db);
      for (let bytes = 0; bytes < maxBytes;) {
        const next = lines.next();
        if (next.done === true) return ok(true);
        const line = next.value;
        if (line === null || line.type === 'ref') continue;
        bytes += line.type === 'object' ? line.content_b64.length + 200 : 500;
        if (line.type === 'absent') absent.add(line.hash);
        else if (line.type === 'object') {
          if (!put.object(line.hash, bytesOf(line))) absent.add(line.hash);
        } else if (!put.node(line)) return noColumn();
      }
      return ok(false);
    },
    checkLinks(db) {
      const has = finder(db);
      for (const node of readTrashNodes(path)) {
        if (!has.node(node.hash)) continue;
        for (const parent of [node.parent_hash, node.merge_parent]) {
          if (parent !== null && !absent.has(parent) && !has.node(parent)) return gone(parent);
        }
        for (const object of [node.input_hash, node.output_hash]) {
          if (!absent.has(object) && !has.object(object)) return gone(object);
        }
      }
      return ok(null);
    },
  };
}

function finder(db: Database) {
  const node = db.prepare<[string], unknown>('SELECT 1 FROM nodes WHERE hash = ?').pluck();
  const object = db.prepare<[string], unknown>('SELECT 1 FROM objects WHERE hash = ?').pluck();
  return {
    node: (hash: string): boolean => node.get(hash) !== undefined,
    object: (hash: string): boolean => object.get(hash) !== undefined,
  };
}

/** Inserts what is missing and whole. `object` is false when its bytes do not fit; `node` when it has no place. */
function putter(db: Database) {
  const has = finder(db);
  const columns = db.pragma('table_info(nodes)') as readonly { name: string }[];
  const merges = columns.some((column) => column.name === 'merge_parent');
  const insertNode = nodeInsert(db, merges);
  const insertObject = db.prepare<[string, Uint8Array]>('INSERT INTO objects (hash, content) VALUES (?, ?)');
  return {
    node(node: NodeRecord): boolean {
      if (has.node(node.hash) || nodeHash(node) !== node.hash) return true;
      if (node.merge_parent !== null && !merges) return false;
      insertNode(node);
      return true;
    },
    object(hash: string, bytes: Uint8Array): boolean {
      if (has.object(hash)) return true;
      if (!isWhole(hash, bytes)) return false;
      insertObject.run(hash, bytes);
      return true;
    },
  };
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
    `What was kept stands on ${hash.slice(0, 8)}, which has been removed from the store since. No ref was moved.`,
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
