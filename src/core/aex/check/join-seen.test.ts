import SqliteDatabase from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { rechain } from '../../../../test/support/aex/tamper-tools.ts';
import { checkLedger } from './check.ts';

const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

describe('a past that was rewritten since it was seen', () => {
  it('is one finding with what the records say of the place, and proved', async () => {
    const { paths, drop } = copyGoldenLedger('week');
    const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-seen-'));
    dropped.push(drop, () => rmSync(dataDir, { recursive: true, force: true }));
    const errors = async () => {
      const checked = await checkLedger(paths, { dataDir });
      if (!checked.ok) throw new Error(checked.error.message);
      return checked.value.findings.filter(({ severity }) => severity === 'error');
    };
    expect(await errors()).toEqual([]);
    const db = new SqliteDatabase(paths.db);
    const settled = `event_type = 'usage.commit' AND json_extract(payload_json, '$.cost_micro') > 500`;
    const seq = db.prepare<[], number>(`SELECT min(seq) FROM event_log WHERE ${settled}`).pluck().get()!;
    db.prepare(
      `UPDATE event_log SET payload_json = replace(payload_json, '"cost_micro":', '"cost_micro":1') WHERE seq = ?`,
    ).run(seq);
    rechain(db);
    db.close();
    const [one, ...others] = await errors();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'amount-differs', seq, sure: 'proved' });
    expect(one?.because[0]?.witness).toBe('seen');
    expect(one?.because.map(({ witness }) => witness)).toContain('reservation');
  });
});
