import { expect, test } from 'vitest';
import type { Account } from '../../../../contract/ledger.ts';
import { widthsOf } from './widths.ts';

const account = (name: string, budgetMicro: number, spentMicro: number) =>
  ({ name, budgetMicro, spentMicro, reservedMicro: 0 }) as Account;

test('columns have room for the longest amount, and for names up to a measure', () => {
  expect(widthsOf({ accounts: [account('coder', 3_404_500, 42_347)] })).toEqual({
    available: '-$3.404500'.length,
    change: '-$0.042347'.length,
    agent: 7,
  });
  const rich = widthsOf({ accounts: [account('x'.repeat(80), 123_456_789_012_345, 1_234_567_890_000)] });
  expect(rich).toEqual({
    available: '-$123,456,789.012345'.length,
    change: '-$1,234,567.890000'.length,
    agent: 12,
  });
  expect(widthsOf({ accounts: [] }).available).toBe('$0.000000'.length);
});
