import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFocusShown, nameOfFocus } from './support/layout.ts';
import { dialog, expectAgreement, graph, inspector } from './support/vek.ts';

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test('Tab leads from the title through sources and filter to the rows and the inspector, always seen', async ({
  app: { page },
}) => {
  const { grid, selected } = graph(page);
  await expect(grid).toBeVisible();
  const stops: string[] = [];
  for (let i = 0; i < 40 && !stops.includes('grid Calls, newest first'); i++) {
    await press(page, 'Tab');
    await expectFocusShown(page);
    stops.push(await nameOfFocus(page));
  }
  const place = (words: RegExp) => stops.findIndex((stop) => words.test(stop));
  const order = [/run a command/, /^treeitem/, /^tab Graph/, /Filter calls/, /^grid/].map(place);
  expect(order, stops.join('\n')).not.toContain(-1);
  expect(order, stops.join('\n')).toEqual(order.toSorted((a, b) => a - b));
  await press(page, 'ArrowDown');
  await expect(selected).toHaveCount(1);
  await expect(grid).toHaveAttribute('aria-activedescendant', /^call-/);
  await expect(inspector(page).getByRole('tab', { name: 'Content' })).toBeVisible();
  const later: string[] = [];
  for (let i = 0; i < 12; i++) {
    await press(page, 'Tab');
    later.push(await nameOfFocus(page));
  }
  expect(later.join('\n')).toMatch(/tab Content/);
});

test('rows by arrows, letters, pages, ends; parent and child; a hash', async ({ app: { page } }) => {
  const { grid, rows, row, selected } = graph(page);
  await expect(rows).toHaveCount(19);
  // from the freshly opened page, without a click
  await press(page, 'Home');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');
  await press(page, 'ArrowDown', 'j', 'j');
  await expect(selected).toHaveAttribute('aria-rowindex', '4');
  await press(page, 'ArrowUp', 'k');
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  await press(page, 'End');
  await expect(selected).toHaveAttribute('aria-rowindex', '19');
  await press(page, 'PageUp');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');
  await press(page, 'PageDown');
  await expect(selected).toHaveAttribute('aria-rowindex', '19');

  await press(page, '#');
  const field = page.getByLabel('Go to the call whose hash begins with');
  await expect(field).toBeFocused();
  await page.keyboard.type('ffff');
  await press(page, 'Enter');
  await expect(page.getByText(/No call|not in|no call|begins with/i).first()).toBeVisible();
  await expect(field).toBeFocused();
  await field.fill('5');
  await press(page, 'Enter');
  await expect(page.getByText(/several|ambiguous|matches \d|5 calls|more than one/i).first()).toBeVisible();
  await field.fill('b9f1');
  await press(page, 'Enter');
  await expect(field).toHaveCount(0);
  await expect(grid).toBeFocused();
  await expect(selected).toContainText('b9f1c245');
  await press(page, 'g', 'Escape');
  await expect(field).toHaveCount(0);
  await expect(grid).toBeFocused();

  await press(page, 'ArrowLeft');
  await expect(selected).toContainText('2615913b');
  await press(page, 'ArrowLeft');
  await expect(selected).toContainText('846368ee');
  await press(page, 'ArrowRight');
  await expect(selected).not.toContainText('846368ee');
  await row('0c079bb9').waitFor();
});

test('filter and focus, and Esc leads back to the rows', async ({ app: { page } }) => {
  const { grid, selected } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await press(page, 'Home', '/');
  await expect(page.getByLabel('Filter calls')).toBeFocused();
  await page.keyboard.type('tool:edit');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await press(page, 'Enter');
  await expect(grid).toBeFocused();
  await press(page, 'Home', 'End');
  await expect(selected).toContainText('edit');
  await press(page, '/', 'Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await press(page, 'Escape');
  await expect(grid).toBeFocused();

  await press(page, '#');
  await page.keyboard.type('5b9d');
  await press(page, 'Enter');
  await expect(selected).toContainText('5b9d4e95');
  await press(page, 'Control+f');
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
  await expect(selected).toContainText('5b9d4e95');
  await press(page, 'Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await expect(grid).toBeFocused();
});

test('a call as a tab, through its text with Esc out of it, tabs closed again', async ({ app: { page } }) => {
  const { grid, selected } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home', 'ArrowDown', 'Enter');
  const tabs = page.getByRole('tablist', { name: 'Open views' }).getByRole('tab');
  await expect(tabs).toHaveCount(2);
  const view = page.getByRole('tabpanel').first();
  await expect(
    view.getByRole('region', { name: 'Input', exact: true }).locator('.view-line').first(),
  ).toBeVisible();
  for (let i = 0; i < 60 && !/^textarea|^textbox|read only/.test(await nameOfFocus(page)); i++)
    await press(page, 'Tab');
  expect(await nameOfFocus(page)).toMatch(/read only/);
  await expect(view.locator(':focus')).toHaveCount(1);
  await press(page, 'Escape');
  expect(await nameOfFocus(page)).not.toMatch(/read only|nothing/);
  await expect(view.locator(':focus')).toHaveCount(1);
  await press(page, 'Alt+w');
  await expect(tabs).toHaveCount(1);
  await expect(grid).toBeFocused();
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  await press(page, 'j', 'Enter');
  await expect(tabs).toHaveCount(2);
  await press(page, 'Alt+PageUp');
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Alt+PageDown');
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
});

test('fork, tag and branch with preview and Enter; the focus goes back to the rows', async ({
  app: { page, folder, data },
}) => {
  const { grid, row, selected } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, '#');
  await page.keyboard.type('ab25');
  await press(page, 'Enter');
  await expect(selected).toContainText('ab25bae2');

  await press(page, 'f');
  await expect(dialog(page).getByLabel('Name of the branch')).toBeFocused();
  await press(page, 'Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(grid).toBeFocused();

  for (const [key, name, shown] of [
    ['f', 'forked-by-keys', 'forked-by-keys'],
    ['b', 'branched-by-keys', 'branched-by-keys'],
    ['t', 'tagged-by-keys', 'tag/tagged-by-keys'],
  ] as const) {
    await press(page, key);
    await expect(dialog(page).getByLabel(/^Name of the/)).toBeFocused();
    await page.keyboard.type(name);
    await expect(dialog(page).getByRole('listitem').filter({ hasText: shown })).toContainText('ab25bae2');
    await press(page, 'Enter');
    await expect(dialog(page)).toHaveCount(0);
    await expect(grid).toBeFocused();
  }
  await expect(row('ab25bae2')).toHaveAccessibleName(/branch forked-by-keys.*tag tagged-by-keys/);
  expectAgreement(folder!, data, {
    branches: [
      'branched-by-keys',
      'docs/changelog',
      'forked-by-keys',
      'main',
      'reexec-plan',
      'try-mock',
      'try-retry',
    ],
    head: 'main',
  });

  await press(page, 'Control+z');
  await expect(dialog(page)).toContainText('tag/tagged-by-keys');
  await expect(dialog(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await press(page, 'Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row('ab25bae2')).not.toHaveAccessibleName(/tagged-by-keys/);
  await expect(grid).toBeFocused();
});

test('the menu of a call, and of a branch in the sources', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home', '.');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: /Fork from here/ })).toBeVisible();
  await press(page, 'ArrowDown', 'ArrowDown');
  await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toHaveCount(1);
  await press(page, 'Escape');
  await expect(menu).toHaveCount(0);
  await expect(grid).toBeFocused();
  await press(page, 'Shift+F10');
  await expect(menu).toBeVisible();
  await press(page, 'Escape');

  const item = page.getByRole('treeitem', { name: /^try-mock/ });
  for (let i = 0; i < 40 && !(await nameOfFocus(page)).startsWith('treeitem'); i++)
    await press(page, 'Shift+Tab');
  for (let i = 0; i < 12 && !(await nameOfFocus(page)).includes('try-mock'); i++)
    await press(page, 'ArrowDown');
  await expect(item).toBeFocused();
  await press(page, '.');
  await expect(menu.getByRole('menuitem', { name: /Rename/ })).toBeVisible();
  await press(page, 'Escape');
  await expect(item).toBeFocused();
});

test('the palette goes to a branch and switches HEAD to it', async ({ app: { page, folder, data } }) => {
  const { grid, selected, row } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home', 'Control+k');
  const field = page.getByRole('combobox', { name: 'Search and commands' });
  await expect(field).toBeFocused();
  await press(page, 'Escape');
  await expect(grid).toBeFocused();

  await press(page, 'Control+k');
  await page.keyboard.type('@try-mock');
  await expect(page.getByRole('option', { name: /try-mock/ })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Enter');
  await expect(selected).toContainText('5b9d4e95');

  await press(page, 'Control+k');
  await page.keyboard.type('switch try-mock');
  await expect(page.getByRole('option').first()).toContainText(/Switch HEAD to try-mock/);
  await press(page, 'Enter');
  await expect(dialog(page)).toContainText('HEAD');
  await expect(dialog(page).getByRole('button', { name: 'Switch HEAD' })).toBeFocused();
  await press(page, 'Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row('5b9d4e95')).toHaveAccessibleName(/branch try-mock, HEAD/);
  expectAgreement(folder!, data, {
    branches: ['docs/changelog', 'main', 'reexec-plan', 'try-mock', 'try-retry'],
    head: 'try-mock',
  });

  await press(page, 'Control+k');
  await page.keyboard.type('#fea3');
  await expect(page.getByRole('option').first()).toContainText('fea3799f');
  await press(page, 'Enter');
  await expect(selected).toContainText('fea3799f');
});

test('the sheet of keys lists what works; panes and settings by keys', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home', '?');
  for (const words of ['Fork from the call', 'Next row', 'Go to a hash', 'Search and commands', 'Close tab'])
    await expect(dialog(page).getByText(words, { exact: true }).first()).toBeVisible();
  await press(page, 'Escape');
  await expect(grid).toBeFocused();

  await press(page, 'Control+,');
  await expect(dialog(page).getByRole('heading', { name: 'Settings' })).toBeVisible();
  await press(page, 'Escape');
  await expect(grid).toBeFocused();

  await press(page, 'Control+i');
  await expect(inspector(page)).toHaveCount(0);
  await press(page, 'Control+i');
  await expect(inspector(page)).toBeVisible();
  await press(page, 'Control+b');
  await expect(page.getByRole('navigation', { name: 'Sources' })).toHaveCount(0);
  await press(page, 'Control+b');

  const sources = page.getByRole('navigation', { name: 'Sources' });
  const width = async () => (await sources.boundingBox())!.width;
  const before = await width();
  for (let i = 0; i < 60 && !/Width of the sources/.test(await nameOfFocus(page)); i++)
    await press(page, 'Shift+Tab');
  expect(await nameOfFocus(page)).toMatch(/Width of the sources/);
  await expectFocusShown(page);
  await press(page, 'ArrowRight');
  await expect.poll(width).toBeGreaterThan(before);
});
