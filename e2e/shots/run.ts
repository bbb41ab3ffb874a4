import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';
import { browserLaunch } from '../../scripts/lib/find-browser.mjs';
import { crowd } from '../../test/support/crowded.ts';
import { copyGolden } from '../../test/support/goldens.ts';
import { writeMergeScene } from '../../test/support/merge-scene.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { startServer } from '../support/server.ts';
import { tapWire } from '../support/wire.ts';
import { README_SHOTS, SHOTS } from './catalogue.ts';
import { writeLedgerScene } from './ledger-scene.ts';
import { CROWDED, LEDGER_SCENE, MERGE_SCENE, type Shot } from './shot.ts';

/**
 * `npm run shots [-- NAME…]`: drives the real window into every state of the catalogue and saves a picture of each in
 * both themes to `out/shots`; the ones that the README shows are copied to `docs/shots`. A name takes all that begin with it.
 */
const out = join(projectRoot, 'out', 'shots');
const docs = join(projectRoot, 'docs', 'shots');
const THEMES = ['light', 'dark'] as const;

/** A folder of its own for a picture; null for the sample. Generated repositories are kept for the next run. */
function folderFor(store: Shot['store']): string | null {
  if (store === null || store === undefined) return null;
  if (store === CROWDED) {
    const folder = copyGolden('empty');
    crowd(folder);
    return folder;
  }
  if (store === MERGE_SCENE) {
    const folder = copyGolden('empty');
    writeMergeScene(folder);
    return folder;
  }
  if (store === LEDGER_SCENE) return writeLedgerScene();
  if (typeof store === 'string') return copyGolden(store);
  const made = join(projectRoot, '.cache', 'shots', String(store));
  if (!existsSync(join(made, '.vek'))) {
    mkdirSync(made, { recursive: true });
    generateRepository(made, generateDefaults(store, 7));
  }
  const copy = mkdtempSync(join(tmpdir(), 'vekscope-shot-'));
  cpSync(join(made, '.vek'), join(copy, '.vek'), { recursive: true });
  return copy;
}

async function take(browser: Browser, shot: Shot): Promise<void> {
  const folder = folderFor(shot.store);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-shots-'));
  const server = await startServer(folder, data);
  const context = await browser.newContext({
    viewport: shot.size ?? { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  try {
    const stage = { page, folder, wire: await tapWire(page), cut: server.stop };
    await shot.before?.(stage);
    await page.goto(server.address);
    await page.getByRole('navigation').or(page.getByRole('main')).first().waitFor();
    await page.waitForTimeout(700);
    await shot.act?.(stage);
    for (const theme of THEMES) {
      const name = `${shot.name}-${theme}`;
      await page.emulateMedia({ colorScheme: theme });
      await page.waitForTimeout(300);
      const path = join(out, `${name}.png`);
      await page.screenshot({ path });
      if (README_SHOTS.has(name)) copyFileSync(path, join(docs, `${name}.png`));
      console.log(name);
    }
  } catch (error) {
    process.exitCode = 1;
    console.error(`${shot.name}: ${(error as Error).message}`);
    await page.screenshot({ path: join(out, `${shot.name}-failed.png`) });
  } finally {
    await context.close();
    await server.stop();
    for (const path of [folder, data]) if (path !== null) rmSync(path, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
if (wanted.length === 0) rmSync(out, { recursive: true, force: true });
for (const folder of [out, docs]) mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(browserLaunch());
const queue = SHOTS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
/** Two at a time: one window draws while the other waits. */
await Promise.all(
  [0, 1].map(async () => {
    for (let shot = queue.shift(); shot !== undefined; shot = queue.shift()) await take(browser, shot);
  }),
);
await browser.close();
