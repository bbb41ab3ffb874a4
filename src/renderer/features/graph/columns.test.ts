import { describe, expect, test } from 'vitest';
import { badgesThatFit, columnsOf } from './columns.ts';

describe('columns', () => {
  test('are all there in a wide view; the hash goes first, the cost last', () => {
    expect(columnsOf(800, 64)).toEqual({ tool: 124, hash: 76, cost: 84, time: 76, call: 368 });
    expect(columnsOf(700, 64)).toMatchObject({ hash: 0, cost: 84, tool: 124 });
    expect(columnsOf(656, 64)).toMatchObject({ hash: 0, cost: 84, tool: 100 });
    expect(columnsOf(400, 64)).toMatchObject({ hash: 0, cost: 0, time: 76, call: 152 });
    expect(columnsOf(0, 64).call).toBe(0);
  });

  test('a wider view never has fewer of them', () => {
    let before = columnsOf(200, 80);
    for (let width = 201; width < 1600; width += 1) {
      const now = columnsOf(width, 80);
      expect(now.hash).toBeGreaterThanOrEqual(before.hash);
      expect(now.cost).toBeGreaterThanOrEqual(before.cost);
      before = now;
    }
  });

  test('show as many badges as fit into half of the call, and always one', () => {
    const short = { label: 'main', head: false };
    const long = { label: 'a-branch-with-a-very-long-name', head: false };
    expect(badgesThatFit([short, short, short], 400)).toBe(3);
    expect(badgesThatFit([long, long], 330)).toBe(1);
    expect(badgesThatFit([long], 60)).toBe(1);
    expect(badgesThatFit([], 60)).toBe(0);
  });
});
