import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeScale } from './scale.ts';
import { moneyTicks, ticksOf } from './ticks.ts';
import { fromWall, zoneOffset } from './zone.ts';

const HOUR = 3600e6;
const at = (text: string): number => Date.parse(text) * 1000;

function labels(from: string, long: number, zone: string, width = 1000) {
  const begin = at(from);
  const span = { from: begin, to: begin + long };
  const scale = makeScale([{ fromMicros: span.from, toMicros: span.to }], span, 0, width);
  return ticksOf(scale, zone, 7);
}

describe('marks of the time axis', () => {
  test('hours of a day, with the day below the first', () => {
    const ticks = labels('2026-03-02T00:00:00Z', 24 * HOUR, 'utc');
    expect(ticks.map(({ label }) => label)).toEqual(
      ['00', '02', '04', '06', '08', '10', '12', '14', '16', '18', '20', '22'].map((hour) => `${hour}:00`),
    );
    expect(ticks[0]?.below).toBe('2 Mar 2026');
    expect(ticks.slice(1).every(({ below }) => below === null)).toBe(true);
  });

  test('from months to milliseconds', () => {
    expect(labels('2026-01-01T00:00:00Z', 365 * 24 * HOUR, 'utc').map(({ label }) => label)).toContain('Mar');
    expect(labels('2026-03-02T00:00:00Z', 14 * 24 * HOUR, 'utc')[1]?.label).toMatch(/^\d+ Mar$/);
    expect(labels('2026-03-02T09:00:00Z', 60e6, 'utc')[1]?.label).toBe('09:00:05');
    expect(labels('2026-03-02T09:00:00Z', 1e6, 'utc')[1]?.label).toMatch(/^09:00:00\.\d{3}$/);
    expect(labels('2026-03-02T09:00:00Z', 1000, 'utc')[1]?.label).toMatch(/^09:00:00\.\d{6}$/);
  });

  test('days begin with the clocks of the zone, also where those are moved', () => {
    const ticks = labels('2026-03-28T00:00:00Z', 3 * 24 * HOUR, 'Europe/Vienna');
    expect(ticks.filter(({ label }) => label === '00:00').map(({ at: micros }) => micros)).toEqual(
      ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z'].map(at),
    );
  });

  test('labels never touch', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 4, max: 13.5, noNaN: true }),
        fc.integer({ min: 300, max: 2400 }),
        fc.integer({ min: 0, max: 40_000 }),
        (power, width, day) => {
          const begin = at('2020-01-01T00:00:00Z') + day * HOUR;
          const span = { from: begin, to: begin + 10 ** power };
          const scale = makeScale([{ fromMicros: span.from, toMicros: span.to }], span, 0, width);
          const ticks = ticksOf(scale, 'Europe/Vienna', 7);
          for (const [index, tick] of ticks.entries()) {
            const before = ticks[index - 1];
            if (before === undefined) continue;
            expect(tick.x - before.x).toBeGreaterThan(((tick.label.length + before.label.length) / 2) * 7);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a zone is as far from UTC as its clocks say, and back', () => {
    const summer = at('2026-07-01T12:00:00Z');
    expect(zoneOffset('Europe/Vienna', summer)).toBe(2 * HOUR);
    expect(fromWall('Europe/Vienna', summer + 2 * HOUR)).toBe(summer);
    expect(zoneOffset('Asia/Kathmandu', summer)).toBe(5.75 * HOUR);
    expect(zoneOffset('utc', summer)).toBe(0);
  });
});

describe('marks of the money axis', () => {
  test('enclose the amounts in round steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e12 }), fc.integer({ min: 1, max: 1e12 }), (low, more) => {
        const ticks = moneyTicks(low, low + more, 5);
        expect(ticks[0]).toBeLessThanOrEqual(low);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + more);
        expect(ticks.length).toBeLessThan(16);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});
