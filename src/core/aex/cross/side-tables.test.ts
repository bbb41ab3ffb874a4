import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';

const told = (sql: string) =>
  tamperedGolden(
    'week',
    (db) => {
      db.exec(sql);
      return { what: sql, kinds: [] };
    },
    1,
  );

describe('rows beside the calls', () => {
  it.each([
    [
      `UPDATE agents SET token_hash = lower(hex(zeroblob(32))), api_token = 'ffffffffffffffffffffffffffffffff' WHERE name = 'coder'`,
      { kind: 'identity-differs', agent: 'coder', expected: 'the SHA-256 of its token' },
    ],
    [
      `UPDATE tool_plugins SET sha256 = lower(hex(zeroblob(32))) WHERE name = (SELECT min(name) FROM tool_plugins)`,
      { kind: 'identity-differs', found: '0'.repeat(64) },
    ],
    [
      `UPDATE executions SET retry_count = 2 WHERE rowid = 9`,
      { kind: 'execution-differs', expected: 'retry_count 0', found: 'retry_count 2' },
    ],
    [
      `DELETE FROM rate_windows WHERE agent = 'coder'`,
      { kind: 'row-missing', agent: 'coder', expected: 'a row in rate_windows' },
    ],
  ])('%s is one finding', async (sql, wanted) => {
    const found = (await told(sql))?.findings;
    expect(found).toMatchObject([{ severity: 'error', ...wanted }]);
    // neither the token nor its hash is said
    expect(JSON.stringify(found)).not.toContain('ffffffff');
  });

  it('a token that was taken out of a copy is no finding', async () => {
    const taken = await told(`UPDATE agents SET api_token = name || ' removed'`);
    expect(taken?.findings).toEqual([]);
  });

  it('triggers on tables of AEX are said to leave unknown what they did', async () => {
    const made = await told(
      `CREATE TRIGGER quiet AFTER INSERT ON event_log BEGIN UPDATE agents SET spent_micro = 0; END`,
    );
    expect(made?.unknown.find(({ what }) => what === 'triggers')?.message).toContain('quiet');
  });
});
