import { describe, expect, test } from 'vitest';
import {
  CHUNK_ROWS,
  chunksOf,
  edgesIn,
  generationOf,
  nextRequest,
  rowAt,
  rowOfHash,
  withWindow,
} from './chunks.ts';
import { fakeWindow } from './fake-store.ts';

describe('chunks', () => {
  test('cover a range', () => {
    expect(chunksOf({ start: 0, end: 0 })).toEqual([]);
    expect(chunksOf({ start: 63, end: 65 })).toEqual([0, 1]);
    expect(chunksOf({ start: 128, end: 256 })).toEqual([2, 3]);
  });

  test('are kept only when whole, the last one of the view being short', () => {
    const generation = generationOf('k', fakeWindow({ total: 300, start: 128, count: 256 }), 1);
    expect([...generation.chunks.keys()]).toEqual([2, 3, 4]);
    expect(rowAt(generation, 299)?.row).toBe(299);
    expect(rowAt(generation, 5)).toBeNull();
    expect(rowOfHash(generation, rowAt(generation, 200)!.hash)).toBe(200);
    const partial = generationOf('k', fakeWindow({ total: 300, start: 32, count: 90 }), 1);
    expect(partial.chunks.size).toBe(0);
  });

  test('are dropped in the order of reading beyond the limit', () => {
    let generation = generationOf('k', fakeWindow({ total: 1_000_000, start: 0, count: CHUNK_ROWS }), 1);
    for (let i = 1; i < 150; i += 1) {
      generation = withWindow(
        generation,
        fakeWindow({ total: 1_000_000, start: i * CHUNK_ROWS, count: CHUNK_ROWS }),
      );
    }
    expect(generation.chunks.size).toBe(128);
    expect(rowAt(generation, 0)).toBeNull();
    expect(rowAt(generation, 149 * CHUNK_ROWS)).not.toBeNull();
  });

  test('give a line that crosses several of them once', () => {
    const long = {
      from: 3,
      to: 600,
      fromLane: 0,
      toLane: 0,
      lane: 0,
      colour: 1,
      role: 'parent',
      style: 'solid',
    } as const;
    const window = { ...fakeWindow({ total: 1000, start: 0, count: 384 }), edges: [long] };
    const generation = generationOf('k', window, 1);
    expect(edgesIn(generation, { start: 100, end: 300 })).toEqual([long]);
    expect(edgesIn(generation, { start: 0, end: 3 })).toEqual([]);
  });

  test('are asked for in runs of at most four', () => {
    expect(nextRequest([2, 3, 4, 5, 6], () => false)).toEqual({
      start: 128,
      count: 256,
      chunks: [2, 3, 4, 5],
    });
    expect(nextRequest([2, 3, 4], (i) => i === 3)).toEqual({ start: 128, count: 64, chunks: [2] });
    expect(nextRequest([2], () => true)).toBeNull();
  });
});
