import { describe, expect, it } from 'vitest';
import { pythonRound } from '../../../../test/support/agents-reference.ts';
import { roundEven } from './numbers.ts';

describe('rounding', () => {
  it.each([
    [0.25, 1, 0.2],
    [0.35, 1, 0.3],
    [0.75, 1, 0.8],
    [2.675, 2, 2.67],
    [91.5, 0, 92],
    [90.5, 0, 90],
    [-0.5, 0, -0],
    [-2.5, 0, -2],
    [1e300, 2, 1e300],
    [1e-9, 6, 0],
    [5e-324, 3, 0],
  ])('of %d to %d places is %d, as Python has it', (value, places, rounded) => {
    expect(roundEven(value, places)).toBe(rounded);
  });

  it('is that of the exact decimals', () => {
    for (let n = 0; n < 2000; n++) {
      const value = (Math.random() - 0.5) * 10 ** Math.floor(Math.random() * 8);
      const places = Math.floor(Math.random() * 7);
      expect(roundEven(value, places), `${value} to ${places}`).toBe(pythonRound(value, places));
    }
  });
});
