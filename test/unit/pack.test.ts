import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../support/peers.ts';

/** How Electron marks the place of its fuses in the program, and the order of the eight that are known. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserSnapshot',
  'grantFileProtocol',
];

const folder = mkdtempSync(join(tmpdir(), 'vekscope-pack-'));
const packed = join(folder, 'dist', 'linux-unpacked');
const node = (script: string, args: readonly string[]) =>
  spawnSync(process.execPath, [join(projectRoot, script), ...args], { cwd: projectRoot, encoding: 'utf8' });
let files: string[] = [];

beforeAll(() => {
  if (!existsSync(join(projectRoot, 'out', 'main', 'index.js'))) node('scripts/build.mjs', []);
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime);
  writeFileSync(join(runtime, 'electron'), `program ${SENTINEL}\u0001\u0008${'1'.repeat(FUSES.length)} end`);
  const made = node('node_modules/electron-builder/cli.js', [
    '--linux',
    'dir',
    '--x64',
    '--publish',
    'never',
    `-c.electronDist=${runtime}`,
    `-c.directories.output=${join(folder, 'dist')}`,
  ]);
  if (made.status !== 0) throw new Error(made.stdout + made.stderr);
  const archive = join(packed, 'resources', 'app.asar');
  files = node('node_modules/@electron/asar/bin/asar.js', ['list', archive]).stdout.split('\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('packs the built program with what it needs at run time, and nothing that was bundled or is only for building', () => {
  const needed = [
    '/out/main/index.js',
    '/out/main/engine.js',
    '/out/main/job-worker.js',
    '/out/preload/index.cjs',
  ];
  expect(files).toEqual(expect.arrayContaining([...needed, '/out/renderer/index.html', '/package.json']));
  expect(files).toContain('/node_modules/better-sqlite3/lib/index.js');
  for (const folderName of ['src', 'test', 'e2e', 'scripts', 'bench', 'resources']) {
    expect(files.filter((file) => file.startsWith(`/${folderName}/`))).toEqual([]);
  }
  for (const bundled of [
    'react',
    'monaco-editor',
    '@xyflow',
    'electron',
    'typescript',
    'better-sqlite3/deps',
  ]) {
    expect(
      files.filter((file) => file.startsWith(`/node_modules/${bundled}/`)),
      bundled,
    ).toEqual([]);
  }
});

it('keeps the addon for this platform only, beside the archive, where the system can load it', () => {
  const prebuilds = files.filter((file) => /prebuilds\/.+\.node$/.test(file)).sort();
  expect(prebuilds).toEqual(
    ['linux-x64', 'linuxmusl-x64'].map((name) => `/node_modules/better-sqlite3/prebuilds/${name}.node`),
  );
  for (const file of prebuilds) {
    expect(existsSync(join(packed, 'resources', 'app.asar.unpacked', file))).toBe(true);
  }
});

it('ships the sample beside the archive, from where it can be copied', () => {
  expect(existsSync(join(packed, 'resources', 'sample', 'dot-vek', 'vek.db'))).toBe(true);
});

it('turns off every way to use the program as a bare Node', () => {
  const program = readFileSync(join(packed, 'vekscope'), 'latin1');
  const wire = program.slice(program.indexOf(SENTINEL) + SENTINEL.length + 2).slice(0, FUSES.length);
  const on = FUSES.filter((_name, place) => wire[place] === '1');
  expect(on).toEqual(['cookieEncryption', 'asarIntegrity', 'onlyLoadAppFromAsar']);
});
