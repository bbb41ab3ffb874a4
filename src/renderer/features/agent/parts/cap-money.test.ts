import { expect, test } from 'vitest';
import { capMoney } from './cap-money.ts';

test('caps have two decimals, unless that would change them', () => {
  expect(capMoney(2_500_000)).toBe('$2.50');
  expect(capMoney(0)).toBe('$0.00');
  expect(capMoney(1_234_560_000)).toBe('$1,234.56');
  expect(capMoney(2_505_000)).toBe('$2.505000');
});
