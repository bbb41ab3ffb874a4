import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { keptIn } from './support/kept.ts';
import { outOfReach, overflow } from './support/layout.ts';
import { countMonaco, openThings } from './support/monaco.ts';
import { changeStore, dialog, storeCall } from './support/vek.ts';

type Row = { readonly name: string; readonly p95_ms: number; readonly recall: number };

const rows = (change: (row: Row, index: number) => Row | null = (row) => row): readonly (Row | null)[] =>
  Array.from({ length: 40 }, (_, i) =>
    change({ name: `engine-${i}`, p95_ms: 10.5 + i, recall: 0.9 }, i),
  ).filter((row) => row !== null);

const base = {
  metric: 'mean_ms',
  rows: rows(),
  note: 'Measured on a Pixel 8,\nmean over 1,000 queries.\nCold cache excluded.\n',
  columns: ['name', 'p95_ms'],
  rev: 7,
};
const onMain = {
  ...base,
  metric: 'median_ms',
  rows: rows((row, i) => (i === 6 ? { ...row, p95_ms: 17.9 } : i === 30 ? null : row)),
  columns: ['name', 'p95_ms', 'recall'],
  rev: 8,
};
const onFork = {
  ...base,
  metric: 'p95_ms',
  rows: rows((row, i) =>
    i === 6
      ? { ...row, p95_ms: 21.5 }
      : i === 12
        ? { ...row, recall: 0.99 }
        : i === 30
          ? { ...row, recall: 0.5 }
          : row,
  ),
  columns: ['name', 'p95_ms', 'p99_ms'],
  rev: 8,
};

const big = (word: string) => ({
  metric: word,
  lines: Array.from({ length: 60_000 }, (_, i) => `line ${i} of a document that is large`),
});

const input = (rev: number) => ({ doc_id: 'brief.md', rev });

/** Stores a call on main and one after it on each of two branches, all about one document. */
function fork(folder: string, before: unknown, main: unknown, other: unknown): void {
  const tip = storeCall(folder, 'update_doc', input(7), before);
  changeStore(folder, (db) => db.prepare('INSERT INTO refs VALUES (?, ?)').run('fork-3fa2', tip));
  storeCall(folder, 'update_doc', input(8), main);
  storeCall(folder, 'update_doc', input(9), other, { branch: 'fork-3fa2' });
}

test.use({
  golden: 'linear',
  prepare: { by: (folder) => fork(folder, base, onMain, onFork) },
});

const view = (page: Page): Locator => page.getByRole('region', { name: 'Merge', exact: true });
const pane = (page: Page, name: string): Locator => view(page).getByRole('region', { name, exact: true });
const line = (where: Locator, text: string): Locator => where.locator('.view-line', { hasText: text });
/** The place that a person is at, as the head of the result says it. */
const place = (page: Page): Locator => pane(page, 'Result').locator('.mp-path');

/** Goes to a place by one key, from one to the next. */
async function go(page: Page, key: string, path: string): Promise<void> {
  for (let i = 0; i < 20 && (await place(page).textContent()) !== path; i += 1) {
    const before = await place(page).textContent();
    await page.keyboard.press(key);
    await expect(place(page)).not.toHaveText(before ?? '');
  }
  await expect(place(page)).toHaveText(path);
}
const goOpen = (page: Page, path: string): Promise<void> => go(page, 'n', path);
const goTo = (page: Page, path: string): Promise<void> => go(page, 'k', path);

async function openPanes(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^fork-3fa2\b/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Merge fork-3fa2 into main/ }).click();
  await dialog(page)
    .getByRole('button', { name: /^Resolve \d+ conflicts?$/ })
    .click();
  await expect(dialog(page)).toHaveCount(0);
  await view(page).focus();
  await page.keyboard.press('v');
  await expect(line(pane(page, 'Result'), '"metric"')).toBeVisible({ timeout: 40_000 });
}

test('base, both branches and the result, each with its name, in step with what is chosen', async ({
  app: { page },
}) => {
  await openPanes(page);
  await expect(line(pane(page, 'Base'), '"mean_ms"')).toBeVisible();
  await expect(line(pane(page, 'main'), '"median_ms"')).toBeVisible();
  await expect(line(pane(page, 'fork-3fa2'), '"p95_ms",').first()).toBeVisible();
  const result = pane(page, 'Result');
  await expect(result.getByText('4 open')).toBeVisible();
  await expect(result.getByRole('list', { name: 'Where lines come from' })).toContainText(
    /Mmain.*Ffork-3fa2.*\?open/,
  );
  await expect(place(page)).toHaveText('/metric');
  await expect(result.locator('.mp-origin-open').first()).toHaveAttribute(
    'title',
    'open, and shown as main has it',
  );

  // by the button of a side
  await pane(page, 'fork-3fa2').getByRole('button', { name: /^Use/ }).click();
  await expect(result.getByText('3 open')).toBeVisible();
  await expect(place(page)).toHaveText('/rows[6]/p95_ms');
  await expect(line(pane(page, 'main'), '17.9')).toBeVisible();
  await expect(line(pane(page, 'fork-3fa2'), '21.5')).toBeVisible();
  await expect(line(result, '17.9')).toBeVisible();

  // by key, and taken back
  await view(page).focus();
  await page.keyboard.press('2');
  await expect(result.getByText('2 open')).toBeVisible();
  await page.keyboard.press('u');
  await expect(result.getByText('3 open')).toBeVisible();
  await expect(place(page)).toHaveText('/rows[6]/p95_ms');
  await page.keyboard.press('4');
  await page.keyboard.press('k');
  await expect(place(page)).toHaveText('/rows[6]/p95_ms');
  await expect(line(result, '16.5')).toBeVisible();
  await page.keyboard.press('k');
  await expect(line(result, '"metric": "p95_ms"')).toBeVisible();
  await expect(result.locator('.mp-origin-theirs').first()).toHaveAttribute('title', 'from fork-3fa2');
  await expect(pane(page, 'fork-3fa2').getByRole('button', { name: /^Used/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('from within a text: going to places, taking sides, both, editing, by keys alone', async ({
  app: { page },
}) => {
  await openPanes(page);
  const main = page.getByRole('textbox', { name: 'main, read only' });
  const result = pane(page, 'Result');
  await main.focus();
  await page.keyboard.press('Control+End');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('ArrowUp');
  await expect(place(page)).toHaveText('/rev');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('n');
  await expect(main).toBeFocused();

  // to the list that both added to
  await goOpen(page, '/columns');
  await page.keyboard.press('3');
  await expect(result.getByText('3 open')).toBeVisible();
  await page.keyboard.press('Escape');
  await goTo(page, '/columns');
  await expect(line(result, '"recall",')).toBeVisible();
  await expect(line(result, '"p99_ms"')).toBeVisible();

  await main.focus();
  await goOpen(page, '/metric');
  await page.keyboard.press('e');
  const typed = result.getByRole('textbox', { name: /of \/metric$/ });
  await expect(typed).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('p50_ms');
  await page.keyboard.press('Control+Enter');
  await expect(result.getByText('2 open')).toBeVisible();
  await goTo(page, '/metric');
  await expect(line(result, '"metric": "p50_ms"')).toBeVisible();
  await expect(result.locator('.mp-origin-edit').first()).toHaveAttribute('title', 'typed here');
  await expect(result.getByRole('list', { name: 'Where lines come from' })).toContainText('typed here');
});

test('an edit that is no JSON can’t be kept, and says where', async ({ app: { page } }) => {
  await openPanes(page);
  await page.keyboard.press('n');
  await page.keyboard.press('e');
  const result = pane(page, 'Result');
  const typed = result.getByRole('textbox', { name: /^New JSON value/ });
  await expect(typed).toBeFocused();
  await expect(result.getByText('Valid JSON')).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await expect(result.locator('.ve-problem')).toContainText('More text follows after the end of the value.');
  await expect(result.locator('.ve-bad-mark')).toBeVisible();
  await expect(result.getByRole('button', { name: 'Keep this' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  await expect(typed).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(result.getByText('Valid JSON')).toBeVisible();
  // Tab goes on, it is not typed
  await page.keyboard.press('Tab');
  await expect(result.getByRole('button', { name: 'Keep this' })).toBeFocused();
  await typed.focus();
  await page.keyboard.press('Escape');
  await expect(result.locator('.ve')).toHaveCount(0);
  await expect(result.getByText('4 open')).toBeVisible();
});

test('a place chosen in a text is the current card, and the other texts scroll to it', async ({
  app: { page },
}) => {
  await openPanes(page);
  const result = pane(page, 'Result');
  await expect(line(pane(page, 'Base'), '"mean_ms"')).toBeVisible();
  await page.getByRole('textbox', { name: 'Result, read only' }).focus();
  await page.keyboard.press('Control+End');
  // the ends stand beside each other
  await expect(line(pane(page, 'Base'), '"rev": 7')).toBeVisible();
  await expect(line(pane(page, 'main'), '"rev": 8')).toBeVisible();
  await expect(line(pane(page, 'fork-3fa2'), '"p99_ms"')).toBeVisible();
  await line(pane(page, 'fork-3fa2'), '"p99_ms"').click();
  await expect(place(page)).toHaveText('/columns');
  await page.keyboard.press('v');
  await expect(view(page).locator('[data-card][aria-current=true]')).toContainText('/columns');
  await page.keyboard.press('v');
  await expect(place(page)).toHaveText('/columns');
  await expect(line(pane(page, 'main'), '"recall"').last()).toBeVisible();
  // a double click types in its place
  await line(result, '"recall"').last().dblclick();
  await expect(result.locator('.ve')).toBeVisible();
});

test('sizes are kept, and every width has its layout', async ({ app: { page, data } }) => {
  await openPanes(page);
  const line1 = view(page).getByRole('separator', { name: 'Height of the sources' });
  await line1.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => keptIn(data)).toContain('panes-rows');
  for (const width of [1440, 1200, 860, 700]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(pane(page, 'Result').locator('.view-line').first()).toBeVisible();
    const room = await view(page)
      .locator('.mp-panes')
      .evaluate((element) => element.clientWidth);
    const choice = view(page).getByRole('radio', { name: 'Base' });
    await expect(choice).toHaveCount(room < 660 ? 1 : 0);
    await expect(pane(page, 'main')).toBeVisible();
    if (room < 660) {
      await expect(pane(page, 'Base')).toBeHidden();
      await view(page).getByText('Base', { exact: true }).first().click();
      await expect(line(pane(page, 'Base'), '"mean_ms"')).toBeVisible();
    }
    await expect.poll(() => overflow(page)).toEqual({ across: 0, down: 0 });
    expect(await outOfReach(page, '.mp-panes'), `at ${width}`).toEqual([]);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`four panes hold up to axe, ${colorScheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme });
    await openPanes(page);
    await page.keyboard.press('1');
    await page.keyboard.press('e');
    await expect(pane(page, 'Result').locator('.ve .view-line').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .include('.mp-panes')
      .exclude('.monaco-editor')
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test('what is closed gives its texts back', async ({ app: { page } }) => {
  await countMonaco(page);
  await page.reload();
  await openPanes(page);
  await page.keyboard.press('v');
  await expect(pane(page, 'Result')).toHaveCount(0);
  const before = await openThings(page);
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('v');
    await expect(pane(page, 'Result').locator('.view-line').first()).toBeVisible();
    await page.keyboard.press('e');
    await expect(pane(page, 'Result').locator('.ve .view-line').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.keyboard.press('v');
    await expect(pane(page, 'Result')).toHaveCount(0);
  }
  expect(await openThings(page)).toEqual(before);
});

test.describe('a large document', () => {
  test.use({ prepare: { by: (folder) => fork(folder, big('a'), big('b'), big('c')) } });

  test.setTimeout(150_000);

  test('shows its beginning, and all of it when a person says so', async ({ app: { page } }) => {
    await openPanes(page);
    await expect(view(page)).toContainText('Larger than is shown at once.');
    await page.keyboard.press('2');
    await expect(line(pane(page, 'Result'), '"metric": "c"')).toBeVisible({ timeout: 30_000 });
    await view(page).getByRole('button', { name: 'Show anyway' }).click();
    await expect(view(page).getByText('Larger than is shown at once.')).toHaveCount(0, { timeout: 30_000 });
    await page.getByRole('textbox', { name: 'Result, read only' }).focus();
    await page.keyboard.press('Control+End');
    await expect(line(pane(page, 'Base'), 'line 59995 of')).toBeVisible({ timeout: 30_000 });
  });
});
