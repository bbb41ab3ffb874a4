import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dollarsOf, microsOf, sliderTop } from './amounts.ts';

it('what stands in a field is read back as the same sum', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (micros) => {
      expect(microsOf(dollarsOf(micros))).toBe(micros);
    }),
  );
  expect(dollarsOf(450_000)).toBe('0.45');
  expect(dollarsOf(3_000_000)).toBe('3.00');
  expect(dollarsOf(1)).toBe('0.000001');
});

it('an empty field is no cap, and what is no sum is refused', () => {
  expect(microsOf(' ')).toBeNull();
  expect(microsOf('$1,234.5')).toBe(1_234_500_000);
  for (const text of ['-1', 'abc', '1.2.3', '.', '0.0000001', '1e9']) expect(microsOf(text)).toBe('wrong');
});

it('the slider reaches above the dearest day and above the cap', () => {
  expect(sliderTop(2_070_747, 450_000)).toBe(3_000_000);
  expect(sliderTop(0, null)).toBe(10_000);
  expect(sliderTop(100_000, 60_000_000)).toBeGreaterThan(60_000_000);
});
