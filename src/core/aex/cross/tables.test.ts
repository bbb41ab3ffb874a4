import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { TWICE } from '../../../../test/support/aex/tamper-inserts.ts';
import type { Way } from '../../../../test/support/aex/tamper-tools.ts';

/** Any statements. */
const done =
  (...statements: readonly string[]): Way =>
  (db) => {
    for (const sql of statements) db.exec(sql);
    return { what: statements.join('; '), kinds: [] };
  };
const kindsOf = async (way: Way, base = 'week') =>
  (await tamperedGolden(base, way, 1))?.findings.map(({ kind, agent, found }) => [kind, agent, found]);

describe('a table that was made anew', () => {
  it.each(Object.keys(TWICE))('%s, is one story', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: TWICE[name]! },
      ['week', 'week-large', 'protocol'],
      [1, 2, 3],
    );
    expect(misses).toEqual([]);
    expect(tried).toBe(9);
  });

  it('says in what the rows of one id differ', async () => {
    const told = await tamperedGolden('week', TWICE['row twice: execution with another state']!, 1);
    expect(told?.findings[0]).toMatchObject({ expected: 'one row', found: '2 rows', sure: 'proved' });
    expect(told?.findings[0]?.message).toContain('They differ in state');
  });

  it('is no finding while its rows are the same as before', async () => {
    const anew = done(
      'CREATE TABLE anew AS SELECT * FROM reservations ORDER BY random()',
      'DROP TABLE reservations',
      'ALTER TABLE anew RENAME TO reservations',
    );
    expect(await kindsOf(anew)).toEqual([]);
  });
});

describe('a table that was emptied', () => {
  it.each([
    ['reservations', '76 rows', 'DELETE FROM reservations'],
    ['executions', '80 rows', 'DELETE FROM executions'],
    ['agents', '3 rows', 'DELETE FROM agents'],
  ])('%s is one story: all %s', async (table, rows, sql) => {
    const told = await tamperedGolden('week', done(sql), 1);
    const errors = told?.findings.filter(({ severity }) => severity === 'error');
    expect(errors?.map(({ kind, expected }) => [kind, expected])).toEqual([
      ['row-missing', `${rows} in ${table}`],
    ]);
  });
});

describe('a log that was emptied', () => {
  it.each(['week', 'week-large', 'protocol'])('is one story in %s', async (base) => {
    const told = await tamperedGolden(base, done('DELETE FROM event_log'), 1);
    expect(told?.findings.map(({ kind, seq }) => [kind, seq])).toEqual([['tail-missing', 1]]);
  });
});

describe('several acts', () => {
  it('stay several findings', async () => {
    const raised = `UPDATE agents SET budget_micro = budget_micro * 3 WHERE name = 'reviewer'`;
    const spent = `UPDATE agents SET spent_micro = spent_micro - 5 WHERE name = 'reviewer'`;
    const tokens = `UPDATE agents SET tokens_used_prompt = tokens_used_prompt + 5 WHERE name = 'coder'`;
    expect(await kindsOf(done(raised, spent, tokens))).toEqual([
      ['budget-differs', 'reviewer', expect.anything()],
      ['spent-differs', 'reviewer', expect.anything()],
      ['tokens-differ', 'coder', expect.anything()],
    ]);
  });

  it('come in the order of how sure they are', async () => {
    const active = `UPDATE agents SET last_activity = '2031-01-01 00:00:00' WHERE name = 'coder'`;
    const raised = `UPDATE agents SET budget_micro = budget_micro * 3 WHERE name = 'reviewer'`;
    const told = await tamperedGolden('week', done(active, raised), 1);
    expect(told?.findings.map(({ kind, sure }) => [kind, sure])).toEqual([
      ['budget-differs', 'proved'],
      ['activity-differs', 'possible'],
    ]);
  });
});
