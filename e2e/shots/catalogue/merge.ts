import type { Page } from '@playwright/test';
import { MERGE_SCENE, runCommand, settle, type Shot, type Stage } from '../shot.ts';

/** Opens the preview of merging `fork-bench` into `main` from the sources. */
async function openPreview({ page }: Stage): Promise<void> {
  await page.getByRole('treeitem', { name: /^fork-bench/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Merge fork-bench into/ }).click();
  await page.getByRole('dialog').waitFor();
  await settle(page);
}

async function openResolver(stage: Stage): Promise<void> {
  await openPreview(stage);
  await stage.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Resolve/ })
    .click();
  await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  await settle(stage.page, 1200);
}

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(120);
  }
};

/** Merge: its preview, the resolver untouched, half way, four panes, done. */
export const MERGE_SHOTS: readonly Shot[] = [
  { name: 'merge-preview', store: MERGE_SCENE, act: openPreview },
  { name: 'merge', store: MERGE_SCENE, act: openResolver },
  {
    name: 'merge-half',
    store: MERGE_SCENE,
    act: async (stage) => {
      await openResolver(stage);
      await press(stage.page, '1', '2', '1', '2');
      await settle(stage.page);
    },
  },
  {
    name: 'merge-panes',
    store: MERGE_SCENE,
    act: async (stage) => {
      await openResolver(stage);
      await press(stage.page, '1', 'v');
      await settle(stage.page, 2500);
    },
  },
  {
    name: 'merge-sample-preview',
    act: async (stage) => {
      await runCommand(stage.page, 'Merge try-quantised');
      await stage.page.getByRole('dialog').waitFor();
      await settle(stage.page);
    },
  },
];
