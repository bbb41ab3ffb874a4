import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dropKeptCopies } from '../../src/core/storage/kept.ts';
import { limits } from '../../src/core/storage/limits.ts';
import { look, type Database, type LookHow } from '../../src/core/storage/look.ts';
import { storeSignature } from '../../src/core/storage/signature.ts';
import { testDataFolder } from '../support/data-folder.ts';
import { folderState } from '../support/folder-state.ts';
import { projectRoot } from '../support/peers.ts';
import { startWriter, type Writer } from '../support/writer-process.ts';

const writers: Writer[] = [];
const root = process.getuid?.() === 0;
const nobody = 65534;

function freshFolder(name = 'store'): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'vekscope-look-')), name);
  mkdirSync(folder);
  return folder;
}

async function writing(folder: string, ...commands: string[]): Promise<Writer> {
  const writer = startWriter(join(folder, 'vek.db'));
  writers.push(writer);
  await writer.run(...commands);
  return writer;
}

function names(folder: string): string[] {
  return readdirSync(folder).sort();
}

function refsAt(folder: string): { refs: number; how: LookHow } {
  const looked = look(join(folder, 'vek.db'), (db, how) => ({ refs: countRefs(db), how }));
  if (!looked.ok) throw new Error(looked.error.message);
  return looked.value;
}

function countRefs(db: Database): number {
  return db.prepare<[], number>('SELECT count(*) FROM refs').pluck().get()!;
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Looks and requires that no byte, no time and no name in the folder moved. */
function untouched(folder: string): { refs: number; how: LookHow } {
  const before = folderState(folder);
  const seen = refsAt(folder);
  expect(folderState(folder)).toEqual(before);
  return seen;
}

afterEach(async () => {
  for (const writer of writers.splice(0)) await writer.crash();
  dropKeptCopies();
});

describe('a store that nobody else has open', () => {
  it('is read in place and nothing is left behind', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put 3', 'close');
    await writer.end();
    expect(names(folder)).toEqual(['vek.db']);
    expect(untouched(folder)).toMatchObject({ refs: 3, how: { way: 'immutable' } });
  });

  it('may have any name', async () => {
    const folder = freshFolder('what? 100% #1 é\'"&x=immutable');
    const writer = await writing(folder, 'wal', 'tables', 'put 2', 'close');
    await writer.end();
    expect(untouched(folder).refs).toBe(2);
  });

  it('with an empty log and no index of it is read in place', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    writeFileSync(join(folder, 'vek.db-wal'), '');
    expect(untouched(folder)).toMatchObject({ refs: 1, how: { way: 'immutable' } });
  });
});

describe('beside a living writer', () => {
  it('every commit is seen, and its files stay as they are', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables');
    for (let count = 1; count <= 5; count += 1) {
      await writer.run('put');
      expect(untouched(folder)).toMatchObject({ refs: count, how: { way: 'copy' } });
    }
    await writer.run('checkpoint', 'put');
    expect(untouched(folder).refs).toBe(6);
  });

  it('an open transaction is not seen', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'begin', 'put');
    expect(untouched(folder).refs).toBe(1);
    await writer.run('commit');
    expect(untouched(folder).refs).toBe(2);
  });

  it('the writer closes after a look and clears its files', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put');
    refsAt(folder);
    await writer.run('close');
    expect(names(folder)).toEqual(['vek.db']);
    expect(untouched(folder)).toMatchObject({ refs: 1, how: { way: 'immutable' } });
  });

  it('the writer closes while we look and clears its files', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put');
    await writer.run('closeLater 100');
    const looked = look(join(folder, 'vek.db'), (db) => {
      const first = countRefs(db);
      sleep(400);
      expect(names(folder)).toEqual(['vek.db']);
      return [first, countRefs(db)];
    });
    expect(looked).toEqual({ ok: true, value: [1, 1] });
    expect(names(folder)).toEqual(['vek.db']);
  });

  it('a store too large to copy is read in place, with its files as they are', async () => {
    const folder = freshFolder();
    const megabytes = limits.copyBytes / 1024 / 1024 + 1;
    const writer = await writing(folder, 'wal', 'tables', `big ${megabytes}`, 'checkpoint', 'put');
    expect(untouched(folder)).toMatchObject({ refs: 1, how: { way: 'shared' } });
    await writer.run('put');
    expect(untouched(folder)).toMatchObject({ refs: 2, how: { way: 'shared' } });
    await writer.run('close');
    expect(names(folder)).toEqual(['vek.db']);
  });

  it('a look is one moment, also when the writer commits during it', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put');
    let calls = 0;
    const looked = look(join(folder, 'vek.db'), (db) => {
      calls += 1;
      const first = countRefs(db);
      execFileSync(process.execPath, ['-e', putScript, '--', join(folder, 'vek.db')], { cwd: projectRoot });
      return [first, countRefs(db)];
    });
    expect(looked).toEqual({ ok: true, value: [1, 1] });
    expect(calls).toBe(1);
    expect(refsAt(folder).refs).toBe(2);
    await writer.end();
  });
});

const putScript = `
const db = new (require('better-sqlite3'))(process.argv[1]);
db.prepare('INSERT INTO refs VALUES (?, ?)').run('n' + process.pid, 'x');
db.close();`;

function putByAnother(folder: string): void {
  execFileSync(process.execPath, ['-e', putScript, '--', join(folder, 'vek.db')], { cwd: projectRoot });
}

describe('a writer that starts during an unlocked look', () => {
  it('makes us look again', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    let calls = 0;
    const looked = look(join(folder, 'vek.db'), (db) => {
      calls += 1;
      if (calls === 1) putByAnother(folder);
      return countRefs(db);
    });
    expect(looked).toEqual({ ok: true, value: 2 });
    expect(calls).toBe(2);
  });

  it('and never stops gives “busy”', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    const looked = look(join(folder, 'vek.db'), (db) => {
      putByAnother(folder);
      return countRefs(db);
    });
    expect(looked).toMatchObject({ ok: false, error: { kind: 'busy' } });
  });

  it('and stays makes us change to its log', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    const staying = await writing(folder, 'putLater 50');
    const ways: string[] = [];
    const looked = look(join(folder, 'vek.db'), (db, how) => {
      ways.push(how.way);
      if (ways.length === 1) sleep(300);
      return countRefs(db);
    });
    expect(looked).toEqual({ ok: true, value: 2 });
    expect(ways).toEqual(['immutable', 'copy']);
    await staying.run('close');
    expect(names(folder)).toEqual(['vek.db']);
  });
});

describe('after a crash', () => {
  it('-wal and -shm are read and stay as they are', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put 4');
    await writer.crash();
    expect(names(folder)).toEqual(['vek.db', 'vek.db-shm', 'vek.db-wal']);
    expect(untouched(folder)).toMatchObject({ refs: 4, how: { way: 'copy' } });
  });

  it('a large store with -wal and -shm is read and stays as it is', async () => {
    const folder = freshFolder();
    const megabytes = limits.copyBytes / 1024 / 1024 + 1;
    const writer = await writing(folder, 'wal', 'tables', `big ${megabytes}`, 'checkpoint', 'put 4');
    await writer.crash();
    expect(names(folder)).toEqual(['vek.db', 'vek.db-shm', 'vek.db-wal']);
    expect(untouched(folder).refs).toBe(4);
  });

  it('-wal without -shm is read from a copy, which goes again', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put 4');
    await writer.crash();
    rmSync(join(folder, 'vek.db-shm'));
    expect(untouched(folder)).toMatchObject({ refs: 4, how: { way: 'copy' } });
    expect(names(join(testDataFolder, 'scratch'))).toHaveLength(1);
    dropKeptCopies();
    expect(names(join(testDataFolder, 'scratch'))).toHaveLength(0);
  });

  it('a half-done transaction with a rollback journal is not seen', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'tables', 'put 3', 'spill');
    await writer.crash();
    expect(names(folder)).toEqual(['vek.db', 'vek.db-journal']);
    const before = folderState(folder);
    const looked = look(join(folder, 'vek.db'), (db, how) => ({
      hashes: db.prepare<[], string>('SELECT DISTINCT hash FROM refs').pluck().all(),
      objects: db.prepare<[], number>('SELECT count(*) FROM objects').pluck().get(),
      way: how.way,
    }));
    expect(looked).toEqual({ ok: true, value: { hashes: ['h'.repeat(64)], objects: 0, way: 'copy' } });
    expect(folderState(folder)).toEqual(before);
  });

  it('copies that a crashed process left are cleared by the next one', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put');
    await writer.crash();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const data = mkdtempSync(join(tmpdir(), 'vekscope-stale-'));
    const stale = join(data, 'scratch', `${gone}-0-abcdef`);
    mkdirSync(stale, { recursive: true });
    lookInChild(folder, { VEKSCOPE_DATA: data }, '');
    expect(names(join(data, 'scratch'))).toEqual([]);
    expect(existsSync(stale)).toBe(false);
  });
});

/** Looks from another process, where `first` runs before anything is loaded; returns what it prints. */
function lookInChild(folder: string, env: Record<string, string>, first: string): unknown {
  const source = `${first}
    const { look } = await import(${JSON.stringify(join(projectRoot, 'src/core/storage/look.ts'))});
    const result = look(${JSON.stringify(join(folder, 'vek.db'))}, (db, how) => ({
      refs: db.prepare('SELECT count(*) AS n FROM refs').get().n, way: how.way,
    }));
    console.log(JSON.stringify(result));`;
  const { SQLITE_USE_URI: _, ...rest } = process.env;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: projectRoot,
    env: { ...rest, ...env },
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

const asNobody = `process.setgroups([]); process.setgid(${nobody}); process.setuid(${nobody});`;

/** Whether another user can load our source, which a private checkout forbids. */
function othersReadUs(): boolean {
  if (!root) return false;
  const child = spawnSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(join(projectRoot, 'package.json'))})`],
    {
      uid: nobody,
      gid: nobody,
    },
  );
  return child.status === 0;
}

function forNobody(folder: string): Record<string, string> {
  chmodSync(join(folder, '..'), 0o755);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-nobody-'));
  chownSync(data, nobody, nobody);
  return { VEKSCOPE_DATA: data };
}

describe.runIf(othersReadUs())('as a user who may only read', () => {
  it('a quiet store is read', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put 3', 'close');
    await writer.end();
    chmodSync(folder, 0o555);
    const before = folderState(folder);
    expect(lookInChild(folder, forNobody(folder), asNobody)).toEqual({
      ok: true,
      value: { refs: 3, way: 'immutable' },
    });
    expect(folderState(folder)).toEqual(before);
  });

  it('a store with a living writer is read', async () => {
    const folder = freshFolder();
    await writing(folder, 'wal', 'tables', 'put 3');
    chmodSync(folder, 0o555);
    const before = folderState(folder);
    expect(lookInChild(folder, forNobody(folder), asNobody)).toEqual({
      ok: true,
      value: { refs: 3, way: 'copy' },
    });
    expect(folderState(folder)).toEqual(before);
  });

  it('a large store with a living writer is read', async () => {
    const folder = freshFolder();
    const megabytes = limits.copyBytes / 1024 / 1024 + 1;
    await writing(folder, 'wal', 'tables', `big ${megabytes}`, 'checkpoint', 'put 3');
    chmodSync(folder, 0o555);
    const before = folderState(folder);
    expect(lookInChild(folder, forNobody(folder), asNobody)).toEqual({
      ok: true,
      value: { refs: 3, way: 'shared' },
    });
    expect(folderState(folder)).toEqual(before);
  });

  it('a file that this user may not read is named', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    chmodSync(join(folder, 'vek.db'), 0o600);
    expect(lookInChild(folder, forNobody(folder), asNobody)).toMatchObject({
      ok: false,
      error: { kind: 'io' },
    });
  });
});

it('without an app folder a store beside a writer is read in place, and others say what is missing', async () => {
  const folder = freshFolder();
  const writer = await writing(folder, 'wal', 'tables', 'put 2');
  const data = join(folder, '..', 'no-folder');
  writeFileSync(data, 'a file where the app folder should be');
  const seen = lookInChild(folder, { VEKSCOPE_DATA: data }, '');
  expect(seen).toEqual({ ok: true, value: { refs: 2, way: 'shared' } });
  await writer.crash();
  rmSync(join(folder, 'vek.db-shm'));
  const failed = lookInChild(folder, { VEKSCOPE_DATA: data }, '') as { error: { message: string } };
  expect(failed.error.message).toContain(data);
});

describe('a host that forgot URI names', () => {
  it('is told at the first look', async () => {
    const folder = freshFolder();
    const writer = await writing(folder, 'wal', 'tables', 'put', 'close');
    await writer.end();
    const first = `const { default: D } = await import('better-sqlite3'); new D(':memory:').close();`;
    expect(() => lookInChild(folder, { VEKSCOPE_DATA: testDataFolder }, first)).toThrow(
      'SQLITE_USE_URI=1 must be set',
    );
    expect(names(folder)).toEqual(['vek.db']);
  });
});

it('the signature moves with every commit and with nothing else', async () => {
  const folder = freshFolder();
  const db = join(folder, 'vek.db');
  expect(storeSignature(db)).toBeNull();
  const writer = await writing(folder, 'wal', 'tables', 'put');
  const first = storeSignature(db);
  refsAt(folder);
  expect(storeSignature(db)).toBe(first);
  sleep(20);
  await writer.run('put');
  const second = storeSignature(db);
  expect(second).not.toBe(first);
  await writer.run('close');
  expect(storeSignature(db)).not.toBe(second);
});
