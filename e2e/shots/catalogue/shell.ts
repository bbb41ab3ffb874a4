import { graph } from '../../support/vek.ts';
import { runCommand, settle, type Shot, type Stage } from '../shot.ts';

/** Forks the selected call through the window, so that there is an operation to show. */
async function fork({ page }: Stage): Promise<void> {
  await graph(page).row('retry-cheaper').first().click();
  await page.keyboard.press('f');
  await page.getByRole('dialog').getByLabel('Name of the branch').fill('try-usearch');
  await settle(page, 500);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** What stands round the views: bottom panes, welcome, narrow windows, a lost connection. */
export const SHELL_SHOTS: readonly Shot[] = [
  {
    name: 'operations',
    act: async (stage) => {
      await fork(stage);
      await runCommand(stage.page, 'show operations');
      await settle(stage.page);
    },
  },
  {
    name: 'operations-empty',
    act: async ({ page }) => {
      await runCommand(page, 'show operations');
      await settle(page);
    },
  },
  {
    name: 'problems',
    store: 'corrupt-object-altered',
    act: async ({ page }) => {
      await runCommand(page, 'show problems');
      await settle(page);
    },
  },
  {
    name: 'problems-empty',
    act: async ({ page }) => {
      await runCommand(page, 'show problems');
      await settle(page);
    },
  },
  { name: 'toast', act: fork },
  {
    name: 'disconnected',
    act: async ({ page, cut }) => {
      await cut();
      await settle(page, 2500);
    },
  },
  {
    name: 'welcome',
    store: 'linear',
    act: async ({ page }) => {
      await runCommand(page, 'close folder');
      await settle(page);
    },
  },
];
