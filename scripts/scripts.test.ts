import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { copyGolden } from '../test/support/goldens.ts';
import { projectRoot } from '../test/support/peers.ts';
import { browserLaunch, findChromium, findTestBrowser } from './lib/find-browser.mjs';
import { installByApt } from './lib/get-browser.mjs';
import { tallyOfPlaywright } from './lib/playwright-tally.mjs';
import { readStartOptions } from './lib/start-options.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-scripts-'));
const repository = copyGolden('forked');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(repository, { recursive: true, force: true });
});

const start = join(projectRoot, 'scripts', 'start.mjs');
const read = (args: readonly string[], env: Record<string, string> = {}) =>
  readStartOptions(args, env, folder);

describe('the arguments of npm start', () => {
  it('name a folder seen from where the command was given', () => {
    expect(read(['.']).options).toMatchObject({
      folder,
      browser: false,
      open: true,
      port: 0,
      electron: false,
    });
    expect(read([]).options?.folder).toBeNull();
  });

  it('name a call by its link, which is handed on as it is', () => {
    const link = `vekscope:/some/folder#${'ab'.repeat(32)}`;
    expect(read([link]).options).toMatchObject({ folder: link });
    expect(read([link, '.']).error).toMatch(/One folder/);
  });

  it('choose the host', () => {
    expect(read(['--browser']).options).toMatchObject({ browser: true, open: true });
    expect(read(['--no-open', '.']).options).toMatchObject({ open: false, folder });
    expect(read(['.', '--port', '8080']).options).toMatchObject({ port: 8080, browser: true });
    expect(read(['--port=0']).options).toMatchObject({ port: 0, browser: true });
    expect(read(['--electron']).options).toMatchObject({ electron: true });
  });

  it('are found again where npm took them for its own', () => {
    expect(read(['.'], { npm_config_browser: 'true' }).options).toMatchObject({ folder, browser: true });
    expect(read(['.'], { npm_config_browser: 'firefox' }).options).toMatchObject({ folder, browser: false });
    expect(read([], { npm_config_open: '' }).options).toMatchObject({ open: false });
    expect(read(['.', '5000'], { npm_config_port: 'true' }).options).toMatchObject({ folder, port: 5000 });
    expect(read([], { npm_config_port: '5000' }).options).toMatchObject({ port: 5000 });
  });

  it('are refused in words', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(read(['none']).error).toBe(`There is no folder ${join(folder, 'none')}.`);
    expect(read(['file']).error).toBe(`${join(folder, 'file')} is not a folder.`);
    expect(read(['.', '..']).error).toContain('One folder');
    expect(read(['--bad']).error).toBe('There is no option --bad.');
    for (const port of ['x', '-1', '70000', ''])
      expect(read(['--port', port]).error).toContain('--port needs');
    expect(read(['--electron', '--no-open']).error).toContain('--electron goes with');
  });
});

describe('npm start', () => {
  it('says what is wrong with a folder and ends with code 2', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [start, join(folder, 'none')], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^There is no folder /);
  });

  it('prints only the address with --no-open, which answers, and ends its server with itself', async () => {
    const child = spawn(process.execPath, [start, '--no-open', repository], {
      env: { ...process.env, VEKSCOPE_DATA: folder, DISPLAY: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => lines.push(line));
    await once(output, 'line');
    const [address] = lines;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect((await fetch(address!)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(lines).toHaveLength(1);
    await expect(fetch(address!)).rejects.toThrow();
  });
});

/** Puts empty programs alone on the PATH, and gives the path of one. */
function programs(...names: readonly string[]): (name: string) => string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const file = (name: string) => join(bin, process.platform === 'win32' ? `${name}.exe` : name);
  for (const name of names) writeFileSync(file(name), '');
  vi.stubEnv('PATH', bin);
  vi.stubEnv('VEKSCOPE_CHROMIUM', '');
  return file;
}

describe('the browser', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is a headless shell for tests where there is one, and never one for a window', () => {
    const file = programs('chromium', 'google-chrome', 'chromium-headless-shell');
    expect(findTestBrowser()).toBe(file('chromium-headless-shell'));
    expect(findChromium()).toBe(file('chromium'));
    programs('chromium-headless-shell');
    expect(findChromium() ?? '').not.toContain('headless');
    const only = programs('google-chrome');
    expect([findTestBrowser(), findChromium()]).toEqual([only('google-chrome'), only('google-chrome')]);
  });

  it('is the one that is named, except for a window that a headless shell can not show', () => {
    const file = programs('chromium', 'google-chrome', 'chromium-headless-shell');
    vi.stubEnv('VEKSCOPE_CHROMIUM', file('google-chrome'));
    expect([findTestBrowser(), findChromium()]).toEqual([file('google-chrome'), file('google-chrome')]);
    vi.stubEnv('VEKSCOPE_CHROMIUM', file('chromium-headless-shell'));
    expect(findTestBrowser()).toBe(file('chromium-headless-shell'));
    expect(findChromium()).toBe(file('chromium'));
  });

  it('is none where the named one is not there, so that nobody takes another for it', () => {
    const file = programs('chromium', 'chromium-headless-shell');
    mkdirSync(file('folder'));
    for (const name of ['missing', 'folder']) {
      vi.stubEnv('VEKSCOPE_CHROMIUM', file(name));
      expect([findTestBrowser(), findChromium()]).toEqual([null, null]);
    }
    expect(browserLaunch()).not.toHaveProperty('executablePath');
    expect(browserLaunch(file('chromium'))).toMatchObject({ executablePath: file('chromium') });
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'is installed by apt: a headless shell, else a whole Chromium, and once more with a new list of packages',
    async () => {
      const file = programs('apt-get');
      const asked = (refused: string) => {
        const script = `#!/bin/sh\necho "$*" >> ${file('log')}\ncase "$*" in ${refused}) exit 100;; esac\n`;
        writeFileSync(file('log'), '');
        writeFileSync(file('apt-get'), script);
        chmodSync(file('apt-get'), 0o755);
      };
      const log = () =>
        readFileSync(file('log'), 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split(' ').at(-1));
      const both = ['chromium-headless-shell', 'chromium'];
      asked('none');
      expect(await installByApt(both)).toBe(true);
      expect(log()).toEqual(['chromium-headless-shell']);
      asked('*headless-shell');
      expect(await installByApt(both)).toBe(true);
      expect(log()).toEqual(both);
      asked('install*');
      expect(await installByApt(both)).toBe(false);
      expect(log()).toEqual([...both, 'update', ...both]);
    },
  );
});

const spec = (title: string, status: string, more: object = {}) => ({
  title,
  tests: [{ status, annotations: [], ...more }],
});

it('counts what Playwright reports: skipped tests with their reason, repeated ones with what failed at first', () => {
  const skipped = spec('c', 'skipped', { annotations: [{ type: 'skip', description: 'no screen' }] });
  const repeated = spec('b', 'flaky', {
    results: [
      { status: 'failed', error: { message: '\u001b[31mError: gone\u001b[39m\n\n  more' } },
      { status: 'passed' },
    ],
  });
  const inner = { title: 'group', specs: [repeated, skipped, spec('d', 'unexpected')] };
  const report = {
    suites: [{ title: 'a.spec.ts', specs: [spec('a', 'expected')], suites: [inner] }],
    errors: [{ message: 'lost' }],
  };
  expect(tallyOfPlaywright(report)).toEqual({
    passed: 2,
    failed: ['e2e > a.spec.ts > group > d', 'e2e: lost'],
    skipped: [{ name: 'e2e > a.spec.ts > group > c', reason: 'no screen' }],
    repeated: [{ name: 'e2e > a.spec.ts > group > b', reason: 'Error: gone' }],
  });
});
