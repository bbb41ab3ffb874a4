import { expect, test } from 'vitest';
import type { PromptEffect } from '../../../contract/drafts.ts';
import { weightsOf } from './weights.ts';

const effect: PromptEffect = {
  agent: 'quill',
  beforeTokens: 8900,
  afterTokens: 12_070,
  limitTokens: 12_000,
  pieces: [],
  leaves: [],
  enters: [],
  blocking: [],
};

test('a text says what it weighs, and the prompt against its limit', () => {
  expect(weightsOf(1240, 1310, effect, null)).toEqual({
    text: '1,240 → 1,310 tokens',
    prompt: 'prompt 8,900 → 12,070 of 12,000',
    over: true,
  });
  expect(weightsOf(1240, 1240, { ...effect, afterTokens: 8900 }, null)).toEqual({
    text: '1,240 tokens',
    prompt: 'prompt 8,900 of 12,000',
    over: false,
  });
  expect(weightsOf(1, 1, null, null).prompt).toBeNull();
});
