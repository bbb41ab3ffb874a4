import type { Ref } from '../../contract/vek.ts';
import {
  fieldTexts,
  nodeFields,
  nodeLine,
  objectFields,
  objectLine,
  refLine,
  type Fields,
} from './export-lines.ts';
import { rowSet, type RowSet } from './row-set.ts';
import type { VekLook } from './store.ts';
import { reachable } from './walk.ts';

type ObjectRow = readonly [rowid: number, content: Uint8Array];

function refsOf(s: VekLook, branch: string | null): readonly Ref[] {
  return branch === null || branch === '' ? s.refs() : s.refs().filter((ref) => ref.name === branch);
}

function tipsOf(refs: readonly Ref[]): string[] {
  return refs.map((ref) => ref.hash);
}

/** Hands out each object once, by row. */
function objectReader(s: VekLook): { take: (hash: string) => ObjectRow | null; seen: RowSet } {
  if (!s.schema.tables.has('objects')) return { take: () => null, seen: rowSet(0) };
  const largest = s.db.prepare<[], number | null>('SELECT max(rowid) FROM objects').pluck().get() ?? 0;
  const seen = rowSet(largest);
  const rowOf = s.db
    .prepare<[string], number>('SELECT rowid FROM objects WHERE hash = ? COLLATE BINARY')
    .pluck();
  const content = s.db.prepare<[number], Uint8Array>(
    'SELECT CAST(content AS BLOB) FROM objects WHERE rowid = ?',
  );
  content.pluck();
  const take = (hash: string): ObjectRow | null => {
    const rowid = rowOf.get(hash);
    if (rowid === undefined || !seen.add(rowid)) return null;
    return [rowid, content.get(rowid) ?? new Uint8Array()];
  };
  return { take, seen };
}

/**
 * The export as JSON Lines, byte-equal to the real tool's (formats/vek.md §7): refs, then nodes breadth first, each
 * followed by its objects at first use. `branch`: the one ref of that name; null or empty: all. Missing objects are
 * left out. Each text is one line with its line end; nothing is held back in memory.
 */
export function* exportJsonl(s: VekLook, branch: string | null = null): Generator<string> {
  const refs = refsOf(s, branch);
  for (const ref of refs) yield refLine(ref);
  const objects = objectReader(s);
  for (const { record } of reachable(s, tipsOf(refs))) {
    yield nodeLine(record);
    for (const hash of [record.input_hash, record.output_hash]) {
      const object = objects.take(hash);
      if (object !== null) yield objectLine(hash, object[1]);
    }
  }
}

/**
 * The export as one JSON document, laid out as the real command prints it (indent 2, non-ASCII raw, no line end at
 * the end). Given in pieces; joined they are the whole.
 */
export function* exportJson(s: VekLook, branch: string | null = null): Generator<string> {
  const refs = refsOf(s, branch);
  yield '{\n  "version": 1,\n';
  yield* list(
    'refs',
    refs.map(({ name, hash }) => ({ name, hash })),
  );
  yield ',\n';
  const objects = objectMarks(s);
  yield* list('nodes', nodesOf(s, refs, objects.mark));
  yield ',\n';
  yield* list('objects', objects.marked());
  yield '\n}';
}

function* nodesOf(s: VekLook, refs: readonly Ref[], mark: (hash: string) => void): Generator<Fields> {
  for (const { record } of reachable(s, tipsOf(refs))) {
    mark(record.input_hash);
    mark(record.output_hash);
    yield nodeFields(record);
  }
}

function* list(name: string, items: Iterable<Fields>): Generator<string> {
  let first = true;
  for (const item of items) {
    const text = fieldTexts(item, false).join(',\n      ');
    yield `${first ? `  "${name}": [` : ','}\n    {\n      ${text}\n    }`;
    first = false;
  }
  yield first ? `  "${name}": []` : '\n  ]';
}

/** Marks objects while nodes pass, and then gives the marked ones in the order of their hashes. */
function objectMarks(s: VekLook): { mark: (hash: string) => void; marked: () => Generator<Fields> } {
  if (!s.schema.tables.has('objects')) return { mark: () => undefined, marked: none };
  const largest = s.db.prepare<[], number | null>('SELECT max(rowid) FROM objects').pluck().get() ?? 0;
  const marks = rowSet(largest);
  const rowOf = s.db
    .prepare<[string], number>('SELECT rowid FROM objects WHERE hash = ? COLLATE BINARY')
    .pluck();
  const mark = (hash: string): void => {
    const rowid = rowOf.get(hash);
    if (rowid !== undefined) marks.add(rowid);
  };
  function* marked(): Generator<Fields> {
    const inOrder = s.db.prepare<[], readonly [number, string]>(
      'SELECT rowid, hash FROM objects ORDER BY hash COLLATE BINARY',
    );
    const content = s.db.prepare<[number], Uint8Array>(
      'SELECT CAST(content AS BLOB) FROM objects WHERE rowid = ?',
    );
    content.pluck();
    for (const [rowid, hash] of inOrder.raw().iterate()) {
      if (!marks.has(rowid)) continue;
      yield objectFields(hash, content.get(rowid) ?? new Uint8Array());
    }
  }
  return { mark, marked };
}

function* none(): Generator<Fields> {
  // a repository without objects
}
