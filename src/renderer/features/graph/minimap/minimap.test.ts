import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StripMark } from '../../../../contract/scale.ts';
import { maxOffset, type Scroll } from '../scroll.ts';
import { countMarks, LANES_RIGHT, MAP_WIDTH, mapHeight, mapLanes, mapMarks } from './map-marks.ts';
import { jumpOnMap, rowOnMap, scrollToMap, windowOnMap } from './map-place.ts';

const million: Scroll = { offset: 0, height: 700, total: 1_000_000, rowHeight: 28 };

const mark = (kind: StripMark['kind'], row: number, count = 1): StripMark => ({
  kind,
  row,
  count,
  bucket: row,
  hash: 'h',
  label: kind,
});

describe('the window on the map', () => {
  test('can always be seen, stays inside and reaches both ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.integer({ min: 40, max: 2000 }),
        fc.constantFrom(28, 7, 1, 1 / 32),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, height, rowHeight, part) => {
          const scroll = { total, height, rowHeight, offset: part * maxOffset({ total, height, rowHeight }) };
          const { top, size } = windowOnMap(scroll);
          const rows = mapHeight(total, height);
          expect(size).toBeGreaterThanOrEqual(Math.min(10, rows) - 1e-9);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(top + size).toBeLessThanOrEqual(rows + 1e-6);
          expect(scrollToMap(scroll, top).offset).toBeCloseTo(scroll.offset, 2);
          expect(scrollToMap(scroll, 1e9).offset).toBe(maxOffset(scroll));
          expect(scrollToMap(scroll, -5).offset).toBe(0);
        },
      ),
    );
  });

  test('a click brings its row to the middle', () => {
    const row = rowOnMap(million, 350);
    expect(row).toBe(500_000);
    expect(jumpOnMap(million, 350).offset).toBe((row + 0.5) * 28 - 350);
    expect(rowOnMap(million, 9999)).toBe(999_999);
  });
});

describe('the marks of the map', () => {
  test('failed and damaged calls have a column of their own; HEAD and damage lie on top', () => {
    const marks = mapMarks(
      {
        total: 1000,
        marks: [mark('head', 0), mark('damaged', 5), mark('branch', 10), mark('failed', 20, 9)],
      },
      700,
    );
    expect(marks.map(({ kind }) => kind)).toEqual(['failed', 'branch', 'head', 'damaged']);
    for (const { kind, x, width } of marks) {
      const own = kind === 'failed' || kind === 'damaged';
      expect(x).toBeGreaterThanOrEqual(own ? LANES_RIGHT : 36);
      expect(x + width).toBeLessThanOrEqual(own ? 36 : MAP_WIDTH);
    }
    expect(countMarks([mark('tag', 1, 3), mark('tag', 9, 2), mark('failed', 4)])).toMatchObject({
      tag: 5,
      failed: 1,
      head: 0,
    });
  });

  test('few calls are not stretched', () => {
    expect(mapHeight(10, 700)).toBe(40);
    expect(mapHeight(1_000_000, 700)).toBe(700);
  });

  test('lanes stay inside their part, however many there are', () => {
    for (const lanes of [1, 3, 24, 300]) {
      const places = mapLanes(lanes);
      expect(places.x(lanes - 1) + places.size).toBeLessThanOrEqual(LANES_RIGHT + 5);
      expect(places.size).toBeGreaterThanOrEqual(1);
    }
  });
});
