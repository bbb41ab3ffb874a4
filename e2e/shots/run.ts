import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium, rootSwitches } from '../../scripts/lib/find-browser.mjs';
import { copyGolden } from '../../test/support/goldens.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { startServer } from '../support/server.ts';
import { graph, storeCall } from '../support/vek.ts';

/** All screenshots go here; the ones that the README shows are copied to `docs/shots`. */
const out = join(projectRoot, 'out', 'shots');
const inReadme = new Map([
  ['graph-dark', 'graph-dark.png'],
  ['graph-light', 'graph-light.png'],
  ['node-light', 'node-light.png'],
  ['fork-preview-dark', 'fork-preview-dark.png'],
  ['problems-light', 'problems-light.png'],
]);

type Stage = { readonly page: Page; readonly folder: string | null };
type Shot = {
  readonly name: string;
  /** the golden to open; null: the sample */
  readonly golden: string | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** brings the window into the state of the picture */
  readonly act?: (stage: Stage) => Promise<void>;
};

async function select(page: Page, words: string): Promise<void> {
  await graph(page).row(words).first().click();
  await page
    .getByText(/hashes? recomputed|altered|missing/)
    .first()
    .waitFor();
  await page.waitForTimeout(900);
}

const shots: readonly Shot[] = [
  {
    name: 'graph',
    golden: null,
    act: ({ page }) => select(page, 'retry-cheaper'),
  },
  { name: 'graph-criss-cross', golden: 'forked', act: ({ page }) => select(page, '5da08205') },
  {
    name: 'node',
    golden: null,
    act: async ({ page }) => {
      await graph(page).row('Draft the latency').first().dblclick();
      await page.getByRole('tab', { name: /model\.chat/ }).waitFor();
      await page.waitForTimeout(1200);
    },
  },
  {
    name: 'filter-no-match',
    golden: null,
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tool:fetch since:2026-11-21');
      await page.getByText(/No call matches/).waitFor();
    },
  },
  {
    name: 'filter-error',
    golden: null,
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tol:fetch');
      await page.getByText(/Did you mean/).waitFor();
    },
  },
  {
    name: 'filtered',
    golden: null,
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tool:shell');
      await page.getByText(/of 42 calls/).waitFor();
    },
  },
  {
    name: 'fork-preview',
    golden: null,
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click();
      await page.keyboard.press('f');
      await page.getByRole('dialog').getByLabel('Name of the branch').fill('try-usearch');
      await page.waitForTimeout(700);
    },
  },
  {
    name: 'conflict',
    golden: 'linear',
    act: async ({ page, folder }) => {
      await page.getByRole('treeitem', { name: /^main\b/ }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: /Rename/ }).click();
      await page.getByRole('dialog').getByLabel('Name of the branch').fill('trunk');
      await page.waitForTimeout(700);
      storeCall(folder!, 'note', { text: 'in between' }, null);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Rename/ })
        .click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'operations',
    golden: null,
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click();
      await page.keyboard.press('f');
      await page.getByRole('dialog').getByLabel('Name of the branch').fill('try-usearch');
      await page.waitForTimeout(500);
      await page.keyboard.press('Enter');
      await page
        .getByRole('button', { name: /Operations/ })
        .first()
        .click();
      await page.waitForTimeout(700);
    },
  },
  {
    name: 'problems',
    golden: 'corrupt-object-altered',
    act: async ({ page }) => {
      await page
        .getByRole('button', { name: /Problems/ })
        .first()
        .click();
      await page.getByRole('button', { name: /Check everything/ }).click();
      await page
        .getByText(/was altered|does not match/)
        .first()
        .waitFor();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'damaged-graph',
    golden: 'corrupt-parent-missing',
    act: ({ page }) => select(page, 'dc9bd8bd'),
  },
  { name: 'object-missing', golden: 'corrupt-object-missing', act: ({ page }) => select(page, 'dc9bd8bd') },
  { name: 'truncated', golden: 'corrupt-truncated', act: ({ page }) => page.waitForTimeout(1200) },
  { name: 'unreadable', golden: 'corrupt-not-a-database', act: ({ page }) => page.waitForTimeout(1200) },
  { name: 'empty', golden: 'empty', act: ({ page }) => page.waitForTimeout(800) },
  {
    name: 'gone',
    golden: 'linear',
    act: async ({ page, folder }) => {
      renameSync(join(folder!, '.vek'), join(folder!, 'moved'));
      await page.getByText('The repository is no longer there').waitFor();
    },
  },
  {
    name: 'welcome',
    golden: 'linear',
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Open another folder' }).click();
      await page.waitForTimeout(800);
    },
  },
  {
    name: 'palette',
    golden: null,
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('fork');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'keys',
    golden: null,
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click();
      await page.keyboard.press('?');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'context-menu',
    golden: null,
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click({ button: 'right' });
      await page.waitForTimeout(400);
    },
  },
  { name: 'values', golden: 'values', act: ({ page }) => page.waitForTimeout(800) },
  {
    name: 'narrow',
    golden: null,
    size: { width: 1000, height: 700 },
    act: ({ page }) => page.waitForTimeout(600),
  },
  {
    name: 'narrowest',
    golden: null,
    size: { width: 720, height: 640 },
    act: ({ page }) => page.waitForTimeout(600),
  },
];

async function take(browser: Browser, shot: Shot, theme: 'light' | 'dark'): Promise<void> {
  const folder = shot.golden === null ? null : copyGolden(shot.golden);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-shots-'));
  const server = await startServer(folder, data);
  const context = await browser.newContext({
    viewport: shot.size ?? { width: 1440, height: 900 },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  const name = `${shot.name}-${theme}`;
  try {
    await page.goto(server.address);
    await page.getByRole('navigation').or(page.getByRole('main')).first().waitFor();
    await page.waitForTimeout(900);
    await shot.act?.({ page, folder });
    const path = join(out, `${name}.png`);
    await page.screenshot({ path });
    const shown = inReadme.get(name);
    if (shown !== undefined) copyFileSync(path, join(projectRoot, 'docs', 'shots', shown));
    console.log(name);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}: ${(error as Error).message}`);
    await page.screenshot({ path: join(out, `${name}-failed.png`) });
  } finally {
    await context.close();
    await server.stop();
    for (const path of [folder, data]) if (path !== null) rmSync(path, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
mkdirSync(out, { recursive: true });
mkdirSync(join(projectRoot, 'docs', 'shots'), { recursive: true });
const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: [
    ...rootSwitches(),
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
});
for (const shot of shots) {
  if (wanted.length > 0 && !wanted.includes(shot.name)) continue;
  for (const theme of ['light', 'dark'] as const) await take(browser, shot, theme);
}
await browser.close();
