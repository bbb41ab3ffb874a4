import { expect, it } from 'vitest';
import { asOf, localDay } from './days.ts';

it('today is this moment, another day its last moment here', () => {
  const now = new Date(2026, 5, 8, 14, 30, 0);
  expect(localDay(now)).toBe('2026-06-08');
  expect(asOf(null, now)).toEqual({ today: '2026-06-08', nowMicros: now.getTime() * 1000, isOver: false });
  expect(asOf('2026-06-08', now)).toEqual(asOf(null, now));
  expect(asOf('2026-06-07', now)).toEqual({
    today: '2026-06-07',
    nowMicros: new Date(2026, 5, 8).getTime() * 1000 - 1,
    isOver: true,
  });
  expect(asOf('2026-06-09', now).isOver).toBe(false);
  expect(asOf('0050-12-31', now).nowMicros).toBeLessThan(0);
});
