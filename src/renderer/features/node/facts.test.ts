import { expect, test } from 'vitest';
import type { CallFact } from '../../../contract/vek.ts';
import { factLines } from './facts.ts';

const fact = (kind: CallFact['kind'], value: string | number): CallFact => ({
  kind,
  value,
  side: 'output',
  pointer: `/usage/${kind}`,
});

test('what a call states about itself stands in rows, with the place in the record', () => {
  const lines = factLines([
    fact('model', 'm-1'),
    fact('output-tokens', 1204),
    fact('input-tokens', 0),
    fact('cached-tokens', 7),
    fact('finish', 'stop'),
    fact('duration', 8_310_000),
    fact('cost', 48_315),
  ]);
  expect(lines.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    'Model: m-1, ended: stop',
    'Tokens: 0 in, 1,204 out, 7 from cache',
    'Took: 8.3 s',
    'Cost: $0.048315',
  ]);
  expect(lines[3]?.parts[0]?.from).toBe('as the output states at /usage/cost');
});

test('what it does not state has no row', () => {
  expect(factLines([])).toEqual([]);
  expect(factLines([fact('total-tokens', 3)]).map(({ text }) => text)).toEqual(['3 in all']);
});
