import { describe, expect, it } from 'vitest';
import type { ComparedRow, RunComparison, RunSums, RunTotals } from '../../../../contract/compare.ts';
import type { CallRow } from '../../../../contract/vek.ts';
import { countsWords, deltasOf, firstDifferenceWords, rowWords, signWords } from './words.ts';

const totals = (more: Partial<RunTotals>): RunTotals => ({
  calls: 4,
  read: 4,
  failed: 0,
  fromMicros: 0,
  toMicros: 60_000_000,
  costMicros: null,
  costed: 0,
  inputTokens: null,
  outputTokens: null,
  counted: 0,
  unpriced: 0,
  last: null,
  ...more,
});
const sums = (a: Partial<RunTotals>, b: Partial<RunTotals>): RunSums => ({
  a: totals(a),
  b: totals(b),
  outcome: null,
  notes: [],
});
const figures = (a: Partial<RunTotals>, b: Partial<RunTotals>): Record<string, string> =>
  Object.fromEntries(deltasOf(sums(a, b)).map((one) => [one.name, `${one.a} → ${one.b}; ${one.words}`]));

describe('figures', () => {
  it('say how far the runs are apart, with the true words for more and less', () => {
    expect(figures({ calls: 1_234, failed: 2 }, { calls: 4, toMicros: 16_000_000 })).toEqual({
      Calls: '1,234 → 4; 1,230 fewer, failed 2 → 0',
      Time: '1 min → 16 s; 44 s less',
    });
  });

  it('never make an unknown price zero', () => {
    const priced = { costMicros: 48_315, costed: 1 };
    expect(figures(priced, { unpriced: 1 })['Cost after the split']).toBe(
      '$0.048315 → unpriced; 1 call has no price',
    );
    expect(figures(priced, {})['Cost after the split']).toBe('$0.048315 → not stated; one run states none');
    expect(figures(priced, { calls: 0 })['Cost after the split']).toContain('→ none');
    expect(figures(priced, { costMicros: 48_316, costed: 1 })['Cost after the split']).toContain(
      '$0.000001 more',
    );
    expect(figures({}, {})).not.toHaveProperty('Cost after the split');
  });

  it('give tokens where they are stated', () => {
    const tokens = { inputTokens: 10, outputTokens: 1_204, counted: 1 };
    expect(figures(tokens, { inputTokens: 7, outputTokens: 733, counted: 1 })['Output tokens']).toBe(
      '1,204 → 733; 471 fewer, input 10 → 7',
    );
    expect(figures({ inputTokens: 5, counted: 1 }, {})['Input tokens']).toBe(
      '5 → not stated; one run states none',
    );
    expect(figures({}, {})).not.toHaveProperty('Output tokens');
  });
});

const call = (tool: string, input: string, output = 'ok'): CallRow => ({
  hash: 'ab'.repeat(32),
  tool,
  summary: { kind: 'other', input, output, failed: false },
  timestamp: '',
  timeMicros: null,
  isMerge: false,
  isRoot: false,
  broken: [],
  refs: [],
  costMicros: null,
  inputBytes: null,
  outputBytes: null,
});
const row = (at: number, more: Partial<ComparedRow>): ComparedRow => ({
  row: at,
  kind: 'same',
  a: null,
  b: null,
  input: false,
  output: false,
  ignored: false,
  ...more,
});
const end = (name: string) =>
  ({ name, kind: 'branch', hash: 'cd'.repeat(32), colour: 1, head: false }) as const;
const comparison = {
  a: end('main'),
  b: end('fork'),
  same: 1_200,
  changed: 1,
  onlyA: 2,
  onlyB: 0,
} as unknown as RunComparison;
const names = { a: 'main', b: 'fork' };

describe('the first difference in words', () => {
  it('names the first call of each run where they go on differently', () => {
    const first = row(3, { kind: 'only-a', a: call('search', 'benchmarks') });
    const near = [first, row(4, { kind: 'only-b', b: call('model.chat', 'write it') })];
    expect(firstDifferenceWords(comparison, first, near)).toBe(
      'main called search “benchmarks”; fork called model.chat “write it”',
    );
  });

  it('says that only one goes on, though the other does so after equal calls', () => {
    const first = row(3, { kind: 'only-a', a: call('search', '') });
    const near = [first, row(4, {}), row(5, { kind: 'only-b', b: call('shell', 'ls') })];
    expect(firstDifferenceWords(comparison, first, near)).toBe('only main called search');
  });

  it('says what of a changed call differs', () => {
    const pair = { kind: 'changed', a: call('shell', 'ls'), b: call('shell', 'pwd') } as const;
    expect(firstDifferenceWords(comparison, row(0, { ...pair, output: true }), [])).toBe(
      'shell with the same input gave another output in fork',
    );
    expect(firstDifferenceWords(comparison, row(0, { ...pair, input: true }), [])).toBe(
      'shell was called with another input: “ls” in main, “pwd” in fork',
    );
  });
});

it('signs, rows and counts have words', () => {
  expect(signWords(row(0, { ignored: true }), 'main', 'fork')).toBe('the same but for what is ignored');
  expect(signWords(row(0, { kind: 'changed', input: true, output: true }), 'main', 'fork')).toBe(
    'input and output differ',
  );
  expect(rowWords(row(0, { kind: 'only-b', b: call('shell', 'ls') }), names)).toBe(
    'only in fork: shell, ls, gave ok',
  );
  expect(rowWords(row(0, { kind: 'only-b', b: call('', '', '') }), names)).toBe('only in fork: no name');
  expect(countsWords(comparison)).toBe('1,200 the same, 1 differs, 2 only in main');
});
