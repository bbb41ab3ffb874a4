import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { projectRoot } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { writeMergeScene } from '../test/support/merge-scene.ts';
import { beginEdit, editDialog, openAgentAsOf, openFile } from './support/agents.ts';
import { openCosts } from './support/costs.ts';
import { graph } from './support/vek.ts';

/**
 * The main views beside their pictures, in both themes. A picture is taken anew with
 * `npx playwright test e2e/visual.spec.ts --update-snapshots`, after it was looked at.
 */
const THEMES = ['light', 'dark'] as const;
const stylePath = join(projectRoot, 'e2e', 'visual.css');

/** Fonts of the system (the Arabic line) and another Chromium may draw single pixels differently; a moved line is more. */
const LIKE = { stylePath, maxDiffPixelRatio: 0.004, animations: 'disabled' } as const;

test.use({ golden: null, viewport: { width: 1280, height: 800 } });

/** Compares the window with both pictures of a view. */
async function expectLook(page: Page, view: string): Promise<void> {
  await page.mouse.move(0, 0);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page).toHaveScreenshot(`${view}-${theme}.png`, LIKE);
  }
}

/** Compares a part of the window: the name of the folder in its title is another one each time. */
async function expectPart(page: Page, part: Locator, view: string): Promise<void> {
  await page.mouse.move(0, 0);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(part).toHaveScreenshot(`${view}-${theme}.png`, LIKE);
  }
}

async function openPreview(page: Page): Promise<Locator> {
  await page.getByRole('treeitem', { name: /^fork-bench/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Merge fork-bench into/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Merge fork-bench into main/ });
  await expect(dialog.getByRole('button', { name: 'Resolve 7 conflicts' })).toBeEnabled();
  return dialog;
}

async function selectCall(page: Page, words: string): Promise<void> {
  await graph(page).row(words).first().click();
  await expect(page.getByRole('region', { name: 'Inspector', exact: true })).toContainText(
    /hashes recomputed/,
  );
}

async function openCall(page: Page, words: string): Promise<void> {
  await graph(page).row(words).first().dblclick();
  await expect(page.getByRole('tab', { name: /[0-9a-f]{8}/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output' })).toBeVisible();
}

test.beforeEach(async ({ app: { page } }, { titlePath }) => {
  if (titlePath.includes('a fleet of agents') || titlePath.includes('a budget ledger')) return;
  await expect(graph(page).rows.first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('treeitem', { name: /^Integrity/ })).toContainText(/verified/);
});

test('graph', async ({ app: { page } }) => {
  await selectCall(page, 'Draft the latency');
  await expect(page.getByText('You write short, sourced technical briefs')).toBeVisible();
  await expectLook(page, 'graph');
});

test('graph, filtered', async ({ app: { page } }) => {
  await page.getByLabel('Filter calls').fill('tool:shell ');
  await expect(page.getByText(/of 49 calls/)).toBeVisible();
  await expectLook(page, 'graph-filtered');
});

test('graph, zoomed out', async ({ app: { page } }) => {
  await graph(page).rows.nth(2).click();
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('-');
  await expect(page.getByRole('grid').locator('canvas').first()).toBeVisible();
  await expect(page.locator('.monaco-editor .view-line')).not.toHaveCount(0);
  await expectLook(page, 'graph-zoomed');
});

test('a call', async ({ app: { page } }) => {
  await openCall(page, '+usearch');
  await expectLook(page, 'call');
});

test('what changed', async ({ app: { page } }) => {
  await openCall(page, 'brief.md #method');
  await page.getByRole('tab', { name: /Changes/ }).click();
  await expect(page.getByText(/fields? changed/).first()).toBeVisible();
  await expectLook(page, 'changes');
});

test('integrity', async ({ app: { page } }) => {
  await page.getByRole('treeitem', { name: /^Integrity/ }).click();
  await expect(page.getByText('Checked and sound')).toBeVisible();
  await expectLook(page, 'integrity');
});

test('operations', async ({ app: { page } }) => {
  await page.keyboard.press('Control+j');
  await page.getByRole('tab', { name: /Operations/ }).click();
  await expect(page.getByRole('region', { name: 'Operations' })).toBeVisible();
  await expectLook(page, 'operations');
});

test('palette', async ({ app: { page } }) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>show');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectLook(page, 'palette');
});

test('settings', async ({ app: { page } }) => {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expectLook(page, 'settings');
});

test('keys', async ({ app: { page } }) => {
  await graph(page).grid.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectLook(page, 'keys');
});

test('welcome', async ({ app: { page } }) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('close folder');
  await expect(page.getByRole('option').first()).toContainText('Close folder');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Vekscope' })).toBeVisible();
  await expectLook(page, 'welcome');
});

test.describe('two runs that changed the same documents', () => {
  test.use({ golden: 'empty', prepare: { by: writeMergeScene }, viewport: { width: 1440, height: 900 } });

  test('merge', async ({ app: { page } }) => {
    const dialog = await openPreview(page);
    await expectPart(page, dialog, 'merge-preview');
    await dialog.getByRole('button', { name: /^Resolve/ }).click();
    await expect(page.getByText('0 of 7 resolved')).toBeVisible();
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await expect(page.getByText('2 of 7 resolved')).toBeVisible();
    await expectPart(page, page.locator('#view'), 'merge');
    await page.keyboard.press('v');
    await expect(page.locator('#view .monaco-editor .view-line').first()).toBeVisible();
    await expect(page.locator('#view .monaco-editor')).toHaveCount(4);
    await page.waitForTimeout(1500); // Monaco draws its marks and bars after its text
    await expectPart(page, page.locator('#view'), 'merge-panes');
  });

  test('two runs', async ({ app: { page } }) => {
    await page.getByRole('treeitem', { name: /^fork-bench/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Compare with main/ }).click();
    await expect(page.getByText('6 calls in common')).toBeVisible();
    await page.waitForTimeout(1000); // contents of the pair below
    await expectPart(page, page.locator('#view'), 'compare-runs');
  });
});

test.describe('a fleet of agents', () => {
  test.use({ golden: 'agents/fleet', viewport: { width: 1440, height: 900 } });

  test('agents', async ({ app: { page } }) => {
    const view = page.locator('#view');
    await openCosts(page, null);
    await expect(page.getByText('$25.362136').first()).toBeVisible();
    await expectPart(page, view, 'agents-costs');
    await page.getByRole('treeitem', { name: /^Fleet health/ }).click();
    await expect(page.getByRole('heading', { name: 'Needs attention' })).toBeVisible();
    await expectPart(page, view, 'agents-fleet');
    await page.getByRole('treeitem', { name: /^quill/ }).click();
    await expect(page.getByRole('heading', { name: 'quill' })).toBeVisible();
    await expectPart(page, view, 'agents-agent');
  });

  test('writing', async ({ app: { page } }) => {
    const view = page.locator('#view');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/model.md');
    await beginEdit(page);
    const form = page.getByRole('region', { name: 'Form', exact: true });
    await expect(form.getByLabel('Default model')).toBeVisible();
    await expect(page.getByText('The format has no objection')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Spending against these caps' })).toBeVisible();
    await page.waitForTimeout(1200); // Monaco draws its marks and bars after its text
    // the row in front is in sight from more than one place
    await page.locator('.ag-outline-scroll').evaluate((rows) => rows.scrollTo({ top: rows.scrollHeight }));
    await expectPart(page, view, 'agents-editor');
    await form.getByLabel('Longest answer').fill('3000');
    await page.keyboard.press('Control+s');
    const dialog = editDialog(page);
    await expect(dialog.getByRole('button', { name: /^Write/ })).toBeEnabled();
    await expectPart(page, dialog, 'agents-write');
    await page.keyboard.press('Escape');
    await page.getByRole('treeitem', { name: /^Escalations/ }).click();
    const list = page.getByRole('listbox', { name: 'Escalations' });
    await list.getByRole('option').filter({ hasText: 'ledger__append' }).first().click();
    const answer = page.getByRole('region', { name: 'Your answer' });
    await answer.getByRole('button', { name: /^Amend/ }).click();
    await expect(answer.getByText('What would be done')).toBeVisible();
    await expectPart(page, answer, 'agents-answer');
  });
});

test.describe('a budget ledger', () => {
  test.use({ golden: 'aex/tampered-rewritten', viewport: { width: 1440, height: 900 } });

  test('ledger', async ({ app: { page } }) => {
    const view = page.locator('#view');
    const statement = page.getByRole('grid', { name: 'Entries' });
    await expect(page.getByRole('region', { name: 'Chain' })).toContainText('recomputed');
    await page
      .getByRole('button', { name: /^Show entry/ })
      .first()
      .click();
    await expect(page.getByText('What does not add up').first()).toBeVisible();
    await page.waitForTimeout(600); // the timeline is drawn once it is asked and answered
    await expectPart(page, view, 'ledger');
    await statement.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Execution/ })).toBeVisible();
    await page.waitForTimeout(1200); // Monaco draws its marks and bars after its text
    await expectPart(page, view, 'ledger-execution');
    await page.getByRole('treeitem', { name: /^Accounts/ }).click();
    await expect(page.getByRole('heading', { name: /^Models/ })).toBeVisible();
    await expectPart(page, view, 'ledger-accounts');
    await page.getByRole('treeitem', { name: /^Proof/ }).click();
    await expect(page.getByRole('heading', { name: 'One thing does not add up' })).toBeVisible();
    await expectPart(page, view, 'ledger-proof');
  });
});
