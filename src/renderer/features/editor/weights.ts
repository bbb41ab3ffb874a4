import type { PromptEffect } from '../../../contract/drafts.ts';
import type { AssembledPrompt } from '../../../contract/prompt.ts';
import { formatCount } from '../../ui/format.ts';

/** What a text weighs, and what it does to the prompt of the agent; in tokens, being characters / 4. */
export type Weights = {
  readonly text: string;
  /** the whole prompt against its limit; null where it is not known */
  readonly prompt: string | null;
  /** the prompt is beyond its limit */
  readonly over: boolean;
};

const change = (before: number, after: number): string =>
  before === after ? formatCount(after) : `${formatCount(before)} → ${formatCount(after)}`;

/** The words about weight under a text: `1,240 → 1,310 tokens`, `prompt 8,900 → 8,970 of 12,000`. */
export function weightsOf(
  disk: number,
  typed: number,
  effect: PromptEffect | null,
  prompt: AssembledPrompt | null,
): Weights {
  const text = `${change(disk, typed)} tokens`;
  if (effect !== null) {
    return {
      text,
      prompt: `prompt ${change(effect.beforeTokens, effect.afterTokens)} of ${formatCount(effect.limitTokens)}`,
      over: effect.afterTokens > effect.limitTokens,
    };
  }
  if (prompt === null) return { text, prompt: null, over: false };
  return {
    text,
    prompt: `prompt ${formatCount(prompt.tokens)} of ${formatCount(prompt.limitTokens)}`,
    over: prompt.tokens > prompt.limitTokens,
  };
}
