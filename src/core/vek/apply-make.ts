import type { Made, Plan } from '../../contract/operations.ts';
import type { NodeRecord } from '../../contract/vek.ts';
import { probe, type WriteContext } from '../operations/context.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Database } from '../storage/look.ts';
import { blobHash, nodeHash } from './hash.ts';
import type { Contents } from './plan-merge-node.ts';

/** Whether everything that a plan adds is at hand and fits its hash; `bad-request` where it does not. */
export function contentsFit(plan: Plan, contents: Contents): Result<null> {
  const { makes } = plan;
  if (makes === null) return ok(null);
  if (nodeHash(makes.node) !== makes.node.hash) return unfit('The new call does not fit its hash.');
  const used = new Set([makes.node.input_hash, makes.node.output_hash]);
  for (const { hash, role } of makes.objects) {
    const bytes = contents.get(hash);
    if (bytes === undefined) return unfit(`The ${role} of the new call is not at hand any more.`);
    if (blobHash(bytes) !== hash) return unfit(`The ${role} of the new call does not fit its hash.`);
    used.delete(hash);
  }
  return used.size === 0 ? ok(null) : unfit('An object of the new call is not part of the plan.');
}

function unfit(message: string): Result<never> {
  return fail('bad-request', `${message} Nothing was changed.`, 'Plan again.');
}

/**
 * Whether what a plan makes can be added: what is there already under its hashes has to be exactly the same, else
 * `damaged`; a parent that is gone is a `conflict`.
 */
export function madeHasRoom(db: Database, { node, objects }: Made, contents: Contents): Result<null> {
  const store = storeOf(db);
  for (const { hash } of objects) {
    const row = store.object(hash);
    if (row !== undefined && !isSameObject(row, contents.get(hash)!)) return otherContent(hash, row.type);
  }
  for (const parent of [node.parent_hash, node.merge_parent]) {
    if (parent !== null && store.node(parent) === undefined) return parentGone(parent);
  }
  const row = store.node(node.hash);
  return row === undefined || isSameNode(row, node) ? ok(null) : otherCall(node.hash);
}

/** Adds what a plan makes inside the caller's transaction, and reads it back. Throws if it is not there: a bug. */
export function writeMade(
  db: Database,
  { node, objects }: Made,
  contents: Contents,
  ctx: WriteContext,
): void {
  const store = storeOf(db);
  for (const { hash } of objects) {
    const bytes = contents.get(hash)!;
    if (store.object(hash) === undefined) store.putObject(hash, bytes);
    const row = store.object(hash);
    if (row === undefined || !isSameObject(row, bytes)) throw new Error(`The object ${hash} was not stored`);
  }
  probe(ctx, 'objects-written');
  if (store.node(node.hash) === undefined) store.putNode(node);
  const row = store.node(node.hash);
  if (row === undefined || !isSameNode(row, node)) throw new Error(`The call ${node.hash} was not stored`);
  probe(ctx, 'node-written');
}

type ObjectRow = { readonly content: unknown; readonly type: string };

const columns = [
  'hash',
  'tool',
  'input_hash',
  'output_hash',
  'parent_hash',
  'timestamp',
  'merge_parent',
] as const satisfies readonly (keyof NodeRecord)[];

function storeOf(db: Database) {
  const object = db.prepare<[string], ObjectRow>(
    'SELECT content, typeof(content) AS type FROM objects WHERE hash = ?',
  );
  const node = db.prepare<[string], NodeRecord>(`SELECT ${columns.join(', ')} FROM nodes WHERE hash = ?`);
  return {
    object: (hash: string): ObjectRow | undefined => object.get(hash),
    node: (hash: string): NodeRecord | undefined => node.get(hash),
    putObject(hash: string, bytes: Uint8Array): void {
      db.prepare<[string, Uint8Array]>('INSERT INTO objects (hash, content) VALUES (?, ?)').run(hash, bytes);
    },
    putNode(record: NodeRecord): void {
      const values = columns.map((column) => record[column]);
      db.prepare(
        `INSERT INTO nodes (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ).run(...values);
    },
  };
}

function isSameObject({ content }: ObjectRow, bytes: Uint8Array): boolean {
  return content instanceof Uint8Array && Buffer.compare(content, bytes) === 0;
}

function isSameNode(row: NodeRecord, node: NodeRecord): boolean {
  return columns.every((column) => row[column] === node[column]);
}

function otherContent(hash: string, type: string): Result<never> {
  return fail(
    'damaged',
    `The store holds other content under the hash ${hash.slice(0, 8)} (stored as ${type}). Nothing was changed.`,
    'Check the repository: vekscope fsck',
  );
}

function otherCall(hash: string): Result<never> {
  return fail(
    'damaged',
    `The store holds another call under the hash ${hash.slice(0, 8)}. Nothing was changed.`,
    'Check the repository: vekscope fsck',
  );
}

function parentGone(hash: string): Result<never> {
  return fail(
    'conflict',
    `The call ${hash.slice(0, 8)} was in the store in the preview, and is gone now. Nothing was changed.`,
    'Something removed it, perhaps a gc; look at the branches, and plan again.',
  );
}
