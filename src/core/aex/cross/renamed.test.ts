import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { RENAMINGS } from '../../../../test/support/aex/tamper-moves.ts';

describe('an agent that has another name in some tables', () => {
  it.each(Object.keys(RENAMINGS))('%s, is one story', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: RENAMINGS[name]! },
      ['week', 'week-large', 'protocol'],
      [1, 2, 3],
    );
    expect(misses).toEqual([]);
    expect(tried).toBe(9);
  });

  it('says both names, where each stands, and up to which entry the first one does', async () => {
    const told = await tamperedGolden('week', RENAMINGS['renamed: agents']!, 1);
    const [one] = told?.findings ?? [];
    expect(one).toMatchObject({
      kind: 'agent-differs',
      expected: 'agent coder',
      found: 'agent coder the second',
      seq: null,
      sure: 'proved',
    });
    expect(one?.message).toContain('coder the second in its row in agents');
    expect(one?.message).toContain(`up to ${one?.since} still have the first name`);
    expect(one?.because.map(({ where, agrees }) => [where, agrees])).toEqual(
      expect.arrayContaining([
        ['the row in agents', false],
        ['the executions', true],
        ['the counters of its row', true],
        ['the policy hashes of its tool runs', true],
      ]),
    );
  });

  it('is not taken for one that was removed beside one that is new', async () => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(`UPDATE agents SET name = 'new', spent_micro = 0, reserved_micro = 0, tokens_used_prompt = 0,
          tokens_used_completion = 0, last_activity = NULL, lifecycle_reason = NULL WHERE name = 'reviewer'`);
        return { what: 'another agent', kinds: [] };
      },
      1,
    );
    expect(told?.findings.map(({ kind, agent }) => [kind, agent])).toContainEqual([
      'row-missing',
      'reviewer',
    ]);
  });

  it('does not hide another act: a budget that was raised stays a finding of its own', async () => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(`UPDATE agents SET name = 'other', budget_micro = budget_micro * 2 WHERE name = 'reviewer'`);
        return { what: 'two acts', kinds: [] };
      },
      1,
    );
    expect(told?.findings.map(({ kind, agent }) => [kind, agent])).toEqual([
      ['budget-differs', 'other'],
      ['agent-differs', 'other'],
    ]);
  });
});
