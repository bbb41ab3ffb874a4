import { expect, it } from 'vitest';
import { createAnswerCache } from './cache.ts';

it('an answer is made once for a revision, and anew after a while or for another one', () => {
  let now = 0;
  let made = 0;
  const cache = createAnswerCache(() => now);
  const ask = (revision: number, key = 'k'): number => cache.of(revision, key, () => ++made);
  expect([ask(1), ask(1), ask(1, 'other'), ask(1)]).toEqual([1, 1, 2, 1]);
  now += 60_000;
  expect(ask(1)).toBe(3);
  expect(ask(2)).toBe(4);
  expect(ask(1)).toBe(5);
});

it('keeps the answers that are asked for and no more than it may', () => {
  const cache = createAnswerCache(() => 0);
  let made = 0;
  const ask = (key: string): unknown => cache.of(1, key, () => ++made);
  ask('first');
  for (let i = 0; i < 500; i++) {
    ask(`k${i}`);
    ask('first');
  }
  expect(made).toBe(501);
  ask('k0');
  expect(made).toBe(502);
});
