import { addCalls, type HistoryCall } from './history.ts';

/** Calls that both runs of the scene have. */
export const RUNS_SHARED = 60;
/** Equal calls in a row after the split, most of which are folded. */
export const RUNS_EQUAL = 24;

type Step = Omit<HistoryCall, 'after'>;

const note = (second: number, i: number): Step => ({
  tool: 'read_file',
  second,
  input: `{"path":"notes/${i}.md"}`,
  output: `{"text":"note ${i}\\nand more of it"}`,
});

const equal = (second: number): readonly Step[] =>
  Array.from({ length: RUNS_EQUAL }, (_, i) => note(second + i, 10 + i));

const chat = (second: number, model: string, words: string, answer: string): Step => ({
  tool: 'model.chat',
  second,
  input: `{"messages":[{"content":"${words}","role":"user"}],"model":"${model}"}`,
  output: answer,
});

const brief = (metric: string, p95: string, words: string): string =>
  `{"doc_id":"brief.md","metric":"${metric}","note":"Measured on a Pixel 8,\\n${words}","rev":8,"rows":[{"name":"faiss","p95_ms":12.1,"recall":0.95},{"name":"hnswlib","p95_ms":14.0,"recall":0.96},{"name":"usearch","p95_ms":${p95},"recall":0.962},{"name":"annoy","p95_ms":31.0,"recall":0.88}]}`;

const update = (second: number, output: string): Step => ({
  tool: 'update_doc',
  second,
  input: '{"doc_id":"brief.md","section":"latency"}',
  output,
});

const mains: readonly Step[] = [
  note(4000, 1),
  note(4010, 2),
  {
    tool: 'search',
    second: 4020,
    input: '{"query":"on-device vector index benchmark 2026"}',
    output: '{"results":[1,2,3,4]}',
  },
  {
    tool: 'fetch',
    second: 4110,
    input: '{"url":"https://ann-benchmarks.com/glove-100"}',
    output: '{"status":200,"text":"GloVe"}',
  },
  {
    tool: 'summarise',
    second: 4130,
    input: '{"pages":3}',
    output: '"IVF-PQ trades 4 points of recall for a tenth of the memory"',
  },
  ...equal(4140),
  chat(
    4200,
    'claude-opus-4-7',
    'Draft the latency section',
    '{"choices":[{"message":{"content":"The median"}}],"cost_usd":0.048315,"usage":{"input_tokens":4120,"output_tokens":1204}}',
  ),
  {
    tool: 'run_tests',
    second: 4300,
    input: '{"k":"all"}',
    output: '{"failed":0,"passed":340,"seconds":61.0}',
  },
  update(4350, brief('mean_ms', '17.9', 'mean over 10,000 queries.')),
];

const forks: readonly Step[] = [
  note(4002, 1),
  note(4012, 2),
  chat(
    4040,
    'qwen-local-32b',
    'Write a p95 benchmark',
    '{"choices":[{"message":{"content":"import time"}}],"usage":{"input_tokens":812,"output_tokens":733}}',
  ),
  {
    tool: 'write_file',
    second: 4120,
    input: '{"path":"bench/p95.py","text":"import time\\n"}',
    output: '{"ok":true}',
  },
  {
    tool: 'shell',
    second: 4125,
    input: '{"command":"pytest bench/ -q"}',
    output: '{"exit_code":1,"stderr":"1 failed"}',
  },
  ...equal(4141),
  {
    tool: 'run_tests',
    second: 4290,
    input: '{"k":"all"}',
    output: '{"failed":0,"passed":340,"seconds":58.2}',
  },
  update(4310, brief('p95_ms', '21.0', 'p95 over 1,000 queries.')),
];

const afterCall = (step: Step, after: number): HistoryCall => ({ ...step, after });

/**
 * Puts two runs into an empty store, `main` and `fork-3fa2c1d0`, which share `RUNS_SHARED` calls: both go on with equal
 * calls, then with others, a long equal stretch, and two calls that differ in their outputs, one of them only in a
 * duration. Returns the hashes of all calls.
 */
export function writeRunsScene(folder: string): readonly string[] {
  const tools = ['search', 'fetch', 'summarise', 'read_file'] as const;
  const shared = Array.from({ length: RUNS_SHARED }, (_, i): HistoryCall => ({
    tool: tools[i % tools.length]!,
    second: i * 60,
    input: `{"query":"question ${i}"}`,
    output: `{"hits":${i}}`,
  }));
  const split = shared.length - 1;
  const main = mains.map((step, i) => afterCall(step, split + i));
  const start = shared.length + main.length;
  const fork = forks.map((step, i) => afterCall(step, i === 0 ? split : start + i - 1));
  const hashes: string[] = [];
  addCalls(folder, hashes, [...shared, ...main, ...fork], {
    main: start - 1,
    'fork-3fa2c1d0': start + fork.length - 1,
    'tag/v1': split + 5,
  });
  return hashes;
}
