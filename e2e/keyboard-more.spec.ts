import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { nameOfFocus } from './support/layout.ts';
import { dialog, graph, inspector } from './support/vek.ts';

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

async function command(page: Page, words: string): Promise<void> {
  await press(page, 'Control+k');
  await expect(page.getByRole('combobox', { name: 'Search and commands' })).toBeFocused();
  await page.keyboard.type(words);
  await press(page, 'Enter');
}

const status = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words });

test.describe('panes and messages leave the focus to the view', () => {
  test('a pane that is hidden from inside', async ({ app: { page } }) => {
    const { grid } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Home', 'ArrowDown');
    await inspector(page).getByRole('tab', { name: 'Content' }).focus();
    await press(page, 'Control+i');
    await expect(grid).toBeFocused();
    await page.getByRole('treeitem').first().focus();
    await press(page, 'Control+b');
    await expect(grid).toBeFocused();
    await command(page, '>show operations');
    await expect(page.getByRole('tab', { name: /^Operations/ })).toBeFocused();
    await press(page, 'Control+j');
    await expect(grid).toBeFocused();
  });

  test('a message that is closed, and one whose Undo is pressed', async ({ app: { page } }) => {
    const { grid } = graph(page);
    const messages = page.getByRole('region', { name: 'Messages' });
    await expect(grid).toBeVisible();
    for (const name of ['first', 'second']) {
      await press(page, 'Home', 't');
      await expect(dialog(page).getByLabel('Name of the tag')).toBeFocused();
      await page.keyboard.type(name);
      await expect(
        dialog(page)
          .getByRole('listitem')
          .filter({ hasText: `tag/${name}` }),
      ).toBeVisible();
      await press(page, 'Enter');
      await expect(messages).toContainText(name);
    }
    await messages.getByRole('button', { name: 'Close message' }).first().focus();
    await press(page, 'Enter');
    await expect(messages).not.toContainText('first');
    await expect(grid).toBeFocused();

    await messages.getByRole('button', { name: 'Undo' }).focus();
    await press(page, 'Enter');
    await expect(dialog(page).getByRole('button', { name: 'Undo' })).toBeFocused();
    await press(page, 'Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(grid).toBeFocused();
  });
});

test('the pane of operations says its count, and why an undo is not possible', async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible();
  await press(page, 'Control+z');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('There is nothing to undo');
  await press(page, 'Home', 't');
  await page.keyboard.type('once');
  await expect(dialog(page).getByRole('listitem').filter({ hasText: 'tag/once' })).toBeVisible();
  await press(page, 'Enter');
  await expect(dialog(page)).toHaveCount(0);
  await press(page, 'Control+z');
  await expect(dialog(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await press(page, 'Enter');
  await expect(dialog(page)).toHaveCount(0);
  await command(page, '>show operations');
  const list = page.getByRole('grid', { name: 'Operations, newest first' });
  await list.focus();
  await press(page, 'End');
  await expect(list.locator('[aria-selected=true]')).toContainText('undone');
  await press(page, 'Enter');
  await expect(status(page, /undone already/i)).toHaveCount(1);
  await page.getByLabel('Filter operations').fill('nothing like it');
  await expect(list.getByRole('row').filter({ hasText: 'No operation holds these words.' })).toBeVisible();
  await expect(status(page, /^0 of 2$/)).toHaveCount(1);
});

test.describe('in a damaged repository', () => {
  test.use({ golden: 'corrupt-ref-dangling' });

  test('heads of columns are pressed with Enter; the menu of a finding leads to how it is known', async ({
    app: { page },
  }) => {
    await expect(graph(page).grid).toBeVisible();
    await command(page, '>show problems');
    const heads = page.getByRole('grid', { name: 'Problems' }).getByRole('columnheader');
    await heads.filter({ hasText: 'Record' }).getByRole('button').focus();
    await press(page, 'Enter');
    await expect(heads.filter({ hasText: 'Record' })).toHaveAttribute('aria-sort', 'ascending');
    await command(page, '>show integrity');
    const findings = page.getByRole('treegrid', { name: 'Findings, worst first' });
    await findings.focus();
    await press(page, 'Control+i', '.');
    await expect(page.getByRole('menu')).toBeVisible();
    await page.getByRole('menuitem', { name: 'Show how it is known' }).focus();
    await press(page, 'Enter');
    await expect(inspector(page)).toBeFocused();
    await expect(inspector(page)).toContainText('How we know');
  });
});

test('the same sign means one thing in the rows and another in the panel of a call, and the sheet says so', async ({
  app: { page },
}) => {
  const { grid, selected } = graph(page);
  await expect(grid).toBeVisible();
  // the calls that failed are looked for after the window is up
  await expect(async () => {
    await press(page, 'Home', ']');
    await expect(selected).toHaveAccessibleName(/failed/, { timeout: 1000 });
  }).toPass();
  await press(page, 'Home');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');
  await inspector(page).getByRole('tab', { name: 'Content' }).focus();
  await press(page, ']');
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  expect(await nameOfFocus(page)).toBe('tab Content');
  await press(page, '[');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');
  await press(page, '?');
  const group = (name: string) =>
    dialog(page)
      .locator('section')
      .filter({ has: page.getByRole('heading', { name, exact: true }) });
  await expect(group('Graph')).toContainText('Next failed or damaged call');
  await expect(group('Panel of a call')).toContainText('Call below in the graph');
  await expect(group('Graph')).not.toContainText('Call below in the graph');
});

test.describe('in the sample', () => {
  test.use({ golden: null });

  test('a call that was opened by Enter has its keys at once', async ({ app: { page } }) => {
    const { grid } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Home', 'ArrowDown', 'Enter');
    const view = page.getByRole('tabpanel').first();
    await expect(view.getByRole('radio', { name: 'Readable' }).first()).toBeChecked();
    await press(page, 'j');
    await expect(view.getByRole('radio', { name: 'JSON' }).first()).toBeChecked();
    await press(page, 'j');
    await expect(view.getByRole('radio', { name: 'Readable' }).first()).toBeChecked();
    await press(page, 'f');
    await expect(dialog(page).getByLabel('Name of the branch')).toBeFocused();
    await press(page, 'Escape');
    await expect(dialog(page)).toHaveCount(0);
    expect(await nameOfFocus(page)).not.toBe('nothing');
  });
});

test('what changes elsewhere than under the focus is said', async ({ app: { page } }) => {
  const { grid, selected } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home');
  await inspector(page).getByRole('tab', { name: 'Content' }).focus();
  await press(page, ']');
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  const name = await selected.getAttribute('aria-label');
  await expect(page.getByRole('status').filter({ hasText: name! })).toHaveCount(1);
  await press(page, '[');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');
  await press(page, '[');
  await expect(status(page, /^This is the newest call\.$/)).toHaveCount(1);
  await press(page, 'j');
  await expect(status(page, /^JSON$/)).toHaveCount(1);
  await press(page, 'j');
  await expect(status(page, /^Readable form$/)).toHaveCount(1);
});

test('back at the graph, an arrow gives the rows the focus; a tab has its menu under the dot', async ({
  app: { page },
}) => {
  const { grid, selected } = graph(page);
  await expect(grid).toBeVisible();
  await press(page, 'Home', 'Enter', 'Alt+PageUp');
  await expect(grid).toBeVisible();
  await press(page, 'ArrowDown');
  await expect(grid).toBeFocused();
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  await page.getByRole('tab', { name: 'Graph' }).focus();
  await press(page, '.');
  await expect(page.getByRole('menuitem', { name: /^Close others/ })).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByRole('tab', { name: 'Graph' })).toBeFocused();
});

test('a folder that is closed leaves the focus to the first view', async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible();
  await command(page, '>close folder');
  await expect(page.getByRole('main')).toBeFocused();
  await press(page, 'Tab');
  await expect(page.getByRole('button', { name: /^Open folder/ })).toBeFocused();
});
