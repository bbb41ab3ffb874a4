import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { graph, inspector, storeCall } from './support/vek.ts';

const field = (page: Page) => page.getByLabel('Filter calls');
const terms = (page: Page) => page.getByRole('group', { name: 'Terms' });
const chip = (page: Page, term: string) => terms(page).getByRole('button', { name: `${term}, edit` });
const options = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

// the first window of a busy machine takes its time
test.beforeEach(async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible({ timeout: 30_000 });
});

test('terms become chips as they are finished; words stay text; both count', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await page.keyboard.press('/');
  await page.keyboard.type('tool:run_tests ');
  await expect(chip(page, 'tool:run_tests')).toBeVisible();
  await expect(field(page)).toHaveValue('');
  await expect(page.getByText('3 of 19 calls')).toBeVisible();
  await page.keyboard.type('-tool:edit error');
  await page.keyboard.press('Enter');
  await expect(grid).toBeFocused();
  await expect(terms(page).getByRole('button', { name: /, edit/ })).toHaveCount(3);
  await expect(page.getByText(/^[12] of 19 calls$/)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('monkeypatch');
  await expect(page.getByText(/^No call matches/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('19 calls').first()).toBeVisible();
  await expect(terms(page)).toHaveCount(0);
});

test('chips by keyboard: back to text, along them, away; the focus is never lost', async ({
  app: { page },
}) => {
  const { grid } = graph(page);
  await expect(grid).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('tool:edit,run_tests branch:main since:2020-01-01 ');
  await expect(terms(page).getByRole('button', { name: /, edit/ })).toHaveCount(3);
  await page.keyboard.press('Backspace');
  await expect(field(page)).toHaveValue('since:2020-01-01');
  await expect(terms(page).getByRole('button', { name: /, edit/ })).toHaveCount(2);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(chip(page, 'branch:main')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(chip(page, 'tool:edit,run_tests')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(field(page)).toBeFocused();
  await expect(chip(page, 'tool:edit,run_tests')).toHaveCount(0);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  // what was being typed is a chip of its own since the focus left it
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('since:2020-01-01');
  await expect(chip(page, 'branch:main')).toBeVisible();
});

test('suggestions for keys, tools, branches and times, by keys and by mouse', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await expect(grid).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('to');
  await expect(options(page).first()).toContainText('tool:');
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', /-0$/);
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('tool:');
  await page.keyboard.type('run');
  await expect(options(page).first()).toContainText('run_tests');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(chip(page, 'tool:run_tests')).toBeVisible();
  await expect(field(page)).toBeFocused();
  await expect(options(page)).toHaveCount(0);

  await page.keyboard.type('branch:try');
  await expect(options(page)).toHaveCount(2);
  await options(page).filter({ hasText: 'try-mock' }).click();
  await expect(chip(page, 'branch:try-mock')).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('since:');
  await expect(options(page).filter({ hasText: 'since:today' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(options(page)).toHaveCount(0);
  await expect(chip(page, 'tool:run_tests')).toBeVisible();
});

test('a wrong term is marked with what is wrong, and the rows stay as they were', async ({
  app: { page },
}) => {
  const { grid, rows } = graph(page);
  await expect(rows).toHaveCount(19);
  const first = await rows.first().boundingBox();
  await page.keyboard.press('/');
  await page.keyboard.type('tol:edit branch:nowhere ');
  await expect(page.getByRole('button', { name: /^tol:edit, edit\. There is no filter term/ })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Did you mean tool:?' })).toBeVisible();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(
    page.getByRole('button', { name: /^branch:nowhere, edit\. There is no branch/ }),
  ).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  expect(await rows.first().boundingBox()).toEqual(first);
  await page.getByRole('button', { name: 'Remove tol:edit' }).click();
  await page.getByRole('button', { name: 'Remove branch:nowhere' }).click();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'false');
  await expect(field(page)).toBeFocused();
});

test('the menu of a row filters by what it is', async ({ app: { page } }) => {
  const { grid, row } = graph(page);
  await row('ab25bae2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show only run_tests' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await row('ab25bae2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Hide run_tests' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '16');
  await page.getByRole('button', { name: 'Remove -tool:run_tests' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '19');

  const at = Number(await row('ab25bae2').getAttribute('aria-rowindex'));
  await row('ab25bae2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Since this call' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(at));
  await row('ab25bae2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Until this call' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await page.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await page.keyboard.press('e');
  await expect(page.getByText(/^[1-9] of 19 calls$/)).toBeVisible();
  await expect(row('ab25bae2')).toBeVisible();
});

test('without the filter the call that it hid is in sight again', async ({ app: { page } }) => {
  const { grid, row, selected } = graph(page);
  await page.setViewportSize({ width: 1440, height: 420 });
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await page.keyboard.press('End');
  await expect(row('0c079bb9')).toHaveAttribute('aria-selected', 'true');
  const hash = (await selected.getAttribute('id'))!.slice(5, 13);
  const tool = (await row(hash).locator('.g-tool').getAttribute('title'))!;
  await page.keyboard.press('/');
  await page.keyboard.type(`-tool:${tool}`);
  await page.keyboard.press('Enter');
  await expect(row(hash)).toHaveCount(0);
  await expect(grid).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('#');
  await page.keyboard.type(hash);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${hash} is hidden by the filter.`).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await expect(row(hash)).toBeInViewport();
  await expect(selected).toContainText(hash);
});

test('nothing matches: what is hidden, the newest before, and the way back', async ({
  app: { page, folder },
}) => {
  storeCall(folder!, 'fetch', { url: 'https://example.com/a' }, { status: 200 });
  const { grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '20');
  await field(page).fill('tool:fetch since:2040-01-01');
  await expect(
    page.getByRole('heading', { name: /No call matches tool:fetch since:2040-01-01/ }),
  ).toBeVisible();
  await expect(
    page.getByText(
      /20 calls are hidden by the filter\. Without the time the newest match is from 1 Jan 2031/,
    ),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Leave out the time' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await expect(chip(page, 'tool:fetch')).toBeVisible();
});

test('focus on one branch, then two: said, shown, and left again', async ({ app: { page } }) => {
  const { grid, row } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await row('5b9d4e95').click();
  await page.keyboard.press('Control+f');
  await expect(page.getByText('try-mock only, 6 of 19 calls. Esc shows all branches.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Focus', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const chosen = terms(page).getByRole('button', { name: /only, choose branches/ });
  await expect(chosen).toContainText('try-mock only');
  await chosen.click();
  await page.getByRole('menuitemcheckbox', { name: /^main/ }).click();
  await page.keyboard.press('Escape');
  await expect(chosen).toContainText('try-mock and main only');
  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await expect(row('5b9d4e95')).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+f');
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
  await page.keyboard.press('Control+f');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
});

test('filter and focus are there again after a reload, and in the palette', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await field(page).fill('tool:edit');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await page.waitForTimeout(700);
  await page.reload();
  await expect(chip(page, 'tool:edit')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>show all calls');
  await page.keyboard.press('Enter');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await graph(page).row('ab25bae2').click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>show only run');
  await page.keyboard.press('Enter');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await expect(inspector(page)).toContainText('run_tests');
});
