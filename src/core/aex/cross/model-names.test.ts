import { describe, expect, it } from 'vitest';
import { notOneStory } from '../../../../test/support/aex/checked.ts';
import { MODEL_NAMES } from '../../../../test/support/aex/tamper-whole.ts';

describe('a model that was renamed throughout', () => {
  it.each(Object.keys(MODEL_NAMES))('%s, is one story at its first entry', async (name) => {
    const { misses, tried } = await notOneStory({ [name]: MODEL_NAMES[name]! }, ['week', 'protocol'], [1, 2]);
    expect(misses).toEqual([]);
    expect(tried).toBe(4);
  });
});
