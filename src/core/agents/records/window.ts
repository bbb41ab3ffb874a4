import type { RecordRow, RecordSort, RecordWindow } from '../../../contract/records.ts';
import { matchRecords } from './match.ts';
import type { RecordStore } from './open.ts';
import { readId, rowAt, toRow } from './row.ts';
import { rankOf, selectRows } from './select.ts';

/** Some rows of a sorted query, with the sum over all of it. */
export function recordWindow(
  store: RecordStore,
  query: string,
  sort: RecordSort,
  start: number,
  count: number,
): RecordWindow {
  const matches = matchRecords(store.tables(), query);
  const rows = selectRows(matches, sort, start, count).map(({ agent, row }) =>
    toRow(store, matches.agents[agent]!.records, row),
  );
  return { total: matches.total, sum: matches.sum, start, rows };
}

/** The first rows of a sorted query. */
export function topRows(
  store: RecordStore,
  query: string,
  sort: RecordSort,
  count: number,
): readonly RecordRow[] {
  return recordWindow(store, query, sort, 0, count).rows;
}

/** The place of a record in a sorted query; null: it is not among them. */
export function locateRecord(store: RecordStore, query: string, sort: RecordSort, id: string): number | null {
  const known = readId(id);
  if (known === null) return null;
  const matches = matchRecords(store.tables(), query);
  const agent = matches.agents.findIndex(({ records }) => records.agent === known.agent);
  if (agent === -1) return null;
  const row = rowAt(matches.agents[agent]!.records, known.path, known.offset);
  const rank = row === -1 ? -1 : rankOf(matches, sort, { agent, row });
  return rank === -1 ? null : rank;
}
