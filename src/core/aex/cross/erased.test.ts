import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { closeUp, costEverywhere, REMOVALS } from '../../../../test/support/aex/tamper-removals.ts';
import type { Way } from '../../../../test/support/aex/tamper-tools.ts';

const done =
  (...statements: readonly string[]): Way =>
  (db) => {
    for (const sql of statements) db.exec(sql);
    return { what: statements.join('; '), kinds: [] };
  };

describe('a call that was removed', () => {
  it.each(Object.keys(REMOVALS))('%s, is one story', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: REMOVALS[name]! },
      ['week', 'week-large'],
      [1, 2, 3],
    );
    expect(misses).toEqual([]);
    expect(tried).toBe(6);
  });

  it('is placed by what is left of it', async () => {
    const told = await tamperedGolden('week', REMOVALS['removed: from the log']!, 1);
    const [one] = told?.findings ?? [];
    expect(one?.message).toContain(`at about entry ${one?.seq}`);
    expect(one?.because.map(({ witness }) => witness)).toEqual(
      expect.arrayContaining(['execution', 'stream', 'counter']),
    );
  });

  it('is not made of counters that no call explains', async () => {
    const raised = done(
      `UPDATE agents SET spent_micro = spent_micro + 13, tokens_used_prompt = tokens_used_prompt + 1000 WHERE name = 'coder'`,
    );
    const told = await tamperedGolden('week', raised, 1);
    expect(told?.findings.map(({ kind }) => kind).toSorted()).toEqual(['spent-differs', 'tokens-differ']);
  });
});

describe('a change of state that was removed', () => {
  it('is one story', async () => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(
          `DELETE FROM event_log WHERE seq = (SELECT min(seq) FROM event_log WHERE event_type = 'agent.state.transition')`,
        );
        closeUp(db);
        return { what: 'the first change of state', kinds: [] };
      },
      1,
    );
    expect(told?.findings.map(({ kind, seq, agent }) => [kind, seq, agent])).toEqual([
      ['entry-missing', 101, 'coder'],
    ]);
  });
});

describe('a cost that was changed in every record of its call', () => {
  it('is one story, by the price and the counter', async () => {
    const { misses, tried } = await notOneStory({ costEverywhere }, ['week', 'week-large'], [1, 2, 3]);
    expect(misses).toEqual([]);
    expect(tried).toBe(6);
  });
});

describe('many rows of one table', () => {
  it.each([
    ['removed', `DELETE FROM reservations WHERE agent = 'reviewer'`, 'row-missing'],
    [
      'set to one time',
      `UPDATE reservations SET settled_at = '2031-01-01T00:00:00+00:00'`,
      'reservation-differs',
    ],
    [
      'set to one status',
      `UPDATE executions SET status_code = 201 WHERE state = 'COMMITTED'`,
      'execution-differs',
    ],
  ])('%s are one story', async (_name, sql, kind) => {
    const told = await tamperedGolden('week', done(sql), 1);
    expect(told?.findings.map((one) => one.kind)).toEqual([kind]);
    expect(told?.findings[0]?.message).toMatch(/The same is so of \d+ others: entry \d+/);
    expect(told?.findings[0]?.because.length).toBeGreaterThan(10);
  });

  it('are as many findings as acts while they are few', async () => {
    const told = await tamperedGolden(
      'week',
      done('UPDATE executions SET status_code = 201 WHERE rowid IN (3, 40)'),
      1,
    );
    expect(told?.findings).toHaveLength(2);
  });

  it('of one call that have another time are one story', async () => {
    const told = await tamperedGolden(
      'week',
      done(
        `UPDATE event_log SET ts = '2026-03-01 00:00:00' WHERE execution_id = (SELECT execution_id FROM event_log WHERE seq = 22)`,
      ),
      1,
    );
    expect(told?.findings.map(({ kind, seq }) => [kind, seq])).toEqual([['time-differs', 22]]);
    expect(told?.findings[0]?.because.map(({ seq }) => seq)).toEqual(expect.arrayContaining([23, 24]));
  });
});
