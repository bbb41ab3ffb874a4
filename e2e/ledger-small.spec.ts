import { expect, test } from './support/ledger.ts';

test('in a low window the entries come before the chart, which is back when there is room', async ({
  page,
  openLedger,
}) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await openLedger(page, 'tampered-payload');
  const rows = page.locator('.ls-row');
  const chart = page.getByRole('region', { name: 'Money over time' });
  await expect(rows.first()).toBeVisible();
  await expect(chart).toHaveCount(0);
  const grid = (await page.locator('.ls-grid').boundingBox())!;
  expect(grid.height).toBeGreaterThan(2 * 28);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(chart).toBeVisible();
  expect((await page.locator('.ls-grid').boundingBox())!.height).toBeGreaterThanOrEqual(4 * 28);
});

test('what explains a finding opens in a narrow window', async ({ page, openLedger }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  await openLedger(page, 'tampered-payload');
  await page.getByRole('button', { name: /^Show entry/ }).click();
  const drawer = page.locator('section.drawer-end');
  await expect(drawer.getByText('What to do:')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await page.locator('.ls-grid').focus();
  await page.keyboard.press('n');
  await expect(drawer.getByText('What to do:')).toBeVisible();
});

test('a ledger whose budgets nothing proves says so with its verdict', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector).toContainText(/records agree; \d+ budgets? can’t be proved/);
});
