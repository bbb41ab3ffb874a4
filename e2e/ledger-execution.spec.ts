import type { Page } from '@playwright/test';
import { axeFindings, expect, test } from './support/ledger.ts';

const view = (page: Page) => page.getByRole('region', { name: 'Execution', exact: true });
const part = (page: Page, name: string) => view(page).getByRole('region', { name, exact: true });
const states = (page: Page) => view(page).getByRole('list', { name: 'From admission to settlement' });

/** Opens the execution of an entry as a tab of its own, from the proof or the statement's inspector. */
async function openFromEntry(page: Page, seq: number): Promise<void> {
  const field = page
    .locator('.lb-bar')
    .getByRole('combobox')
    .or(page.locator('.lb-bar').getByRole('textbox'))
    .first();
  await field.fill(`seq:${seq}`);
  await field.press('Enter');
  await expect(page.locator('.lb-bar')).toContainText('1 of ');
  await page.getByRole('grid', { name: /^(?:Entries|Executions)$/ }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(`Entry ${seq}`);
  await page
    .getByRole('region', { name: 'Inspector' })
    .getByRole('button', { name: /execution/i })
    .first()
    .click();
  await expect(view(page)).toBeVisible();
}

test('an overrun: its states with times, what it cost and why, its answer', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  await openFromEntry(page, 6);
  await expect(view(page).getByRole('heading', { level: 2 })).toContainText('Execution');
  await expect(view(page)).toContainText('overrun');
  await expect(states(page).getByRole('listitem')).toHaveCount(4);
  await expect(states(page)).toContainText('Settled');
  await expect(part(page, 'Money')).toContainText('30 tokens');
  await expect(part(page, 'Money')).toContainText('$0.001660');
  await expect(part(page, 'Money')).toContainText('$0.000146');
  await expect(part(page, 'Response').locator('.view-line').first()).toBeVisible();
  await expect(part(page, 'A repeat of the same id')).toContainText('A repeat gets');
  await expect(part(page, 'Request')).toContainText(/hash/);
});

test('its entries lead to the statement, by keys alone', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  await openFromEntry(page, 9);
  await expect(part(page, 'Error')).toContainText('simulated 500');
  await part(page, 'Entries').getByRole('button', { name: /^9/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('Entry 9');
});

test('what does not add up stands in the execution it is about', async ({ page, openLedger }) => {
  await openLedger(page, 'tampered-payload');
  await page.getByRole('treeitem', { name: /^Proof/ }).click();
  await page.getByRole('button', { name: 'Open execution' }).first().click();
  await expect(part(page, 'What does not add up')).toContainText('Entry 6 was changed after it was written');
  await expect(part(page, 'Entries').getByRole('row', { name: /^6/ })).toContainText('hash does not match');
  await view(page).getByRole('button', { name: 'Show in statement' }).click();
  await expect(page.locator('.lb-bar')).toContainText('3 of 13 entries');
});

test('a narrow execution shows all of its states, and what should be and is', async ({
  page,
  openLedger,
}) => {
  await page.setViewportSize({ width: 900, height: 800 });
  await openLedger(page, 'tampered-execution');
  await page.getByRole('treeitem', { name: /^Proof/ }).click();
  await page.getByRole('button', { name: 'Open execution' }).first().click();
  await expect(part(page, 'What does not add up')).toContainText(/Should be:.*COMMITTED.*Is:.*RELEASED/);
  const line = view(page).getByRole('list', { name: 'From admission to settlement' });
  const out = await line.evaluate(
    (list) =>
      [...list.children].filter(
        (step) => step.getBoundingClientRect().right > list.getBoundingClientRect().right + 1,
      ).length,
  );
  expect(out).toBe(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`an execution holds up to axe in the ${theme} theme, also narrow`, async ({ page, openLedger }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openLedger(page, 'tampered-payload');
    await page.getByRole('treeitem', { name: /^Proof/ }).click();
    await page.getByRole('button', { name: 'Open execution' }).first().click();
    await expect(part(page, 'Response').locator('.view-line').first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
    expect(await axeFindings(page)).toEqual([]);
    const wide = await view(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBe(0);
  });
}
