import { describe, expect, it } from 'vitest';
import { randomBelow } from '../../../../test/support/random.ts';
import { lineRows } from './line.ts';

const of = (...rows: number[]): number[] => [...lineRows(Uint32Array.from(rows))];

describe('after which entry the money stands', () => {
  it('is each in turn where the clock never stepped back', () => {
    expect(of(0, 1, 2, 3)).toEqual([0, 1, 2, 3]);
    expect(of()).toEqual([]);
  });

  it('is not one whose time is far from its place, before or behind', () => {
    expect(of(3, 0, 1, 2, 4, 5)).toEqual([-1, 0, 1, 2, 4, 5]);
    expect(of(0, 1, 3, 4, 5, 2)).toEqual([0, 1, 3, 4, 5, 5]);
  });

  it('follows the longer part where a clock was set back', () => {
    expect(of(0, 1, 4, 2, 5, 3, 6, 7, 8)).toEqual([0, 1, 1, 2, 2, 3, 6, 7, 8]);
  });

  it('never brings money back, and leaves out as few as can be', () => {
    const below = randomBelow(7);
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: 1 + below(30) }, (_, at) => at);
      for (let swap = 0; swap < below(6); swap++) {
        const [a, b] = [below(rows.length), below(rows.length)];
        [rows[a], rows[b]] = [rows[b]!, rows[a]!];
      }
      const line = of(...rows);
      expect(line.toSorted((a, b) => a - b)).toEqual(line);
      const longest = rows.map(() => 1);
      for (const [at, row] of rows.entries()) {
        for (let i = 0; i < at; i++)
          if (rows[i]! < row) longest[at] = Math.max(longest[at]!, longest[i]! + 1);
      }
      expect(new Set(line.filter((row) => row !== -1)).size).toBe(Math.max(...longest));
    }
  });
});
