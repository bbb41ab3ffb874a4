import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { rechain, type Db } from '../../../../test/support/aex/tamper-tools.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { checkLedger } from '../check/check.ts';
import { shortId } from './words.ts';

/** What is told of a golden ledger after it was changed, beside notices. */
async function toldOf(
  sql: string,
  more?: (db: Db) => void,
  base = 'week',
): Promise<readonly LedgerFinding[]> {
  const told = await tamperedGolden(
    base,
    (db) => {
      db.exec(sql);
      more?.(db);
      return { what: sql, kinds: [] };
    },
    1,
  );
  return told!.findings;
}

const callOf = (seq: number): string => `(SELECT execution_id FROM event_log WHERE seq = ${seq})`;

describe('the first sentence of a finding', () => {
  it('says what differs, where, and whose it is', async () => {
    const [settled, ...others] = await toldOf(
      `UPDATE reservations SET settled_at = '2026-03-03T09:38:47+00:00' WHERE execution_id = ${callOf(50)}`,
    );
    expect(others).toEqual([]);
    expect(settled).toMatchObject({
      kind: 'reservation-differs',
      expected: 'settled 2026-03-03 16:28:47',
      found: 'settled 2026-03-03 09:38:47',
    });
    expect(settled!.message).toMatch(
      /^The reservation of execution [0-9a-f]{8} \(reviewer, entry 50\) says settled/,
    );
    // the entry was stamped in the same moment, and says so
    expect(settled!.because.map(({ where }) => where)).toContain('entry 50');

    const [model] = await toldOf(
      `UPDATE event_log SET payload_json = replace(payload_json, '"big"', '"mini"') WHERE seq = 53`,
      rechain,
    );
    expect(model!.message).toMatch(/^Entry 53 \(Spent, coder\) says model mini; /);
    expect(model!.message).not.toMatch(/likely|most records/);
  });

  it('names the entries that are gone by their execution, with what they moved', async () => {
    const [gap] = await toldOf('DELETE FROM event_log WHERE seq BETWEEN 48 AND 50');
    expect(gap!.expected).toBe(
      'Reserved $0.000270, Sent to provider and Spent $0.000184 of execution af899be4 (reviewer)',
    );
    const [tail] = await toldOf('DELETE FROM event_log WHERE seq > 9', undefined, 'small');
    expect(tail!.message).toContain(
      'Denied $0.102475 of execution 431830ca (solo); Reserved $0.000106, Sent to provider and Spent $0.000032 of execution 160f399a (solo).',
    );
    const [all] = await toldOf('DELETE FROM event_log');
    const rows = await toldOf(
      "DELETE FROM event_log WHERE seq > 230; DELETE FROM events WHERE action = 'RATE_LIMIT'",
    );
    expect(rows.map(({ message }) => message).join(' ')).toContain('may be missing as well');
    expect(all!.message).toMatch(
      /^All 237 entries were removed: the log is empty, and SQLite numbered 237\./,
    );
  });

  it('tells entries that lost their execution as one', async () => {
    const call = '(SELECT execution_id FROM event_log WHERE seq = 53)';
    const found = await toldOf(
      `CREATE TEMP TABLE gone AS SELECT execution_id id FROM event_log WHERE seq = 53;
      DELETE FROM executions WHERE execution_id = ${call}; DELETE FROM reservations WHERE execution_id = ${call};
      UPDATE event_log SET execution_id = NULL WHERE execution_id IN (SELECT id FROM gone)`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'entry-altered',
      seq: 51,
      agent: 'coder',
      range: { from: 51, to: 53 },
      expected: 'an execution',
    });
    expect(found[0]!.message).toMatch(/^Entries 51 to 53 of coder .* have lost their execution/);
  });

  it('names the key of a payload that holds something else, and what', async () => {
    const found = await toldOf(
      `UPDATE event_log SET payload_json = replace(payload_json, ':2725,', ':"2725",') WHERE seq = 53`,
      rechain,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'value-unreadable',
      seq: 53,
      expected: 'cost_micro an integer',
      found: 'cost_micro the text "2725"',
    });
    expect(found[0]!.message).toContain(
      'Entry 53 (Spent, coder) is not of the form that AEX writes: cost_micro is the text "2725", where AEX writes an integer.',
    );
    const [less] = await toldOf(
      `UPDATE event_log SET payload_json = '{}' WHERE seq = 52 AND event_type = 'execution.dispatched'`,
      rechain,
    );
    expect(less!.message).toContain('it has no state');
  });

  it('shortens an id that is a hash, and no other one', () => {
    expect(shortId('0123456789abcdef'.repeat(4))).toBe('01234567');
    expect(shortId('my-own-idempotency-key')).toBe('my-own-idempotency-key');
  });
});

describe('the clock', () => {
  it('that was ahead for some entries is told of these, not of the one behind them', async () => {
    const { paths, drop } = copyGoldenLedger('week');
    try {
      const db = new Database(paths.db);
      const call = callOf(53);
      db.exec(`UPDATE executions SET created_at = replace(created_at, '03-03T', '03-04T'),
          updated_at = replace(updated_at, '03-03T', '03-04T'),
          terminal_at = replace(terminal_at, '03-03T', '03-04T') WHERE execution_id = ${call};
        UPDATE reservations SET reserved_at = replace(reserved_at, '03-03T', '03-04T'),
          settled_at = replace(settled_at, '03-03T', '03-04T'),
          expiry_at = replace(expiry_at, '03-03T', '03-04T') WHERE execution_id = ${call};
        UPDATE events SET timestamp = replace(timestamp, '03-03 ', '03-04 ') WHERE id = 19;
        UPDATE event_log SET ts = replace(ts, '03-03 ', '03-04 '),
          payload_json = replace(payload_json, '2026-03-03T', '2026-03-04T') WHERE seq BETWEEN 51 AND 53`);
      rechain(db);
      db.close();
      const checked = await checkLedger(paths, { dataDir: null, nowMicros: Date.UTC(2026, 5, 1) * 1_000 });
      const clock = checked.ok ? checked.value.findings.filter(({ kind }) => kind === 'clock-back') : [];
      expect(clock).toMatchObject([{ severity: 'notice', seq: 51, range: { from: 51, to: 53 } }]);
    } finally {
      drop();
    }
  });
});

describe('what the row of an agent says beside its counters', () => {
  it('has a kind of its own for limits and for the last activity', async () => {
    const [limit] = await toldOf(`UPDATE agents SET rpm_limit = 60 WHERE name = 'reviewer'`);
    expect(limit).toMatchObject({
      kind: 'limit-differs',
      expected: '6 requests a minute',
      found: '60 requests a minute',
    });
    const [active] = await toldOf(
      `UPDATE agents SET last_activity = '2031-01-01 00:00:00' WHERE name = 'coder'`,
    );
    expect(active).toMatchObject({ kind: 'activity-differs', agent: 'coder', seq: null });
  });
});

describe('counters', () => {
  it('are held against entries, reservations and the older stream, which are named', async () => {
    const [one] = await toldOf(
      `UPDATE agents SET spent_micro = spent_micro - 1 WHERE name = 'solo'`,
      undefined,
      'small',
    );
    expect(one).toMatchObject({ kind: 'spent-differs', sure: 'proved', agent: 'solo' });
    expect(one!.because.map(({ where, agrees }) => [where, agrees])).toEqual([
      ['its entries', true],
      ['its reservations', true],
      ['the older event stream', true],
      ['the row of the agent', false],
    ]);
    const [held] = await toldOf(
      `UPDATE agents SET reserved_micro = 500 WHERE name = 'solo'`,
      undefined,
      'small',
    );
    expect(held!.message).toContain('its entries come to $0.000000, and so do its reservations.');
  });
});

const window = (set: string) => toldOf(`UPDATE rate_windows SET ${set} WHERE agent = 'coder'`);

describe('rate windows', () => {
  it('that were over before the last request are told so, and not what they count', async () => {
    const found = await window(`request_count = 0, window_start = '2026-03-01T10:00:00'`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'rate-window-differs',
      expected: 'begun 2026-03-08 16:13:17 or later',
      found: 'begun 2026-03-01 10:00:00',
    });
  });

  it('say what their count lets through', async () => {
    const [requests] = await window('request_count = 0');
    expect(requests!.message).toContain('so more gets through than the limit allows');
    const [tokens] = await window('tokens_count = 5000');
    expect(tokens).toMatchObject({ expected: '0 to 49 tokens', found: '5,000 tokens' });
  });
});
