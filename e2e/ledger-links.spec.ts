import type { Locator, Page } from '@playwright/test';
import { axeFindings } from './support/ledger.ts';
import { expect, test } from './support/app.ts';
import { graph, inspector } from './support/vek.ts';

/** The bundled sample holds a repository and a ledger that recorded some of the same calls. */
test.use({ golden: null });

/** A settled execution of the sample's ledger, its settlement, and the call whose output is its response. */
const EXECUTION = 'fbc9af9f';
const SETTLED = 144;
const CALL = '1239d50c';

const execution = (page: Page) => page.getByRole('region', { name: 'Execution', exact: true });
const elsewhere = (page: Page) =>
  execution(page).getByRole('region', { name: 'Recorded elsewhere', exact: true });
const statement = (page: Page) => page.getByRole('grid', { name: 'Entries', exact: true });
const toCall = (page: Page) => elsewhere(page).getByRole('button', { name: /^model\.chat/ });
const toExecution = (page: Page) =>
  inspector(page)
    .getByRole('region', { name: 'Also recorded elsewhere' })
    .getByRole('listitem')
    .filter({ hasText: /aex\.db/ })
    .getByRole('button');

/** Shows the settlement alone in the statement and selects it. */
async function selectSettlement(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^Ledger/ }).click();
  await statement(page).focus();
  await page.keyboard.press('/');
  await page.keyboard.type(`seq:${SETTLED}`);
  await page.keyboard.press('Enter');
  await expect(page.locator('.lb-bar')).toContainText('1 of ');
  await statement(page).focus();
  await page.keyboard.press('Home');
  await expect(inspector(page)).toContainText(`Entry ${SETTLED}`);
}

test('an execution and its call lead to each other by clicks, and back again', async ({ app: { page } }) => {
  await selectSettlement(page);
  await inspector(page).getByRole('button', { name: 'Open execution' }).click();
  await expect(execution(page).getByRole('heading', { level: 2 })).toContainText(EXECUTION);
  await expect(elsewhere(page)).toContainText('provider’s id of the response');
  await toCall(page).click();
  await expect(graph(page).selected).toContainText(CALL);
  await expect(inspector(page)).toContainText('model.chat');
  await toExecution(page).click();
  await expect(execution(page).getByRole('heading', { level: 2 })).toContainText(EXECUTION);
  await expect(page.getByRole('tab', { selected: true })).toContainText(EXECUTION);
  expect(await axeFindings(page)).toEqual([]);
});

test('the same by keys alone, with the focus in what was opened', async ({ app: { page } }) => {
  await selectSettlement(page);
  await page.keyboard.press('Enter');
  await expect(execution(page).getByRole('heading', { level: 2 })).toContainText(EXECUTION);
  await expect(toCall(page)).toBeVisible();
  await tabTo(page, toCall(page));
  await page.keyboard.press('Enter');
  await expect(graph(page).selected).toContainText(CALL);
  await expect(toExecution(page)).toBeVisible();
  await tabTo(page, toExecution(page));
  await page.keyboard.press('Enter');
  await expect(execution(page).getByRole('heading', { level: 2 })).toContainText(EXECUTION);
  await expect(page.locator(':focus')).not.toHaveCount(0);
});

test('what nothing else recorded says so', async ({ app: { page } }) => {
  await page.getByRole('treeitem', { name: /^Ledger/ }).click();
  await statement(page).focus();
  await page.keyboard.press('End');
  await expect(inspector(page)).toContainText('Entry 1');
  await page.keyboard.press('Enter');
  await expect(elsewhere(page)).toContainText('No run or agent of this workspace recorded the same call');
  await expect(elsewhere(page).getByRole('button')).toHaveCount(0);
});

/** Goes on by Tab until `target` has the focus, as a person would who sees the ring. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isThere = () => target.evaluate((element) => element.matches(':focus'));
  for (let steps = 0; steps < 60 && !(await isThere()); steps += 1) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}
