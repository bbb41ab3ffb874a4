import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactTime, looseTime } from './time.ts';

/** The text of a time as vek writes it (formats/vek.md §3). */
function vekText(micros: number): string {
  const head = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  const fraction = micros % 1_000_000;
  return `${head}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}+00:00`;
}

describe('exactTime', () => {
  it('reads what vek writes', () => {
    const micros = fc.oneof(
      fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
      fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1_000_000),
    );
    fc.assert(
      fc.property(micros, (time) => {
        expect(exactTime(vekText(time))).toBe(time);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no other form', () => {
    const good = '2026-11-20T08:40:20.153974+00:00';
    fc.assert(
      fc.property(fc.nat(31), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }), (at, sign) => {
        const text = good.slice(0, at) + sign + good.slice(at + 1);
        const time = exactTime(text);
        if (!Number.isNaN(time)) expect(vekText(time)).toBe(text);
      }),
      { numRuns: 5_000 },
    );
    for (const text of [
      '2026-11-20T08:40:20.000000+00:00',
      '2026-11-20T08:40:20Z',
      '2026-11-20T08:40:20+01:00',
      '2026-02-29T08:40:20+00:00',
      '2026-13-01T08:40:20+00:00',
      '2025-17-01T08:40:20+00:00',
      '2026-11-20T24:00:00+00:00',
      '2026-11-20T08:60:00+00:00',
      '',
    ]) {
      expect(exactTime(text)).toBeNaN();
    }
  });

  it('does not take a day that is none for one that was read before', () => {
    expect(exactTime('2026-01-01T00:00:00+00:00')).not.toBeNaN();
    for (const day of ['2025-13-01', '2025-17-01', '2026-00-33', '2025-12-32']) {
      expect(exactTime(`${day}T00:00:00+00:00`)).toBeNaN();
    }
  });
});

describe('looseTime', () => {
  it('reads other usual forms', () => {
    const time = exactTime('2026-11-20T08:40:20.150000+00:00');
    for (const text of [
      '2026-11-20T08:40:20.15Z',
      '2026-11-20 08:40:20.150+00:00',
      '2026-11-20T10:40:20.1500000+02:00',
      '2026-11-20T05:10:20,15-0330',
      ' 2026-11-20T08:40:20.150000 ',
    ]) {
      expect(looseTime(text)).toBe(time);
    }
    expect(looseTime('2026-11-20')).toBe(exactTime('2026-11-20T00:00:00+00:00'));
  });

  it('gives NaN for anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = looseTime(text);
        expect(Number.isNaN(time) || /^\s*\d{4}-\d\d-\d\d/.test(text)).toBe(true);
      }),
    );
  });
});
