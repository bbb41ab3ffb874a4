import { expect, it } from 'vitest';
import { dayWords } from './day-words.ts';

const part = { day: '2026-03-05', entries: 25, denials: 0, spentMicro: 11_482 };

it('says the sums of a day that is shown as a whole', () => {
  expect(dayWords({ ...part, denials: 1, whole: null })).toEqual({
    entries: '25 entries',
    denials: '1 denial',
    spent: '−$0.011482 spent',
  });
});

it('says of how much a part of a day is', () => {
  const whole = { entries: 132, denials: 3, spentMicro: 28_389 };
  expect(dayWords({ ...part, whole })).toEqual({
    entries: '25 of 132 entries',
    denials: null,
    spent: '−$0.011482 of −$0.028389 spent',
  });
  expect(dayWords({ ...part, denials: 2, whole }).denials).toBe('2 of 3 denials');
});
