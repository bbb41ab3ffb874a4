import { describe, expect, it } from 'vitest';
import {
  baseName,
  formatAge,
  formatBytes,
  formatCount,
  formatCounted,
  formatDateTime,
  formatDateTimeExact,
  formatDay,
  formatMoney,
  formatSpan,
  zoneLabel,
} from './format.ts';

const AT = Date.UTC(2026, 10, 20, 14, 41, 8) * 1000 + 204_113;

describe('numbers', () => {
  it('marks thousands and uses the true minus', () => {
    expect(formatCount(1284)).toBe('1,284');
    expect(formatCount(-5)).toBe('\u22125');
    expect(formatCounted(1, 'call')).toBe('1 call');
    expect(formatCounted(0, 'call')).toBe('0 calls');
    expect(formatCounted(2, 'branch', 'branches')).toBe('2 branches');
  });

  it.each([
    [0, '$0.000000'],
    [48_315, '$0.048315'],
    [1, '$0.000001'],
    [-18_055, '\u2212$0.018055'],
    [1_234_567_890_123, '$1,234,567.890123'],
    [9_007_199_254_740_991, '$9,007,199,254.740991'],
  ])('money of %d micro-dollars keeps every digit', (micros, text) => {
    expect(formatMoney(micros)).toBe(text);
  });

  it.each([
    [1, '1 byte'],
    [214, '214 bytes'],
    [1024, '1.0 KB'],
    [2150, '2.1 KB'],
    [1_048_575, '1.0 MB'],
    [88_290_000, '84.2 MB'],
    [150 * 1024, '150 KB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  it('shows day and clock, and every microsecond where asked', () => {
    expect(formatDateTime(AT, 'utc')).toBe('20 Nov 2026, 14:41:08');
    expect(formatDateTimeExact(AT, 'utc')).toBe('20 Nov 2026, 14:41:08.204113');
    expect(formatDateTimeExact(-1, 'utc')).toBe('31 Dec 1969, 23:59:59.999999');
    expect(formatDateTime(Number.NaN, 'utc')).toBe('not a time');
    expect(formatDateTime(Date.UTC(2026, 8, 2) * 1000, 'utc')).toBe('2 Sep 2026, 00:00:00');
  });

  it('says days as a person does', () => {
    const day = 86_400e6;
    expect(formatDay(AT, AT + 60e6, 'utc')).toBe('14:41');
    expect(formatDay(AT - day, AT, 'utc')).toBe('yesterday');
    expect(formatDay(AT - 3 * day, AT, 'utc')).toBe('17 Nov');
    expect(formatDay(AT - 400 * day, AT, 'utc')).toBe('16 Oct 2025');
  });

  it.each([
    [0.4, 'now'],
    [4, '4 s ago'],
    [200, '3 min ago'],
    [7300, '2 h ago'],
    [90_000, '1 day ago'],
  ])('an age of %d s', (seconds, text) => {
    expect(formatAge(AT - seconds * 1e6, AT)).toBe(text);
  });

  it('a call from the future is now, not a negative age', () => {
    expect(formatAge(AT + 5e6, AT)).toBe('now');
  });

  it.each([
    [0.25, '250 ms'],
    [8.31, '8.3 s'],
    [70, '1 min 10 s'],
    [120, '2 min'],
    [3599.6, '1 h'],
    [7500, '2 h 5 min'],
    [86_400, '1 day'],
    [273_600, '3 days 4 h'],
  ])('a span of %d s', (seconds, text) => {
    expect(formatSpan(seconds * 1e6)).toBe(text);
  });

  it('names the zone', () => {
    expect(zoneLabel('utc')).toBe('UTC');
    expect(zoneLabel('local')).toMatch(/^UTC[+\u2212]\d\d:\d\d$/);
  });
});

it('the base name of either kind of path', () => {
  expect(baseName('/home/a/docs/')).toBe('docs');
  expect(baseName('C:\\data\\.vek')).toBe('.vek');
  expect(baseName('/')).toBe('/');
});
