import type { Page } from '@playwright/test';
import { LEDGER_SCENE, runCommand, settle, type Shot, type Stage } from '../shot.ts';

const statement = (page: Page) => page.getByRole('grid', { name: /^(?:Entries|Executions)$/ });

/** The newest settlement; the head of the column has the same word. */
const settledRow = (page: Page) => statement(page).getByRole('row').filter({ hasText: /Spent/ }).nth(1);

/** The ledger once it was checked. */
const checked =
  (then?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    const { page } = stage;
    await statement(page).waitFor();
    await page
      .getByRole('region', { name: 'Chain' })
      .getByText(/recomputed/)
      .waitFor();
    await then?.(stage);
    await settle(page);
  };

const tab = (words: string) =>
  checked(async ({ page }) => {
    await runCommand(page, words);
    await settle(page, 1_200);
  });

const toFirstFinding = async ({ page }: Stage): Promise<void> => {
  await page.getByRole('button', { name: 'Show entry' }).first().click();
  await settle(page);
};

/** The newest settled call as a tab of its own. */
const openExecution = checked(async ({ page }) => {
  await settledRow(page).click();
  await page.keyboard.press('Enter');
  await settle(page, 1_500);
});

/** A budget ledger in its states. */
export const LEDGER_SHOTS: readonly Shot[] = [
  { name: 'ledger', store: 'aex/week', act: checked() },
  { name: 'ledger-tampered', store: LEDGER_SCENE, act: checked(toFirstFinding) },
  { name: 'ledger-rewritten', store: 'aex/tampered-rewritten', act: checked(toFirstFinding) },
  { name: 'ledger-deleted-agent', store: 'aex/deleted-agent', act: checked() },
  {
    name: 'ledger-grouped',
    store: 'aex/protocol',
    act: checked(async ({ page }) => {
      await settledRow(page).click();
      await page.keyboard.press('g');
    }),
  },
  {
    name: 'ledger-filtered',
    store: 'aex/protocol',
    act: checked(async ({ page }) => {
      await page.keyboard.press('/');
      await page.keyboard.type('is:denied ');
    }),
  },
  { name: 'ledger-narrow', store: 'aex/week', size: { width: 900, height: 800 }, act: checked() },
  { name: 'ledger-execution', store: 'aex/week', act: openExecution },
  { name: 'ledger-accounts', store: 'aex/protocol', act: tab('Accounts') },
  { name: 'ledger-proof', store: LEDGER_SCENE, act: tab('Proof') },
  { name: 'ledger-proof-sound', store: 'aex/week', act: tab('Proof') },
  { name: 'ledger-proof-deleted', store: 'aex/deleted-agent', act: tab('Proof') },
  {
    name: 'ledger-palette',
    store: 'aex/week',
    act: checked(async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('ledger');
    }),
  },
];
