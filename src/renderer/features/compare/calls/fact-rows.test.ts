import { expect, test } from 'vitest';
import type { CallFact, NodeDetail } from '../../../../contract/vek.ts';
import { factRows } from './fact-rows.ts';

type Call = {
  readonly tool?: string;
  readonly micros?: number | null;
  readonly facts?: Readonly<Partial<Record<CallFact['kind'], string | number>>>;
  readonly failed?: boolean;
  readonly bytes?: number;
  readonly form?: string;
};

function call({ tool = 'chat', micros = 0, facts = {}, failed = false, bytes = 10, form = 'json' }: Call) {
  return {
    row: { timeMicros: micros, summary: { failed } },
    record: { tool, timestamp: String(micros) },
    facts: Object.entries(facts).map(([kind, value]) => ({ kind, value })),
    input: { form, bytes },
    output: { form: 'json', bytes: 4 },
  } as unknown as NodeDetail;
}

const told = (a: Call, b: Call): readonly string[] =>
  factRows(call(a), call(b), 'utc')
    .filter(({ differs }) => differs)
    .map(({ label, a: was, b: is, none, delta }) =>
      `${label}: ${was ?? none} → ${is ?? none} ${delta}`.trim(),
    );

test('calls that state the same differ in nothing', () => {
  const one: Call = { facts: { model: 'm', cost: 0, 'input-tokens': 3 } };
  expect(told(one, one)).toEqual([]);
});

test('amounts have a difference with a true minus sign, unknown ones none', () => {
  expect(
    told(
      { facts: { 'output-tokens': 1204, duration: 8_300_000, cost: 48_315 } },
      { facts: { 'output-tokens': 733, duration: 70_000_000 } },
    ),
  ).toEqual([
    'Took: 8.3 s → 1 min 10 s +1 min 2 s',
    'Output tokens: 1,204 → 733 −471',
    'Cost: $0.048315 → unpriced',
  ]);
  expect(told({ facts: { 'input-tokens': 5 } }, {})).toEqual(['Input tokens: 5 → missing']);
  expect(told({ facts: { cost: 0 } }, { facts: { cost: 10 } })).toEqual([
    'Cost: $0.000000 → $0.000010 +$0.000010',
  ]);
});

test('tool, time, model, outcome and sizes', () => {
  expect(
    told(
      { tool: 'a', micros: 76e6, facts: { model: 'x' }, bytes: 2048 },
      { tool: 'b', micros: 0, facts: { model: 'y', finish: 'stop' }, failed: true, bytes: 1024 },
    ),
  ).toEqual([
    'Tool: a → b',
    'Time: 1 Jan 1970, 00:01:16 → 1 Jan 1970, 00:00:00 1 min 16 s earlier',
    'Model: x → y',
    'Ended: missing → stop',
    'Outcome: no failure reported → failed',
    'Input size: 2.0 KB → 1.0 KB −1.0 KB',
  ]);
});

test('what is not there is said, not counted', () => {
  expect(told({ micros: null }, { form: 'missing' })).toEqual([
    'Time: not a time → 1 Jan 1970, 00:00:00',
    'Input size: 10 bytes → missing',
  ]);
});
