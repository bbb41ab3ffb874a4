import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { CROWDED_BRANCHES, CROWDED_REFS, crowd, LONG_TOOL, type Crowded } from '../test/support/crowded.ts';
import { folderState } from '../test/support/folder-state.ts';
import { expect, test } from './support/app.ts';
import { checkAll, integrity, openIntegrity } from './support/integrity.ts';
import { overflow } from './support/layout.ts';
import { codeOf, dialog, graph, inspector } from './support/vek.ts';

let made: Crowded;
let tips: Map<string, string>;

test.use({
  golden: 'empty',
  prepare: {
    by: (folder) => {
      made = crowd(folder);
      const db = new Database(join(folder, '.vek', 'vek.db'));
      const rows = db
        .prepare<[], [string, string]>("SELECT name, hash FROM refs WHERE name NOT LIKE 'tag/%'")
        .raw()
        .all();
      db.close();
      tips = new Map(rows);
    },
  },
});

// the first window of a busy machine takes its time
test.beforeEach(async ({ app: { page } }) => {
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', String(made.calls), { timeout: 30_000 });
});

/** No part of the page hangs out of the window, and no text of a stranger is laid out at its whole length. */
async function expectWhole(page: Page, where: string): Promise<void> {
  await expect.poll(() => overflow(page), where).toEqual({ across: 0, down: 0 });
  const long = await page.locator('body *:not(script, style, pre, code)').evaluateAll((all) =>
    all.flatMap((element) => {
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3);
      const shown = own.reduce((sum, { textContent }) => sum + (textContent?.length ?? 0), 0);
      const title = element.getAttribute('title')?.length ?? 0;
      const label = element.getAttribute('aria-label')?.length ?? 0;
      return Math.max(shown, title, label) > 4000 &&
        element.closest('.monaco-editor, .monaco-aria-container') === null
        ? [`${element.tagName} ${element.className}: ${shown} shown, title ${title}, name ${label}`]
        : [];
    }),
  );
  expect(long, where).toEqual([]);
}

async function go(page: Page, hash: string): Promise<void> {
  await graph(page).grid.focus();
  await page.keyboard.press('#');
  await page.keyboard.type(hash.slice(0, 12));
  await page.keyboard.press('Enter');
  await expect(graph(page).selected).toHaveAttribute('id', new RegExp(`^call-${hash.slice(0, 12)}`));
  await expect(inspector(page)).toContainText(hash.slice(0, 8));
}

test('every branch is in the sources, in the palette and in the focus', async ({ app: { page } }) => {
  const items = page.getByRole('tree').getByRole('treeitem');
  const names = [...tips.keys()];
  expect(names).toHaveLength(CROWDED_BRANCHES + 1);
  await items
    .filter({ hasText: /^\d+ more$/ })
    .first()
    .click();
  await items.filter({ hasText: /^Graph/ }).focus();
  await page.keyboard.press('End');
  await expect(page.locator('[role=treeitem]:focus')).toContainText('Integrity');
  // few rows of the tree are in the document; by its own count all are there
  const tree = page.getByRole('tree');
  expect(await items.count()).toBeLessThan(80);

  const filter = page.getByLabel('Filter branches and tags');
  for (const name of [
    'try-001',
    'try-298',
    'experiment/quantised-index-with-a-long-name/297',
    'שלום/ענף-ניסוי',
    'try-👩🏽‍💻-🚀',
    'orphan',
  ]) {
    if (!tips.has(name)) continue;
    await filter.fill(name);
    const item = items.filter({ has: page.locator('bdi', { hasText: name.slice(-3) }) }).last();
    await item.click();
    await expect(graph(page).selected).toHaveAttribute('id', new RegExp(`^call-${tips.get(name)!}`));
    await page.keyboard.press('Control+k');
    await expect(dialog(page).getByRole('combobox')).toBeFocused();
    await page.keyboard.type(`@${name}`);
    const option = page.getByRole('option').first();
    await expect(option).toContainText(name.slice(-3));
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toHaveCount(0);
    await expect(graph(page).selected).toHaveAttribute('id', new RegExp(`^call-${tips.get(name)!}`));
  }
  await filter.fill('');
  await expect(tree).toBeVisible();

  await page.getByRole('button', { name: 'Focus', exact: true }).click();
  await expect(page.getByRole('menuitemcheckbox')).toHaveCount(names.length);
  const last = page.getByRole('menuitemcheckbox').last();
  await last.click();
  await expect(last).toBeChecked();
  await page.keyboard.press('Escape');
  await expect
    .poll(async () => Number(await graph(page).grid.getAttribute('aria-rowcount')))
    .toBeLessThan(60);
  await expectWhole(page, 'focus');
});

test('a call with many names lists them all, and no badge covers another', async ({ app: { page } }) => {
  await go(page, made.main);
  const row = graph(page).selected;
  for (const width of [1000, 1200, 1440, 1800]) {
    await page.setViewportSize({ width, height: 900 });
    const covered = async () =>
      row.evaluate((element) => {
        const parts = [...element.children]
          .map((part) => part.getBoundingClientRect())
          .filter((box) => box.width > 0)
          .toSorted((a, b) => a.left - b.left);
        return parts.filter((box, i) => i > 0 && box.left < parts[i - 1]!.right - 0.5).length;
      });
    await expect.poll(covered, `at ${width} px`).toBe(0);
  }
  await row.locator('.g-more').click();
  const list = page.getByRole('dialog', { name: `${CROWDED_REFS} names of this call` });
  await expect(list.getByRole('listitem')).toHaveCount(CROWDED_REFS);
  await page.keyboard.press('Escape');
  await expect(graph(page).grid).toBeFocused();
});

test('a tool name of ten thousand characters harms nothing', async ({ app: { page }, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await go(page, made.longTool);
  const { selected, grid } = graph(page);
  await expect(selected.locator('.g-tool')).toHaveText(/^tool_.*…!+$/);
  await expectWhole(page, 'row and inspector');
  expect((await selected.boundingBox())!.height).toBeLessThanOrEqual(30);
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText(LONG_TOOL.slice(0, 12));

  await page.keyboard.press('y');
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
  await expect.poll(copied).toMatch(/^\{/);
  expect(JSON.parse(await copied())).toMatchObject({ tool: LONG_TOOL });

  await page.keyboard.press('.');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectWhole(page, 'menu of the row');
  await page.keyboard.press('Escape');

  await inspector(page)
    .getByRole('tab', { name: /^Changes/ })
    .click();
  await expectWhole(page, 'changes');
  await inspector(page).getByRole('tab').first().click();

  await grid.focus();
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('tablist', { name: 'Open views' }).getByRole('tab');
  await expect(tabs).toHaveCount(2);
  await expectWhole(page, 'tab of the call');
  expect((await page.title()).length).toBeLessThan(300);
  await page.getByRole('tab', { name: 'Graph', exact: true }).click();

  await page.keyboard.press('Control+k');
  await expect(dialog(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(`#${made.longTool.slice(0, 12)}`);
  await expect(page.getByRole('option').first()).toContainText(made.longTool.slice(0, 8));
  await expectWhole(page, 'palette by hash');
  await dialog(page).getByRole('combobox').fill(LONG_TOOL.slice(0, 40));
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectWhole(page, 'palette by name');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);

  await page.getByLabel('Filter calls').fill(`tool:${LONG_TOOL.slice(0, 12)}`);
  await expectWhole(page, 'suggestions of the filter');
  await page.getByLabel('Filter calls').fill('');
  await grid.focus();
  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: /^Show only tool_with/ }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await expectWhole(page, 'filter by the name');
  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', String(made.calls));

  for (let i = 0; i < 3; i++) await page.keyboard.press('-');
  await expect(page.locator('.g-zoom')).toBeVisible();
  const canvas = (await page.locator('.g-zoom').boundingBox())!;
  for (let y = 5; y < 60; y += 7) await page.mouse.move(canvas.x + 300, canvas.y + y);
  await expectWhole(page, 'the drawn graph');
  const map = (await page.getByRole('scrollbar', { name: 'Map of the graph' }).boundingBox())!;
  await page.mouse.move(map.x + 8, map.y + 2);
  await expect(page.getByText('Tips of branches')).toBeVisible();
  await expectWhole(page, 'the map');
  await page.mouse.move(canvas.x + 300, canvas.y + 300);
  await grid.focus();
  await page.keyboard.press('0');
});

test('a call of 5 MB is read, searched and saved whole', async ({ app: { page } }) => {
  await go(page, made.big);
  const output = inspector(page).getByRole('region', { name: 'Output', exact: true });
  await expect(output).toContainText('Larger than is shown at once');
  await expect(output).toContainText('a line of the log 0123456789');
  await page.keyboard.press('Shift+J');
  await expect.poll(() => codeOf(inspector(page), 'Output')).toContain('a line of the log 0123456789');
  await output.getByRole('button', { name: 'Show anyway' }).click();
  await expect(output).not.toContainText('Larger than is shown at once', { timeout: 30_000 });
  await output.locator('.view-line').first().click();
  await page.keyboard.press('Control+f');
  await expect(output.locator('.find-widget')).toBeVisible();
  await page.keyboard.type('the log 0123');
  await expect(output.locator('.find-widget')).toContainText(/of \d/, { timeout: 20_000 });
  await page.keyboard.press('Escape');
  const saving = page.waitForEvent('download');
  await output.getByRole('button', { name: /Save the bytes of the output/ }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  expect(JSON.parse(saved)).toEqual({ text: 'a line of the log 0123456789\n'.repeat(180_000) });
  await expectWhole(page, '5 MB');
});

test('damage shows in the graph, beside the map and in integrity; looking leaves nothing behind', async ({
  app: { page, folder },
}) => {
  const store = join(folder!, '.vek');
  const before = folderState(store);
  const { grid } = graph(page);
  await go(page, made.altered);
  await expect(inspector(page)).toContainText('output altered');
  await go(page, made.orphan);
  await expect(inspector(page)).toContainText('abababab not in the store');
  await expect(graph(page).selected).toContainText(/not in the store|missing/);
  await openIntegrity(page);
  await checkAll(page);
  await expect(integrity(page).row('A call is missing')).toBeVisible();
  await expect(integrity(page).row('An object was altered')).toBeVisible();
  await page.getByRole('tab', { name: 'Graph', exact: true }).click();
  const map = (await page.getByRole('scrollbar', { name: 'Map of the graph' }).boundingBox())!;
  await page.mouse.move(map.x + 8, map.y + 200);
  await expect(page.getByRole('listitem').filter({ hasText: /^Damage/ })).toContainText(/\d/);
  await page.mouse.move(400, 400);

  await grid.focus();
  await page.keyboard.press('Home');
  await grid.hover();
  let most = 0;
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, turn < 20 ? 700 : -700);
    most = Math.max(most, await grid.locator('*').count());
  }
  expect(most).toBeLessThan(300);
  expect(folderState(store)).toEqual(before);
});

test('right-to-left and emoji texts keep to their own place', async ({ app: { page } }) => {
  await page.getByLabel('Filter branches and tags').fill('שלום');
  const item = page.getByRole('tree').getByRole('treeitem').filter({ hasText: 'שלום' });
  await expect(item).toHaveCount(1);
  await item.click();
  const badge = graph(page).selected.locator('.g-badge', { hasText: 'שלום' });
  await expect(badge).toBeVisible();
  expect(await badge.evaluate((element) => element.tagName)).toBe('BDI');
  await expect(inspector(page).locator('bdi', { hasText: 'שלום' }).first()).toBeVisible();
  await go(page, made.longTool);
  // the mark that turns the direction is shown, not obeyed
  await expect(graph(page).selected).toContainText('exe.txt');
  await expect(graph(page).selected).not.toContainText('\u202e');
  await expect(inspector(page)).toContainText('👩🏽‍💻 🚀');
  await expectWhole(page, 'both directions');
});
