import { expect, test } from 'vitest';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { wrongCells } from './wrong.ts';

const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'amount-differs',
  severity: 'error',
  seq: 53,
  executionId: null,
  agent: null,
  message: '',
  expected: null,
  found: null,
  since: null,
  sure: 'likely',
  because: [],
  ...change,
});
const cells = (change: Partial<LedgerFinding>) => [...(wrongCells([finding(change)]).get(53) ?? ['none'])];

test('only what is wrong of an entry is marked', () => {
  expect(cells({ expected: 'model big', found: 'model mini' })).toEqual(['detail']);
  expect(cells({ expected: 'cost $0.002725', found: 'cost $0.000725' })).toEqual(['amount']);
  expect(cells({ kind: 'entry-altered', expected: 'cost_micro 7, prompt_tokens 1', found: 'x' })).toEqual([
    'amount',
    'detail',
  ]);
  expect(cells({ kind: 'time-differs' })).toEqual(['time']);
  expect(cells({ kind: 'agent-differs' })).toEqual(['agent']);
  expect(cells({ kind: 'price-differs', expected: '$0.002725', found: '$0.000725' })).toEqual(['amount']);
  expect(cells({ kind: 'entry-altered' })).toEqual(['what']);
});

test('an entry is not accused of what another record says, nor by a notice', () => {
  expect(cells({ kind: 'execution-differs', expected: 'cost $1.000000' })).toEqual([]);
  expect(cells({ kind: 'reservation-differs' })).toEqual([]);
  expect(cells({ severity: 'notice' })).toEqual(['none']);
});
