import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../test/support/aex/golden-copies.ts';
import { value } from '../../../test/support/writes.ts';
import type { LedgerReport } from '../../contract/ledger-report.ts';
import type { LedgerView } from '../../contract/ledger.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

const VIEW: LedgerView = { agent: null, query: '', sort: 'oldest', group: 'entries', open: [], days: false };
const WEEK = 237;

let folder: string;
let engine: TestEngine;
let source: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-replaced-'));
  engine = startTestEngine();
  take('week', folder);
  await open(folder);
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(engine.dataDir, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

/** Puts a golden with its price list into a folder. */
function take(name: string, into: string): void {
  const { paths, drop } = copyGoldenLedger(name);
  cpSync(paths.dir, into, { recursive: true });
  drop();
}

async function open(path: string): Promise<void> {
  const { sources } = value(await engine.client.workspace.open({ path }));
  source = sources.find(({ kind }) => kind === 'aex')!.id;
}

function change(...statements: readonly string[]): void {
  const writer = new SqliteDatabase(at('aex.db'));
  for (const statement of statements) writer.exec(statement);
  writer.close();
}

const lines = async (): Promise<number> => {
  const rows = await engine.client.ledger.rows({ source, view: VIEW, start: 0, count: 5 });
  return rows.ok ? rows.value.total : -1;
};

async function verified(): Promise<LedgerReport> {
  for await (const event of await engine.client.ledger.verify({ source })) {
    if (event.type === 'failed') throw new Error(JSON.stringify(event.error));
  }
  return value(await engine.client.ledger.report({ source }))!;
}

/** What a check says beside notices, and what of looks before this opening. */
async function told() {
  const { ok, witness, findings, checked } = await verified();
  const grave = findings.filter(({ severity }) => severity !== 'notice').map(({ kind }) => kind);
  return { ok, seen: witness.state, entries: checked.events, grave };
}

describe('a ledger that is open', () => {
  it('may be written anew by SQLite, and get another journal', async () => {
    expect(await told()).toMatchObject({ ok: true, entries: WEEK, grave: [] });
    for (const statement of [
      'VACUUM',
      'PRAGMA journal_mode = DELETE',
      'VACUUM',
      'PRAGMA journal_mode = WAL',
      'PRAGMA page_size = 1024',
      'REINDEX',
    ]) {
      change(statement);
      expect({ statement, ...(await told()) }).toEqual({
        statement,
        ok: true,
        seen: 'first',
        entries: WEEK,
        grave: [],
      });
      expect(await lines()).toBe(WEEK);
    }
  });

  it('may be away for a while', async () => {
    await told();
    renameSync(at('aex.db'), at('away'));
    await expect.poll(lines, { timeout: 8_000 }).toBe(-1);
    const failed = await engine.client.ledger.rows({ source, view: VIEW, start: 0, count: 5 });
    expect(failed).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    renameSync(at('away'), at('aex.db'));
    await expect.poll(lines, { timeout: 8_000 }).toBe(WEEK);
    expect(await told()).toMatchObject({ ok: true, seen: 'first', grave: [] });
  });

  it('may be replaced by an older copy of it, which is told as that and accuses nobody', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'vekscope-restored-'));
    take('crashed-after', dir);
    await open(dir);
    const later = await told();
    expect(later).toMatchObject({ ok: true, grave: [] });
    const older = mkdtempSync(join(tmpdir(), 'vekscope-older-'));
    take('crashed-before', older);
    renameSync(join(older, 'aex.db'), join(dir, 'aex.db'));
    await expect.poll(lines, { timeout: 8_000 }).toBeLessThan(later.entries);
    // the check that comes by itself may be the first to see it
    const restored = await verified();
    expect(restored.ok).toBe(true);
    const severities = restored.findings.filter(({ kind }) => kind.startsWith('seen-'));
    expect(severities).toMatchObject([{ kind: 'seen-restored' }]);
    expect(severities[0]!.message).toContain('older copy');
    expect(await told()).toMatchObject({ ok: true, seen: 'first', grave: [] });
    for (const path of [dir, older]) rmSync(path, { recursive: true });
  });

  it('may be replaced by another one under its name, which is no cut end', async () => {
    await told();
    const other = mkdtempSync(join(tmpdir(), 'vekscope-other-'));
    take('protocol', other);
    renameSync(join(other, 'aex.db'), at('aex.db'));
    rmSync(other, { recursive: true });
    await expect.poll(lines, { timeout: 8_000 }).not.toBe(WEEK);
    const first = await verified();
    expect(first.findings.filter(({ kind }) => kind.startsWith('seen-'))).toEqual([]);
    expect(first.witness.text).toContain('Another ledger stood here');
    take('week', folder);
    await expect.poll(lines, { timeout: 8_000 }).toBe(WEEK);
    expect(await told()).toMatchObject({ ok: true, seen: 'first', grave: [] });
  });

  it('is another one to an earlier look where it was moved or copied to', async () => {
    await told();
    const copy = mkdtempSync(join(tmpdir(), 'vekscope-copy-'));
    cpSync(folder, copy, { recursive: true });
    await open(copy);
    expect(await told()).toMatchObject({ ok: true, grave: [] });
    const there = source;
    await open(folder);
    expect(source).not.toBe(there);
    expect(await told()).toMatchObject({ ok: true, seen: 'first', grave: [] });
    rmSync(copy, { recursive: true });
  });
});

const unasked = async (): Promise<readonly string[]> =>
  (value(await engine.client.ledger.report({ source }))?.findings ?? [])
    .filter(({ kind }) => kind === 'price-differs')
    .map(({ severity, message }) => `${severity}: ${message}`);
const priced = async (): Promise<readonly (number | null)[]> =>
  value(await engine.client.ledger.accounts({ source })).models.map(({ price }) => price?.inputMicro ?? null);

/** When the last check ended. */
const seen = async (): Promise<number> =>
  value(await engine.client.ledger.report({ source }))?.endedMicros ?? 0;

describe('the price list of a ledger that is open', () => {
  it('is followed by the figures and by what a check says, and accuses nobody', async () => {
    const list = readFileSync(at('models.yaml'), 'utf8');
    await expect.poll(async () => value(await engine.client.ledger.report({ source }))?.ok).toBe(true);
    expect(await unasked()).toEqual([]);
    const before = await priced();
    expect(before.some((price) => price !== null)).toBe(true);

    const heard = engine.heard((event) => event.type === 'source-changed' && event.source === source);
    writeFileSync(at('models.yaml'), list.replaceAll(/input_micro: (\d+)/g, 'input_micro: 77'));
    await heard;
    expect((await priced()).every((price) => price === null || price === 77)).toBe(true);
    // Nearly nothing fits it, so it was another one when the money was spent.
    expect(await told()).toMatchObject({ ok: true, seen: 'first', grave: [] });

    for (const text of ['version: 1\nmodels: [broken', '', null]) {
      if (text === null) rmSync(at('models.yaml'));
      else writeFileSync(at('models.yaml'), text);
      expect(await told()).toMatchObject({ ok: true, grave: [] });
      expect((await priced()).every((price) => price === null)).toBe(true);
    }
    writeFileSync(at('models.yaml'), list);
    expect(await priced()).toEqual(before);
  });

  it('is what the ledger is checked with again by itself', async () => {
    await expect.poll(async () => value(await engine.client.ledger.report({ source }))?.ok).toBe(true);
    const list = readFileSync(at('models.yaml'), 'utf8');
    const first = await seen();
    writeFileSync(at('models.yaml'), `${list}# another one\n`);
    await expect.poll(seen, { timeout: 8_000 }).toBeGreaterThan(first);
  });
});
