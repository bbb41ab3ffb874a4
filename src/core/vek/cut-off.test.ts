import { describe, expect, it } from 'vitest';
import { cutOffOf, partsBeforeGaps, unreachedParts, type Unreached } from './cut-off.ts';

/** Calls in the order of their rows; each names its parents by number, -1 for none. */
function graph(parents: number[], mergeParents: number[] = parents.map(() => -1)) {
  return {
    parents: Int32Array.from(parents),
    mergeParents: Int32Array.from(mergeParents),
    rowOf: (node: number) => node + 1,
  };
}

const short = (parts: readonly Unreached[]) => parts.map(({ node, calls }) => [node, calls]);

describe('the calls that no ref reaches', () => {
  it('are none where the tips reach all, over both parents', () => {
    expect(unreachedParts(graph([-1, 0, 0, 1], [-1, -1, -1, 2]), [3])).toEqual([]);
  });

  it('are parts with their newest call, the largest first; a shared past counts for the newest', () => {
    // 0-1-2 and 0-1-3 hang together; 4 stands alone; 5-6 is reached
    const parts = unreachedParts(graph([-1, 0, 1, 1, -1, -1, 5]), [6]);
    expect(short(parts)).toEqual([
      [3, 3],
      [4, 1],
      [2, 1],
    ]);
    expect(parts.reduce((sum, part) => sum + part.calls, 0)).toBe(5);
  });

  it('end on circles, which have no newest call', () => {
    expect(short(unreachedParts(graph([1, 0, -1]), [2]))).toEqual([[1, 2]]);
  });

  it('take a hundred thousand calls in one chain', () => {
    const parents = Array.from({ length: 100_000 }, (_, i) => i - 1);
    expect(short(unreachedParts(graph(parents), []))).toEqual([[99_999, 100_000]]);
  });
});

const part = (row: number): Unreached => ({ node: row, row, calls: 1 });
const described = () => ({ hash: 'h', tool: 't', timestamp: '' });

describe('the part before a gap', () => {
  it('is the one recorded last before it, each part once', () => {
    const parts = [part(2), part(5), part(9)];
    const before = partsBeforeGaps(parts, [
      { name: 'late', row: 7 },
      { name: 'early', row: 4 },
    ]);
    expect([...before].map(([{ row }, name]) => [row, name])).toEqual([
      [5, 'late'],
      [2, 'early'],
    ]);
  });

  it('of a ref is the newest that is left', () => {
    const parts = [part(2), part(9)];
    const before = partsBeforeGaps(parts, [
      { name: 'gone', row: null },
      { name: 'gap', row: 3 },
    ]);
    expect([...before].map(([{ row }, name]) => [row, name])).toEqual([
      [2, 'gap'],
      [9, 'gone'],
    ]);
  });

  it('is told only where there is a gap', () => {
    expect(cutOffOf([part(1)], [], described)).toBeNull();
    expect(cutOffOf([], [{ name: 'gap', row: 3 }], described)).toBeNull();
    expect(cutOffOf([part(1)], [{ name: 'gap', row: 3 }], described)).toMatchObject({
      calls: 1,
      parts: 1,
      listed: [{ hash: 'h', before: 'gap' }],
    });
  });
});
