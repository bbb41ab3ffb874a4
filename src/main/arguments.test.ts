import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments, readLink, refusedSwitch } from './arguments.ts';

const cwd = mkdtempSync(join(tmpdir(), 'vekscope-arguments-'));
mkdirSync(join(cwd, 'run', '.vek'), { recursive: true });
mkdirSync(join(cwd, '-odd'));
writeFileSync(join(cwd, 'run', '.vek', 'HEAD'), 'main');
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const read = (...args: string[]) => readArguments({ args, cwd });
const link = `vekscope:/some/run#${'0a'.repeat(32)}`;

describe('the command line', () => {
  it('names a folder, the store in it or a file of that, where the command was given', () => {
    expect(read('run')).toEqual({ kind: 'folder', path: join(cwd, 'run') });
    expect(read('run/.vek')).toEqual({ kind: 'folder', path: join(cwd, 'run', '.vek') });
    expect(read('run/.vek/HEAD')).toEqual({ kind: 'folder', path: join(cwd, 'run', '.vek', 'HEAD') });
    expect(read(cwd)).toEqual({ kind: 'folder', path: cwd });
    expect(read('.')).toEqual({ kind: 'folder', path: cwd });
  });

  it('may hold switches of Chromium, and ends them with --', () => {
    expect(read('--no-sandbox', 'run', '--lang=de')).toMatchObject({ path: join(cwd, 'run') });
    expect(read('--', '-odd')).toEqual({ kind: 'folder', path: join(cwd, '-odd') });
    expect(read()).toEqual({ kind: 'welcome' });
    expect(read('')).toEqual({ kind: 'welcome' });
    expect(read('--sample')).toEqual({ kind: 'sample' });
    expect(read('--version')).toEqual({ kind: 'version' });
  });

  it('says what is wrong with it, and what to do', () => {
    for (const args of [['none'], ['run', 'run'], ['vekscope:nothing'], ['/dev/null']]) {
      const wanted = read(...args);
      expect(wanted, String(args)).toMatchObject({
        kind: 'bad',
        hint: expect.stringMatching(/\.$/) as string,
      });
    }
  });

  it('says so where a path can not be looked at', () => {
    for (const path of ['x'.repeat(5000), 'a\0b']) {
      expect(read(path), path.slice(0, 9)).toMatchObject({
        kind: 'bad',
        message: expect.stringContaining('looked at') as string,
      });
    }
  });

  it('takes no link whose folder would change the question about it', () => {
    for (const path of ['/run%0A%0AIt is known', '/run/%E2%80%AEgpj.', '/run%1B%5B2J', '/run%E2%80%8B']) {
      expect(readLink(`vekscope:${path}#${'0a'.repeat(32)}`), path).toMatchObject({ kind: 'bad' });
    }
    expect(readLink(`vekscope:/l%C3%A4ufe/%E6%A4%9C%E7%B4%A2#${'0a'.repeat(32)}`)).toMatchObject({
      kind: 'link',
      folder: '/läufe/検索',
    });
  });

  it('may be a link to a call, but not on another machine', () => {
    expect(read(link)).toEqual({ kind: 'link', link, folder: '/some/run' });
    expect(read(link.replace('vekscope', 'VEKSCOPE'))).toMatchObject({ kind: 'link' });
    for (const path of ['%5C%5Cserver%5Cshare', '%2F%2Fserver/share', '/%2Fserver/share', 'relative', '']) {
      expect(readLink(`vekscope:${path}#${'0a'.repeat(32)}`), path).toMatchObject({ kind: 'bad' });
    }
  });
});

it('switches that look into the program are found in every form', () => {
  for (const args of [
    ['--inspect'],
    ['--inspect=0.0.0.0:9229'],
    ['run', '--inspect-brk'],
    ['--remote-debugging-port=1'],
    ['-remote-debugging-pipe'],
    ['--js-flags=--allow-natives-syntax'],
    ['--disable-web-security'],
  ]) {
    expect(refusedSwitch(args), String(args)).not.toBeNull();
  }
  expect(refusedSwitch(['--no-sandbox', '--lang=de', 'run', '--sample'])).toBeNull();
});
