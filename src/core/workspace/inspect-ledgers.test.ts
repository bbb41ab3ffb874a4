import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../test/support/aex/golden-copies.ts';
import { folderState } from '../../../test/support/folder-state.ts';
import { copyGolden } from '../../../test/support/goldens.ts';
import { failure, value } from '../../../test/support/writes.ts';
import { limits } from '../storage/limits.ts';
import { inspectFolder } from './inspect.ts';

const golden = copyGoldenLedger('small');
const vek = copyGolden('linear');
let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vekscope-ledgers-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
afterAll(() => {
  golden.drop();
  rmSync(vek, { recursive: true });
});

/** Puts a ledger somewhere below the root. */
function put(...where: string[]): string {
  const at = join(root, ...where);
  mkdirSync(dirname(at), { recursive: true });
  cpSync(golden.paths.db, at);
  return at;
}

function database(path: string, sql: string): void {
  const db = new SqliteDatabase(path);
  db.exec(sql);
  db.close();
}

const found = (dir = root): [string, string][] =>
  value(inspectFolder(dir)).stores.map(({ kind, name }) => [kind, name]);

describe('ledgers in a folder', () => {
  it('are found by their tables, whatever they are called, and in .aex', () => {
    put('.aex', 'aex.db');
    put('aex.db');
    put('copies', 'monday.sqlite3');
    put('copies', 'tuesday.DB');
    put('copies', 'no-ending');
    put('deep', 'home', '.aex', 'aex.db');
    put('deep', '.hidden', 'aex.db');
    expect(found()).toEqual([
      ['aex', '.aex/aex.db'],
      ['aex', 'aex.db'],
      ['aex', 'copies/monday.sqlite3'],
      ['aex', 'copies/tuesday.DB'],
      ['aex', 'deep/home/.aex/aex.db'],
    ]);
    const [store] = value(inspectFolder(join(root, 'copies'))).stores;
    const db = join(root, 'copies', 'monday.sqlite3');
    expect(store).toMatchObject({ path: db, name: 'monday.sqlite3', paths: { db, dir: dirname(db) } });
  });

  it('a folder .aex stands for its ledger, and what lies in it too', () => {
    put('.aex', 'aex.db');
    mkdirSync(join(root, '.aex', 'config'));
    expect(found(join(root, '.aex'))).toEqual([['aex', 'aex.db']]);
    const inside = value(inspectFolder(join(root, '.aex', 'config')));
    expect(inside.stores.map(({ name }) => name)).toEqual(['../aex.db']);
    expect(inside.notes.join()).toContain('above the opened folder');
  });

  it('stand beside repositories and agents, also below them', () => {
    cpSync(join(vek, '.vek'), join(root, '.vek'), { recursive: true });
    mkdirSync(join(root, 'quill', 'persona'), { recursive: true });
    writeFileSync(join(root, 'quill', 'model.md'), '## Default model\n\n`claude-sonnet-4-6`\n');
    put('quill', 'output', 'aex.db');
    put('aex.db');
    expect(found()).toEqual([
      ['vek', '.vek'],
      ['agents', basename(root)],
      ['aex', 'aex.db'],
      ['aex', 'quill/output/aex.db'],
    ]);
  });

  it('other databases are none, broken ones too, but for an aex.db that can not be read', () => {
    database(join(root, 'notes.db'), 'CREATE TABLE event_log (id); CREATE TABLE agents (name);');
    database(join(root, 'aex.db'), 'CREATE TABLE x (y);');
    writeFileSync(join(root, 'thumbs.db'), 'no database');
    cpSync(join(vek, '.vek', 'vek.db'), join(root, 'vek.db'));
    mkdirSync(join(root, 'folder.db'));
    symlinkSync(golden.paths.db, join(root, 'link.db'));
    expect(found(root).filter(([kind]) => kind === 'aex')).toEqual([]);
    mkdirSync(join(root, 'broken'));
    writeFileSync(join(root, 'broken', 'aex.db'), 'x'.repeat(4096));
    mkdirSync(join(root, 'empty'));
    writeFileSync(join(root, 'empty', 'aex.db'), '');
    expect(found(join(root, 'broken'))).toEqual([['aex', 'aex.db']]);
    expect(found(join(root, 'empty'))).toEqual([['aex', 'aex.db']]);
  });

  it('says how many files it did not look at', () => {
    for (let i = 0; i < limits.ledgerFiles + 2; i++)
      writeFileSync(join(root, `f${String(i).padStart(3, '0')}.db`), '');
    put('z.db');
    const { stores, notes } = value(inspectFolder(root));
    expect(stores).toEqual([]);
    expect(notes.join()).toContain(
      `3 databases were not looked at for whether they are ledgers, the first in ${root}`,
    );
    expect(found(join(root, 'z.db'))).toEqual([['aex', 'z.db']]);
  });

  it('are only looked at', () => {
    put('.aex', 'aex.db');
    put('a', 'x.sqlite');
    chmodSync(join(root, 'a'), 0o555);
    const before = folderState(root);
    expect(found()).toHaveLength(2);
    expect(folderState(root)).toEqual(before);
    chmodSync(join(root, 'a'), 0o755);
  });
});

describe('a file', () => {
  it('that is a ledger is a workspace of its own', () => {
    const file = put('some', 'ledger');
    expect(value(inspectFolder(file))).toMatchObject({ path: file, name: 'ledger', notes: [] });
    expect(found(file)).toEqual([['aex', 'ledger']]);
    symlinkSync(file, join(root, 'link'));
    expect(value(inspectFolder(join(root, 'link'))).path).toBe(file);
  });

  it('that is none says what it is', () => {
    writeFileSync(join(root, 'text'), 'words');
    expect(failure(inspectFolder(join(root, 'text'))).kind).toBe('bad-request');
    writeFileSync(join(root, 'text.db'), 'words');
    expect(failure(inspectFolder(join(root, 'text.db')))).toMatchObject({ kind: 'not-a-database' });
    database(join(root, 'notes.db'), 'CREATE TABLE x (y);');
    expect(failure(inspectFolder(join(root, 'notes.db'))).message).toContain('no ledger of AEX');
    renameSync(join(root, 'notes.db'), join(root, 'gone.db'));
    expect(failure(inspectFolder(join(root, 'notes.db'))).kind).toBe('not-found');
  });
});
