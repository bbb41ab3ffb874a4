import { graph, storeCall } from '../../support/vek.ts';
import { runCommand, settle, type Shot } from '../shot.ts';

/** What opens over the window: palette, settings, keys, previews of writes, menus. */
export const DIALOG_SHOTS: readonly Shot[] = [
  {
    name: 'palette',
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('fork');
      await settle(page);
    },
  },
  {
    name: 'palette-no-match',
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('no such words anywhere');
      await settle(page);
    },
  },
  {
    name: 'keys',
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click();
      await page.keyboard.press('?');
      await settle(page);
    },
  },
  {
    name: 'settings',
    act: async ({ page }) => {
      await runCommand(page, 'settings');
      await settle(page);
    },
  },
  {
    name: 'fork-preview',
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click();
      await page.keyboard.press('f');
      await page.getByRole('dialog').getByLabel('Name of the branch').fill('try-usearch');
      await settle(page);
    },
  },
  {
    name: 'fork-conflict',
    store: 'linear',
    act: async ({ page, folder }) => {
      await page.getByRole('treeitem', { name: /^main\b/ }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: /Rename/ }).click();
      await page.getByRole('dialog').getByLabel('Name of the branch').fill('trunk');
      await settle(page);
      storeCall(folder!, 'note', { text: 'in between' }, null);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Rename/ })
        .click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'context-menu',
    act: async ({ page }) => {
      await graph(page).row('retry-cheaper').first().click({ button: 'right' });
      await settle(page, 400);
    },
  },
];
