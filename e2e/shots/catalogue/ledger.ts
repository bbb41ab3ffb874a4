import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyGolden } from '../../../test/support/goldens.ts';
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
      .getByText(/^recomputed/)
      .waitFor({ state: 'attached' }); // beside many stretches there is no room for it
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

/** The first execution that a filter leaves as a tab of its own. */
const executionOf = (query: string) => async (stage: Stage) => {
  const { page } = stage;
  await page.getByRole('treeitem', { name: /^Ledger/ }).click();
  await checked(async () => {
    await statement(page).focus();
    await page.keyboard.press('/');
    await page.keyboard.type(query);
    await page.keyboard.press('Enter');
    await settle(page);
    await statement(page).focus();
    await page.keyboard.press('Home');
    await settle(page);
    await page.keyboard.press('Enter');
    await settle(page, 1_500);
  })(stage);
};

/** A part of the file is overwritten with other bytes. */
const damage = ({ folder }: Stage): void => {
  const file = openSync(join(folder!, 'aex.db'), 'r+');
  writeSync(file, Buffer.alloc(6_000, 0x5a), 0, 6_000, 20_480);
  closeSync(file);
};

/** A tampered copy lies in a folder beside it. */
const copyBeside = ({ folder }: Stage): void => {
  const made = copyGolden('aex/tampered-payload');
  renameSync(made, join(folder!, 'copy'));
};

const compare = async ({ page }: Stage): Promise<void> => {
  await runCommand(page, 'Proof');
  await page.getByRole('button', { name: 'Compare' }).click();
  await settle(page, 1_500);
  await page.mouse.move(1_200, 700);
  await page.mouse.wheel(0, 4_000);
};

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
  {
    name: 'ledger-grouped-open',
    store: 'aex/protocol',
    act: checked(async ({ page }) => {
      await settledRow(page).click();
      await page.keyboard.press('g');
      await settle(page);
      await page.keyboard.press('ArrowRight');
    }),
  },
  {
    name: 'ledger-zoomed',
    store: 'aex/week',
    act: checked(async ({ page }) => {
      await page.getByRole('application').focus();
      for (let times = 0; times < 9; times += 1) await page.keyboard.press('+');
      await settle(page, 1_200);
    }),
  },
  {
    name: 'ledger-1280',
    store: LEDGER_SCENE,
    size: { width: 1280, height: 800 },
    act: checked(toFirstFinding),
  },
  {
    name: 'ledger-damaged',
    store: 'aex/week',
    before: damage,
    act: async ({ page }) => settle(page, 2_500),
  },
  {
    name: 'ledger-not',
    store: 'aex/small',
    before: ({ folder }) => writeFileSync(join(folder!, 'aex.db'), 'This is no database.'),
    act: async ({ page }) => settle(page, 1_500),
  },
  { name: 'ledger-execution', store: 'aex/week', act: openExecution },
  { name: 'ledger-execution-links', store: null, act: executionOf('seq:144 ') },
  { name: 'ledger-execution-released', store: 'aex/protocol', act: executionOf('type:release ') },
  { name: 'ledger-execution-denied', store: 'aex/protocol', act: executionOf('is:denied ') },
  { name: 'ledger-execution-tool', store: 'aex/protocol', act: executionOf('type:tool ') },
  { name: 'ledger-execution-open', store: 'aex/crashed-before', act: executionOf('is:open ') },
  {
    name: 'ledger-accounts-scrolled',
    store: 'aex/protocol',
    act: checked(async ({ page }) => {
      await runCommand(page, 'Accounts');
      await settle(page, 1_200);
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, 700);
    }),
  },
  { name: 'ledger-compare', store: 'aex/small', before: copyBeside, act: checked(compare) },
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
