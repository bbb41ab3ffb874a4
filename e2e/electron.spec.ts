import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { findElectron } from '../scripts/lib/electron.mjs';
import { hasScreen, rootSwitches } from '../scripts/lib/find-browser.mjs';
import { copyGolden } from '../test/support/goldens.ts';
import { packInto } from '../test/support/packed.ts';
import { projectRoot } from '../test/support/peers.ts';
import { dialog, expectAgreement, graph } from './support/vek.ts';

/** The same as `desktop.spec.ts`, in Electron itself, wherever its runtime is. */
const program = findElectron();
test.skip(program === null, "Electron's runtime is not installed (npm start -- --electron gets it)");

let folder = '';
let data = '';

test.beforeEach(() => {
  folder = copyGolden('linear');
  data = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
});
test.afterEach(() => {
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true, maxRetries: 10 });
});

async function launch(
  ...args: string[]
): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [...rootSwitches(), projectRoot, ...args],
    env: { ...(process.env as Record<string, string>), VEKSCOPE_DATA: data },
  });
  return { app, page: await app.firstWindow() };
}

/** Chooses an entry of the native menu, as a person does. */
const choose = (app: ElectronApplication, id: string) =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);

test.describe('with a screen', () => {
  test.skip(!hasScreen(), 'there is no screen for the desktop window');

  test('the window opens a repository, isolated from Node and from every network', async () => {
    const { app, page } = await launch(folder);
    await expect(page).toHaveURL('app://vekscope/index.html');
    await expect(graph(page).grid).toHaveAttribute('aria-rowcount', '25');
    const names = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
    );
    expect(names).toEqual([]);
    await expect(page.evaluate(() => fetch('https://example.com').then(() => 'answered'))).rejects.toThrow();
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
    });
    await app.close();
  });

  test('a fork by the native menu is in the store, and the window comes back where it was', async () => {
    const first = await launch(folder);
    await graph(first.page).row('c9044947').click();
    await expect
      .poll(() =>
        first.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('fork')?.enabled),
      )
      .toBe(true);
    await choose(first.app, 'fork');
    await dialog(first.page).getByLabel('Name of the branch').fill('by-menu');
    await expect(dialog(first.page).getByRole('listitem')).toContainText('by-menu');
    await first.page.keyboard.press('Enter');
    await expect(graph(first.page).row('c9044947')).toContainText('by-menu');
    expectAgreement(folder, data, { branches: ['by-menu', 'main'], head: 'main' });
    const placed = await first.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setBounds({ x: 60, y: 80, width: 1100, height: 700 });
      return window?.getNormalBounds();
    });
    await first.app.close();

    const second = await launch(folder);
    await expect(graph(second.page).row('c9044947')).toContainText('by-menu');
    const found = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    );
    expect(found).toEqual(placed);
    await second.app.close();
  });

  test('a second start hands its folder over and ends', async () => {
    const other = copyGolden('forked');
    const { app, page } = await launch(folder);
    await expect(graph(page).grid).toBeVisible();
    const second = spawnSync(program ?? '', [...rootSwitches(), projectRoot, other], {
      env: { ...process.env, VEKSCOPE_DATA: data },
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(second.status).toBe(0);
    await expect(graph(page).row('retry').first()).toBeVisible();
    await app.close();
    rmSync(other, { recursive: true, force: true });
  });
});

test('the packed program has its fuses set, and refuses to be looked into', async () => {
  test.skip(process.platform !== 'linux', 'packs for Linux only');
  const output = join(data, 'dist');
  packInto(output, dirname(program ?? ''), 'linux', process.arch);
  const packed = join(
    output,
    process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
    'vekscope',
  );
  const wire = await getCurrentFuseWire(packed);
  expect(wire[FuseV1Options.RunAsNode]).toBe('0'.charCodeAt(0));
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe('1'.charCodeAt(0));
  const env = { ...process.env, VEKSCOPE_DATA: data, ELECTRON_RUN_AS_NODE: '1' };
  expect(execFileSync(packed, [...rootSwitches(), '--version'], { env, encoding: 'utf8' })).toMatch(
    /^Vekscope \d/,
  );
  expect(
    spawnSync(packed, [...rootSwitches(), '--remote-debugging-port=0'], { env, timeout: 30_000 }).status,
  ).toBe(2);
});
