import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeHistory, type HistoryCall } from './history.ts';

const json = (value: unknown): string => JSON.stringify(value, sorted);

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

type Row = { name: string; p95_ms?: number; mean_ms?: number; recall: number; size_mb: number };

const row = (name: string, p95_ms: number, recall: number, size_mb: number): Row => ({
  name,
  p95_ms,
  recall,
  size_mb,
});

const BASE = {
  columns: ['index', 'recall'],
  doc_id: 'brief.md',
  metric: 'p95_ms',
  note: 'Measured on a Pixel 8,\nmean over 1,000 queries.\nCold cache excluded.\n',
  rev: 7,
  rows: [
    row('hnswlib', 2.7, 0.972, 214),
    row('faiss-ivfpq', 6.1, 0.918, 31),
    row('usearch', 18.4, 0.958, 122),
    row('sqlite-vec', 74.5, 1, 512),
    row('lancedb', 33.2, 0.949, 180),
  ],
};

const LATENCY = { doc_id: 'brief.md', section: 'latency' };
const VERDICT = { doc_id: 'brief.md', section: 'verdict' };

const call = (
  tool: string,
  input: unknown,
  output: unknown,
  second: number,
  after?: number,
): HistoryCall => ({
  tool,
  input: json(input),
  output: json(output),
  second,
  ...(after === undefined ? {} : { after }),
});

/** Calls before the fork; the last one is the fork point. */
const COMMON: readonly HistoryCall[] = [
  call(
    'plan',
    { goal: 'Which on-device vector index for 1M notes?' },
    { steps: ['read', 'measure', 'write'] },
    0,
  ),
  call(
    'search',
    { query: 'on-device vector index 2026' },
    { hits: 14, first: 'ann-benchmarks.com/glove-100' },
    40,
  ),
  call(
    'write_file',
    { path: 'bench/config.json' },
    { path: 'bench/config.json', k: 10, queries: 1000, seed: 7, warmup: true },
    80,
  ),
  call('write_file', { path: 'bench/p95.py' }, { path: 'bench/p95.py', lines: 46, sha: 'e2a1' }, 120),
  call(
    'update_doc',
    { ...VERDICT, rev: 3 },
    { doc_id: 'brief.md', pick: 'usearch', reason: 'Smallest index above 0.95 recall.', rev: 3 },
    160,
  ),
  call('update_doc', { ...LATENCY, rev: 7 }, BASE, 200),
];

const fork = COMMON.length - 1;

const MAIN: readonly HistoryCall[] = [
  call(
    'search',
    { query: 'on-device vector index benchmark 2026' },
    { hits: 9, first: 'vector-bench.dev' },
    260,
    fork,
  ),
  call('fetch', { url: 'https://ann-benchmarks.com/glove-100' }, { status: 200, bytes: 48211 }, 300),
  call(
    'write_file',
    { path: 'bench/config.json' },
    { path: 'bench/config.json', k: 10, queries: 10000, seed: 7, warmup: true },
    340,
  ),
  call(
    'update_doc',
    { ...VERDICT, rev: 4 },
    {
      doc_id: 'brief.md',
      pick: 'usearch',
      reason: 'Smallest index above 0.95 recall, and fast enough.',
      rev: 4,
    },
    380,
  ),
  call(
    'update_doc',
    { ...LATENCY, rev: 8 },
    {
      ...BASE,
      columns: ['index', 'recall', 'recall@10'],
      note: 'Measured on a Pixel 8,\nmean over 10,000 queries.\nCold cache excluded.\n',
      rev: 8,
      rows: [
        row('hnswlib', 2.7, 0.962, 214),
        row('faiss-ivfpq', 6.1, 0.918, 31),
        row('usearch', 17.9, 0.958, 122),
        row('sqlite-vec', 74.5, 1, 512),
        row('lancedb', 31.6, 0.949, 180),
      ],
      unit: 'milliseconds',
    },
    420,
  ),
];

const FORK: readonly HistoryCall[] = [
  call('write_file', { path: 'bench/p95.py' }, { path: 'bench/p95.py', lines: 58, sha: '91cc' }, 270, fork),
  call('shell', { command: 'pytest bench/ -q' }, { exit_code: 0, stdout: '12 passed in 4.1s\n' }, 310),
  call(
    'write_file',
    { path: 'bench/config.json' },
    { path: 'bench/config.json', k: 10, queries: 5000, seed: 42, warmup: true },
    350,
  ),
  call(
    'update_doc',
    { ...VERDICT, rev: 4 },
    { doc_id: 'brief.md', pick: 'hnswlib', reason: 'Fastest at p95 by far.', rev: 4 },
    390,
  ),
  call(
    'update_doc',
    { ...LATENCY, rev: 8 },
    {
      ...BASE,
      columns: ['index', 'recall', 'p95_ms'],
      note: 'Measured on a Pixel 8,\np95 over 1,000 queries.\nCold cache included.\n',
      rev: 8,
      rows: [
        row('hnswlib', 2.7, 0.972, 214),
        row('faiss-ivfpq', 5.8, 0.918, 31),
        row('usearch', 21, 0.958, 122),
        row('sqlite-vec', 74.5, 1, 512),
      ],
      unit: 'ms',
    },
    430,
  ),
];

/** Two branches of one run, `main` (HEAD) and `fork-bench`, that changed the same documents. */
export function writeMergeScene(folder: string): void {
  const calls = [...COMMON, ...MAIN, ...FORK];
  const made = writeHistory(calls, {
    main: COMMON.length + MAIN.length - 1,
    'fork-bench': calls.length - 1,
  });
  rmSync(join(folder, '.vek'), { recursive: true, force: true });
  cpSync(join(made.folder, '.vek'), join(folder, '.vek'), { recursive: true });
  rmSync(made.folder, { recursive: true });
}
