import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectAgreement, graph, storeCall, terminal } from './support/vek.ts';

test.use({ golden: 'linear' });

const dialog = (page: Page) => page.getByRole('dialog');

test('forks from a call by keyboard, previewed, and undoes it from the toast', async ({
  app: { page, folder, data },
}) => {
  const { row } = graph(page);
  await row('c9044947').click();
  await page.keyboard.press('f');
  await dialog(page).getByLabel('Name of the branch').fill('try-again');
  await expect(dialog(page)).toContainText('c9044947');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row('c9044947')).toContainText('try-again');
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  const confirm = dialog(page).getByRole('button', { name: 'Undo' });
  if (await confirm.isVisible().catch(() => false)) await confirm.click();
  await expect(row('c9044947')).not.toContainText('try-again');
  expectAgreement(folder!, data, { branches: ['main'], head: 'main' });
});

test('creates, switches, renames and deletes a branch; the Python tool agrees each time', async ({
  app: { page, folder, data },
}) => {
  const { row, grid } = graph(page);
  const item = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });
  await row('b2b1f71a').click();
  await page.keyboard.press('b');
  await dialog(page).getByLabel('Name of the branch').fill('side');
  await dialog(page)
    .getByRole('button', { name: /Create/ })
    .click();
  await expect(row('b2b1f71a')).toContainText('side');
  expectAgreement(folder!, data, { branches: ['main', 'side'], head: 'main' });

  await item('side').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Switch/ }).click();
  await dialog(page)
    .getByRole('button', { name: /Switch/ })
    .click();
  await expect(row('b2b1f71a')).toContainText('HEAD');
  expectAgreement(folder!, data, { branches: ['main', 'side'], head: 'side' });

  await item('side').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Rename/ }).click();
  await dialog(page).getByLabel('Name of the branch').fill('größer');
  await dialog(page)
    .getByRole('button', { name: /Rename/ })
    .click();
  await expect(row('b2b1f71a')).toContainText('größer');
  expectAgreement(folder!, data, { branches: ['größer', 'main'], head: 'größer' });

  await item('main').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  await expect(dialog(page)).toContainText(/kept/i);
  await dialog(page)
    .getByRole('button', { name: /Delete/ })
    .click();
  await expect(item('main')).toHaveCount(0);
  expectAgreement(folder!, data, { branches: ['größer'], head: 'größer' });
  terminal(folder!, data, 'undo');
  await expect(item('main')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '25');
  expectAgreement(folder!, data, { branches: ['größer', 'main'], head: 'größer' });
});

test('tags and untags a call', async ({ app: { page, folder, data } }) => {
  const { row } = graph(page);
  await row('39057774').click();
  await page.keyboard.press('t');
  await dialog(page).getByLabel('Name of the tag').fill('good/one');
  await page.keyboard.press('Enter');
  await expect(row('39057774')).toContainText('good/one');
  expect((terminal(folder!, data, 'tag') as [string, string][]).map(([name]) => name)).toEqual(['good/one']);
  expectAgreement(folder!, data, { branches: ['main'], head: 'main' });
  terminal(folder!, data, 'undo');
  await expect(row('39057774')).not.toContainText('good/one');
});

test('a branch that moves between preview and apply is a clear conflict', async ({
  app: { page, folder, data },
}) => {
  const item = page.getByRole('treeitem', { name: /^main\b/ });
  await item.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Rename/ }).click();
  await dialog(page).getByLabel('Name of the branch').fill('trunk');
  await expect(dialog(page)).toContainText('22112d6a');
  storeCall(folder!, 'note', { text: 'in between' }, null);
  await dialog(page)
    .getByRole('button', { name: /Rename/ })
    .click();
  await expect(dialog(page).getByRole('alert')).toContainText(/moved|Nothing was written/);
  expectAgreement(folder!, data, { branches: ['main'], head: 'main' });
});

test('a bad name is refused with words before anything is written', async ({ app: { page } }) => {
  const { row } = graph(page);
  await row('c9044947').click();
  await page.keyboard.press('f');
  await dialog(page).getByLabel('Name of the branch').fill('tag/sneaky');
  await expect(dialog(page)).toContainText(/tag\//);
  await expect(dialog(page).getByRole('button', { name: 'Fork' })).toBeDisabled();
  await dialog(page).getByLabel('Name of the branch').fill('main');
  await expect(dialog(page)).toContainText(/exists already/);
});
