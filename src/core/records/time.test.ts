import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { NO_DAY, daysFromText, readTimestamp, textFromDays } from './time.ts';

describe('a timestamp', () => {
  it.each([
    ['2026-06-08T17:59:59-05:00', '2026-06-08', '2026-06-08T22:59:59.000Z', -300],
    ['2026-06-01T00:30:00.123456+05:30', '2026-06-01', '2026-05-31T19:00:00.123Z', 330],
    ['2026-06-01T00:30:00Z', '2026-06-01', '2026-06-01T00:30:00.000Z', 0],
    ['20260601T003000,5', '2026-06-01', '2026-06-01T00:30:00.500Z', 0],
    ['2026-W23-1', '2026-06-01', '2026-06-01T00:00:00.000Z', 0],
    ['2026-06-01 07', '2026-06-01', '2026-06-01T07:00:00.000Z', 0],
  ])('%s is of the day %s', (text, day, utc, offset) => {
    const moment = readTimestamp(text)!;
    expect(textFromDays(moment.day)).toBe(day);
    expect(new Date(Math.floor(moment.micros / 1000)).toISOString()).toBe(utc);
    expect(moment.offsetMinutes).toBe(offset);
    expect(moment.naive).toBe(!/[Z+]|-\d\d:\d\d$/.test(text));
  });

  it.each([
    '',
    'not a date',
    '2026-02-30',
    '2026-06-01T24:00:00',
    '2026-06-01T10:60:00',
    '2026-06-01T10:00:00+24:00',
    '2026-W54-1',
    '0000-01-01',
    '2026-06-01T',
  ])('“%s” can’t be read', (text) => expect(readTimestamp(text)).toBeNull());

  it('has days that JavaScript knows too', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          const day = daysFromText(text);
          expect(day).toBe(Math.floor(date.getTime() / 86_400_000));
          expect(textFromDays(day)).toBe(text);
        },
      ),
    );
    expect(daysFromText('2026-02-29')).toBe(NO_DAY);
  });
});
