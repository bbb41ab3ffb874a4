import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { findElectron } from '../scripts/lib/electron.mjs';
import { hasScreen, rootSwitches } from '../scripts/lib/find-browser.mjs';
import { copyGolden } from '../test/support/goldens.ts';
import { projectRoot } from '../test/support/peers.ts';

const program = findElectron();

test('the desktop window opens a repository, isolated from Node', async () => {
  test.skip(program === null, "Electron's runtime is not installed (npm start -- --electron gets it)");
  test.skip(!hasScreen(), 'there is no screen for the desktop window');
  const folder = copyGolden('forked');
  const data = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [...rootSwitches(), projectRoot, folder],
    env: { ...(process.env as Record<string, string>), VEKSCOPE_DATA: data },
  });
  const page = await app.firstWindow();
  await expect(page).toHaveURL('app://vekscope/index.html');
  const world = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    host: Object.keys((globalThis as unknown as { vekscopeHost: object }).vekscopeHost).sort(),
  }));
  expect(world.node).toEqual([]);
  expect(world.host).toEqual(['onFolder', 'openExternal', 'openFolder', 'pathOfFile', 'platform', 'reveal']);
  await expect(page.getByText('retry', { exact: false }).or(page.getByText('main')).first()).toBeVisible();
  await expect(page.evaluate(() => fetch('https://example.com').then(() => 'answered'))).rejects.toThrow();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
});
