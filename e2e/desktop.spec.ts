import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { MENU_COMMANDS } from '../src/contract/menu.ts';
import {
  startDesktopRun,
  type DesktopRun,
  type DesktopStart,
  type Report,
} from '../test/support/electron/host.ts';
import { copyGolden } from '../test/support/goldens.ts';
import { projectRoot } from '../test/support/peers.ts';
import { dialog, expectAgreement, graph, inspector, storeCall } from './support/vek.ts';

const out = process.env['VEKSCOPE_OUT'] ?? join(projectRoot, 'out');
const LAPTOP = { x: 0, y: 0, width: 1920, height: 1080 };
const DESK = { x: 1920, y: 0, width: 2560, height: 1440 };

type Fixtures = {
  readonly data: string;
  readonly folder: string;
  readonly start: (options?: Partial<DesktopStart>) => DesktopRun;
};

/** `start` starts the built main process on the stand-in for Electron; what still runs at the end is ended. */
const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- the first argument must be destructured
  data: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
    await use(folder);
    // the engine of a process that was killed ends a moment later
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  // eslint-disable-next-line no-empty-pattern -- the first argument must be destructured
  folder: async ({}, use) => {
    const folder = copyGolden('linear');
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ browser, data }, use) => {
    const runs: DesktopRun[] = [];
    await use((options = {}) => {
      const run = startDesktopRun(browser, { out, data, ...options });
      runs.push(run);
      return run;
    });
    await Promise.all(runs.map((run) => run.kill()));
  },
});

// each test starts processes and browsers of its own, some of them twice
test.describe.configure({ timeout: 180_000 });
const START = { timeout: 40_000 };

const entry = (report: Report, id: string) => report.menu.find((item) => item.id === id);

/** Waits until the menu says that an entry can be chosen, and chooses it. */
async function choose(run: DesktopRun, id: string): Promise<void> {
  await expect.poll(async () => entry(await run.report(), id)?.enabled, { message: id }).toBe(true);
  run.choose(id);
}

test('one walk: a folder of the command line, a call, a fork by the menu, quit, and all is as it was left', async ({
  data,
  folder,
  start,
}) => {
  const first = start({ args: [folder] });
  const page = await first.page();
  const { row, grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '25', START);
  await expect(page).toHaveTitle(/– Vekscope$/);
  await row('c9044947').click();
  await expect(inspector(page)).toContainText('c9044947');
  await expect(inspector(page).locator('.view-line').first()).toBeVisible();

  await choose(first, 'fork');
  await dialog(page).getByLabel('Name of the branch').fill('by-menu');
  await expect(dialog(page).getByRole('listitem')).toContainText('by-menu');
  await expect.poll(async () => entry(await first.report(), 'fork')?.enabled, 'under a dialog').toBe(false);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row('c9044947')).toContainText('by-menu');
  expectAgreement(folder, data, { branches: ['by-menu', 'main'], head: 'main' });

  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect.poll(async () => (await first.report()).popups).toBe(1);
  await page.keyboard.press('F10');
  await expect.poll(async () => (await first.report()).popups).toBe(2);
  await choose(first, 'theme-dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(async () => (await first.report()).windows[0]?.overlay?.color).toBe('#16181D');
  await choose(first, 'sources');
  await expect(page.getByRole('treeitem')).toHaveCount(0);
  first.happen('moved', { x: 40, y: 60, width: 1300, height: 800 });
  await expect.poll(() => page.viewportSize()).toEqual({ width: 1300, height: 800 });
  first.tell({ type: 'quit' });
  expect(await first.ended).toBe(0);
  expect(first.complaints).toEqual([]);

  const again = start({ args: [folder] });
  const second = await again.page();
  await expect(graph(second).row('c9044947')).toContainText('by-menu', START);
  await expect(graph(second).selected).toContainText('c9044947');
  await expect(second.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(second.getByRole('treeitem')).toHaveCount(0);
  const { windows } = await again.report();
  expect(windows[0]?.bounds).toEqual({ x: 40, y: 60, width: 1300, height: 800 });
  expect(windows[0]?.background).toBe('#16181D');
});

test('a second start hands its folder over, relative to where it was given, and ends', async ({
  folder,
  start,
}) => {
  const other = copyGolden('forked');
  const first = start({ args: [folder] });
  const page = await first.page();
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', '25', START);
  const second = start({ args: ['.vek/HEAD'], cwd: other });
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain('running already');
  await expect(graph(page).row('retry').first()).toBeVisible();
  await expect.poll(async () => (await first.report()).recentDocuments).toEqual([folder, other]);
  // the menu lists both, and leads back
  const label = (await first.report()).menu.map((item) => item.label).find((text) => text.includes(folder));
  first.choose(label ?? 'the first folder');
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', '25', START);
  await choose(first, 'forget-recents');
  await expect
    .poll(async () => (await first.report()).menu.map((item) => item.label))
    .toContain('No folder was opened yet');
  expect((await first.report()).recentDocuments).toEqual([]);
  expect(first.complaints).toEqual([]);
  rmSync(other, { recursive: true, force: true });
});

test('starts that can not be: no such folder, two folders, a version asked for', async ({
  folder,
  start,
}) => {
  const none = start({ args: ['not-there'], cwd: folder });
  expect(await none.ended).toBe(2);
  expect(none.output()).toContain('is not there');
  const two = start({ args: ['a', 'b'] });
  expect(await two.ended).toBe(2);
  expect(two.output()).toContain('not 2');
  const version = start({ args: ['--version'] });
  expect(await version.ended).toBe(0);
  expect(version.output()).toMatch(/^Vekscope \d/);
});

test('a killed engine is started again, and the window goes on as it was', async ({
  data,
  folder,
  start,
}) => {
  const run = start({ args: [folder] });
  const page = await run.page();
  const { row, grid } = graph(page);
  await row('c9044947').click();
  await run.killEngine();
  await expect.poll(async () => (await run.report()).engines).toBe(2);
  // what is on screen comes from the new one
  await choose(run, 'tag');
  await dialog(page).getByLabel('Name of the tag').fill('after');
  await expect(dialog(page).getByRole('listitem')).toContainText('tag/after');
  await page.keyboard.press('Enter');
  await expect(row('c9044947')).toContainText('after', START);
  // what had been asked of the engine that ended was asked again
  await expect(inspector(page).locator('.view-line').first()).toBeVisible(START);
  // and so does what it tells unasked
  storeCall(folder, 'later', { of: 'another agent' }, { ok: true });
  await expect(grid).toHaveAttribute('aria-rowcount', '26', START);
  expect(readFileSync(join(data, 'logs', 'vekscope.log'), 'utf8')).toMatch(/engine-ended reason=code-\d+/);
});

test('an engine that keeps ending is not started for ever', async ({ folder, start }) => {
  const run = start({ args: [folder] });
  await run.page();
  const asked: string[] = [];
  run.person.messageBox = ({ message }) => {
    asked.push(message);
    return 0;
  };
  for (const engines of [2, 3, 4]) {
    await run.killEngine();
    await expect.poll(async () => (await run.report()).engines).toBe(engines);
  }
  expect(asked).toEqual([]);
  await run.killEngine();
  await expect.poll(() => asked).toEqual(['The engine keeps stopping.']);
  await expect.poll(async () => (await run.report()).engines).toBe(5);
});

test('goes nowhere: navigation, new windows, other origins and addresses that are not https', async ({
  folder,
  start,
}) => {
  const run = start({ args: [folder] });
  const page = await run.page();
  await expect(graph(page).grid).toBeVisible(START);
  const before = page.url();
  await page.evaluate(() => {
    (globalThis as unknown as { location: { href: string } }).location.href = 'https://evil.example/';
  });
  await page.evaluate(() => {
    (globalThis as unknown as { open: (url: string) => unknown }).open('https://evil.example/');
  });
  const fetched = page.evaluate(() => fetch('https://evil.example/').then(() => 'answered'));
  await expect(fetched).rejects.toThrow();
  expect(page.url()).toBe(before);
  await expect(graph(page).grid).toBeVisible(START);
  expect(page.context().pages()).toHaveLength(1);

  const asked: string[] = [];
  run.person.messageBox = ({ detail }) => {
    asked.push(detail ?? '');
    return 1;
  };
  const open = (url: string) =>
    page.evaluate(
      (address) =>
        (
          globalThis as unknown as { vekscopeHost: { openExternal: (url: string) => Promise<void> } }
        ).vekscopeHost
          .openExternal(address)
          .then(() => 'opened'),
      url,
    );
  await expect(open('http://example.com/')).rejects.toThrow('Only https');
  await expect(open('https://user@example.com/')).rejects.toThrow('Only https');
  await expect(open(`https://example.com/${'a'.repeat(3000)}`)).rejects.toThrow('too long');
  expect(asked).toEqual([]);
  expect(await open('https://exämple.com/a?b#c')).toBe('opened');
  expect(asked[0]).toContain('https://xn--exmple-cua.com/a?b#c');
  expect((await run.report()).opened).toEqual(['https://xn--exmple-cua.com/a?b#c']);
});

test('a dropped folder is opened, and a screen that goes does not take the window with it', async ({
  folder,
  start,
}) => {
  const run = start({ screens: [LAPTOP, DESK] });
  const page = await run.page();
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible(START);
  const transfer = await page.evaluateHandle((name) => {
    const made = new (
      globalThis as unknown as { DataTransfer: new () => { items: { add: (file: File) => void } } }
    ).DataTransfer();
    made.items.add(new File([], encodeURIComponent(name)));
    return made;
  }, folder);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', '25', START);

  run.happen('moved', { x: 2400, y: 100, width: 1300, height: 800 });
  await expect.poll(async () => (await run.report()).windows[0]?.bounds.x).toBe(2400);
  run.tell({ type: 'screens', screens: [LAPTOP] });
  await expect.poll(async () => (await run.report()).windows[0]?.bounds.x).toBe(310);
});

test('every command of the menu is one that the window has', async ({ folder, start }) => {
  const run = start({ args: [folder] });
  const page = await run.page();
  const possible = new Set<string>();
  const collect = async () => {
    const { menu } = await run.report();
    for (const { id, enabled } of menu) if (enabled && id in MENU_COMMANDS) possible.add(id);
  };
  await graph(page).row('c9044947').click();
  await choose(run, 'tag');
  await dialog(page).getByLabel('Name of the tag').fill('one');
  await page.keyboard.press('Enter');
  await expect(graph(page).row('c9044947')).toContainText('one');
  await choose(run, 'branch');
  await dialog(page).getByLabel('Name of the branch').fill('two');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { name: /^two/ })).toBeVisible();
  await choose(run, 'next-call');
  await choose(run, 'undo');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await choose(run, 'integrity');
  await choose(run, 'graph');
  await choose(run, 'back');
  await choose(run, 'forward');
  await collect();
  await choose(run, 'back');
  await collect();
  await choose(run, 'forward');
  await expect(graph(page).grid).toBeVisible(START);
  await expect.poll(async () => entry(await run.report(), 'zoom-in')?.enabled).toBe(true);
  await collect();
  run.person.folder = () => [join(projectRoot, 'test', 'goldens', 'aex', 'tampered-payload', 'aex.db')];
  await choose(run, 'open-file');
  await expect(page.getByRole('tab', { name: 'Ledger' })).toBeVisible(START);
  await expect.poll(async () => entry(await run.report(), 'next-finding')?.enabled).toBe(true);
  await collect();
  await choose(run, 'proof');
  await choose(run, 'ledger');
  const agents = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
  run.person.folder = () => [agents];
  await choose(run, 'open');
  await expect(page.getByRole('tab', { name: 'Fleet' })).toBeVisible(START);
  for (const id of ['costs', 'runs', 'fleet']) await choose(run, id);
  await collect();
  await choose(run, 'review-changes');
  await page
    .getByRole('tree', { name: /^Parts of/ })
    .getByRole('treeitem', { name: /^SOUL/ })
    .click();
  await expect.poll(async () => entry(await run.report(), 'edit-file')?.enabled).toBe(true);
  await collect();
  expect(Object.keys(MENU_COMMANDS).filter((id) => !possible.has(id))).toEqual([]);
  expect(run.complaints).toEqual([]);
});

test('the top row is what the window is taken hold of by, and what can be pressed in it is not', async ({
  folder,
  start,
}) => {
  const run = start();
  const page = await run.page();
  /** the CSS property of every element that a selector finds */
  const regions = async (selector: string) => {
    const all = await page.locator(selector).evaluateAll((elements) => {
      type Styles = (element: unknown) => { getPropertyValue: (name: string) => string };
      const { getComputedStyle } = globalThis as unknown as { getComputedStyle: Styles };
      return elements.map((element) => getComputedStyle(element).getPropertyValue('app-region'));
    });
    return [...new Set(all)];
  };
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible(START);
  expect(await regions('.window-bar')).toEqual(['drag']);
  expect(await regions('.window-bar button')).toEqual(['no-drag']);
  run.person.folder = () => [folder];
  await choose(run, 'open');
  await expect(graph(page).grid).toBeVisible(START);
  expect(await regions('.title-bar')).toEqual(['drag']);
  expect(await regions('.title-bar :is(button, input, a)')).toEqual(['no-drag']);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await regions('[role=dialog]')).toEqual(['no-drag']);
});
