import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { DAY, NOW, watchWeek, type Watched } from './testing.ts';

let watched: Watched;
beforeEach(() => (watched = watchWeek()));
afterEach(() => watched.drop());

const lookedSince = (nowMicros: number, sinceMicros: number) =>
  watched.look({ nowMicros, sinceMicros }).verdict;
const seen = (nowMicros = NOW, sound = true) => watched.look({ nowMicros, sound });
const change = (sql: string): void => watched.change(sql);

describe('what was seen of a ledger', () => {
  it('is remembered outside it and compared at the next look', () => {
    expect(seen().verdict.state).toBe('first');
    const again = seen(NOW + DAY);
    expect(again).toMatchObject({ verdict: { state: 'same' }, findings: [] });
    expect(watched.memories()).toHaveLength(1);
    expect(readdirSync(watched.paths.dir).toSorted()).toEqual(['aex.db', 'models.yaml']);
  });

  it('is compared with what was seen before it was opened, however often it is looked at', () => {
    expect(lookedSince(NOW + 1, NOW).state).toBe('first');
    expect(lookedSince(NOW + 2, NOW)).toMatchObject({ state: 'first', seenAtMicros: null });
    expect(lookedSince(NOW + 3, NOW).text).toMatch(
      /^This ledger was not seen before\. What it is now is remembered/,
    );
    for (const at of [DAY + 1, DAY + 2]) {
      expect(lookedSince(NOW + at, NOW + DAY)).toMatchObject({ state: 'same', seenAtMicros: NOW + 3 });
    }
    change(
      `INSERT INTO event_log (event_type, payload_json, prev_hash, event_hash) VALUES ('x', '{}', 'p', 'h')`,
    );
    for (const at of [DAY + 3, DAY + 4]) {
      const verdict = lookedSince(NOW + at, NOW + DAY);
      expect(verdict).toMatchObject({ state: 'grown', seenAtMicros: NOW + 3, seenEvents: 237 });
      expect(verdict.text).toContain('; 1 entry came since');
    }
    expect(lookedSince(NOW + 2 * DAY + 1, NOW + 2 * DAY)).toMatchObject({
      state: 'same',
      seenAtMicros: NOW + DAY + 4,
    });
    // What an earlier look of the same opening saw is not forgotten.
    change('DELETE FROM event_log WHERE seq > 230');
    expect(lookedSince(NOW + 2 * DAY + 2, NOW + 2 * DAY).state).not.toBe('same');
  });

  it('is not held against a look that began before another one ended, which saw more', () => {
    watched.look({ nowMicros: NOW + 1_000, endMicros: NOW + 9_000 });
    change('DELETE FROM event_log WHERE seq > 200');
    const outrun = watched.look({ nowMicros: NOW + 5_000, endMicros: NOW + 20_000 });
    expect(outrun).toMatchObject({ verdict: { state: 'same' }, findings: [] });
    expect(outrun.verdict.text).toContain('Another look has seen more of it meanwhile');
    // what the other one saw stays known
    const later = watched.look({ nowMicros: NOW + DAY, endMicros: NOW + DAY });
    expect(later.findings).toMatchObject([{ kind: 'seen-restored', seq: 201 }]);
  });

  it('keeps hashes and balances only, and no secret that stands in place of one', () => {
    const db = new Database(watched.paths.db);
    type Secrets = { readonly api_token: string; readonly token_hash: string };
    const secrets = db.prepare<[], Secrets>('SELECT api_token, token_hash FROM agents').all();
    db.pragma('foreign_keys = OFF');
    db.prepare('UPDATE event_log SET event_hash = ? WHERE seq = 24').run(secrets[0]!.token_hash);
    db.prepare('UPDATE agents SET name = ? WHERE name = ?').run(secrets[1]!.api_token, 'coder');
    db.close();
    seen(NOW, false);
    const kept = readFileSync(watched.memories()[0]!, 'utf8');
    for (const secret of secrets.flatMap((one) => Object.values(one))) expect(kept).not.toContain(secret);
    expect(kept).not.toContain('Insufficient');
    expect(seen(NOW + DAY, false).verdict.state).toBe('same');
  });

  it('notices a cut end, and explains an older copy', () => {
    seen();
    change('DELETE FROM event_log WHERE seq > 200');
    const cut = seen(NOW + DAY, false);
    expect(cut.verdict.state).toBe('shorter');
    expect(cut.findings[0]).toMatchObject({ kind: 'seen-longer', severity: 'error', seq: 201 });
    const copy = seen(NOW + DAY, true);
    expect(copy.verdict.state).toBe('restored');
    expect(copy.findings[0]).toMatchObject({ kind: 'seen-restored', severity: 'warning', seq: 201 });
    // told once as a warning, then kept as something that happened
    const later = seen(NOW + 2 * DAY);
    expect(later.verdict.state).toBe('same');
    expect(later.findings).toMatchObject([{ kind: 'seen-restored', severity: 'notice', seq: 201 }]);
  });

  it('does not forget what was there while the ledger does not add up', () => {
    seen();
    change('DELETE FROM event_log WHERE seq > 200');
    for (let day = 1; day < 4; day++) expect(seen(NOW + day * DAY, false).verdict.state).toBe('shorter');
  });

  it('places a rewritten past by its checkpoints', () => {
    seen();
    watched.rechain(120);
    change(
      `UPDATE event_log SET payload_json = replace(payload_json, '"estimated_micro":', '"estimated_micro":1') WHERE seq = 130`,
    );
    watched.rechain(130);
    const { verdict, findings } = seen(NOW + DAY);
    expect(verdict.state).toBe('other');
    expect(findings[0]).toMatchObject({ kind: 'seen-other', severity: 'error', seq: 130 });
    expect(seen(NOW + 2 * DAY).verdict.state).toBe('other');
  });

  it('knows a ledger again whose first entry was hashed anew or removed', () => {
    seen();
    const before = join(watched.dataDir, 'before.db');
    copyFileSync(watched.paths.db, before);
    change(`UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq = 1`);
    watched.rechain(1);
    expect(seen(NOW + DAY).findings[0]).toMatchObject({ kind: 'seen-other', severity: 'error', seq: 1 });
    copyFileSync(before, watched.paths.db);
    change('DELETE FROM event_log WHERE seq = 1');
    expect(seen(NOW + DAY, false).findings[0]).toMatchObject({
      kind: 'seen-other',
      severity: 'error',
      seq: 1,
    });
    change('DELETE FROM event_log');
    expect(seen(NOW + DAY, false).findings[0]).toMatchObject({
      kind: 'seen-longer',
      severity: 'error',
      seq: 1,
    });
  });

  it('takes another ledger at the same path for another one', () => {
    seen();
    const other = copyGoldenLedger('small');
    copyFileSync(other.paths.db, watched.paths.db);
    other.drop();
    expect(seen(NOW + DAY)).toMatchObject({ verdict: { state: 'first' }, findings: [] });
    expect(watched.memories()).toHaveLength(2);
  });

  it('tells a budget that changed since', () => {
    seen();
    change(`UPDATE agents SET budget_micro = budget_micro * 10 WHERE name = 'planner'`);
    const [one, ...others] = seen(NOW + DAY).findings;
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      kind: 'budget-differs',
      agent: 'planner',
      severity: 'warning',
      expected: '$0.900000',
    });
    // it does not go away by looking again
    expect(seen(NOW + 2 * DAY).findings).toHaveLength(1);
  });

  it('is off without an app folder', () => {
    expect(watched.look({ dataDir: null }).verdict.state).toBe('off');
  });

  it('says where a memory can’t be read, sets that aside and begins anew', () => {
    seen();
    const [file] = watched.memories();
    const later = JSON.stringify({ ...(JSON.parse(readFileSync(file!, 'utf8')) as object), version: 2 });
    const far = readFileSync(file!, 'utf8').replace(/"atMicros":\d+/, '"atMicros":1e300');
    for (const text of ['', '{', '{"version":1}', '[]', '\u0000'.repeat(100), later, far]) {
      writeFileSync(file!, text);
      const { verdict } = seen();
      expect(verdict).toMatchObject({ state: 'off', seenEvents: null });
      expect(verdict.text).toMatch(
        /^What was seen of this ledger earlier can't be read any more.* What it is now is remembered/,
      );
      expect(readFileSync(`${file}.unreadable-${NOW}`, 'utf8')).toBe(text);
      expect(seen().verdict.state).toBe('same');
    }
  });

  it('is kept where the app folder lies somewhere below the folder of the ledger, as in a home folder', () => {
    const below = join(watched.paths.dir, '.config', 'app');
    mkdirSync(below, { recursive: true });
    expect(watched.look({ dataDir: below }).verdict.state).toBe('first');
    expect(watched.look({ dataDir: below }).verdict.state).toBe('same');
  });

  it('never writes into the folder of the ledger itself', () => {
    const { text } = watched.look({ dataDir: watched.paths.dir }).verdict;
    expect(text).toContain('is the folder of the ledger');
    expect(readdirSync(watched.paths.dir).toSorted()).toEqual(['aex.db', 'models.yaml']);
  });
});
