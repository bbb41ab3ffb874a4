import type { Locator, Page } from '@playwright/test';

/** The day that the figures of the sample fleet are for. */
export const FLEET_DAY = '2026-06-08';

/** Opens the costs of all agents or of one, as of the day of the sample unless `anyDay`. */
export async function openCosts(
  page: Page,
  agent: string | null,
  { anyDay = false }: { readonly anyDay?: boolean } = {},
): Promise<void> {
  const rows = page.getByRole('tree').getByRole('treeitem');
  if (agent === null) {
    await rows.filter({ hasText: 'Costs' }).first().click();
  } else {
    await rows.filter({ hasText: agent }).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Show its costs' }).click();
  }
  if (anyDay) return;
  const asOf = page.getByRole('button', { name: /^Show as of/ });
  await asOf
    .or(page.getByRole('heading', { name: /^Cost per/ }))
    .first()
    .waitFor();
  if ((await asOf.count()) > 0) await asOf.click();
  await page.getByRole('heading', { name: /^Cost per/ }).waitFor();
}

/** A table of the costs by its name. */
export const table = (page: Page, name: string): Locator => page.getByRole('grid', { name, exact: true });

/** The texts of the cells of a table, without its heads. */
export async function rowsOf(grid: Locator): Promise<string[][]> {
  const rows = await grid.getByRole('row').all();
  return Promise.all(
    rows.slice(1).map(async (row) => {
      const cells = await row.getByRole('gridcell').allInnerTexts();
      return cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim());
    }),
  );
}
