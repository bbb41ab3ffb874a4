import { expect, test } from 'vitest';
import { dayOfMonth, monthWords } from './months.ts';

test('a day has its month and its weekday, whatever the zone of the machine', () => {
  expect(monthWords('2026-06-01')).toBe('June 2026');
  expect(dayOfMonth('2026-06-07')).toBe('Sun 7 Jun');
});

test('a name that is no day has neither', () => {
  for (const name of [null, 'notes', '2026-02-30', '2026-6-7']) {
    expect(monthWords(name)).toBe('Without a date');
    expect(dayOfMonth(name)).toBeNull();
  }
});
