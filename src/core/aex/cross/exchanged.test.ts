import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { rechain, type Db } from '../../../../test/support/aex/tamper-tools.ts';

/** Findings of a week in which something was done to the log and everything hashed anew. */
async function toldOf(change: (db: Db) => void): Promise<readonly (readonly [string, number | null])[]> {
  const told = await tamperedGolden(
    'week',
    (db) => {
      change(db);
      rechain(db);
      return { what: 'hashed anew', kinds: [] };
    },
    1,
  );
  return told!.findings.map(({ kind, seq }) => [kind, seq] as const);
}

describe('a log that was hashed anew', () => {
  it.each([
    ['reservation and dispatch', 51, 52],
    ['dispatch and settlement', 52, 53],
  ])('after two entries of a call were exchanged tells that: %s', async (_, one, other) => {
    const found = await toldOf((db) => {
      db.exec(`UPDATE event_log SET seq = -1 WHERE seq = ${one};
        UPDATE event_log SET seq = ${one} WHERE seq = ${other}; UPDATE event_log SET seq = ${other} WHERE seq = -1`);
    });
    expect(found).toEqual([['entries-reordered', one]]);
  });

  it('after an end lost its execution tells that, with what its rows say', async () => {
    const found = await toldOf((db) => db.exec('UPDATE event_log SET execution_id = NULL WHERE seq = 53'));
    expect(found).toEqual([['entry-replaced', 53]]);
  });
});

describe('an entry with another number, its hash left', () => {
  it.each([
    ['the first one below 1', 'UPDATE event_log SET seq = -1 WHERE seq = 1', -1],
    [
      'one behind all others',
      'UPDATE event_log SET seq = (SELECT max(seq) + 1 FROM event_log) WHERE seq = 50',
      50,
    ],
  ])('is one finding, and nothing is missing: %s', async (_, sql, seq) => {
    const told = await tamperedGolden(
      'week',
      (db) => {
        db.exec(sql);
        return { what: sql, kinds: [] };
      },
      1,
    );
    expect(told!.findings.map((one) => [one.kind, one.seq])).toEqual([['entries-reordered', seq]]);
  });
});
