import type { Page } from '@playwright/test';
import { RUNS_EQUAL, RUNS_SHARED, writeRunsScene } from '../test/support/runs-scene.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { changeStore, graph, storeCall } from './support/vek.ts';

test.use({ golden: 'empty', prepare: { by: (folder) => void writeRunsScene(folder) } });

const FORK = 'fork-3fa2c1d0';

/** A name on screen may lose its middle: its end then is a part of its own. */
const loosely = (text: string): RegExp => new RegExp(Array.from(text).join('\\s?'));

function runs(page: Page) {
  const view = page.getByRole('region', { name: /^Runs .* compared$/ });
  const grid = page.getByRole('grid', { name: /after the split, oldest first$/ });
  return {
    view,
    grid,
    row: (words: string | RegExp) => grid.getByRole('row', { name: words }),
    selected: grid.locator('[role=row][aria-selected=true]'),
    below: page.getByRole('region', { name: 'The calls of the selected row' }),
  };
}

/** Runs a command of the palette, as a person would. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

const openRuns = async (page: Page) => {
  await expect(graph(page).grid).toBeVisible();
  await command(page, `compare main with ${FORK}`);
  await expect(runs(page).grid).toBeFocused();
  return runs(page);
};

test('two runs stand side by side from their split, with what each came to', async ({ app: { page } }) => {
  const { view, row, selected, grid } = await openRuns(page);
  await expect(view).toContainText('split at');
  await expect(view).toContainText(`${RUNS_SHARED} calls in common`);
  await expect(view).toContainText('counted once in every sum');
  const figures = page.getByLabel(`After the split, main and ${FORK}`);
  await expect(figures).toContainText('32 → 31');
  await expect(figures).toContainText('1 fewer, failed 0 → 1');
  await expect(figures).toContainText('$0.048315 → unpriced');
  await expect(figures).toContainText('1 call has no price');
  await expect(figures).toContainText('5 min 50 s → 5 min 8 s');
  await expect(figures).toContainText('1,204 → 733');
  await expect(figures).toContainText('3 fields differ');
  await expect(view).toContainText(
    `main called search “on-device vector index benchmark 2026”; ${FORK} called model.chat`,
  );
  await expect(selected).toHaveAccessibleName(/^only in main: search/);
  await expect(row(`${RUNS_EQUAL - 4} equal calls, folded`)).toBeVisible();
  await expect(row(/^only in fork-3fa2c1d0: shell.*failed: exit 1/)).toBeVisible();
  await expect(row(/^the same: read_file, notes\/1.md/)).toHaveCount(1);
  await expect(grid).toHaveAttribute('aria-rowcount', '16');
});

test('a person goes through the differences by keyboard alone, and reads what differs', async ({
  app: { page },
}) => {
  const { selected, below, grid } = await openRuns(page);
  const names = [/^only in main: search/, /^only in fork-3fa2c1d0: model.chat/, /^only in main: fetch/];
  for (const name of names) {
    await expect(selected).toHaveAccessibleName(name);
    await page.keyboard.press('j');
  }
  await page.keyboard.press('k');
  await expect(selected).toHaveAccessibleName(names[2]!);
  await page.keyboard.press('End');
  await expect(selected).toHaveAccessibleName(/^output differs. main: update_doc/);
  await expect(below).toContainText('update_doc, output');
  await expect(below).toContainText('3 places differ');
  await expect(below.getByRole('button', { name: '/metric' })).toBeVisible();
  await expect(below.locator('.view-line').filter({ hasText: 'mean_ms' }).first()).toBeVisible();
  await expect(below.locator('.view-line').filter({ hasText: 'p95_ms' }).first()).toBeVisible();
  await page.keyboard.press('i');
  await expect(below).toContainText('update_doc, input');
  await expect(below).toContainText('Equal, byte for byte');
  await page.keyboard.press('j');
  await expect(page.getByText('There is no further difference.')).toBeAttached();
  await page.keyboard.press('d');
  await expect(selected).toHaveAccessibleName(names[0]!);
  await page.keyboard.press('ArrowUp');
  await expect(selected).toHaveAccessibleName(/^the same: read_file, notes\/2.md/);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Calls .* compared$/ })).toBeVisible();
  await page.keyboard.press('Control+w');
  await expect(grid).toBeVisible();
});

test('long equal stretches unfold, and the calls in common can be shown', async ({ app: { page } }) => {
  const { grid, row, selected } = await openRuns(page);
  await row(/equal calls, folded/).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(16 + RUNS_EQUAL - 5));
  await expect(row(/^the same: read_file, notes\/14.md/)).toBeVisible();
  await page.keyboard.press(' ');
  await expect(selected).toHaveAccessibleName(`${RUNS_EQUAL - 4} equal calls, folded`);
  await page.getByRole('button', { name: `${RUNS_SHARED} calls in common` }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(16 + RUNS_SHARED));
  await grid.focus();
  await page.keyboard.press('Home');
  await grid.hover();
  await page.mouse.wheel(0, -100_000);
  await expect(row('in both runs: search').first()).toBeVisible();
});

test('what is ignored is counted, remembered, and says how much it hides', async ({ app }) => {
  const { page } = app;
  const { view, row, grid } = await openRuns(page);
  await expect(row(/^output differs. main: run_tests/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Ignore…' }).click();
  const menu = page.getByRole('dialog', { name: 'What does not count as a difference' });
  await menu.getByRole('checkbox', { name: 'Times and durations' }).click();
  await expect(menu.getByRole('status')).toHaveText('1 call differs only in what is ignored.');
  await menu.getByRole('textbox', { name: 'Fields by name' }).fill('metric');
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('list', { name: 'Ignored fields' })).toContainText('metric');
  await page.keyboard.press('Escape');
  await expect(row(/^the same but for what is ignored: run_tests/)).toHaveCount(1);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(runs(page).below).toContainText('3 places differ, 1 of them ignored');
  await expect(page.getByRole('button', { name: 'Ignoring times and metric' })).toBeVisible();
  await page.waitForTimeout(600);
  await page.reload();
  await expect(view).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ignoring times and metric' })).toBeVisible();
  await expect(row(/^the same but for what is ignored: run_tests/)).toHaveCount(1);
});

test('a call that another process stores appears, and the place of the person stays', async ({
  app: { page, folder },
}) => {
  const { grid, selected, row } = await openRuns(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(selected).toHaveAccessibleName(/^only in main: fetch/);
  const before = await selected.boundingBox();
  storeCall(folder!, 'search', { query: 'came while you look' }, [1], { branch: FORK });
  await expect(page.getByLabel(/^After the split, main/)).toContainText('32 → 32');
  await expect(grid).toHaveAttribute('aria-rowcount', '17');
  await expect(selected).toHaveAccessibleName(/^only in main: fetch/);
  expect((await selected.boundingBox())?.y).toBe(before?.y);
  await page.keyboard.press('End');
  await expect(selected).toHaveAccessibleName(/^only in fork-3fa2c1d0: search, came while you look/);
  await expect(row(/^output differs. main: update_doc/)).toHaveCount(1);
});

test('swapping mirrors the view in its tab; merging is one press away', async ({ app: { page } }) => {
  const { view, selected } = await openRuns(page);
  await page.keyboard.press('x');
  await expect(page.getByRole('tab', { name: loosely(`${FORK} ↔ main`) })).toBeVisible();
  await expect(page.getByRole('tab', { name: loosely(`main ↔ ${FORK}`) })).toHaveCount(0);
  await expect(view.getByLabel(`After the split, ${FORK} and main`)).toContainText('31 → 32');
  await expect(selected).toHaveAccessibleName(/^only in main: search/);
  await view.getByRole('button', { name: 'Merge…' }).click();
  await expect(page.getByRole('dialog')).toContainText(FORK);
});

test('runs are compared from a branch, a tag, a dialog, and two calls of the graph', async ({
  app: { page },
}) => {
  const { grid, row } = graph(page);
  await expect(grid).toBeVisible();
  await page.getByRole('treeitem', { name: loosely(FORK) }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare with main' }).click();
  await expect(page.getByRole('tab', { name: loosely(`main ↔ ${FORK}`) })).toBeVisible();

  await command(page, 'compare runs');
  const dialog = page.getByRole('dialog', { name: 'Compare two runs' });
  await expect(dialog.getByRole('combobox', { name: 'Compare' })).toHaveValue('main');
  await dialog.getByRole('combobox', { name: 'with' }).fill('v1');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: loosely('main ↔ tag/v1') })).toBeVisible();

  await page.getByRole('tab', { name: 'Graph' }).click();
  await row('Draft the latency').click();
  await row('58.2 s').click({ modifiers: ['Control'] });
  const bar = page.getByRole('region', { name: 'Two calls' });
  await bar.getByRole('button', { name: 'Compare runs up to them' }).click();
  await expect(page.getByLabel(/^After the split/)).toContainText('30 → 30');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await bar.getByRole('button', { name: 'Compare calls' }).click();
  await expect(page.getByRole('region', { name: /^Calls .* compared$/ })).toBeVisible();
});

test('the same run, an unrelated one and one that is gone say so', async ({ app: { page, folder } }) => {
  await expect(graph(page).grid).toBeVisible();
  changeStore(folder!, (db) => {
    db.prepare("INSERT INTO refs SELECT 'twin', hash FROM refs WHERE name = 'main'").run();
  });
  storeCall(folder!, 'plan', { task: 'from nothing' }, null, { branch: 'island' });
  await expect(page.getByRole('treeitem', { name: /island/ })).toBeVisible();
  await command(page, 'compare main with twin');
  await expect(page.getByRole('heading', { name: 'main and twin are at the same call' })).toBeVisible();
  await command(page, 'compare main with island');
  const view = page.getByRole('region', { name: 'Runs main and island compared' });
  await expect(view).toContainText('unrelated: no call in common');
  await expect(view).toContainText('all calls of both are compared');
  changeStore(folder!, (db) => db.prepare("DELETE FROM refs WHERE name = 'island'").run());
  await expect(view).toContainText(
    'This is what was compared before. There is no branch, tag or call “island”.',
  );
});

test('axe finds nothing in both themes, and narrow windows keep what matters', async ({ app: { page } }) => {
  const { selected } = await openRuns(page);
  await page.keyboard.press('End');
  await expect(selected).toHaveAccessibleName(/^output differs/);
  await expect(page.locator('.monaco-diff-editor')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('.cr').exclude('.monaco-editor').analyze();
    expect(violations).toEqual([]);
  }
  await page.getByRole('button', { name: 'Ignore…' }).click();
  const menu = page.getByRole('dialog', { name: 'What does not count as a difference' });
  await expect(menu).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.cr-ignore').analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 640, height: 720 });
  await expect(selected).toBeInViewport();
  const box = await page.locator('.cr-grid').boundingBox();
  expect(box!.height).toBeGreaterThan(100);
});
