import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { MOVES } from '../../../../test/support/aex/tamper-moves.ts';

describe('an execution that was given to another agent', () => {
  it.each(Object.keys(MOVES))('%s, is one story at its place', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: MOVES[name]! },
      ['week', 'week-large', 'protocol', 'crashed-after'],
      [1, 2],
    );
    expect(misses).toEqual([]);
    expect(tried).toBeGreaterThan(4);
  });

  it('says whose it was, who says so, and since which entry', async () => {
    const told = await tamperedGolden('week', MOVES['moved: all but its row']!, 1);
    const [one] = told?.findings ?? [];
    expect(one).toMatchObject({
      kind: 'agent-differs',
      expected: 'agent reviewer',
      found: 'agent planner',
      agent: 'planner',
      seq: 42,
      since: 42,
    });
    expect(one?.message).toContain('(entries 42, 43 and 44 and its reservation) says agent planner');
    const agreeing = one?.because.filter(({ agrees }) => agrees).map(({ where }) => where);
    expect(agreeing).toEqual(
      expect.arrayContaining(['its execution', 'the counters of planner', 'the counters of reviewer']),
    );
  });

  it('is not made of two counters that were changed for themselves', async () => {
    const two = await tamperedGolden(
      'week',
      (db) => {
        db.exec(`UPDATE agents SET spent_micro = spent_micro + 59 WHERE name = 'planner'`);
        db.exec(`UPDATE agents SET spent_micro = spent_micro - 59 WHERE name = 'coder'`);
        return { what: 'two counters', kinds: [] };
      },
      1,
    );
    expect(two?.findings.map(({ kind, agent }) => [kind, agent])).toEqual([
      ['spent-differs', 'coder'],
      ['spent-differs', 'planner'],
    ]);
  });
});
