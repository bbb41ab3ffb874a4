import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { changeStore, dialog, expectAgreement, graph, storeCall, terminal } from './support/vek.ts';

test.use({ golden: 'linear' });

test('forks from a call by keyboard, previewed, and undoes it from the toast', async ({
  app: { page, folder, data },
}) => {
  const { row } = graph(page);
  await row('c9044947').click();
  await page.keyboard.press('f');
  await dialog(page).getByLabel('Name of the branch').fill('try-again');
  await expect(dialog(page).getByRole('listitem')).toContainText('try-again');
  await expect(dialog(page).getByRole('listitem')).toContainText('c9044947');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(row('c9044947')).toContainText('try-again');
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
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
  await expect(dialog(page).getByRole('listitem')).toContainText('tag/good/one');
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

test('an undo from the operations works after a reload', async ({ app: { page, folder, data } }) => {
  const { row } = graph(page);
  await row('c9044947').click();
  await page.keyboard.press('b');
  await dialog(page).getByLabel('Name of the branch').fill('kept');
  await dialog(page).getByRole('button', { name: 'Create branch' }).click();
  await expect(row('c9044947')).toContainText('kept');
  await page.reload();
  await page.getByRole('button', { name: /^Operations/ }).click();
  const operation = page
    .getByRole('grid', { name: /^Operations/ })
    .getByRole('row')
    .filter({ hasText: 'kept' })
    .first();
  await expect(operation).toContainText('done');
  await operation.click();
  await page.getByRole('region', { name: 'What it wrote' }).getByRole('button', { name: 'Undo…' }).click();
  await expect(dialog(page)).toContainText('removed');
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('treeitem', { name: /^kept/ })).toHaveCount(0);
  await expect(page.getByText('undone', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Redo: .*kept/ })).toBeVisible();
  expectAgreement(folder!, data, { branches: ['main'], head: 'main' });
});

test('an undo is refused where another process moved the same branch', async ({
  app: { page, folder, data },
}) => {
  const { row } = graph(page);
  await row('c9044947').click();
  await page.keyboard.press('b');
  await dialog(page).getByLabel('Name of the branch').fill('busy');
  await dialog(page).getByRole('button', { name: 'Create branch' }).click();
  await expect(row('c9044947')).toContainText('busy');
  storeCall(folder!, 'note', { text: 'it goes on here' }, null, { branch: 'busy' });
  await page.getByRole('button', { name: /^Operations/ }).click();
  await page
    .getByRole('grid', { name: /^Operations/ })
    .getByRole('row')
    .filter({ hasText: 'busy' })
    .first()
    .click();
  const what = page.getByRole('region', { name: 'What it wrote' });
  await expect(what).toContainText(/busy.*moved|moved.*busy/);
  await expect(what.getByRole('button', { name: 'Undo…' })).toHaveCount(0);
  expectAgreement(folder!, data, { branches: ['busy', 'main'], head: 'main' });
});

test('switching HEAD warns when an agent has just recorded, and waits for a session', async ({
  app: { page, folder, data },
}) => {
  const { row } = graph(page);
  const side = storeCall(folder!, 'note', { text: 'start of side' }, null, { branch: 'side' });
  storeCall(folder!, 'note', { text: 'an agent runs' }, null, { at: 'now' });
  await expect(row(side.slice(0, 8))).toBeVisible();
  const openSwitch = async () => {
    await page.getByRole('treeitem', { name: /^side/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Switch HEAD/ }).click();
  };
  await openSwitch();
  await expect(dialog(page).getByRole('listitem')).toContainText('HEAD');
  await expect(dialog(page)).toContainText(/next call/);
  const lock = join(folder!, '.vek', 'HEAD.lock');
  writeFileSync(lock, String(Date.now() / 1000));
  await dialog(page).getByRole('button', { name: 'Switch HEAD' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText(/session|HEAD\.lock/);
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  expectAgreement(folder!, data, { branches: ['main', 'side'], head: 'main' });
  rmSync(lock);
  await openSwitch();
  await dialog(page).getByRole('button', { name: 'Switch HEAD' }).click();
  await expect(dialog(page)).toHaveCount(0);
  expectAgreement(folder!, data, { branches: ['main', 'side'], head: 'side' });
});

test('two windows: what one writes shows in the other', async ({ app, context }) => {
  const { page, folder, data } = app;
  const other = await context.newPage();
  await other.goto(app.address());
  await expect(graph(other).rows).toHaveCount(25);
  await graph(page).row('b2b1f71a').click();
  await page.keyboard.press('t');
  await dialog(page).getByLabel('Name of the tag').fill('seen');
  await dialog(page).getByRole('button', { name: 'Write tag' }).click();
  await expect(graph(page).row('b2b1f71a')).toContainText('seen');
  await expect(graph(other).row('b2b1f71a')).toContainText('seen');
  await other.getByRole('button', { name: /^Operations/ }).click();
  const operations = other.getByRole('grid', { name: /^Operations/ });
  await expect(operations.getByRole('row').filter({ hasText: 'seen' }).first()).toContainText('done');
  await other.close();
  expectAgreement(folder!, data, { branches: ['main'], head: 'main' });
});

test.describe('a repository that nobody may write', () => {
  test.use({
    prepare: {
      by: (folder) => {
        changeStore(folder, (db) => db.pragma('user_version'));
        for (const name of ['vek.db', 'HEAD', '.']) chmodSync(join(folder, '.vek', name), 0o555);
      },
    },
  });

  test('says why beside the actions', async ({ app: { page, folder } }) => {
    test.skip(process.getuid?.() === 0, 'root may write everywhere');
    const { row } = graph(page);
    await row('c9044947').click();
    await expect(page.getByRole('button', { name: /Fork from here/ })).toBeDisabled();
    await expect(page.locator('.status-bar')).toContainText(/read-only|may not write|can’t be written/i);
    chmodSync(join(folder!, '.vek'), 0o755);
  });
});
