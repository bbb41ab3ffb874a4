import { randomBytes } from 'node:crypto';
import type { LedgerColumns, LedgerIndex } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { IndexBuilder, INDEXED, type IndexedRow } from './build.ts';
import type { RunningSums } from './sums.ts';

/** Told now and then: entries read so far, and how many there are. */
export type IndexProgress = (done: number, total: number) => void;

/** What an index is continued by, and by which it is compared with the store. */
export type IndexFacts = {
  /** tells one reading from another; entries that are added leave it */
  readonly build: string;
  readonly firstHash: string | null;
  readonly lastHash: string | null;
  /** the columns of event_log */
  readonly columns: string;
  /** the file is damaged, and this is what could be rescued */
  readonly salvaged: boolean;
};

/** Entries between two reports. */
const REPORT_ROWS = 16_384;

/**
 * What belongs to columns that were read here. The sums go with the newest entry. `grown`: what became of the columns; as
 * they share arrays, only the newest may grow.
 */
type Belongings = { readonly facts: IndexFacts; sums: RunningSums | null; grown: LedgerIndex | null };
const belongings = new WeakMap<LedgerColumns, Belongings>();

/** The store that columns were read from; null for columns of another making. */
export const factsOf = (columns: LedgerColumns): IndexFacts | null => belongings.get(columns)?.facts ?? null;

/** All entries of a ledger. Throws SQLite's error where the file is damaged. */
export function readAllIn(s: LedgerLook, onProgress?: IndexProgress): LedgerIndex {
  const total = entryCount(s);
  const builder = new IndexBuilder(total);
  addRows(s, builder, -Infinity, total, onProgress);
  return finished(builder, factsIn(s, randomBytes(6).toString('hex')));
}

/** The index with the entries behind its last one. Only inside a look, and only where `isContinued` said so. */
export function readMoreIn(
  s: LedgerLook,
  columns: LedgerColumns,
  build: string,
  total: number,
  onProgress?: IndexProgress,
): LedgerIndex {
  const builder = continued(columns, total);
  addRows(s, builder, lastSeq(columns), total, onProgress);
  return finished(builder, factsIn(s, build), columns);
}

/** The same with rows that were read before. */
export function withRows(
  columns: LedgerColumns,
  rows: readonly IndexedRow[],
  facts: IndexFacts,
): LedgerIndex {
  const builder = continued(columns, columns.count + rows.length);
  for (const row of rows) builder.add(row);
  return finished(builder, facts, columns);
}

/** The rows behind the last entry of an index. */
export function newRowsIn(s: LedgerLook, columns: LedgerColumns): IndexedRow[] {
  const query = `${indexQuery(s)} WHERE seq > ? ORDER BY seq`;
  return s.db.prepare<[number], IndexedRow>(query).raw().all(lastSeq(columns));
}

export const lastSeq = (columns: LedgerColumns): number =>
  columns.count === 0 ? -Infinity : columns.seq[columns.count - 1]!;

export const entryCount = (s: LedgerLook): number =>
  s.db.prepare<[], number>('SELECT count(*) FROM event_log').pluck().get()!;

export const indexQuery = (s: LedgerLook): string => s.select('event_log', INDEXED);

/** The state of the store that an index is of. */
export function factsIn(s: LedgerLook, build: string): IndexFacts {
  const hash = (order: 'ASC' | 'DESC'): string | null => {
    const value = s.db
      .prepare<[], unknown>(`SELECT event_hash FROM event_log ORDER BY seq ${order} LIMIT 1`)
      .pluck()
      .get();
    return value === undefined ? null : String(value);
  };
  return {
    build,
    firstHash: hash('ASC'),
    lastHash: hash('DESC'),
    columns: s.schema.tables.get('event_log')?.join() ?? '',
    salvaged: s.how.salvaged,
  };
}

export function indexOf(
  columns: LedgerColumns,
  facts: IndexFacts,
  sums: RunningSums | null = null,
): LedgerIndex {
  belongings.set(columns, { facts, sums, grown: null });
  return { columns, key: `${facts.build}:${columns.count}` };
}

/** The index as far as it has grown by now. */
export function newest(index: LedgerIndex): LedgerIndex {
  let at = index;
  for (let next = belongings.get(at.columns)?.grown; next; next = belongings.get(at.columns)?.grown)
    at = next;
  return at;
}

function continued(columns: LedgerColumns, total: number): IndexBuilder {
  const own = belongings.get(columns);
  const sums = own?.sums ?? null;
  if (own !== undefined) own.sums = null;
  return new IndexBuilder(total, columns, sums);
}

function finished(
  builder: IndexBuilder,
  facts: IndexFacts,
  before: LedgerColumns | null = null,
): LedgerIndex {
  const { columns, sums } = builder.finish();
  const index = indexOf(columns, facts, sums);
  const own = before === null ? undefined : belongings.get(before);
  if (own !== undefined) own.grown = index;
  return index;
}

/** Rows that are taken at once: half the cost of one by one. */
const CHUNK = 250;
/** Bytes of a payload beyond which it is read by itself, so that a chunk can't be large. */
const LONG = 64 * 1024;

function addRows(
  s: LedgerLook,
  builder: IndexBuilder,
  after: number,
  total: number,
  onProgress: IndexProgress | undefined,
): void {
  const query = indexQuery(s);
  const report = (): void => onProgress?.(builder.count, total);
  const top = s.db.prepare<[], unknown>('SELECT max(seq) FROM event_log').pluck().get();
  if (!Number.isSafeInteger(top)) {
    // Numbers that are not exact here can't say where a chunk ended.
    const rows = s.db.prepare<[number], IndexedRow>(`${query} WHERE seq > ? ORDER BY seq`).raw();
    for (const row of rows.iterate(after)) {
      builder.add(row);
      if (builder.count % REPORT_ROWS === 0) report();
    }
    report();
    return;
  }
  const short = INDEXED.map((name) =>
    name === 'payload_json' ? `iif(octet_length(${name}) > ${LONG}, 0, ${name})` : name,
  );
  const chunk = s.db
    .prepare<[number], IndexedRow>(
      `SELECT ${short.join(', ')} FROM (${query}) WHERE seq > ? ORDER BY seq LIMIT ${CHUNK}`,
    )
    .raw();
  const one = s.db.prepare<[number], IndexedRow>(`${query} WHERE seq = ?`).raw();
  let reported = builder.count;
  for (let last = after; ;) {
    const rows = chunk.all(last);
    for (const row of rows) builder.add(row[4] === 0 ? one.get(Number(row[0]))! : row);
    if (rows.length < CHUNK) break;
    last = Number(rows.at(-1)![0]);
    if (builder.count - reported >= REPORT_ROWS) {
      reported = builder.count;
      report();
    }
  }
  report();
}
