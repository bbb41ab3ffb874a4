import { expect, test } from './support/app.ts';
import { graph, inspector, storeCall } from './support/vek.ts';

const CALLS = 60;

/** A straight history after one call of years before. */
function straight(folder: string): void {
  storeCall(folder, 'plan', { goal: 'begin' }, { ok: true }, { at: 'now' });
  for (let i = 1; i < CALLS; i++) {
    const tool = i % 3 === 0 ? 'search' : 'fetch';
    storeCall(folder, tool, { query: `question ${i}` }, { answer: i, cost_usd: 0.000001 });
  }
}

// the first window of a busy machine takes its time
test.beforeEach(async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible({ timeout: 30_000 });
});

test.use({ golden: 'empty', prepare: { by: straight } });

test('long runs fold into one row with their sums; Space opens one and closes it again', async ({
  app: { page },
}) => {
  const { grid, rows, row, selected } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  await page.keyboard.press('r');
  const toggle = page.getByRole('button', { name: 'Fold runs' });
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  const fold = row('calls folded');
  await expect(fold).toHaveCount(1);
  await expect(fold.getByRole('gridcell', { name: 'Run', expanded: false })).toHaveCount(1);
  await expect(fold).toHaveAccessibleName(/^\d\d calls folded, \d+ s: fetch \d+, search \d+/);
  const folded = Number(/^\d+/.exec((await fold.textContent())!)![0]);
  expect(folded).toBeGreaterThan(40);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS - folded + 1));
  await expect(page.getByText(`${CALLS} calls`).first()).toBeVisible();

  await grid.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8 && !(await selected.textContent())?.includes('folded'); i++)
    await page.keyboard.press('ArrowDown');
  await expect(selected).toContainText('calls folded');
  await page.keyboard.press(' ');
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  await expect(fold).toHaveCount(0);
  await expect(rows.first()).toBeVisible();
  for (let step = 0; step < 2; step += 1) {
    const before = (await selected.getAttribute('id'))!;
    await page.keyboard.press('ArrowDown');
    await expect(selected).not.toHaveAttribute('id', before);
  }
  await page.keyboard.press(' ');
  await expect(fold).toHaveCount(1);
  await expect(selected).toContainText('calls folded');
  await expect(grid).toBeFocused();

  await fold.locator('.g-fold-sign').click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  await page.keyboard.press('r');
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
});

test('a hash inside a folded run opens it; the choice to fold survives a reload', async ({
  app: { page },
}) => {
  const { grid, row, selected } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  const hash = (await row('question 31').getAttribute('id'))!.slice(5, 17);
  await page.keyboard.press('r');
  await expect(row('calls folded')).toHaveCount(1);
  await page.keyboard.press('#');
  await page.keyboard.type(hash);
  await page.keyboard.press('Enter');
  await expect(selected).toContainText('question 31');
  await expect(inspector(page)).toContainText(hash.slice(0, 8));
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));

  await page.keyboard.press(' ');
  await expect(selected).toContainText('calls folded');
  await page.waitForTimeout(700);
  await page.reload();
  await expect(row('calls folded')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Fold runs' })).toHaveAttribute('aria-pressed', 'true');
});

test('a filter on folded runs counts calls, not rows', async ({ app: { page } }) => {
  const { grid, row } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  await page.keyboard.press('r');
  await expect(row('calls folded')).toHaveCount(1);
  await page.getByLabel('Filter calls').fill('tool:fetch');
  const fetches = Math.ceil(((CALLS - 1) * 2) / 3);
  await expect(page.getByText(`${fetches} of ${CALLS} calls`)).toBeVisible();
  await expect(row('calls folded')).toHaveAccessibleName(/: fetch \d+,? ?\d* ?[A-Z\d$]/);
});

test('a long time without calls stands below the call that ended it', async ({ app: { page } }) => {
  const { row, grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  const after = row('question 1→').or(row('question 1')).last();
  await page.keyboard.press('End');
  await expect(after).toHaveAttribute('data-idle', /days? .*idle$/);
  await expect(after).toHaveAccessibleName(/after [\d,]+ days.* without calls$/);
  expect(await grid.locator('[data-idle]').count()).toBe(1);
});
