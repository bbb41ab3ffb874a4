import { SHAPE_FLAGS, type GraphShape, type GraphStrip, type StripMark } from '../../../contract/scale.ts';
import type { GraphRow, RowWindow } from '../../../contract/vek.ts';

/** A row for tests. */
export function fakeRow(row: number, hash: string, part: Partial<GraphRow> = {}): GraphRow {
  return {
    row,
    hash,
    tool: 'search',
    summary: { kind: 'search', input: `“query ${hash}”`, output: '10 results', failed: false },
    timestamp: '2026-11-20T14:41:52.000000+00:00',
    timeMicros: 1_795_185_712_000_000 - row * 1_000_000,
    lane: 0,
    colour: 1,
    isMerge: false,
    isRoot: false,
    broken: [],
    refs: [],
    costMicros: null,
    inputBytes: 20,
    outputBytes: 40,
    fold: null,
    idleMicros: null,
    ...part,
  };
}

/** The window that a straight history of `total` calls gives. Hashes count from the root, so they survive growth. */
export function fakeWindow(ask: {
  total: number;
  start: number;
  count: number;
  revision?: number;
}): RowWindow {
  const end = Math.min(ask.total, ask.start + ask.count);
  const rows: GraphRow[] = [];
  for (let row = ask.start; row < end; row += 1) rows.push(fakeRow(row, `h${ask.total - row}`));
  return {
    revision: ask.revision ?? 1,
    total: ask.total,
    calls: ask.total,
    all: ask.total,
    start: ask.start,
    rows,
    edges: rows
      .filter((row) => row.row + 1 < ask.total)
      .map(({ row }) => ({
        from: row,
        to: row + 1,
        fromLane: 0,
        toLane: 0,
        lane: 0,
        colour: 1,
        role: 'parent',
        style: 'solid',
      })),
    lanes: 1,
    viewLanes: 1,
  };
}

type Asked = { total: number; start: number; count: number; revision?: number };

/** The shape that a straight history of `total` calls gives; HEAD stands at the newest. */
export function fakeShape({ total, start, count, revision = 1 }: Asked): GraphShape {
  const rows = Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, i) => start + i);
  return {
    revision,
    total,
    start,
    lanes: rows.map(() => 0),
    colours: rows.map(() => 1),
    flags: rows.map((row) => (row === 0 ? SHAPE_FLAGS.ref | SHAPE_FLAGS.head : 0)),
    tools: rows.map(() => 0),
    toolNames: ['search'],
    times: rows.map((row) => 1_795_185_712_000_000 - row * 1_000_000),
    edges: rows.flatMap((row) => (row + 1 < total ? [row, row + 1, 0, 0, 0, 1, 0] : [])),
    laneCount: 1,
  };
}

/** The strip of the same history; `failed` are rows of calls that failed. */
export function fakeStrip(ask: Asked & { buckets: number; failed?: readonly number[] }): GraphStrip {
  const { total, start, buckets, revision = 1 } = ask;
  const count = Math.max(0, Math.min(ask.count, total - start));
  const bucketOf = (row: number): number => Math.floor(((row - start) * buckets) / Math.max(1, count));
  const marks = new Map<string, StripMark>();
  const mark = (row: number, kind: StripMark['kind'], label: string): void => {
    if (row < start || row >= start + count) return;
    const bucket = bucketOf(row);
    const old = marks.get(`${bucket} ${kind}`);
    if (old === undefined)
      marks.set(`${bucket} ${kind}`, { bucket, kind, count: 1, row, hash: `h${total - row}`, label });
    else marks.set(`${bucket} ${kind}`, { ...old, count: old.count + 1 });
  };
  mark(0, 'head', 'main');
  for (const row of ask.failed ?? []) mark(row, 'failed', 'search');
  return {
    revision,
    total,
    start,
    count,
    buckets,
    laneCount: 1,
    cells: Array.from({ length: buckets }, (_, i) => [i, 0, 1, Math.ceil(count / buckets)]).flat(),
    marks: [...marks.values()],
    times: Array.from({ length: buckets }, () => null),
    merges: Array.from({ length: buckets }, () => 0),
    failures: ask.failed === undefined ? { state: 'unknown' } : { state: 'known', failed: ask.failed.length },
  };
}
