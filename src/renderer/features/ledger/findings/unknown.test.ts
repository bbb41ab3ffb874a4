import { describe, expect, it } from 'vitest';
import { unknownLines, unprovedBudgets } from './unknown.ts';

const one = (what: string, agent: string | null) => ({
  what,
  agent,
  seq: null,
  message: `About ${agent ?? what}.`,
});
const budgets = (count: number) => Array.from({ length: count }, (_, i) => one('budget', `a${i}`));

describe('what can’t be known', () => {
  it('is listed one by one while it is few', () => {
    const lines = unknownLines([...budgets(3), one('pages', null)]);
    expect(lines.map(({ text, all }) => [text, all])).toEqual([
      ['About a0.', []],
      ['About a1.', []],
      ['About a2.', []],
      ['About pages.', []],
    ]);
  });

  it('is one line of a kind where it is many, and each of them can be read', () => {
    const [line, ...others] = unknownLines([...budgets(302), one('pages', null)]);
    expect(line?.text).toBe(
      'Whether the budgets of 302 agents are the ones they were given can’t be known, for no denial proves them: a0, a1, a2, a3 and 298 more.',
    );
    expect(line?.all).toHaveLength(302);
    expect(others).toHaveLength(1);
    expect(unprovedBudgets(budgets(302))).toBe(302);
  });
});
