import { existsSync } from 'node:fs';
import { findChromium, onPath } from './find-browser.mjs';
import { pinnedNode, tell, tool } from './project.mjs';
import { run } from './run.mjs';

const INSTALL_MS = 5 * 60 * 1000;

async function playwrightsOwn() {
  const ask = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const { code, output } = await run(pinnedNode(), ['-e', ask], { quiet: true });
  return code === 0 && existsSync(output) ? output : null;
}

/** A Chromium for the tests of the window: one that is there, else one that it installs; null when it can't. */
export async function ensureBrowser() {
  const there = findChromium() ?? (await playwrightsOwn());
  if (there !== null) return there;
  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get') !== null) {
    tell('Installing Chromium for the tests of the window (apt-get install chromium).');
    const options = { timeoutMs: INSTALL_MS, quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    if ((await run('apt-get', install, options)).code !== 0) {
      await run('apt-get', ['update'], options);
      await run('apt-get', install, options);
    }
    const got = findChromium();
    if (got !== null) return got;
  }
  tell('Installing Chromium for the tests of the window (playwright install chromium).');
  await run(pinnedNode(), [tool('playwright/cli.js'), 'install', 'chromium'], { timeoutMs: INSTALL_MS });
  return playwrightsOwn();
}
