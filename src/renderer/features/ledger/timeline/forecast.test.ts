import { describe, expect, test } from 'vitest';
import { endWords, roughSpan } from './ForecastLine.tsx';

const HOUR = 3600e6;
const END = Date.UTC(2026, 2, 2, 9) * 1000;

const of = (hours: number | null, nowMicros: number, left = 8248) =>
  endWords(
    { exhaustedAtMicros: hours === null ? null : END + hours * HOUR, toMicros: END },
    left,
    'utc',
    nowMicros,
  );

describe('the end of the money', () => {
  test('is a moment while the ledger is written, to the minute', () => {
    expect(of(5, END)).toBe('at that pace $0.008248 is gone ≈ 2 Mar 2026, 14:00.');
  });

  test('of an old ledger is how long it would have lasted', () => {
    expect(of(5, END + 30 * HOUR)).toBe('at that pace $0.008248 would have lasted ≈ 5 hours.');
  });

  test('is not known further than a hundred years on, and nothing is left where more was spent', () => {
    expect(of(null, END)).toBe('$0.008248 would last for more than a hundred years.');
    expect(of(0, END, -5)).toMatch(/^at that pace \$0\.000000 is gone/);
  });

  test('is rough', () => {
    expect([0.4e6, 61e6, 282e6, 107 * 60e6, 50 * HOUR, 800 * 24 * HOUR].map(roughSpan)).toEqual([
      '0 seconds',
      '61 seconds',
      '5 minutes',
      '107 minutes',
      '2 days',
      '2 years',
    ]);
  });
});
