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
