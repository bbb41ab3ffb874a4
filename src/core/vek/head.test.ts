import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../storage/limits.ts';
import { branchOfHead, readHead, readHeadLock } from './head.ts';
import { findRepository, repositoryAt, type RepositoryPaths } from './paths.ts';

function fresh(): RepositoryPaths {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), 'vekscope-head-')));
  mkdirSync(join(root, '.vek'));
  return repositoryAt(root)!;
}

describe('HEAD (formats/vek.md §1)', () => {
  it.each([
    ['ref: main\n', 'main'],
    ['ref: main\r\n', 'main'],
    ['main', 'main'],
    ['  ref: a b \n\n', 'a b'],
    ['ref: ref: x\n', 'ref: x'],
    ['ref: \n', 'ref:'],
    ['ref:main\n', 'ref:main'],
    ['', ''],
    ['ref: two\nlines\n', 'two\nlines'],
    ['ref: two\r\nlines\r\n', 'two\nlines'],
    ['a'.repeat(64) + '\n', 'a'.repeat(64)],
    ['ref: tag/x\n', 'tag/x'],
    ['ref: füß 漢字\n', 'füß 漢字'],
    ['\x1c\x1f\x85\u00a0\u2028\u3000ref: x\x0b\x0c', 'x'],
    ['ref: x\u200b\n', 'x\u200b'],
    ['\ufeffref: x\n', '\ufeffref: x'],
  ])('%j names the branch %j', (text, branch) => {
    const paths = fresh();
    writeFileSync(paths.head, text);
    expect(readHead(paths)).toEqual({ state: 'branch', branch, text });
    expect(branchOfHead(text)).toBe(branch);
  });

  it('is missing, or unreadable in words', () => {
    const paths = fresh();
    expect(readHead(paths)).toEqual({ state: 'missing' });
    writeFileSync(paths.head, Buffer.from([0x72, 0xe9, 0x66]));
    expect(readHead(paths)).toEqual({ state: 'unreadable', reason: 'its bytes are not UTF-8 text' });
    writeFileSync(paths.head, 'x'.repeat(limits.headBytes + 1));
    expect(readHead(paths)).toMatchObject({ state: 'unreadable' });
    rmSync(paths.head);
    mkdirSync(paths.head);
    expect(readHead(paths)).toMatchObject({ state: 'unreadable', reason: 'it is not a file' });
  });

  it.skipIf(process.platform === 'win32')('that is a link out of the folder is not followed', () => {
    const paths = fresh();
    const secret = join(fresh().root, 'secret');
    writeFileSync(secret, 'ref: token-of-somebody\n');
    symlinkSync(secret, paths.head);
    expect(readHead(paths)).toMatchObject({ state: 'unreadable' });
  });
});

describe('HEAD.lock', () => {
  it('has an age by its modification time', () => {
    const paths = fresh();
    expect(readHeadLock(paths)).toBeNull();
    writeFileSync(paths.headLock, '1741078800.123');
    utimesSync(paths.headLock, 1_741_078_800, 1_741_078_800);
    const lock = { sinceMicros: 1_741_078_800_000_000, text: '1741078800.123' };
    expect(readHeadLock(paths, 1_741_078_800_000 + 299_000)).toEqual({ ...lock, stale: false });
    expect(readHeadLock(paths, 1_741_078_800_000 + 301_000)).toEqual({ ...lock, stale: true });
  });
});

describe('finding a repository', () => {
  it('goes up to a folder .vek, and only to a folder', () => {
    const { root, dir } = fresh();
    mkdirSync(join(root, 'a', 'b'), { recursive: true });
    writeFileSync(join(root, 'a', '.vek'), 'a file');
    for (const start of [root, dir, join(root, 'a', 'b')]) {
      expect(findRepository(start)).toMatchObject({
        ok: true,
        value: { root, dir, db: join(dir, 'vek.db') },
      });
    }
    symlinkSync(join(root, 'a', 'b'), join(root, 'link'));
    expect(findRepository(join(root, 'link'))).toMatchObject({ ok: true, value: { root } });
  });

  it('says where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vekscope-none-'));
    expect(findRepository(folder)).toMatchObject({ ok: false, error: { kind: 'not-a-repository' } });
    expect(findRepository(join(folder, 'x'))).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(repositoryAt(folder)).toBeNull();
    expect(repositoryAt(join(folder, 'x'))).toBeNull();
  });

  it('takes a folder of another name that holds a vek.db', () => {
    const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'vekscope-named-')));
    writeFileSync(join(folder, 'vek.db'), '');
    expect(repositoryAt(folder)).toMatchObject({ dir: folder });
  });
});
