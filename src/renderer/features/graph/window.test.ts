import { describe, expect, test } from 'vitest';
import { mountedRows, mountedSlots, originRow, visibleRows } from './window.ts';

describe('the window of rows', () => {
  test('shows partly visible rows too', () => {
    expect(visibleRows({ offset: 27, height: 28, total: 10, rowHeight: 28 })).toEqual({ start: 0, end: 2 });
    expect(visibleRows({ offset: 0, height: 700, total: 3, rowHeight: 28 })).toEqual({ start: 0, end: 3 });
    expect(visibleRows({ offset: 0, height: 700, total: 0, rowHeight: 28 })).toEqual({ start: 0, end: 0 });
  });

  test('mounts the visible rows with at least two over, and changes only every four rows', () => {
    const ranges = new Set<string>();
    for (let offset = 0; offset <= 28 * 400; offset += 7) {
      const scroll = { offset, height: 700, total: 1000, rowHeight: 28 };
      const seen = visibleRows(scroll);
      const range = mountedRows(scroll);
      expect(range.start).toBeLessThanOrEqual(Math.max(0, seen.start - 2));
      expect(range.end).toBeGreaterThanOrEqual(Math.min(1000, seen.end + 2));
      expect(range.end - range.start).toBe(Math.min(mountedSlots(scroll), 1000 - range.start));
      expect(range.end - range.start).toBeLessThanOrEqual(26 + 14);
      ranges.add(`${range.start}-${range.end}`);
    }
    expect(ranges.size).toBeLessThan(400 / 4 + 120);
  });

  test('keeps y far below 2^24 px at any row', () => {
    for (const row of [0, 199_999, 200_000, 599_999, 999_990, 5_000_000]) {
      const range = { start: row, end: row + 60 };
      const origin = originRow(range);
      expect(origin).toBeLessThanOrEqual(row);
      expect((range.end - origin) * 28).toBeLessThan(2 ** 23);
    }
  });
});
