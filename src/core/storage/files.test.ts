import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testDataFolder } from '../../../test/support/data-folder.ts';
import { dataDir, dataDirPath } from './data-dir.ts';
import { resolveInside } from './inside.ts';
import { appendDurably, replaceFile } from './replace.ts';

function freshFolder(): string {
  return realpathSync.native(mkdtempSync(join(tmpdir(), 'vekscope-files-')));
}

describe('replaceFile', () => {
  it('makes and replaces a file, and leaves nothing else', () => {
    const folder = freshFolder();
    const path = join(folder, 'HEAD');
    replaceFile(path, 'ref: main\n');
    expect(readFileSync(path, 'utf8')).toBe('ref: main\n');
    replaceFile(path, Buffer.from([1, 2, 0xff]));
    expect(readFileSync(path)).toEqual(Buffer.from([1, 2, 0xff]));
    expect(readdirSync(folder)).toEqual(['HEAD']);
  });

  it.skipIf(process.platform === 'win32')('keeps the mode of the file', () => {
    const path = join(freshFolder(), 'HEAD');
    writeFileSync(path, 'a');
    chmodSync(path, 0o640);
    replaceFile(path, 'b');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('leaves the old file and no other when it can’t', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'HEAD'));
    expect(() => replaceFile(join(folder, 'HEAD'), 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['HEAD']);
  });
});

describe('appendDurably', () => {
  it('adds lines, and ends a line that a crash cut', () => {
    const path = join(freshFolder(), 'log');
    appendDurably(path, 'one');
    appendDurably(path, 'twö');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwö\n');
    writeFileSync(path, 'one\n{"cut');
    appendDurably(path, 'three');
    expect(readFileSync(path, 'utf8')).toBe('one\n{"cut\nthree\n');
    expect(() => appendDurably(path, 'a\nb')).toThrow();
  });
});

describe('the app folder', () => {
  it('follows the platform, and VEKSCOPE_DATA overrides it', () => {
    expect(dataDirPath({}, 'linux', '/home/a')).toBe('/home/a/.local/share/vekscope');
    expect(dataDirPath({ XDG_DATA_HOME: '/x' }, 'linux', '/home/a')).toBe('/x/vekscope');
    expect(dataDirPath({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/a')).toBe(
      '/home/a/.local/share/vekscope',
    );
    expect(dataDirPath({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Vekscope');
    expect(dataDirPath({ APPDATA: '/roaming' }, 'win32', '/a')).toBe(join('/roaming', 'Vekscope'));
    expect(dataDirPath({ VEKSCOPE_DATA: '/own' }, 'darwin', '/a')).toBe('/own');
    expect(dataDir()).toBe(testDataFolder);
  });
});

describe('resolveInside', () => {
  it('gives real paths inside, also of what is not there yet', () => {
    const root = freshFolder();
    mkdirSync(join(root, 'a'));
    symlinkSync(join(root, 'a'), join(root, 'link'));
    expect(resolveInside(root, join(root, 'link', 'new'))).toEqual({
      ok: true,
      value: join(root, 'a', 'new'),
    });
    expect(resolveInside(root, 'a')).toEqual({ ok: true, value: join(root, 'a') });
    expect(resolveInside(root, root)).toEqual({ ok: true, value: root });
    expect(resolveInside(root, join(root, '..dots'))).toEqual({ ok: true, value: join(root, '..dots') });
  });

  it('refuses what leads out', () => {
    const root = freshFolder();
    const other = freshFolder();
    writeFileSync(join(other, 'secret'), '');
    symlinkSync(other, join(root, 'out'));
    symlinkSync(join(other, 'secret'), join(root, 'file'));
    symlinkSync(join(other, 'not-there'), join(root, 'broken'));
    for (const path of ['out/secret', 'file', '..', '../x', other, `${root}-sibling`]) {
      expect(resolveInside(root, path), path).toMatchObject({ ok: false, error: { kind: 'refused' } });
    }
    expect(resolveInside(root, 'broken').ok).toBe(false);
    expect(resolveInside(root, 'no/folder')).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });
});
