import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngineProcess } from '../support/engine-process.ts';
import { copyGolden } from '../support/goldens.ts';
import { packInto, runtimePackages, standInRuntime } from '../support/packed.ts';
import { projectRoot } from '../support/peers.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-pack-'));
const packed = join(
  folder,
  'dist',
  process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
);
const resources = join(packed, 'resources');
const archive = join(resources, 'app.asar');
let files: readonly string[] = [];

beforeAll(() => {
  if (!existsSync(join(projectRoot, 'out', 'main', 'index.js')))
    throw new Error('Nothing is built yet: npm run build');
  packInto(join(folder, 'dist'), standInRuntime(join(folder, 'runtime')), 'linux', process.arch);
  files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const below = (path: string) => files.filter((file) => file.startsWith(`${path}/`));
/** the names right below a folder of the archive */
const inside = (path: string) =>
  [...new Set(below(path).map((file) => file.slice(path.length + 1).split('/')[0]!))].sort();

/** a text of the packed window */
const bundled = (file: string) => readFileSync(join(folder, 'read', 'out', 'renderer', file), 'utf8');

describe('the archive', () => {
  it('holds the built program, its licence and its packages, and nothing else', () => {
    expect(inside('')).toEqual(['LICENSE', 'node_modules', 'out', 'package.json']);
    expect(inside('/out')).toEqual(['main', 'preload', 'renderer']);
    expect(inside('/out/preload')).toEqual(['index.cjs']);
    expect(inside('/out/main')).toEqual(expect.arrayContaining(['engine.js', 'index.js', 'job-worker.js']));
    expect(below('/out/main').filter((file) => !/^[\w-]+\.js$/.test(file.split('/').at(-1)!))).toEqual([]);
    expect(inside('/out/renderer')).toEqual(
      ['assets', 'icon.svg', 'index.html', 'licences', 'third-party.md'].sort(),
    );
  });

  it('holds exactly the packages that are needed at run time', () => {
    const names = inside('/node_modules').flatMap((name) =>
      name.startsWith('@') ? inside(`/node_modules/${name}`).map((part) => `${name}/${part}`) : [name],
    );
    expect(names.filter((name) => !name.startsWith('.')).sort()).toEqual(
      runtimePackages().filter((name) => !name.includes('/node_modules/')),
    );
  });

  it('holds no sources, tests, maps or tools', () => {
    const odd =
      /\.(?:[cm]?ts|tsx|map|test\.[cm]?js|md5|gyp|c|cpp|h|sh|ya?ml)$|\/(?:test|tests|__tests__|e2e|bench|scripts|\.github)\//;
    expect(files.filter((file) => odd.test(file))).toEqual([]);
  });

  it('says which version it is, and keeps to itself how it is built', () => {
    extractAll(archive, join(folder, 'read'));
    const text = readFileSync(join(folder, 'read', 'package.json'), 'utf8');
    const shipped = JSON.parse(text) as Record<string, unknown>;
    const own = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(shipped).toMatchObject({
      version: own['version'],
      main: 'out/main/index.js',
      type: 'module',
      desktopName: 'vekscope.desktop',
    });
    expect(shipped).not.toHaveProperty('devDependencies');
    expect(shipped).not.toHaveProperty('scripts');
  });

  it('brings the licences of what is bundled', () => {
    const notices = bundled('third-party.md');
    for (const name of [
      'react',
      'react-dom',
      'monaco-editor',
      '@xyflow/react',
      'zustand',
      'lucide-react',
      'zod',
    ]) {
      expect(notices, name).toMatch(new RegExp(`^## ${name} - `, 'm'));
    }
    for (const font of ['inter', 'jetbrains-mono']) expect(bundled(`licences/${font}.txt`)).toContain('OFL');
    for (const name of ['better-sqlite3', 'ws', 'zod']) {
      expect(
        inside(`/node_modules/${name}`).some((file) => /^licen[cs]e/i.test(file)),
        name,
      ).toBe(true);
    }
    expect(existsSync(join(packed, 'LICENSE.electron.txt'))).toBe(true);
    expect(existsSync(join(packed, 'LICENSES.chromium.html'))).toBe(true);
  });
});

describe('beside the archive', () => {
  it('lies the addon for this platform only, where the system can load it', () => {
    const prebuilds = files.filter((file) => file.endsWith('.node')).sort();
    expect(prebuilds).toEqual(
      [`linux-${process.arch}`, `linuxmusl-${process.arch}`].map(
        (name) => `/node_modules/better-sqlite3/prebuilds/${name}.node`,
      ),
    );
    const unpacked = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(`${archive}.unpacked`.length));
    expect(unpacked.sort()).toEqual(prebuilds);
  });

  it('lies the sample, from where it can be copied, and the icon', () => {
    expect(existsSync(join(resources, 'sample', 'dot-vek', 'vek.db'))).toBe(true);
    expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked', 'icon.png', 'sample']);
  });

  it('lies nothing that asks for updates', () => {
    expect(
      readdirSync(packed, { recursive: true }).filter((name) =>
        /app-update|latest.*\.yml/.test(String(name)),
      ),
    ).toEqual([]);
    expect(inside('/node_modules')).not.toContain('electron-updater');
  });
});

it("takes the addon of the platform that it is packed for, not of this one's", () => {
  packInto(join(folder, 'dist'), standInRuntime(join(folder, 'windows'), 'electron.exe'), 'win', 'arm64');
  const all = listPackage(join(folder, 'dist', 'win-arm64-unpacked', 'resources', 'app.asar'), {
    isPack: false,
  });
  const names = all.map((file) => file.replaceAll('\\', '/'));
  expect(names.filter((file) => file.endsWith('.node'))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/win32-arm64.node',
  ]);
  expect(names.filter((file) => file.startsWith('/src/'))).toEqual([]);
});

it('is complete: the packed engine opens a repository with the files of the package alone', async () => {
  const alone = join(folder, 'read');
  const repository = copyGolden('linear');
  const engine = startEngineProcess(join(alone, 'out', 'main', 'engine.js'), {
    dataDir: mkdtempSync(join(folder, 'data-')),
    roots: null,
    initial: null,
    sample: null,
    version: '0',
    host: 'electron',
  });
  const opened = await engine.client.workspace.open({ path: repository });
  if (!opened.ok) throw new Error(`${opened.error.message} ${engine.errors()}`);
  const [source] = opened.value.sources;
  const rows = await engine.client.vek.rows({
    source: source!.id,
    view: { filter: '', focus: [] },
    start: 0,
    count: 5,
  });
  expect(rows).toMatchObject({ ok: true, value: { total: 25 } });
  expect(await engine.close()).toBe(0);
  rmSync(repository, { recursive: true, force: true });
});

it('can not be used as a bare Node, looked into, or given other code', async () => {
  const program = join(packed, 'vekscope');
  const wire = await getCurrentFuseWire(program);
  const on = (name: FuseV1Options) => wire[name] === '1'.charCodeAt(0);
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    snapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    integrity: true,
    onlyAsar: true,
    snapshot: false,
    fileProtocol: false,
  });
});
