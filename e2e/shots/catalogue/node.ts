import { graph } from '../../support/vek.ts';
import { CROWDED, select, settle, type Shot, type Stage } from '../shot.ts';

/** Opens the call of the row with these words as a tab of its own. */
const open =
  (words: string) =>
  async ({ page }: Stage): Promise<void> => {
    await graph(page).row(words).first().dblclick();
    await page.getByRole('tab', { name: /[0-9a-f]{8}/ }).waitFor();
    await settle(page, 1200);
  };

/** Reading a call: what its content is, its hashes, what changed. */
export const NODE_SHOTS: readonly Shot[] = [
  { name: 'node', act: open('Draft the latency') },
  { name: 'node-patch', act: open('apply_patch') },
  { name: 'node-messages', act: open('sonnet-4-5') },
  { name: 'node-terminal', act: open('exit 137') },
  { name: 'node-table', act: open('sql.query') },
  { name: 'node-picture', act: open('plot') },
  { name: 'inspector-chat', act: ({ page }) => select(page, 'Draft the latency') },
  {
    name: 'node-changes-tab',
    act: async (stage) => {
      await open('brief.md #method')(stage);
      await stage.page.getByRole('tab', { name: /Changes/ }).click();
      await settle(stage.page);
    },
  },
  { name: 'node-large', store: CROWDED, act: open('log/large.txt') },
  {
    name: 'node-json',
    act: async (stage) => {
      await open('Draft the latency')(stage);
      await stage.page.keyboard.press('j');
      await settle(stage.page, 900);
    },
  },
  {
    name: 'node-hashes',
    act: async ({ page }) => {
      await select(page, 'retry-cheaper');
      await page.getByRole('tab', { name: 'Hashes' }).click();
      await settle(page);
    },
  },
  {
    name: 'node-changes',
    act: async ({ page }) => {
      await select(page, 'brief.md #method');
      await page.getByRole('tab', { name: /Changes/ }).click();
      await settle(page);
    },
  },
  {
    name: 'node-loading',
    before: ({ wire }) => wire.hold('vek/node'),
    act: async ({ page }) => {
      await graph(page).rows.first().click();
      await settle(page);
    },
  },
  {
    name: 'node-missing',
    store: 'corrupt-object-missing',
    act: ({ page }) => select(page, 'dc9bd8bd'),
  },
];
