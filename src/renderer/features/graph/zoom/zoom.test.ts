import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxOffset, scrollTo, type Scroll } from '../scroll.ts';
import {
  drawsRows,
  keptZoom,
  readsRows,
  readZoom,
  zoomLabel,
  zoomLevels,
  zoomStep,
  zoomTo,
  zoomWords,
} from './zoom.ts';

describe('the levels of zoom', () => {
  test('go from rows over dots to calls that share a px, until everything fits', () => {
    expect(zoomLevels({ total: 1_000_000, height: 700 }, 28)).toEqual([
      28,
      14,
      7,
      4,
      2,
      1,
      ...Array.from({ length: 11 }, (_, i) => 1 / 2 ** (i + 1)),
    ]);
    expect(zoomLevels({ total: 60, height: 700 }, 28)).toEqual([28, 14, 7]);
    expect(zoomLevels({ total: 10, height: 700 }, 28)).toEqual([28]);
    expect(zoomLevels({ total: 0, height: 0 }, 28)).toEqual([28]);
  });

  test('the last is the first that shows everything', () => {
    fc.assert(
      fc.property(fc.nat(3_000_000), fc.integer({ min: 1, max: 3000 }), (total, height) => {
        const levels = zoomLevels({ total, height }, 28);
        expect(total * levels.at(-1)!).toBeLessThanOrEqual(height);
        for (const level of levels.slice(0, -1)) expect(total * level).toBeGreaterThan(height);
      }),
    );
  });

  test('a step stays inside, and finds its way from a height that is no level', () => {
    const levels = [28, 14, 7];
    expect(zoomStep(levels, 28, 1)).toBe(28);
    expect(zoomStep(levels, 28, -1)).toBe(14);
    expect(zoomStep(levels, 7, -3)).toBe(7);
    expect(zoomStep(levels, 0.5, 1)).toBe(14);
    expect(zoomStep(levels, 34, -1)).toBe(14);
  });

  test('have names', () => {
    expect([28, 14, 1, 1 / 64].map((level) => zoomLabel(level, 28))).toEqual([
      '100 %',
      '50 %',
      '4 %',
      '1 : 64',
    ]);
    expect([34, 7, 1 / 2048].map(zoomWords)).toEqual(['rows', '7 px a call', '2,048 calls a px']);
    expect([27, 14].map(drawsRows)).toEqual([true, false]);
    expect([14, 7].map(readsRows)).toEqual([true, false]);
  });
});

const level = fc.constantFrom(28, 14, 7, 4, 2, 1, 1 / 2, 1 / 64, 1 / 1024);

describe('zooming', () => {
  test('keeps the row under the pointer, unless the rows end there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        level,
        level,
        (total, height, place, under, from, to) => {
          const free: Scroll = { total, height, rowHeight: from, offset: 0 };
          const before = scrollTo(free, place * maxOffset(free));
          const y = under * height;
          const after = zoomTo(before, to, y);
          expect(after.offset).toBeGreaterThanOrEqual(0);
          expect(after.offset).toBeLessThanOrEqual(maxOffset(after));
          const row = (before.offset + y) / from;
          const wanted = row * to - y;
          if (wanted < 0 || wanted > maxOffset(after)) return;
          expect((after.offset + y) / to).toBeCloseTo(row, 4);
        },
      ),
    );
  });

  test('out and in again leads back', () => {
    const before: Scroll = { total: 100_000, height: 700, rowHeight: 28, offset: 1_400_000 };
    expect(zoomTo(zoomTo(before, 1 / 16, 300), 28, 300).offset).toBeCloseTo(before.offset, 6);
  });
});

describe('the zoom that is kept', () => {
  test('is the same again at every level, and rows of any density are rows', () => {
    for (const px of zoomLevels({ total: 1_000_000, height: 700 }, 28).slice(1)) {
      expect(readZoom(keptZoom(px))).toBe(px);
    }
    for (const rows of [28, 34]) expect(readZoom(keptZoom(rows))).toBeNull();
  });

  test('is rows where it is none or broken', () => {
    for (const kept of [null, '', 'NaN', '0', '-1', '3', '0.3', 'Infinity', '1e-300', '7 px']) {
      expect(readZoom(kept), String(kept)).toBeNull();
    }
  });
});
