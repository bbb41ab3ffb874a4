import { describe, expect, test } from 'vitest';
import {
  centre,
  maxOffset,
  offsetOfThumb,
  pageRows,
  reveal,
  scrollBy,
  scrollTo,
  thumbOf,
  wheelPixels,
} from './scroll.ts';

const million = { offset: 0, height: 700, total: 1_000_000, rowHeight: 28 };

describe('a scroll position', () => {
  test('stays inside the rows', () => {
    expect(scrollBy(million, -50).offset).toBe(0);
    expect(scrollBy(million, 1e12).offset).toBe(28_000_000 - 700);
    expect(scrollBy({ offset: 0, height: 700, total: 3, rowHeight: 28 }, 100).offset).toBe(0);
  });

  test('reveals a row by the smallest move', () => {
    expect(reveal(million, 5)).toBe(million);
    expect(reveal(million, 30).offset).toBe(32 * 28 - 700);
    expect(reveal({ ...million, offset: 5000 }, 10).offset).toBe(9 * 28);
    expect(reveal({ ...million, offset: 5000 }, 0).offset).toBe(0);
  });

  test('jumps to a third of the height, and not when the row is in sight', () => {
    expect(centre(million, 500_000).offset).toBe(14_000_000 - 233);
    expect(centre(million, 3)).toBe(million);
    expect(centre(million, 999_999).offset).toBe(maxOffset(million));
  });

  test('a page is a row less than fits', () => {
    expect(pageRows(million)).toBe(24);
    expect(pageRows({ ...million, height: 10 })).toBe(1);
  });

  test('counts the wheel in pixels', () => {
    expect([wheelPixels(3, 0, 700), wheelPixels(3, 1, 700), wheelPixels(1, 2, 700)]).toEqual([3, 84, 700]);
  });
});

describe('the scaled scrollbar', () => {
  test('has no thumb when everything is in sight', () => {
    expect(thumbOf({ offset: 0, height: 700, total: 25, rowHeight: 28 })).toBeNull();
    expect(offsetOfThumb({ offset: 0, height: 700, total: 25, rowHeight: 28 }, 300)).toBe(0);
  });

  test('reaches both ends of a million rows, and beyond the height a DOM element may have', () => {
    for (const total of [26, 5000, 1_000_000, 40_000_000]) {
      const end = scrollTo({ offset: 0, height: 700, total, rowHeight: 28 }, Infinity);
      const thumb = thumbOf(end);
      expect(thumb).not.toBeNull();
      expect(thumb!.top + thumb!.size).toBeCloseTo(700, 6);
      expect(offsetOfThumb(end, thumb!.top)).toBeCloseTo(maxOffset(end), 3);
      expect(offsetOfThumb(end, -20)).toBe(0);
    }
  });
});
