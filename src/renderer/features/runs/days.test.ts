import { expect, it } from 'vitest';
import { dayAfter, daysBetween, dayWords, loggedOffset, loggedTime, shortDay } from './days.ts';

it('days are read and counted without a zone', () => {
  expect(dayWords('2026-06-08')).toBe('8 Jun 2026');
  expect(shortDay('2026-09-01')).toBe('1 Sep');
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
  expect(dayAfter('2026-03-29', 1)).toBe('2026-03-30');
  expect(dayWords('never')).toBe('never');
});

it('times stay in the offset they were written in', () => {
  expect(loggedTime('2026-06-08T14:41:08.204113+05:30')).toBe('8 Jun, 14:41:08');
  expect(loggedTime('2026-06-08T23:59:59-07:00', 'full')).toBe('8 Jun 2026, 23:59:59');
  expect(loggedOffset('2026-06-08T23:59:59-07:00')).toBe('-07:00');
  expect(loggedOffset('2026-06-08T23:59:59')).toBeNull();
  expect(loggedTime('yesterday, about noon')).toBe('yesterday, about noon');
});
