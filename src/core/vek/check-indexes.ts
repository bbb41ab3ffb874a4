import type { Problem } from '../../contract/vek.ts';
import { problemOf } from './check-findings.ts';
import { limits } from '../storage/limits.ts';
import type { PartOutput } from './check-types.ts';
import { vekTables, type VekTable } from './schema.ts';
import type { VekLook } from './store.ts';

/** An index of one of the three tables, how many rows it lists, and `of` how many; null: as many as are checked. */
export type IndexRows = {
  readonly table: VekTable;
  readonly index: string;
  readonly rows: number;
  readonly of: number | null;
  /** rows that the index does not list where they belong, as far as they were looked for */
  readonly missing: number;
  /** every entry was compared with its row, not only counted */
  readonly compared: boolean;
};

/**
 * Counts the rows of every index, by which the Python tool finds a hash or a name while a check reads the tables.
 * Throws SQLite's error where pages of an index are damaged. Indexes of a part of the rows are left out.
 */
export function countIndexes(look: VekLook): IndexRows[] {
  const { db, schema } = look;
  const messages = compareIndexes(look);
  return vekTables
    .filter((table) => schema.tables.has(table))
    .flatMap((table) =>
      db
        .prepare<[string], string>('SELECT name FROM pragma_index_list(?) WHERE partial = 0')
        .pluck()
        .all(table)
        .map((index) => {
          const name = `"${index.replaceAll('"', '""')}"`;
          const count = db.prepare<[], number>(`SELECT count(*) FROM ${table} INDEXED BY ${name}`);
          return {
            table,
            index,
            rows: count.pluck().get() ?? 0,
            of: table === 'refs' ? countRefs(look) : null,
            missing: (messages ?? []).filter((message) => message.endsWith(` missing from index ${index}`))
              .length,
            compared: messages !== null,
          };
        }),
    );
}

/** What SQLite finds of rows and indexes that differ; null above a size. Nothing where an index computes something. */
function compareIndexes({ db, schema }: VekLook): string[] | null {
  const pages = db.prepare<[], number>(
    'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size',
  );
  if ((pages.pluck().get() ?? 0) > limits.indexCompareBytes) return null;
  const computed = db.prepare<[string], number>(
    'SELECT 1 FROM pragma_index_list(?) AS i, pragma_index_xinfo(i.name) AS c WHERE i.partial OR c.cid = -2',
  );
  const found: string[] = [];
  // A constraint of a stranger is not run either.
  db.pragma('ignore_check_constraints = 1');
  for (const table of vekTables) {
    if (!schema.tables.has(table) || computed.pluck().get(table) !== undefined) continue;
    found.push(...db.prepare<[], string>(`PRAGMA integrity_check(${table})`).pluck().all());
  }
  return found;
}

/** All refs, also those that are not text and so are not among the checked. */
function countRefs({ db }: VekLook): number {
  return db.prepare<[], number>('SELECT count(*) FROM refs NOT INDEXED').pluck().get() ?? 0;
}

/** What is wrong where an index lists more or fewer rows than its table has. */
export function indexProblems(indexes: readonly IndexRows[], checked: PartOutput['checked']): Problem[] {
  return indexes
    .map((one) => ({ ...one, of: one.of ?? checked[one.table] }))
    .filter(({ rows, of, missing }) => rows !== of || missing > 0)
    .map(({ table, index, rows, of, missing }) =>
      problemOf(
        'index-damaged',
        'error',
        null,
        `The index ${index} lists ${rows} rows of the table ${table}, which has ${of}${missing > 0 ? `, and at least ${missing} of them in a wrong place` : ''}: what is looked up by it may be taken for missing. The rows themselves were checked one by one.`,
        { named: index, table },
      ),
    );
}
