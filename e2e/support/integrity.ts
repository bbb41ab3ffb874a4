import { expect, type Locator, type Page } from '@playwright/test';
import { isConsequence } from '../../src/contract/integrity.ts';
import type { CheckReport } from '../../src/contract/problem.ts';
import { GROUPED_FROM } from '../../src/renderer/features/integrity/rows.ts';
import { terminal } from './vek.ts';

/** The integrity view: its rows, and the part of the inspector that explains a finding. */
export function integrity(page: Page): {
  readonly view: Locator;
  readonly grid: Locator;
  readonly row: (words: string | RegExp) => Locator;
  readonly explained: Locator;
} {
  const view = page.getByRole('region', { name: 'Integrity', exact: true });
  const grid = view.getByRole('treegrid', { name: 'Findings, worst first' });
  return {
    view,
    grid,
    row: (words) => grid.getByRole('row').filter({ hasText: words }),
    explained: page.getByRole('region', { name: 'Inspector', exact: true }).last(),
  };
}

/** Opens the integrity view of the first source. */
export async function openIntegrity(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^Integrity/ }).click();
  await expect(integrity(page).view).toBeVisible();
}

/** Checks everything by its button, to the end. */
export async function checkAll(page: Page): Promise<void> {
  const { view } = integrity(page);
  await view.getByRole('button', { name: /^Check (everything|again)$/ }).click();
  await expect(view.getByRole('button', { name: 'Check again' })).toBeVisible({ timeout: 60_000 });
  await expect(view.getByText(/Calls verified/)).toBeVisible();
}

/** The view must list what the terminal says of the same files: as many rows, and a verdict to match. */
export async function expectSameFindings(page: Page, folder: string, data: string): Promise<void> {
  const report = terminal(folder, data, 'fsck') as CheckReport;
  const { view, grid } = integrity(page);
  await expect(
    view.getByRole('heading', { name: report.ok ? /^Sound/ : /^(Damaged|Nothing is left)/, level: 2 }),
  ).toBeVisible();
  const kinds = new Map<string, number>();
  for (const problem of report.problems) {
    if (!isConsequence(problem)) kinds.set(problem.kind, (kinds.get(problem.kind) ?? 0) + 1);
  }
  const rows = [...kinds.values()].reduce((sum, count) => sum + (count >= GROUPED_FROM ? 1 : count), 0);
  if (rows === 0) await expect(grid).toHaveCount(0);
  else await expect(grid).toHaveAttribute('aria-rowcount', String(rows + 1));
}
