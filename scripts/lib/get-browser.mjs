import { existsSync } from 'node:fs';
import { findTestBrowser, onPath } from './find-browser.mjs';
import { pinnedNode, tell, tool } from './project.mjs';
import { run } from './run.mjs';

const INSTALL_MS = 5 * 60 * 1000;

async function playwrightsOwn() {
  const ask = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const { code, output } = await run(pinnedNode(), ['-e', ask], { quiet: true });
  return code === 0 && existsSync(output) ? output : null;
}

/** Installs the first of these packages that can be had; false when none can, or this system has no apt. */
export async function installByApt(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || onPath('apt-get') === null) return false;
  const options = { timeoutMs: INSTALL_MS, quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const install = async (name) => {
    tell(`Installing a browser for the tests of the window (apt-get install ${name}).`);
    return (await run('apt-get', ['install', '-y', '--no-install-recommends', name], options)).code === 0;
  };
  for (const name of packages) if (await install(name)) return true;
  await run('apt-get', ['update'], options);
  for (const name of packages) if (await install(name)) return true;
  return false;
}

/** A browser for the tests of the window: one that is there, else one that it installs; null when it can't. */
export async function ensureBrowser() {
  const there = findTestBrowser() ?? (await playwrightsOwn());
  if (there !== null) return there;
  if (await installByApt(['chromium-headless-shell', 'chromium'])) {
    const got = findTestBrowser();
    if (got !== null) return got;
  }
  tell('Installing Chromium for the tests of the window (playwright install chromium).');
  await run(pinnedNode(), [tool('playwright/cli.js'), 'install', 'chromium'], { timeoutMs: INSTALL_MS });
  return playwrightsOwn();
}
