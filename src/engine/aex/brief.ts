import { statSync } from 'node:fs';
import type { LedgerOverview } from '../../contract/ledger.ts';
import type { AccountRow } from '../../core/aex/rows.ts';
import type { Masker } from '../../core/aex/secrets.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { maskerIn } from '../../core/aex/tokens.ts';
import { columnText, type StoredEntry } from '../../core/aex/entry.ts';

type Place = LedgerOverview['first'];

/** What the tables of a ledger say at once, however long its log is. */
export type LedgerBrief = {
  readonly userVersion: number;
  readonly differs: readonly string[];
  readonly damage: readonly string[];
  readonly counts: Counted;
  readonly fileBytes: number;
  readonly accounts: readonly AccountRow[];
  /** reservations that are not settled, by agent */
  readonly open: ReadonlyMap<string, number>;
  readonly first: Place;
  readonly last: Place;
  readonly masker: Masker;
};

/** Rows of tables, with the last row of each that was counted. */
export type Counted = Readonly<Record<Table, { readonly count: number; readonly last: number }>>;
type Table = 'event_log' | 'executions' | 'reservations' | 'events';
const TABLES: readonly Table[] = ['event_log', 'executions', 'reservations', 'events'];

/** Reads it. Of tables that only grew since `before` only new rows are counted. */
export function readBrief(look: LedgerLook, before: Counted | null): LedgerBrief {
  return {
    userVersion: look.schema.userVersion,
    differs: look.schema.differs,
    damage: look.damage,
    counts: Object.fromEntries(
      TABLES.map((table) => [table, countRows(look, table, before?.[table] ?? null)]),
    ) as Counted,
    fileBytes: bytesOf(look.paths.db) + bytesOf(`${look.paths.db}-wal`),
    accounts: look.accounts(),
    open: openReservations(look),
    first: placeOf(look.entries(Number.MIN_SAFE_INTEGER, 1)[0] ?? null),
    last: placeOf(look.lastEntry()),
    masker: maskerIn(look),
  };
}

function countRows(look: LedgerLook, table: Table, before: Counted[Table] | null): Counted[Table] {
  if (!look.has(table)) return { count: 0, last: 0 };
  const number = (sql: string, ...values: number[]): number =>
    look.db
      .prepare<number[], number | null>(sql)
      .pluck()
      .get(...values) ?? 0;
  const last = number(`SELECT max(rowid) FROM ${table}`);
  if (before === null || last < before.last) return { count: number(`SELECT count(*) FROM ${table}`), last };
  return {
    count: before.count + number(`SELECT count(*) FROM ${table} WHERE rowid > ?`, before.last),
    last,
  };
}

function openReservations(look: LedgerLook): ReadonlyMap<string, number> {
  const rows = look.db
    .prepare<[], readonly [unknown, number]>(
      `SELECT agent, count(*) FROM (${look.select('reservations', ['agent', 'state'])}) WHERE state = 'RESERVED' GROUP BY agent`,
    )
    .raw()
    .all();
  return new Map(rows.map(([agent, count]) => [columnText(agent), count]));
}

const placeOf = (entry: StoredEntry | null): Place =>
  entry === null ? null : { seq: entry.seq, ts: entry.ts, hash: entry.hash };

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
