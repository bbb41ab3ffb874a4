import type { Database } from '../storage/look.ts';

/** The three tables of a repository. */
export const vekTables = ['objects', 'nodes', 'refs'] as const;
export type VekTable = (typeof vekTables)[number];

const required: Record<VekTable, readonly string[]> = {
  objects: ['hash', 'content'],
  nodes: ['hash', 'tool', 'input_hash', 'output_hash', 'parent_hash', 'timestamp'],
  refs: ['name', 'hash'],
};
const nodeColumns = [...required.nodes, 'merge_parent'];

/** What a database really holds, whatever its version says (formats/vek.md §2). */
export type VekSchema = {
  /** `user_version`; null where it can't be read */
  readonly version: number | null;
  /** real column names of `nodes`, in order */
  readonly columns: readonly string[];
  readonly hasMergeParent: boolean;
  /** tables that can be read */
  readonly tables: ReadonlySet<VekTable>;
  readonly hasParentIndex: boolean;
  /** what is unusual and harmless, in words */
  readonly notes: readonly string[];
  /** what can't be read because of the tables and columns, in words */
  readonly damage: readonly string[];
  /** why we will not read this file at all: something else stands in place of a table */
  readonly refusal: string | null;
  /** why the Python tool and we can't write to it as it is; null when the seven columns stand in order */
  readonly unwritable: string | null;
};

type TableRow = { readonly name: string; readonly type: string; readonly wr: number };
type ColumnRow = { readonly name: string; readonly hidden: number };

/** Reads version, tables and columns. Throws SQLite's error where the file is damaged. */
export function readSchema(db: Database): VekSchema {
  const version = db.pragma('user_version', { simple: true }) as number;
  const found = db
    .prepare<[], TableRow>(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'`)
    .all();
  const notes: string[] = [];
  const damage: string[] = [];
  const tables = new Set<VekTable>();
  let columns: string[] = [];
  let refusal: string | null = null;
  for (const table of vekTables) {
    const row = found.find((one) => one.name.toLowerCase() === table);
    if (row === undefined) {
      damage.push(`The table ${table} is missing.`);
      continue;
    }
    refusal ??= refusalOf(table, row, db);
    const names = columnNames(db, row.name);
    if (table === 'nodes') columns = names;
    const missing = required[table].filter((name) => !names.includes(name));
    if (missing.length > 0) {
      damage.push(`The table ${table} has no column ${missing.join(', ')}, so it can’t be read.`);
      continue;
    }
    tables.add(table);
  }
  const hasMergeParent = columns.includes('merge_parent');
  if (version > 3) notes.push(`The database has version ${version}, newer than the 3 we know.`);
  const legacy = legacyNote(version, tables.has('nodes'), hasMergeParent);
  if (legacy !== null) notes.push(legacy);
  const extra = columns.filter((name) => !nodeColumns.includes(name));
  if (extra.length > 0) notes.push(`The table nodes has more columns than vek knows: ${extra.join(', ')}.`);
  const triggers = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .pluck()
    .all();
  if (triggers.length > 0)
    notes.push(`The database has triggers (${triggers.join(', ')}), which vek never makes.`);
  return {
    version,
    columns,
    hasMergeParent,
    tables,
    hasParentIndex: hasIndex(db, 'idx_nodes_parent'),
    notes,
    damage,
    refusal,
    unwritable: unwritableReason(version, columns, damage),
  };
}

function refusalOf(table: VekTable, row: TableRow, db: Database): string | null {
  if (row.type !== 'table') {
    const what = row.type === 'view' ? 'a view' : 'a virtual table';
    return `In place of the table ${table} stands ${what}; reading it would run what its author chose.`;
  }
  if (row.wr !== 0) return `The table ${table} has no row numbers, unlike any that vek makes.`;
  if (columnNames(db, row.name).includes('rowid')) {
    return `The table ${table} has a column named rowid, which hides its row numbers.`;
  }
  const computed = db
    .prepare<[string], ColumnRow>('SELECT name, hidden FROM pragma_table_xinfo(?)')
    .all(row.name)
    .find((column) => column.hidden !== 0);
  if (computed === undefined) return null;
  return `The column ${computed.name} of the table ${table} is computed, unlike any that vek makes.`;
}

function columnNames(db: Database, table: string): string[] {
  return db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .map((name) => name.toLowerCase());
}

function hasIndex(db: Database, name: string): boolean {
  const query = db.prepare<[string], number>(`SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?`);
  return query.pluck().get(name) !== undefined;
}

function legacyNote(version: number, hasNodes: boolean, hasMergeParent: boolean): string | null {
  if (!hasNodes) return null;
  if (!hasMergeParent && (version === 0 || version >= 2)) {
    return (
      `The table nodes has no column merge_parent, as vek 0.1 made it, and the version is ${version}: newer versions ` +
      'of the Python tool fail on every call here until the column is added. The data are intact.'
    );
  }
  if (!hasMergeParent)
    return `Made by an old vek (version ${version}); the Python tool would upgrade it on opening.`;
  if (version < 3)
    return `The database has version ${version}; the Python tool would upgrade it to 3 on opening.`;
  return null;
}

function unwritableReason(
  version: number,
  columns: readonly string[],
  damage: readonly string[],
): string | null {
  if (damage[0] !== undefined) return damage[0];
  if (version > 3) return `The database has version ${version}; we know how to write version 3.`;
  const same = columns.length === nodeColumns.length && inOrder(columns);
  if (!same) return 'The columns of the table nodes are not the seven that vek writes.';
  return null;
}

function inOrder(columns: readonly string[]): boolean {
  const order = ['hash', 'tool', 'input_hash', 'output_hash', 'parent_hash', 'timestamp', 'merge_parent'];
  return order.every((name, i) => columns[i] === name);
}
