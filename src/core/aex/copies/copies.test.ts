import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { chainDatabase, chained, type LogRow } from '../../../../test/support/aex/chain-database.ts';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import type { TwoCopies } from '../../../contract/ledger-detail.ts';
import type { LedgerPaths } from '../paths.ts';
import { compareCopies } from './copies.ts';

const drops: (() => void)[] = [];
afterEach(() => {
  for (const drop of drops.splice(0)) drop();
});

function golden(name: string): LedgerPaths {
  const { paths, drop } = copyGoldenLedger(name);
  drops.push(drop);
  return paths;
}

/** A copy of a ledger in which `sql` was done. */
function changedBy(paths: LedgerPaths, sql: string): LedgerPaths {
  const db = join(paths.dir, 'changed.db');
  copyFileSync(paths.db, db);
  const open = new Database(db);
  open.exec(sql);
  open.close();
  return { db, dir: paths.dir };
}

async function compare(a: LedgerPaths, b: LedgerPaths): Promise<TwoCopies> {
  const compared = await compareCopies(a, b);
  if (!compared.ok) throw new Error(JSON.stringify(compared.error));
  return lettered(compared.value);
}

/** The same with A and B for the names of the copies, which are of temporary folders. */
function lettered(compared: TwoCopies): TwoCopies {
  const { a, b } = compared;
  const plain = (text: string): string => text.replaceAll(a.name, 'A').replaceAll(b.name, 'B');
  return { ...compared, text: plain(compared.text), differences: compared.differences.map(plain) };
}

const mirrored = {
  same: 'same',
  other: 'other',
  parted: 'parted',
  'a-is-older': 'b-is-older',
  'b-is-older': 'a-is-older',
};

describe('two copies of a ledger', () => {
  it('are the same, or one is an older state of the other', async () => {
    const paths = golden('small');
    expect(await compare(paths, changedBy(paths, 'VACUUM'))).toMatchObject({
      verdict: 'same',
      common: 13,
      text: 'Both copies have the same 13 entries.',
      firstA: [],
      differences: [],
    });
    const older = changedBy(
      paths,
      `DELETE FROM event_log WHERE seq > 10; UPDATE agents SET spent_micro = 0, last_activity = NULL;
       DELETE FROM executions WHERE execution_id NOT IN (SELECT execution_id FROM event_log)`,
    );
    const compared = await compare(older, paths);
    expect(compared).toMatchObject({ verdict: 'a-is-older', common: 10, firstA: [], differences: [] });
    expect(compared.lastCommon?.seq).toBe(10);
    expect(compared.firstB.map(({ seq }) => seq)).toEqual([11, 12, 13]);
    expect(compared.text).toBe(
      'A is an older state of B: it ends after 10 entries, and B goes on with 3 more.',
    );
    expect((await compare(paths, older)).verdict).toBe('b-is-older');
    expect(compared.a).toMatchObject({ path: older.db, name: 'changed.db', events: 10 });
    expect(compared.b).toMatchObject({ path: paths.db, name: 'aex.db', events: 13 });
    expect(compared.a.lastTs).toBe(compared.lastCommon?.ts);
    expect(Date.parse(compared.b.lastTs ?? '')).toBeGreaterThan(Date.parse(compared.a.lastTs ?? ''));
  });

  it('of two ledgers are none', async () => {
    const compared = await compare(golden('small'), golden('week'));
    expect(compared).toMatchObject({ verdict: 'other', common: 0, differences: [] });
  });

  it.each([
    ['tampered-payload', 6, 'it was altered in B'],
    ['tampered-whitespace', 6, 'it was altered in B'],
    ['tampered-type', 6, 'altered in B'],
    ['tampered-payload-one-rehash', 6, 'In both its hash is that of its content'],
    ['tampered-rewritten', 6, '8 entries differ, none after it the same'],
    ['tampered-delete-middle', null, 'is only in A'],
    [
      'tampered-delete-first',
      1,
      'Entry 1 is only in A. In all: 1 entry only in A, 12 entries after it the same',
    ],
    ['tampered-reorder', null, '2 entries differ'],
  ])('%s parts where it was tampered with', async (name, seq, text) => {
    const compared = await compare(golden('small'), golden(name));
    expect(compared.verdict).toBe('parted');
    if (seq !== null) expect(compared.firstA[0]?.seq).toBe(seq);
    expect(compared.text).toContain(text);
    expect(compared.lastCommon?.seq ?? 0).toBe((compared.firstA[0]?.seq ?? 0) - 1);
  });

  it('name what differs of the first entry that does', async () => {
    const paths = golden('small');
    const said = async (payload: string): Promise<string> =>
      (await compare(paths, changedBy(paths, `UPDATE event_log SET ${payload} WHERE seq = 6`))).text;
    expect(await said(`payload_json = json_set(payload_json, '$.cost_micro', 166)`)).toMatch(
      /^The first 5 entries are the same\. Entry 6 differs: cost_micro is \$0\.\d{6} in A and \$0\.000166 in B\. /,
    );
    expect(await said(`payload_json = ' ' || payload_json`)).toContain(
      'differs: its payload has the same values, written in another way. ',
    );
    expect(await said(`payload_json = 'x', event_type = 'y'`)).toContain(
      'differs: the type is usage.commit in A and y in B; its payload is another text. ',
    );
    expect(await said(`payload_json = json_remove(payload_json, '$.model')`)).toContain(
      'model is "mini" in A and absent in B',
    );
    expect(await said(`event_hash = 'h'`)).toMatch(
      /differs: its own hash is [0-9a-f]{60}… in A and h in B\./,
    );
    expect(await said(`event_hash = 'h'`)).toContain('In all: 1 entry differs');
  });

  it.each([
    ['tampered-agent-column', /^Entry \d+: agent is “solo” in A and “/],
    ['tampered-timestamp', /^Entry \d+: time is “/],
    ['tampered-balance-spent', /^Agent solo: spent_micro is 1752 in A and \d+ in B/],
    ['tampered-balance-reserved', /^Agent solo: reserved_micro is 0 in A/],
    ['tampered-budget', /^Agent solo: budget_micro is 10000 in A/],
    ['tampered-execution', /^Execution [0-9a-f]{64}: /],
    ['tampered-reservation', /^Reservation [0-9a-f]{64}: /],
  ])('%s differs where no hash is', async (name, text) => {
    const compared = await compare(golden('small'), golden(name));
    expect(compared.verdict).toBe('same');
    expect(compared.differences[0]).toMatch(text);
  });

  it('tells what deleting an agent did', async () => {
    const compared = await compare(golden('protocol'), golden('deleted-agent'));
    expect(compared.verdict).toBe('parted');
    expect(compared.text).toContain('as deleting an agent does it');
    expect(compared.moreDifferences).toBe(0);
  });

  it('show no token, and of a budget that it is another one also where one copy went on', async () => {
    const paths = golden('small');
    const open = new Database(paths.db, { readonly: true });
    const token = open.prepare<[], string>('SELECT api_token FROM agents').pluck().get() ?? '';
    open.close();
    const compared = await compare(
      paths,
      changedBy(
        paths,
        `UPDATE event_log SET payload_json = '{"reason":"${token}"}' WHERE seq = 13; UPDATE agents SET budget_micro = 99999;
         UPDATE executions SET error_body = '${token}', endpoint = '${token}'`,
      ),
    );
    expect(JSON.stringify(compared)).not.toContain(token);
    expect(compared.firstB[0]?.payload).toContain('[withheld]');
    expect(compared.differences).toContain('Agent solo: budget_micro is 10000 in A and 99999 in B.');
  });

  it('part at the right entry whatever was done to either, and say the same from both sides', async () => {
    const content = fc.array(fc.constantFrom('x', 'y'), { minLength: 1, maxLength: 12 });
    const damage = fc.array(
      fc.record({ at: fc.nat(), do: fc.constantFrom('payload', 'hash', 'delete', 'cut', 'insert') }),
      { maxLength: 2 },
    );
    await fc.assert(
      fc.asyncProperty(content, damage, damage, async (payloads, inA, inB) => {
        const rows = chained(
          payloads.map((payload_json, i) => ({
            seq: 2 * i + 2,
            agent: 'a',
            event_type: 't',
            execution_id: 'e',
            payload_json,
          })),
        );
        const [left, right] = [inA, inB].map((changes) => changes.reduce(damaged, rows)) as [
          LogRow[],
          LogRow[],
        ];
        const [a, b] = [chainDatabase(left), chainDatabase(right)];
        drops.push(a.drop, b.drop);
        const compared = await compare(a.paths, b.paths);
        let common = 0;
        while (common < Math.min(left.length, right.length) && isSame(left[common], right[common])) common++;
        expect(compared.common).toBe(common);
        const whole = [common === left.length, common === right.length];
        if (whole[0] === true && whole[1] === true) expect(compared.verdict).toBe('same');
        else if (whole[0] === true) expect(compared.verdict).toBe('a-is-older');
        else if (whole[1] === true) expect(compared.verdict).toBe('b-is-older');
        else expect(['parted', 'other']).toContain(compared.verdict);
        const back = await compare(b.paths, a.paths);
        expect(back.verdict).toBe(mirrored[compared.verdict]);
        expect(back.firstB).toEqual(compared.firstA);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});

const isSame = (a: LogRow | undefined, b: LogRow | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function damaged(rows: LogRow[], change: { at: number; do: string }): LogRow[] {
  const at = rows.length === 0 ? 0 : change.at % rows.length;
  const row = rows[at];
  if (row === undefined) return rows;
  if (change.do === 'delete') return rows.toSpliced(at, 1);
  if (change.do === 'cut') return rows.slice(0, at);
  if (change.do === 'insert') {
    const taken = rows.some(({ seq }) => seq === row.seq - 1);
    return taken ? rows : rows.toSpliced(at, 0, { ...row, seq: row.seq - 1 });
  }
  return rows.with(at, { ...row, [change.do === 'hash' ? 'event_hash' : 'payload_json']: 'z' });
}
