import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** The parts of an agent, as a tree. */
export const partsOf = (page: Page, agent: string) => page.getByRole('tree', { name: `Parts of ${agent}` });

/** The page beside the outline. */
export const agentPage = (page: Page) => page.locator('.ag-page');

/** Opens an agent from the list of sources, as of the last day of its logs. */
export async function openAgentAsOf(page: Page, agent: string): Promise<void> {
  await page
    .getByRole('treeitem', { name: new RegExp(`^${agent}`) })
    .first()
    .click();
  await expect(partsOf(page, agent)).toBeVisible();
  const asOf = page.getByRole('button', { name: /^Show as of/ });
  const back = page.getByRole('button', { name: 'Back to today' });
  await expect(asOf.or(back).first()).toBeVisible();
  if (await asOf.isVisible()) await asOf.click();
  await expect(back).toBeVisible();
}

/** Opens a file from the palette, by its path below the root. */
export async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(path);
  const start = new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
  await page.getByRole('option', { name: start }).first().click();
  await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText(path.split('/').at(-1)!);
  // the palette hands the keys to the page a moment later
  await expect(page.locator('#view:focus, #view :focus')).toHaveCount(1);
}

/** Begins to edit the file in front, by its key, and waits for the text. */
export async function beginEdit(page: Page): Promise<void> {
  await expect(page.getByRole('radio', { name: 'Edit' })).toBeAttached();
  await page.keyboard.press('e');
  // a narrow window shows the form alone at first
  await expect(page.locator('.ew .view-line').first()).toBeAttached();
  await expect(page.locator('.ew :focus')).toHaveCount(1);
}

/** The lines of the editor in front that are in sight, with `\n` between them. */
export const shownText = (page: Page): Promise<string> =>
  page.locator('.ew .view-line').evaluateAll((lines) =>
    lines
      .toSorted((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
      .map((line) => (line.textContent ?? '').replaceAll('\u00A0', ' '))
      .join('\n'),
  );

/** The dialog that shows what is written. */
export const editDialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'Nothing is written' });

/** Saves by keys: shows what is written, and writes it. */
export async function saveByKeys(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(async () => {
    await expect(editDialog(page).getByRole('button', { name: /^(?:Write|Delete)/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    // where the folder changed at that moment the plan is made anew, and the key comes too early
    await expect(editDialog(page)).toBeHidden({ timeout: 3_000 });
  }).toPass();
}
