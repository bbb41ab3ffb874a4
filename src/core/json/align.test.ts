import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, gapsBetween, type Run } from './align.ts';

/** The length of a longest common subsequence, by the table of the textbook. */
function longest(a: readonly number[], b: readonly number[]): number {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] =
        a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths[0]![0]!;
}

function expectValid(a: readonly number[], b: readonly number[], runs: readonly Run[]): void {
  let at = { a: 0, b: 0 };
  for (const run of runs) {
    expect(run.length).toBeGreaterThan(0);
    expect(run.a).toBeGreaterThanOrEqual(at.a);
    expect(run.b).toBeGreaterThanOrEqual(at.b);
    expect(a.slice(run.a, run.a + run.length)).toEqual(b.slice(run.b, run.b + run.length));
    at = { a: run.a + run.length, b: run.b + run.length };
  }
  expect(at.a).toBeLessThanOrEqual(a.length);
  expect(at.b).toBeLessThanOrEqual(b.length);
}

const common = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.length, 0);

describe('align', () => {
  it('finds as much in common as there is', () => {
    const list = fc.array(fc.nat(4), { maxLength: 30 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const runs = align(a, b);
        expectValid(a, b, runs);
        expect(common(runs)).toBe(longest(a, b));
      }),
    );
  });

  it('leaves gaps that hold exactly what the runs do not', () => {
    const list = fc.array(fc.nat(3), { maxLength: 20 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const runs = align(a, b);
        const gaps = gapsBetween(runs, a.length, b.length);
        const left = gaps.reduce((sum, gap) => sum + gap.aEnd - gap.a + gap.bEnd - gap.b, 0);
        expect(left).toBe(a.length + b.length - 2 * common(runs));
        for (const gap of gaps) expect(gap.aEnd > gap.a || gap.bEnd > gap.b).toBe(true);
      }),
    );
  });

  it('beyond the limit of edits holds on to what stands once in each', () => {
    const size = 6_000;
    const a = Array.from({ length: size }, (_, i) => (i % 3 === 0 ? i : size + i));
    const b = Array.from({ length: size }, (_, i) => (i % 3 === 0 ? i : 2 * size + i));
    const runs = align(a, b);
    expectValid(a, b, runs);
    expect(common(runs)).toBe(size / 3);
  });

  it('beyond the limit of edits, with nothing to hold on to, all of it is replaced', () => {
    const a = Array.from({ length: 5_000 }, (_, i) => i % 2);
    const b = Array.from({ length: 5_000 }, (_, i) => 2 + (i % 2));
    expect(align(a, b)).toEqual([]);
  });

  it('is done with two long lists that are nothing alike', () => {
    const a = Array.from({ length: 200_000 }, (_, i) => i);
    expect(align(a, a.toReversed()).length).toBeGreaterThan(0);
  });
});
