import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../test/support/peers.ts';
import { settle, type Shot, type Stage } from '../shot.ts';

const FLEET = 'agents/fleet';

/** The runs of the fleet, asked for with a query where one is named. */
const runs =
  (query: string, then?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    const { page } = stage;
    await page.getByRole('tree', { name: 'Sources' }).getByRole('treeitem', { name: /^Runs/ }).click();
    await page.getByRole('grid', { name: 'Run records' }).waitFor();
    if (query !== '') await page.getByRole('combobox', { name: 'Query records' }).fill(query);
    await settle(page);
    await then?.(stage);
    await settle(page);
  };

const choose =
  (row: number) =>
  async ({ page }: Stage) =>
    page.getByRole('grid', { name: 'Run records' }).getByRole('row').nth(row).click();

/** Records of agents, in their states. */
export const RUNS_SHOTS: readonly Shot[] = [
  { name: 'agents-runs', store: FLEET, act: runs('', choose(3)) },
  {
    name: 'agents-runs-query',
    store: FLEET,
    act: runs('agent:quill -is:tool cost:>0.05 ', async ({ page }) => {
      await page.getByRole('combobox', { name: 'Query records' }).fill('mo');
    }),
  },
  {
    name: 'agents-runs-wrong',
    store: FLEET,
    act: runs('agent:quill cost:much ', async ({ page }) => {
      await page.getByRole('grid', { name: 'Run records' }).focus();
    }),
  },
  {
    name: 'agents-runs-marks',
    store: FLEET,
    act: runs('is:estimated,misfiled,orphan,fallback,undated ', choose(1)),
  },
  { name: 'agents-runs-nothing', store: FLEET, act: runs('agent:quill month:2020-01 ') },
  { name: 'agents-runs-small', store: FLEET, size: { width: 1000, height: 760 }, act: runs('', choose(3)) },
  {
    name: 'agents-runs-large-type',
    store: FLEET,
    act: runs('', async (stage) => {
      await stage.page.evaluate("document.documentElement.style.setProperty('--ui-size', '16')");
      await choose(4)(stage);
    }),
  },
  {
    name: 'agents-runs-record',
    store: FLEET,
    act: runs('agent:harbor is:primary trigger:agent_call ', async (stage) => {
      await choose(0)(stage);
      await stage.page.keyboard.press('Enter');
      await stage.page.getByText('Recomputed').locator('..').locator('summary').click();
    }),
  },
  {
    name: 'agents-runs-line',
    store: FLEET,
    act: runs('is:helper ', async (stage) => {
      await choose(2)(stage);
      await stage.page.getByRole('tab', { name: 'Line' }).click();
    }),
  },
  {
    name: 'agents-runs-unreadable',
    store: FLEET,
    act: async ({ page }) => {
      await page.getByText('lines could not be read').click();
      await page.getByRole('row', { name: /array/ }).click();
      await page.keyboard.press('Enter');
      await settle(page, 1200);
    },
  },
  {
    name: 'agents-runs-palette',
    store: FLEET,
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('quill');
      await settle(page, 1200);
    },
  },
  {
    name: 'agents-runs-mixed',
    store: 'forked',
    before: ({ folder }) =>
      cpSync(join(projectRoot, 'test/goldens/agents/fleet'), join(folder!, 'agents'), { recursive: true }),
    act: runs('', choose(0)),
  },
];
