import { graph } from '../../support/vek.ts';
import { MERGE_SCENE, runCommand, settle, type Shot, type Stage } from '../shot.ts';

async function openRuns({ page }: Stage, branch: string): Promise<void> {
  await page.getByRole('treeitem').filter({ hasText: branch }).click({ button: 'right' });
  await page
    .getByRole('menuitem', { name: /^Compare / })
    .first()
    .click();
  await settle(page, 1500);
}

/** Two runs side by side, and two calls. */
export const COMPARE_SHOTS: readonly Shot[] = [
  { name: 'compare-runs', store: MERGE_SCENE, act: (stage) => openRuns(stage, 'fork-bench') },
  { name: 'compare-runs-sample', act: (stage) => openRuns(stage, 'try-quantised') },
  {
    name: 'compare-runs-small',
    size: { width: 1000, height: 700 },
    act: (stage) => openRuns(stage, 'retry-cheaper'),
  },
  {
    name: 'compare-calls',
    store: MERGE_SCENE,
    act: async (stage) => {
      const rows = graph(stage.page);
      await rows.row('update_doc').nth(0).click();
      await stage.page.keyboard.press('c');
      await rows.row('update_doc').nth(1).click();
      await settle(stage.page);
      await runCommand(stage.page, 'Compare side by side');
      await settle(stage.page, 2500);
    },
  },
];
