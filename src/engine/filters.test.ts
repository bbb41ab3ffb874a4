import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeHistory, type HistoryCall } from '../../test/support/history.ts';
import type { Result } from '../contract/failure.ts';
import type { GraphEdge, GraphRow } from '../contract/vek.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

/**
 * Twelve calls on main and, from call 4, four on `side`, which is merged into the last one. Every third call is a
 * search; call 6 failed; call 8 says “needle”.
 */
const calls: HistoryCall[] = [
  ...Array.from({ length: 11 }, (_, i): HistoryCall => ({
    tool: i % 3 === 0 ? 'search' : 'read_file',
    second: i * 60,
    ...(i === 6 ? { output: '{"is_error":true}' } : i === 8 ? { output: '"a needle"' } : {}),
  })),
  ...Array.from({ length: 4 }, (_, i): HistoryCall => ({
    tool: 'edit',
    second: 1_000 + i * 60,
    ...(i === 0 ? { after: 4 } : {}),
  })),
  { tool: '__merge__', second: 2_000, after: 10, merge: 14 },
];

let engine: TestEngine;
let source: string;
let hashes: string[];
let folder: string;

beforeAll(async () => {
  ({ folder, hashes } = writeHistory(calls, { main: 15, side: 14, 'tag/old': 3 }));
  engine = startTestEngine();
  const workspace = value(await engine.client.workspace.open({ path: folder }));
  source = workspace.sources[0]!.id;
});

afterAll(() => {
  engine.close();
  for (const each of [folder, engine.dataDir]) rmSync(each, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

async function shown(filter: string): Promise<{ calls: number[]; edges: readonly GraphEdge[] }> {
  const view = { filter, focus: [] };
  const { rows, edges } = value(await engine.client.vek.rows({ source, view, start: 0, count: 100 }));
  return { calls: rows.map((row: GraphRow) => hashes.indexOf(row.hash)).toSorted((a, b) => a - b), edges };
}

const but = (...without: number[]): number[] => [...calls.keys()].filter((i) => !without.includes(i));
const searches = [0, 3, 6, 9];

test.each([
  ['tool:search', searches],
  ['-tool:search', but(...searches)],
  ['branch:side', [0, 1, 2, 3, 4, 11, 12, 13, 14]],
  ['-branch:side', [5, 6, 7, 8, 9, 10, 15]],
  ['branch:main -branch:tag/old', but(0, 1, 2, 3)],
  ['since:2025-10-09T09:15:00Z', [15]],
  ['until:2025-10-09T09:05:00Z', but(11, 12, 13, 14, 15)],
  ['error', [6]],
  ['-error', but(6)],
  ['needle', [8]],
  ['-"needle"', but(8)],
  ['-"needle" -error -tool:edit', but(6, 8, 11, 12, 13, 14)],
  ['error -error', []],
])('%s shows its calls, and lines through those that are left out', async (filter, expected) => {
  const { calls: found, edges } = await shown(filter);
  expect(found).toEqual(expected);
  // Each line is drawn as hidden exactly where the call it leads to is not the stored parent.
  const rows = value(
    await engine.client.vek.rows({ source, view: { filter, focus: [] }, start: 0, count: 100 }),
  ).rows;
  for (const edge of edges) {
    const from = hashes.indexOf(rows[edge.from]!.hash);
    const to = hashes.indexOf(rows[edge.to]!.hash);
    const call = calls[from]!;
    const parents = [call.after ?? from - 1, call.merge];
    expect(edge.style, `${from} to ${to}`).toBe(parents.includes(to) ? 'solid' : 'hidden');
  }
  // No call stands alone whose history goes on among those that are shown.
  const lower = new Set(edges.map((edge) => edge.from));
  for (const [row, { hash }] of rows.entries()) {
    const at = hashes.indexOf(hash);
    const older = ancestors(at).some((i) => expected.includes(i));
    expect(lower.has(row), `call ${at}`).toBe(older);
  }
});

/** The calls before a call along first parents. */
function ancestors(call: number): number[] {
  const list: number[] = [];
  for (let at = call; at > 0;) {
    at = calls[at]!.after ?? at - 1;
    list.push(at);
  }
  return list;
}
