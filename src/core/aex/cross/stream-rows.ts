import type { LedgerLook } from '../store.ts';
import type { StreamFacts } from './stream-facts.ts';
import { timeText } from './times.ts';

/** A row of the older event stream. */
export type StreamRow = {
  readonly id: number;
  readonly agent: string | null;
  readonly action: string;
  readonly cost: number | null;
  readonly timestamp: string | null;
  readonly metadata: string | null;
};

/** Rows of the older stream: the next one, and how many are through. `wanted`: how many more will be asked for. */
export type StreamRows = { next(wanted: number): StreamRow | null; place: number };

const STREAM_COLUMNS = ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata'] as const;

export function rowsInTurn(look: LedgerLook): StreamRows {
  const sql = `${look.select('events', STREAM_COLUMNS)} ORDER BY id`;
  const all = look.db.prepare<[], readonly unknown[]>(sql).raw().iterate();
  return {
    place: 0,
    next: () => {
      const step = all.next();
      return step.done === true ? null : streamRow(step.value);
    },
  };
}

/** The same, for one who passes over rows that are known as columns. */
export function rowsByPlace(look: LedgerLook, columns: StreamFacts): StreamRows {
  const some = look.db
    .prepare<[number, number], readonly unknown[]>(
      `${look.select('events', STREAM_COLUMNS)} WHERE id >= ? ORDER BY id LIMIT ?`,
    )
    .raw();
  let read: (readonly unknown[])[] = [];
  let first = 0;
  const rows: StreamRows = {
    place: 0,
    next: (wanted) => {
      if (rows.place >= columns.count) return null;
      if (rows.place < first || rows.place >= first + read.length) {
        read = some.all(columns.id[rows.place]!, Math.min(wanted, columns.count - rows.place));
        first = rows.place;
      }
      const row = read[rows.place - first]!;
      rows.place += 1;
      return streamRow(row);
    },
  };
  return rows;
}

export function streamRow(row: readonly unknown[]): StreamRow {
  const [id, agent, action, cost, timestamp, metadata] = row;
  return {
    id: Number(id),
    agent: typeof agent === 'string' ? agent : null,
    action: String(action),
    cost: typeof cost === 'number' && Number.isSafeInteger(cost) ? cost : null,
    timestamp: typeof timestamp === 'string' ? timestamp : null,
    metadata: typeof metadata === 'string' ? metadata : null,
  };
}

/** Rows of an agent within some seconds of a time, at most 40. */
export function streamNear(look: LedgerLook, agent: string, seconds: number, within: number): StreamRow[] {
  if (!look.has('events', 'timestamp')) return [];
  const sql = `${look.select('events', ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata'])} WHERE agent = ? AND timestamp BETWEEN ? AND ? LIMIT 40`;
  const rows = look.db
    .prepare(sql)
    .raw()
    .all(agent, timeText(seconds - within), timeText(seconds + within));
  return rows.map((row) => streamRow(row as readonly unknown[]));
}
