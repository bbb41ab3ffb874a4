import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { axeFindings, expect, test } from './support/ledger.ts';

const accounts = (page: Page) => page.getByRole('region', { name: 'Accounts', exact: true });
const table = (page: Page, name: string) => accounts(page).getByRole('table', { name, exact: true });

async function openAccounts(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^Accounts/ }).click();
  await expect(table(page, 'Agents')).toBeVisible();
}

test('agents with budget, spent and rules; a figure opens its entries', async ({ page, openLedger }) => {
  await openLedger(page, 'protocol');
  await openAccounts(page);
  const poor = table(page, 'Agents').getByRole('row', { name: /poor-p/ });
  await expect(poor).toContainText('$0.000956');
  await expect(poor).toContainText('of $0.003000');
  await expect(poor).toContainText('$0.002044');
  await expect(table(page, 'Agents').getByRole('row', { name: /capped-p/ })).toContainText(
    'at most 30 tokens in',
  );
  await poor.getByRole('button', { name: /Show the denials/ }).click();
  const grid = page.getByRole('grid', { name: 'Entries' });
  await expect(grid).toContainText('Denied');
  await expect(page.locator('.lb-bar')).toContainText('poor-p');
});

test('models have the prices of models.yaml, and no price where it has none', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'protocol');
  await openAccounts(page);
  await expect(table(page, 'Models').getByRole('row', { name: /vendor-mini-001/ })).toContainText(
    '$2 in, $8 out',
  );
});

test('without models.yaml every model is unpriced, never priced at 0', async ({ page, openLedger }) => {
  await openLedger(page, 'small', {
    prepare: (folder) => rmSync(join(folder, 'models.yaml'), { force: true }),
  });
  await openAccounts(page);
  await expect(accounts(page)).toContainText('prices are unknown');
  await expect(table(page, 'Models').getByRole('row').nth(1)).toContainText('unpriced');
});

test('a table is ordered by its heads, by keys alone', async ({ page, openLedger }) => {
  await openLedger(page, 'protocol');
  await openAccounts(page);
  const head = table(page, 'Agents').getByRole('button', { name: 'Agent', exact: true });
  await head.focus();
  await page.keyboard.press('Enter');
  await expect(table(page, 'Agents').getByRole('columnheader', { name: 'Agent' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  const names = await table(page, 'Agents').locator('.la-agent bdi').allTextContents();
  expect(names).toEqual(names.toSorted());
  await page.keyboard.press('Enter');
  await expect(table(page, 'Agents').locator('.la-agent bdi').first()).toHaveText('vis-p');
});

test('no token of any agent stands in the page', async ({ page, openLedger }) => {
  const { file } = await openLedger(page, 'protocol');
  await openAccounts(page);
  const database = new Database(file, { readonly: true });
  const tokens = database.prepare('SELECT api_token, token_hash FROM agents').raw().all() as string[][];
  database.close();
  const text = await page.locator('body').innerText();
  const html = await page.content();
  expect(tokens.length).toBeGreaterThan(5);
  for (const secret of tokens.flat()) {
    expect(text).not.toContain(secret);
    expect(html).not.toContain(secret);
  }
});

for (const theme of ['light', 'dark'] as const) {
  test(`accounts hold up to axe in the ${theme} theme, also narrow`, async ({ page, openLedger }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openLedger(page, 'protocol');
    await openAccounts(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
    await expect(table(page, 'Agents')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}

test('a figure that a finding doubts says what it should be, and leads to the finding', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'tampered-budget');
  await openAccounts(page);
  const row = table(page, 'Agents').getByRole('row', { name: /solo/ });
  await expect(row).toContainText('should be $0.010000');
  await row.getByRole('button', { name: /^should be/ }).click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('The budget of solo');
});

test('figures without entries say why they open none', async ({ page, openLedger }) => {
  await openLedger(page, 'protocol');
  await openAccounts(page);
  const policies = table(page, 'Policies');
  await expect(policies.getByTitle(/Entries do not name a policy/).first()).toBeVisible();
  await expect(
    table(page, 'Agents')
      .getByTitle(/no entry when a rate limit refuses/)
      .first(),
  ).toBeVisible();
});

test('a policy of few executions opens their entries, a rate window those of its minute', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'protocol');
  await openAccounts(page);
  await table(page, 'Rate windows')
    .getByRole('button', { name: /Show the entries of that minute/ })
    .first()
    .click();
  await expect(page.getByRole('group', { name: 'Terms' })).toContainText('agent');
  await expect(page.locator('.lb-count')).toContainText(/[1-9]\d* of 176 entries/);
  await openAccounts(page);
  const few = table(page, 'Policies')
    .getByRole('button', { name: /Show the entries of these executions/ })
    .first();
  await few.click();
  await expect(page.getByRole('group', { name: 'Terms' })).toContainText('execution');
  await expect(page.locator('.lb-count')).toContainText(/[1-9]\d* of 176 entries/);
});

test('no table of a narrow window is wider than the window', async ({ page, openLedger }) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await openLedger(page, 'protocol');
  await openAccounts(page);
  const wider = await accounts(page)
    .locator('.la-table-box')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(wider).toBe(0);
});

test('columns without room are named, and come on request', async ({ page, openLedger }) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await openLedger(page, 'protocol');
  await openAccounts(page);
  const head = table(page, 'Agents').getByRole('columnheader', { name: 'Burn' });
  await expect(head).toBeHidden();
  const note = page.locator('.la-left-out', { hasText: 'No room for: Tokens in, out; Burn.' });
  await note.getByRole('button', { name: 'Show all columns' }).click();
  await head.scrollIntoViewIfNeeded();
  await expect(head).toBeInViewport();
  await page.getByRole('button', { name: 'Only the columns that have room' }).click();
  await expect(head).toBeHidden();
  await page.setViewportSize({ width: 1600, height: 700 });
  await expect(head).toBeVisible();
  await expect(note).toBeHidden();
});

test('the palette leads to comparing, filtering and a proof of the ledger', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  const run = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill(words);
    await page.getByRole('option').first().click();
  };
  await run('compare the ledger');
  await expect(page.locator('.pf-compare :focus')).toBeVisible();
  const waiting = page.waitForEvent('download');
  await run('export the proof');
  expect((await waiting).suggestedFilename()).toMatch(/-proof\.json$/);
  await run('filter the entries');
  await expect(page.locator('.lb-bar input')).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('nothing like that');
  await expect(page.getByRole('dialog')).toContainText('An account is found by the name of its agent');
});
