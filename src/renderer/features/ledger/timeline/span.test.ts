import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TimeStretch } from '../../../../contract/ledger-timeline.ts';
import { makeScale, momentOf, xOf } from './scale.ts';
import { momentAt, panSpan, shownBefore, zoomSpan } from './span.ts';

const SECOND = 1_000_000;

/** Stretches with folded gaps between them, as an answer has them. */
const stretches = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 100_000 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((pairs): readonly TimeStretch[] => {
    let at = 1_772_442_000 * SECOND;
    return pairs.map(([long, gap]) => {
      const fromMicros = at;
      const toMicros = at + long * SECOND;
      at = toMicros + gap * SECOND;
      return { fromMicros, toMicros };
    });
  });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const wholeOf = (list: readonly TimeStretch[]) => ({
  from: list[0]?.fromMicros ?? 0,
  to: list.at(-1)?.toMicros ?? 1,
});

describe('time with folded gaps', () => {
  test('a moment that is shown is found again by the time before it', () => {
    fc.assert(
      fc.property(stretches, share, fc.nat({ max: 11 }), (list, part, which) => {
        const one = list[which % list.length];
        if (one === undefined) return;
        const at = Math.floor(one.fromMicros + part * (one.toMicros - one.fromMicros - 1));
        expect(momentAt(list, shownBefore(list, at))).toBe(at);
      }),
    );
  });

  test('time outside of all stretches runs on', () => {
    const list = [{ fromMicros: 100, toMicros: 200 }];
    expect(shownBefore(list, 90)).toBe(-10);
    expect(momentAt(list, -10)).toBe(90);
    expect(shownBefore(list, 260)).toBe(160);
    expect(momentAt(list, 160)).toBe(260);
  });

  test('zooming keeps its anchor in place, and never leaves the whole', () => {
    fc.assert(
      fc.property(
        stretches,
        share,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (list, part, factor) => {
          const whole = wholeOf(list);
          const long = shownBefore(list, whole.to);
          const anchor = momentAt(list, part * long * 0.999);
          const next = zoomSpan(list, whole, factor, anchor, whole);
          const at = (moment: number) => shownBefore(list, moment);
          expect(at(next.from)).toBeGreaterThanOrEqual(at(whole.from) - 1);
          expect(at(next.to)).toBeLessThanOrEqual(at(whole.to) + 1);
          const before = at(anchor) / long;
          const after = (at(anchor) - at(next.from)) / Math.max(1, at(next.to) - at(next.from));
          expect(Math.abs(after - before)).toBeLessThan(0.01);
        },
      ),
    );
  });

  test('zooming out ends with the whole, moving keeps the length', () => {
    fc.assert(
      fc.property(stretches, share, (list, part) => {
        const whole = wholeOf(list);
        const near = zoomSpan(list, whole, 0.25, momentAt(list, part * shownBefore(list, whole.to)), whole);
        expect(zoomSpan(list, near, 1e6, near.from, whole)).toEqual(whole);
        const moved = panSpan(list, near, part - 0.5, whole);
        const long = (span: { from: number; to: number }) =>
          shownBefore(list, span.to) - shownBefore(list, span.from);
        expect(Math.abs(long(moved) - long(near))).toBeLessThan(2);
      }),
    );
  });
});

describe('where time is drawn', () => {
  test('places rise with time, and a place leads back to its moment', () => {
    fc.assert(
      fc.property(stretches, fc.array(share, { minLength: 2, maxLength: 30 }), (list, parts) => {
        const whole = wholeOf(list);
        const scale = makeScale(list, whole, 60, 900);
        const moments = parts
          .map((part) => momentAt(list, part * shownBefore(list, whole.to) * 0.999))
          .toSorted((a, b) => a - b);
        const places = moments.map((at) => xOf(scale, at));
        for (const [index, x] of places.entries()) {
          expect(x).toBeGreaterThanOrEqual(60 - 1e-6);
          expect(x).toBeLessThanOrEqual(960 + 1e-6);
          if (index > 0) expect(x).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-9);
          expect(Math.abs(momentOf(scale, x) - (moments[index] ?? 0))).toBeLessThan(2 / scale.pxPerMicro);
        }
      }),
    );
  });

  test('a gap is a break of one width with its length', () => {
    const list = [
      { fromMicros: 0, toMicros: 100 },
      { fromMicros: 1_000_100, toMicros: 1_000_300 },
    ];
    const scale = makeScale(list, { from: 0, to: 1_000_300 }, 0, 314);
    expect(scale.folds).toEqual([{ x0: 100, x1: 114, micros: 1_000_000 }]);
    expect(xOf(scale, 50)).toBe(50);
    expect(xOf(scale, 500_000)).toBe(107);
    expect(momentOf(scale, 105)).toBe(100);
    expect(momentOf(scale, 110)).toBe(1_000_100);
  });

  test('many gaps never take more than their part of the width', () => {
    const list = Array.from({ length: 200 }, (_, at) => ({
      fromMicros: at * 1000,
      toMicros: at * 1000 + 10,
    }));
    const scale = makeScale(list, { from: 0, to: 199_010 }, 0, 500);
    const breaks = scale.folds.reduce((sum, { x0, x1 }) => sum + x1 - x0, 0);
    expect(breaks).toBeLessThanOrEqual(150.001);
    expect(scale.parts.at(-1)?.x1).toBeCloseTo(500, 6);
  });

  test('a window outside of the record is one piece to scale', () => {
    const scale = makeScale([{ fromMicros: 0, toMicros: 10 }], { from: 100, to: 200 }, 0, 100);
    expect(xOf(scale, 150)).toBe(50);
  });
});
