import { describe, expect, it } from 'vitest';
import { testHash, testTime } from '../../../test/support/graphs.ts';
import { addValues, continueIndex, finishIndex, startIndex, type IndexBuilder } from './build.ts';
import { findNode } from './find.ts';
import { readKey } from './hash-key.ts';

function add(builder: IndexBuilder, hash: string, parent: string | null): void {
  addValues(builder, builder.count + 1, hash, 'tool', parent, null, testTime(builder.count));
}

/** Two hashes that differ and have the same 96 bits in the index. */
function twins(): [string, string] {
  const key = new Uint32Array(3);
  const seen = new Map<number, string>();
  for (let i = 0; ; i++) {
    const hash = '0123456789abcdef' + testHash(i).slice(0, 16).padEnd(48, '7');
    readKey(hash, key);
    const other = seen.get(key[2]!);
    if (other !== undefined) return [other, hash];
    seen.set(key[2]!, hash);
  }
}

describe('the index builder', () => {
  it('keeps two hashes apart that look alike in it', () => {
    const [first, second] = twins();
    expect(first).not.toBe(second);
    const builder = startIndex(4);
    add(builder, first, null);
    add(builder, second, first);
    add(builder, testHash(1), second);
    add(builder, testHash(2), first);
    const index = finishIndex(builder);
    expect(findNode(index, first)).toBe(0);
    expect(findNode(index, second)).toBe(1);
    expect([...index.parents]).toEqual([-1, 0, 1, 0]);
  });

  it('is not disturbed by an extension that was given up', () => {
    const start = startIndex(10);
    add(start, testHash(0), null);
    const index = finishIndex(start);
    const givenUp = continueIndex(index, 3);
    for (const i of [1, 2, 3]) add(givenUp, testHash(i), testHash(0));
    const next = continueIndex(index, 2);
    add(next, testHash(3), testHash(0));
    add(next, testHash(4), testHash(3));
    const extended = finishIndex(next);
    expect([0, 1, 2, 3, 4].map((i) => findNode(extended, testHash(i)))).toEqual([0, -1, -1, 1, 2]);
    expect([...extended.parents]).toEqual([-1, 0, 1]);
    expect(extended.odd.size).toBe(0);
  });

  it('takes row numbers that need more than 32 bits, also in an extension', () => {
    const start = startIndex(10);
    add(start, testHash(0), null);
    const index = finishIndex(start);
    const next = continueIndex(index, 1);
    addValues(next, 2 ** 40, testHash(1), 'tool', testHash(0), null, testTime(1));
    expect([...finishIndex(next).rowids]).toEqual([1, 2 ** 40]);
    const other = continueIndex(index, 1);
    add(other, testHash(2), null);
    expect([...finishIndex(other).rowids]).toEqual([1, 2]);
    expect([...index.rowids]).toEqual([1]);
  });
});
