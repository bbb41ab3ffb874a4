import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineOptions } from './options.ts';
import { localDay } from '../core/agents/days.ts';
import { forgetRecent, listRecents, logsOf, RECENTS_FILE, rememberRecent, updateRecent } from './recents.ts';

let data: string;
let options: EngineOptions;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vekscope-recents-'));
  options = { dataDir: data, roots: null, initial: null, sample: null, version: '0', host: 'electron' };
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const facts = (summary: string) => ({ summary, damaged: false, stores: [] });

it('the folder opened last is first, and one that is gone says so', () => {
  const there = join(data, 'there');
  mkdirSync(there);
  rememberRecent(options, there, facts('3 calls'));
  rememberRecent(options, join(data, 'gone'), facts('1 call'));
  expect(listRecents(options).map(({ name, open, why }) => [name, open, why])).toEqual([
    ['gone', false, 'folder is not there'],
    ['there', true, null],
  ]);
  rememberRecent(options, there, facts('4 calls'));
  expect(listRecents(options).map(({ summary }) => summary)).toEqual(['4 calls', '1 call']);
  forgetRecent(options, there);
  expect(listRecents(options)).toHaveLength(1);
});

it('a ledger by itself is a file that can be opened again', () => {
  const ledger = join(data, 'aex.db');
  const folder = join(data, 'folder');
  writeFileSync(ledger, '');
  writeFileSync(folder, 'a file now');
  for (const path of [ledger, join(data, 'gone.sqlite'), folder]) rememberRecent(options, path, facts(''));
  expect(listRecents(options).map(({ name, open, why }) => [name, open, why])).toEqual([
    ['folder', false, 'is not a folder any more'],
    ['gone.sqlite', false, 'file is not there'],
    ['aex.db', true, null],
  ]);
  rememberRecent(options, folder, { ...facts(''), stores: [folder] });
  expect(listRecents(options)[0]).toMatchObject({ name: 'folder', open: true });
});

it('knows which is written to now, and where damage was seen', () => {
  const db = join(data, 'vek.db');
  writeFileSync(db, '');
  rememberRecent(options, data, { summary: '', damaged: false, stores: [db] });
  expect(listRecents(options)[0]).toMatchObject({ changing: true, damaged: false });
  const past = new Date(Date.now() - 60_000);
  utimesSync(db, past, past);
  updateRecent(options, data, { summary: '9 calls', damaged: true });
  expect(listRecents(options)[0]).toMatchObject({ changing: false, damaged: true, summary: '9 calls' });
  writeFileSync(`${db}-wal`, '');
  expect(listRecents(options)[0]?.changing).toBe(true);
});

it('knows that an agent writes now by its log of today', () => {
  const log = logsOf(join(data, 'quill'));
  rememberRecent(options, data, { summary: '', damaged: false, stores: [log] });
  expect(listRecents(options)[0]?.changing).toBe(false);
  const day = localDay(new Date());
  mkdirSync(join(log, day.slice(0, 7)), { recursive: true });
  writeFileSync(join(log, day.slice(0, 7), `${day}.jsonl`), '');
  expect(listRecents(options)[0]?.changing).toBe(true);
});

it('a list of an earlier version counts, a broken one is empty', () => {
  writeFileSync(join(data, RECENTS_FILE), JSON.stringify([{ path: data, summary: 's', openedAtMicros: 1 }]));
  expect(listRecents(options)[0]).toMatchObject({ changing: false, damaged: false, open: true });
  writeFileSync(join(data, RECENTS_FILE), '{');
  expect(listRecents(options)).toEqual([]);
});
