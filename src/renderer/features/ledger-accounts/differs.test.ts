import { expect, test } from 'vitest';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { accountFindings } from './differs.ts';

const finding = (change: Partial<LedgerFinding>) =>
  ({ kind: 'budget-differs', severity: 'error', agent: 'solo', ...change }) as LedgerFinding;

test('a figure of an account is marked by the finding about it, and by no notice or finding about an entry', () => {
  const budget = finding({});
  const found = accountFindings([
    budget,
    finding({ expected: 'later' }),
    finding({ kind: 'tokens-differ', agent: 'other' }),
    finding({ kind: 'limit-differs', agent: 'other' }),
    finding({ kind: 'spent-differs', severity: 'notice' }),
    finding({ kind: 'amount-differs' }),
    finding({ kind: 'reserved-differs', agent: null }),
  ]);
  expect([...(found.get('solo') ?? [])]).toEqual([['budget-differs', budget]]);
  expect([...(found.get('other')?.keys() ?? [])]).toEqual(['tokens-differ', 'limit-differs']);
  expect(found.size).toBe(2);
});
