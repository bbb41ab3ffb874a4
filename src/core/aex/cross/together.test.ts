import { describe, expect, it } from 'vitest';
import { notOneStory } from '../../../../test/support/aex/checked.ts';
import { STREAM_GONE, STREAM_HOLE, SWAPS } from '../../../../test/support/aex/tamper-whole.ts';

describe('two calls whose agents were exchanged', () => {
  it.each(Object.keys(SWAPS))('%s, are one story', async (name) => {
    const { misses, tried } = await notOneStory({ [name]: SWAPS[name]! }, ['week'], [1, 2]);
    expect(misses).toEqual([]);
    expect(tried).toBe(2);
  });
});

describe('rows of the older stream that were removed together', () => {
  it.each(Object.keys(STREAM_GONE))('%s, are one story', async (name) => {
    const { misses, tried } = await notOneStory({ [name]: STREAM_GONE[name]! }, ['week'], [1]);
    expect(misses).toEqual([]);
    expect(tried).toBe(1);
  });

  it('also where they are more than are looked at together', async () => {
    const { misses } = await notOneStory(STREAM_HOLE, ['week', 'week-large', 'protocol'], [1, 2, 3, 4]);
    expect(misses).toEqual([]);
  });
});
