import type { NodeRecord, Problem, Ref } from '../../contract/vek.ts';
import { fail, ok, type Result } from '../result.ts';
import { resolveInside } from '../storage/inside.ts';
import { look, type Database, type LookHow, type Loss } from '../storage/look.ts';
import type { RepositoryPaths } from './paths.ts';
import { readRecord, refOf, type RawNode, type ReadRecord } from './record.ts';
import { readSchema, vekTables, type VekSchema } from './schema.ts';

/** The bytes of an object as stored. `cut`: only the beginning was read. `size`: bytes in the store. */
export type StoredObject = {
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly cut: boolean;
  /** vek stores BLOB; a TEXT of the same bytes breaks its fsck (formats/vek.md §2) */
  readonly storage: 'blob' | 'text' | 'other';
};

/** Children of a node, newest stored first; `count` is not cut at the limit. */
export type Children = { readonly records: readonly NodeRecord[]; readonly count: number };

/** One consistent look at a repository. Valid only inside the callback of `lookAtVek`. */
export type VekLook = {
  readonly paths: RepositoryPaths;
  readonly db: Database;
  readonly schema: VekSchema;
  readonly how: LookHow;
  /** true when the file is damaged and this is what could be rescued */
  readonly salvage: boolean;
  /** damage that the opening found */
  readonly problems: readonly Problem[];
  /** what to select for a node record in a query on `nodes`, in the order of `RawNode` */
  readonly nodeColumns: string;
  counts(): { nodes: number; objects: number; refs: number };
  /** every ref whose name and hash are text, in the order of UTF-8 bytes */
  refs(): readonly Ref[];
  /** the hash a ref names, or null */
  ref(name: string): string | null;
  node(hash: string): NodeRecord | null;
  /** a node with what is wrong with its columns */
  nodeRead(hash: string): ReadRecord | null;
  nodeAt(rowid: number): NodeRecord | null;
  nodeReadAt(rowid: number): ReadRecord | null;
  object(hash: string): StoredObject | null;
  objectHead(hash: string, maxBytes: number): StoredObject | null;
  children(hash: string, limit: number): Children;
};

/**
 * One look at a repository by the rules for looking at stores: nothing is changed, `read` sees one moment, and
 * damage is salvaged as far as it goes. Fails where the file can't be read at all or is refused.
 */
export function lookAtVek<T>(paths: RepositoryPaths, read: (s: VekLook) => T): Result<T> {
  const inside = resolveInside(paths.root, paths.db);
  if (!inside.ok) return inside.error.kind === 'not-found' ? missing(paths) : inside;
  const looked = look<Result<T>>(
    inside.value,
    (db, how) => {
      const schema = readSchema(db);
      if (schema.refusal !== null) {
        return fail('refused', schema.refusal, 'Look at this file with other tools if you trust it.');
      }
      return ok(read(makeLook(paths, db, schema, how)));
    },
    { salvage: vekTables },
  );
  if (!looked.ok) return looked.error.kind === 'not-found' ? missing(paths) : looked;
  return looked.value;
}

function missing(paths: RepositoryPaths): Result<never> {
  return fail(
    'not-found',
    `${paths.db} does not exist, so this repository has no data.`,
    'Restore vek.db from a backup. The Python tool would silently make an empty one.',
  );
}

function problem(
  kind: Problem['kind'],
  severity: Problem['severity'],
  message: string,
  ref: string | null = null,
): Problem {
  return { kind, severity, hash: null, ref, message };
}

function openingProblems(schema: VekSchema, how: LookHow): Problem[] {
  if (how.empty) {
    return [
      problem(
        'empty-file',
        'error',
        'vek.db is empty (0 bytes): whatever it held is gone. The Python tool would silently make an empty repository of it.',
      ),
    ];
  }
  const problems = how.losses.map((loss: Loss) => problem('lost-rows', 'error', loss.message));
  if (how.salvaged) {
    problems.unshift(
      problem('damaged-file', 'error', 'vek.db is damaged; what could still be read is shown.'),
    );
  }
  for (const damage of schema.damage) problems.push(problem('schema', 'error', damage));
  for (const note of schema.notes) problems.push(problem('schema', 'notice', note));
  return problems;
}

function makeLook(paths: RepositoryPaths, db: Database, schema: VekSchema, how: LookHow): VekLook {
  const columns = `hash, tool, input_hash, output_hash, parent_hash, timestamp, ${schema.hasMergeParent ? 'merge_parent' : 'NULL'}`;
  const has = schema.tables;
  const opening = openingProblems(schema, how);
  const node = lazy(() =>
    db.prepare<[string], RawNode>(`SELECT ${columns} FROM nodes WHERE hash = ? COLLATE BINARY`).raw(),
  );
  const nodeAt = lazy(() =>
    db.prepare<[number], RawNode>(`SELECT ${columns} FROM nodes WHERE rowid = ?`).raw(),
  );
  const ref = lazy(() =>
    db.prepare<[string], unknown>('SELECT hash FROM refs WHERE name = ? COLLATE BINARY').pluck(),
  );
  const object = lazy(() => db.prepare<[string], ObjectRow>(objectQuery('CAST(content AS BLOB)')).raw());
  const objectHead = lazy(() =>
    db.prepare<[number, string], ObjectRow>(objectQuery('substr(CAST(content AS BLOB), 1, ?)')).raw(),
  );
  const refs = lazy(() => readRefs(db, has.has('refs')));
  const count = (table: 'nodes' | 'objects' | 'refs'): number =>
    has.has(table) ? db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()! : 0;
  const nodeRead = (hash: string): ReadRecord | null => {
    const row = has.has('nodes') ? node().get(hash) : undefined;
    return row === undefined ? null : readRecord(row);
  };
  const nodeReadAt = (rowid: number): ReadRecord | null => {
    const row = has.has('nodes') ? nodeAt().get(rowid) : undefined;
    return row === undefined ? null : readRecord(row);
  };
  return {
    paths,
    db,
    schema,
    how,
    salvage: how.salvaged,
    get problems() {
      return [...opening, ...refs().problems];
    },
    nodeColumns: columns,
    counts: () => ({ nodes: count('nodes'), objects: count('objects'), refs: count('refs') }),
    refs: () => refs().refs,
    ref: (name) => {
      const hash = has.has('refs') ? ref().get(name) : undefined;
      return typeof hash === 'string' ? hash : null;
    },
    node: (hash) => nodeRead(hash)?.record ?? null,
    nodeRead,
    nodeAt: (rowid) => nodeReadAt(rowid)?.record ?? null,
    nodeReadAt,
    object: (hash) => (has.has('objects') ? storedObject(hash, object().get(hash)) : null),
    objectHead: (hash, maxBytes) =>
      has.has('objects') ? storedObject(hash, objectHead().get(maxBytes, hash)) : null,
    children: (hash, limit) => readChildren(db, schema, columns, hash, limit),
  };
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

type ObjectRow = readonly [bytes: Uint8Array | null, size: number | null, type: string];

function objectQuery(bytes: string): string {
  return `SELECT ${bytes}, length(CAST(content AS BLOB)), typeof(content) FROM objects WHERE hash = ? COLLATE BINARY`;
}

function storedObject(hash: string, row: ObjectRow | undefined): StoredObject | null {
  if (row === undefined) return null;
  const [value, length, type] = row;
  const bytes = value ?? new Uint8Array();
  const size = length ?? 0;
  const storage = type === 'blob' || type === 'text' ? type : 'other';
  return { hash, bytes, size, cut: bytes.byteLength < size, storage };
}

function readRefs(db: Database, readable: boolean): { refs: Ref[]; problems: Problem[] } {
  const refs: Ref[] = [];
  const problems: Problem[] = [];
  if (!readable) return { refs, problems };
  const rows = db.prepare<[], readonly [unknown, unknown]>(
    'SELECT name, hash FROM refs ORDER BY name COLLATE BINARY',
  );
  for (const [name, hash] of rows.raw().iterate()) {
    if (typeof name === 'string' && typeof hash === 'string') refs.push(refOf(name, hash));
    else if (typeof name === 'string') {
      problems.push(
        problem('ref-unreadable', 'error', `The hash of the ref “${name}” is not stored as text.`, name),
      );
    } else problems.push(problem('ref-unreadable', 'error', 'A ref has a name that is not stored as text.'));
  }
  return { refs, problems };
}

function readChildren(
  db: Database,
  schema: VekSchema,
  columns: string,
  hash: string,
  limit: number,
): Children {
  if (!schema.tables.has('nodes')) return { records: [], count: 0 };
  const where = schema.hasMergeParent ? 'parent_hash = @hash OR merge_parent = @hash' : 'parent_hash = @hash';
  const query = db.prepare<[{ hash: string }], RawNode>(
    `SELECT ${columns} FROM nodes WHERE ${where} ORDER BY rowid DESC`,
  );
  const records: NodeRecord[] = [];
  let count = 0;
  for (const row of query.raw().iterate({ hash })) {
    count += 1;
    if (records.length < limit) records.push(readRecord(row).record);
  }
  return { records, count };
}
