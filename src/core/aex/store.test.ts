import { chmodSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger, goldenLedgers } from '../../../test/support/aex/golden-copies.ts';
import { folderState } from '../../../test/support/folder-state.ts';
import { failure, value } from '../../../test/support/writes.ts';
import { readPayload } from './entry.ts';
import type { LedgerPaths } from './paths.ts';
import { AEX_TABLE_NAMES } from './schema.ts';
import { oddRows, roundedMicro } from './rows.ts';
import { lookAtLedger } from './store.ts';

let drops: (() => void)[] = [];
afterEach(() => {
  for (const drop of drops) drop();
  drops = [];
});

function golden(name: string): LedgerPaths {
  const copy = copyGoldenLedger(name);
  drops.push(copy.drop);
  return copy.paths;
}

function change(paths: LedgerPaths, sql: string): void {
  const db = new SqliteDatabase(paths.db);
  db.unsafeMode(true);
  db.exec(sql);
  db.close();
}

const everything = (paths: LedgerPaths) =>
  lookAtLedger(paths, (s) => {
    const entries = s.entries(-1e9, 1e6);
    const last = entries.find(({ executionId }) => executionId !== null)?.executionId ?? '';
    return {
      differs: s.schema.differs,
      damage: s.damage,
      counts: s.counts(),
      accounts: s.accounts(),
      entries,
      last: s.lastEntry(),
      execution: s.execution(last),
      reservation: s.reservation(last),
      ofExecution: s.entriesOfExecution(last),
      body: s.body(last, 'response', 10),
    };
  });

describe('a look at a ledger', () => {
  it.each(goldenLedgers)('%s: everything is read, no byte changes, nothing is left beside', (name) => {
    const paths = golden(name);
    const before = folderState(paths.dir);
    const seen = value(everything(paths));
    expect(seen.differs).toEqual([]);
    expect(seen.damage).toEqual([]);
    expect(seen.entries).toHaveLength(seen.counts.entries);
    expect(seen.entries.at(-1)).toEqual(seen.last);
    expect(seen.entries.filter(({ odd }) => odd !== null)).toEqual([]);
    if (!name.startsWith('tampered')) {
      expect(seen.entries.filter(({ type, payload }) => readPayload(type, payload).odd !== null)).toEqual([]);
    }
    expect(seen.ofExecution.length).toBeGreaterThan(0);
    expect(folderState(paths.dir)).toEqual(before);
    // the marker of a write-ahead log is still in its header
    expect([...readFileSync(paths.db).subarray(18, 20)]).toEqual([2, 2]);
  });

  it('works in a folder that can not be written', () => {
    const paths = golden('small');
    chmodSync(paths.db, 0o444);
    chmodSync(paths.dir, 0o555);
    drops.unshift(() => chmodSync(paths.dir, 0o755));
    expect(value(everything(paths)).entries).toHaveLength(13);
  });

  it('beside a writer sees what is committed, and leaves no trace', () => {
    const paths = golden('small');
    const writer = new SqliteDatabase(paths.db);
    writer.pragma('journal_mode = WAL');
    writer
      .prepare(
        `INSERT INTO event_log (event_type, payload_json, prev_hash, event_hash) VALUES ('x', '{}', 'p', 'h')`,
      )
      .run();
    const before = folderState(paths.dir);
    expect(value(everything(paths)).last).toMatchObject({ seq: 14, type: 'x' });
    expect(folderState(paths.dir)).toEqual(before);
    writer.close();
  });

  it('never gives a token', () => {
    const paths = golden('protocol');
    const db = new SqliteDatabase(paths.db, { readonly: true });
    const tokens = db
      .prepare<[], { a: string; b: string }>('SELECT api_token AS a, token_hash AS b FROM agents')
      .all();
    db.close();
    const said = JSON.stringify(value(everything(paths)));
    expect(tokens.length).toBeGreaterThan(3);
    for (const { a, b } of tokens) expect([said.includes(a), said.includes(b)]).toEqual([false, false]);
  });
});

describe('another schema', () => {
  it.each(AEX_TABLE_NAMES.filter((name) => name !== 'event_log' && name !== 'agents'))(
    'without the table %s reads as far as it goes',
    (table) => {
      const paths = golden('small');
      change(paths, `PRAGMA foreign_keys = OFF; DROP TABLE ${table};`);
      const seen = value(everything(paths));
      expect(seen.differs).toEqual([`The table ${table} is missing.`]);
      expect(seen.entries).toHaveLength(13);
      if (table === 'executions') expect([seen.execution, seen.body]).toEqual([null, null]);
      if (table === 'reservations') expect(seen.reservation).toBeNull();
    },
  );

  it('with missing columns reads them as absent', () => {
    const paths = golden('small');
    change(
      paths,
      `ALTER TABLE agents DROP COLUMN max_input_tokens;
       ALTER TABLE executions DROP COLUMN response_body; ALTER TABLE executions DROP COLUMN route_hash;
       PRAGMA user_version = 2;`,
    );
    const seen = value(everything(paths));
    expect(seen.differs).toEqual([
      'The database has version 2 instead of the 3 of AEX 2.0.',
      'The table agents has no column max_input_tokens.',
      'The table executions has no column route_hash, response_body.',
    ]);
    expect(seen.accounts[0]).toMatchObject({ name: 'solo', budgetMicro: 10_000, maxInputTokens: null });
    expect(seen.execution).toMatchObject({ routeHash: null, responseBytes: null, state: 'COMMITTED' });
    expect(seen.body).toBeNull();
  });

  it('with more columns, other letters and triggers is the same ledger', () => {
    const paths = golden('small');
    change(
      paths,
      `ALTER TABLE event_log ADD COLUMN chain_partition TEXT; ALTER TABLE event_log RENAME COLUMN ts TO TS;
       CREATE TRIGGER t AFTER INSERT ON agents BEGIN DELETE FROM event_log; END;`,
    );
    const seen = value(everything(paths));
    expect(seen.entries).toHaveLength(13);
    expect(seen.entries[0]!.ts).toBe('2026-03-02 09:00:05');
    expect(seen.differs).toEqual(['Its entries are chained in partitions, as a later AEX does it.']);
  });

  it.each([
    [
      'a view',
      'CREATE TABLE x AS SELECT * FROM event_log; DROP TABLE event_log; CREATE VIEW event_log AS SELECT * FROM x;',
    ],
    [
      'a virtual table',
      'DROP TABLE agents; CREATE VIRTUAL TABLE agents USING fts5(name, budget_micro, spent_micro);',
    ],
    ['a computed column', `ALTER TABLE event_log ADD COLUMN more AS (abs(-1));`],
  ])('with %s in its place is refused', (_what, sql) => {
    const paths = golden('small');
    change(paths, `PRAGMA foreign_keys = OFF; ${sql}`);
    expect(failure(everything(paths)).kind).toBe('refused');
  });

  it('of another program is no ledger', () => {
    const paths = golden('small');
    change(paths, 'PRAGMA foreign_keys = OFF; DROP TABLE agents; CREATE TABLE agents (name, mood);');
    expect(failure(everything(paths)).kind).toBe('not-a-database');
  });
});

describe('odd rows', () => {
  it('are read as what they are', () => {
    const paths = golden('small');
    change(
      paths,
      `PRAGMA ignore_check_constraints = ON;
       UPDATE agents SET budget_micro = 9007199254740993, spent_micro = 1.5, reserved_micro = 'much', last_activity = x'ff';
       UPDATE event_log SET payload_json = x'7b7d', agent = NULL WHERE seq = 2;`,
    );
    const seen = value(everything(paths));
    expect(seen.accounts[0]).toMatchObject({
      budgetMicro: null,
      spentMicro: 1,
      reservedMicro: null,
      lastActivity: '\ufffd',
    });
    expect(seen.accounts[0]!.odd).toHaveLength(4);
    expect(seen.accounts[0]!.large).toEqual({ budgetMicro: '9007199254740993' });
    expect(oddRows(seen.accounts)).toEqual([
      'In the row of solo, spent_micro holds the number 1.5, reserved_micro holds no number, last_activity holds no text.',
    ]);
    const many = oddRows(Array.from({ length: 30 }, () => seen.accounts[0]!));
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toBe('10 more rows of agents hold such values.');
    expect(roundedMicro(seen.accounts[0]!, 'budgetMicro')).toBe(9007199254740992);
    expect(seen.entries[1]).toMatchObject({ payload: '{}', agent: null, odd: 'payload_json is a BLOB' });
  });
});

describe('texts of any length beside the log', () => {
  const long = 300_000;

  it('are read up to a length, and it is said how long they are', () => {
    const paths = golden('small');
    const text = `printf('%.*c', ${long}, 'x')`;
    change(
      paths,
      `PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
       UPDATE agents SET allowed_models = ${text}, lifecycle_reason = ${text}, created_at = zeroblob(${long});
       UPDATE executions SET endpoint = ${text}, response_body = ${text};`,
    );
    const seen = value(
      lookAtLedger(paths, (look) => {
        const id = look.db.prepare<[], string>('SELECT execution_id FROM executions').pluck().get()!;
        return { account: look.accounts()[0]!, execution: look.execution(id)! };
      }),
    );
    const cut = `${'x'.repeat(10_000)}… (300,000 characters)`;
    expect(seen.account).toMatchObject({ allowedModels: cut, lifecycleReason: cut });
    expect(seen.account.createdAt).toHaveLength(cut.length);
    expect(seen.account.odd).toContain('lifecycle_reason holds a text of 300,000 characters');
    expect(seen.execution).toMatchObject({ endpoint: cut, responseBytes: long });
  });

  it('are read whole up to it, and numbers stay numbers', () => {
    const paths = golden('small');
    const whole = value(lookAtLedger(paths, (look) => look.accounts()[0]!));
    change(paths, `UPDATE agents SET lifecycle_reason = printf('%.*c', 10000, 'x')`);
    const seen = value(lookAtLedger(paths, (look) => look.accounts()[0]!));
    expect(seen).toEqual({ ...whole, lifecycleReason: 'x'.repeat(10_000) });
    expect(seen.budgetMicro).toBeTypeOf('number');
  });
});

describe('a damaged file', () => {
  it('cut short gives what can be rescued, and says what was lost', () => {
    const paths = golden('week');
    const whole = value(everything(paths)).counts;
    const { size } = statSync(paths.db);
    let rescued = 0;
    for (const part of [0.9, 0.6, 0.4]) {
      truncateSync(paths.db, Math.floor((size * part) / 4096) * 4096);
      const seen = everything(paths);
      if (!seen.ok) {
        expect(seen.error.kind).toBe('damaged');
        continue;
      }
      rescued++;
      expect(seen.value.damage.length).toBeGreaterThan(1);
      expect(seen.value.counts.entries).toBeLessThanOrEqual(whole.entries);
    }
    expect(rescued).toBeGreaterThan(0);
  });

  it('that is no database, empty or gone says so', () => {
    const paths = golden('small');
    writeFileSync(paths.db, '');
    expect(failure(everything(paths))).toMatchObject({ kind: 'damaged' });
    writeFileSync(paths.db, 'x'.repeat(5_000));
    expect(failure(everything(paths)).kind).toBe('not-a-database');
    expect(failure(everything({ ...paths, db: `${paths.db}.gone` })).kind).toBe('not-found');
  });
});
