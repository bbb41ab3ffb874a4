import { copyFileSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeKernelLock } from '../../storage/kernel-lock.ts';
import { DAY, NOW, watchWeek, type Watched } from './testing.ts';

let watched: Watched;
let backup: string;
beforeEach(() => {
  watched = watchWeek();
  backup = join(watched.dataDir, 'backup.db');
  copyFileSync(watched.paths.db, backup);
});
afterEach(() => watched.drop());

const seen = (nowMicros = NOW, sound = true) => watched.look({ nowMicros, sound });
const change = (sql: string): void => watched.change(sql);
const textAt = (micros: number): string =>
  new Date(micros / 1_000).toISOString().slice(0, 19).replace('T', ' ');

const spoil = (): void => change(`UPDATE event_log SET event_hash = 'forged' WHERE seq = 100`);
const elsewhere = (): string => join(watched.dataDir, 'elsewhere.db');
const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);

/** Puts an older copy back and writes an entry behind it. */
function continueCopy(upTo: number, atMicros: number): void {
  change(`DELETE FROM event_log WHERE seq > ${upTo}`);
  change(
    `INSERT INTO event_log (seq, event_type, payload_json, prev_hash, event_hash, ts) VALUES (${upTo + 1}, 'x', '{}', '', '', '${textAt(atMicros)}')`,
  );
  watched.rechain(upTo + 1);
}

describe('an older copy that was put back and used on', () => {
  it('accuses nobody, also where it was used within the second of the look', () => {
    seen(NOW + 700_000);
    continueCopy(200, NOW + 800_000);
    const { verdict, findings } = seen(NOW + DAY);
    expect(verdict.state).toBe('restored');
    expect(findings).toMatchObject([{ kind: 'seen-restored', severity: 'warning', seq: 201 }]);
  });

  it('accuses nobody where the clock was ahead at the look, and is learned', () => {
    seen(NOW + 1_000 * DAY);
    continueCopy(200, NOW);
    expect(seen(NOW + DAY).verdict.state).toBe('restored');
    expect(seen(NOW + 2 * DAY).verdict.state).toBe('same');
  });
});

describe('a cut end', () => {
  it('is noticed although the clock was ahead when the ledger was seen', () => {
    watched.look({ nowMicros: NOW + DAY, endMicros: NOW + DAY });
    change('DELETE FROM event_log WHERE seq > 200');
    const cut = watched.look({ nowMicros: NOW, endMicros: NOW + 1_000, sound: false });
    expect(cut.findings).toMatchObject([{ kind: 'seen-longer', severity: 'error', seq: 201 }]);
  });

  it('behind which new entries stand is said to be gone', () => {
    seen();
    change('DELETE FROM event_log WHERE seq BETWEEN 201 AND 237');
    change(
      `INSERT INTO event_log (seq, event_type, payload_json, prev_hash, event_hash, ts) VALUES (238, 'x', '{}', 'p', 'h', '${textAt(NOW + DAY)}')`,
    );
    const [one] = seen(NOW + 2 * DAY, false).findings;
    expect(one).toMatchObject({ kind: 'seen-other', seq: 201 });
    expect(one?.message).toContain('entry 201 is gone');
  });
});

describe('a ledger that did not add up when it was seen', () => {
  it('is remembered, so that what is removed from it later shows', () => {
    spoil();
    expect(seen(NOW, false).verdict.text).toContain('remembered all the same');
    expect(seen(NOW + DAY, false).verdict.state).toBe('same');
    change('DELETE FROM event_log WHERE seq > 200');
    const { findings } = seen(NOW + 2 * DAY, false);
    expect(findings).toMatchObject([{ kind: 'seen-longer', severity: 'warning', seq: 201 }]);
    expect(findings[0]?.message).toContain('as it did not then');
  });

  it('may be repaired, which accuses nobody and is learned', () => {
    spoil();
    seen(NOW, false);
    copyFileSync(backup, watched.paths.db);
    const repaired = seen(NOW + DAY);
    expect(repaired.findings).toMatchObject([{ kind: 'seen-restored', severity: 'notice', seq: 100 }]);
    expect(repaired.findings[0]?.message).toContain('a sound copy seems to have been put back');
    expect(seen(NOW + 2 * DAY).verdict.state).toBe('same');
  });

  it('keeps what was sound before: that may not be rewritten unnoticed', () => {
    seen();
    change(`UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq = 100`);
    expect(seen(NOW + DAY, false).verdict.state).toBe('same');
    watched.rechain(100);
    expect(seen(NOW + 2 * DAY).findings).toMatchObject([{ kind: 'seen-other', severity: 'error', seq: 100 }]);
  });
});

describe('an empty log', () => {
  it('is an emptied one where its agents are those of then, else a new ledger', () => {
    seen();
    change('DELETE FROM event_log');
    const emptied = seen(NOW + DAY);
    expect(emptied.findings).toMatchObject([{ kind: 'seen-longer', severity: 'error', seq: 1 }]);
    expect(emptied.findings[0]?.message).toContain('its log was emptied');
    change('PRAGMA foreign_keys = OFF; DELETE FROM agents');
    expect(seen(NOW + DAY)).toMatchObject({ verdict: { state: 'first' }, findings: [] });
  });
});

describe('a ledger at another path', () => {
  it('is known again where it was moved, and compared', () => {
    seen();
    renameSync(watched.paths.db, elsewhere());
    const { verdict, findings } = watched.look({ db: elsewhere(), nowMicros: NOW + DAY });
    expect(verdict).toMatchObject({ state: 'same', seenEvents: 237 });
    expect(verdict.text).toContain(`at ${watched.paths.db}, where nothing is any more`);
    expect(findings).toEqual([]);
    expect(watched.look({ db: elsewhere(), nowMicros: NOW + 2 * DAY }).verdict.state).toBe('same');
  });

  it('may have lost its end on the way, which is told, stays told, and accuses nobody', () => {
    seen();
    change('DELETE FROM event_log WHERE seq > 200');
    renameSync(watched.paths.db, elsewhere());
    for (const day of [1, 2]) {
      const { findings } = watched.look({ db: elsewhere(), nowMicros: NOW + day * DAY });
      expect(findings).toMatchObject([{ kind: 'seen-restored', severity: 'notice', seq: null }]);
      expect(findings[0]?.message).toContain(watched.paths.db);
    }
  });

  it('is another one while the first is still there', () => {
    seen();
    change('DELETE FROM event_log WHERE seq > 200');
    copyFileSync(watched.paths.db, elsewhere());
    expect(watched.look({ db: elsewhere() })).toMatchObject({ verdict: { state: 'first' }, findings: [] });
  });

  it('is the same one through a link', () => {
    seen();
    symlinkSync(watched.paths.db, elsewhere());
    expect(watched.look({ db: elsewhere(), nowMicros: NOW + DAY }).verdict.state).toBe('same');
  });
});

describe('what is remembered', () => {
  it('holds texts of any length that a ledger has in place of names and hashes', () => {
    const long = 'x'.repeat(20_000);
    const db = new Database(watched.paths.db);
    db.pragma('foreign_keys = OFF');
    db.prepare('UPDATE event_log SET event_hash = ? WHERE seq = 237').run(long);
    db.prepare(`UPDATE agents SET name = ?, created_at = ? WHERE name = 'coder'`).run(long, long);
    db.close();
    expect(seen(NOW, false).verdict.state).toBe('first');
    expect(seen(NOW + DAY, false)).toMatchObject({ verdict: { state: 'same' }, findings: [] });
  });

  it('waits for another process that remembers', async () => {
    seen();
    const [file] = watched.memories();
    const before = readFileSync(file!, 'utf8');
    const lock = takeKernelLock(join(watched.dataDir, 'ledgers-seen', 'lock'));
    if (!lock.ok || !lock.value.held) return;
    const script = join(watched.dataDir, 'look.mjs');
    writeFileSync(
      script,
      `import { lookAtLedger } from ${here('../store.ts')};
import { lookBack } from ${here('./seen.ts')};
const paths = ${JSON.stringify(watched.paths)};
lookAtLedger(paths, (look) => lookBack(look, { dataDir: ${JSON.stringify(watched.dataDir)}, nowMicros: ${NOW + DAY}, sound: true }));`,
    );
    const worker = new Worker(script);
    const ended = new Promise((settle) => worker.once('exit', settle));
    await wait(700);
    expect(readFileSync(file!, 'utf8')).toBe(before);
    lock.value.release();
    expect(await ended).toBe(0);
    expect(readFileSync(file!, 'utf8')).not.toBe(before);
  });
});
