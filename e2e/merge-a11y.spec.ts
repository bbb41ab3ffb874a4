import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { expectFocusShown, outOfReach, overflow } from './support/layout.ts';
import { openResolver, resolver } from './support/merge.ts';
import { dialog, storeCall } from './support/vek.ts';

test.use({ golden: 'conflict' });

/** What axe finds, short enough to read in a failure. Monaco's own inside is left out. */
async function expectSound(page: Page, where: string, without: string[] = []): Promise<void> {
  const axe = new AxeBuilder({ page }).exclude('.monaco-editor').disableRules(without);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
  expect(found, where).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`the resolver in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('holds up to axe while places are settled', async ({ app: { page, folder } }) => {
      await openResolver(page, 'theirs', 'ours');
      const { view, card, use } = resolver(page);
      await expect(card('/added_both_diff')).toBeFocused();
      await expectFocusShown(page);
      await expectSound(page, 'four open conflicts');
      await page.keyboard.press('1');
      await page.keyboard.press('2');
      await expect(view).toContainText('2 of 4 resolved');
      await card('/budget/total').focus();
      await page.keyboard.press('Enter');
      await expect(use('/budget/total', 'theirs')).toHaveAttribute('aria-pressed', 'true');
      await expectSound(page, 'settled cards, one unfolded');
      await card('/title').focus();
      await page.keyboard.press('n');
      await page.keyboard.press('e');
      await expect(view.getByRole('button', { name: 'Keep this' })).toBeVisible();
      await expectSound(page, 'an editor in a card');
      await page.keyboard.press('Escape');
      storeCall(folder!, 'update_doc', { doc: 'trip', rev: 9 }, { title: 'T' }, { branch: 'theirs' });
      await expect(view).toContainText('theirs has moved.');
      await view.getByRole('button', { name: 'List them' }).click();
      await expectSound(page, 'a branch that moved');
    });

    test('holds up to axe in its dialogs and when it is over', async ({ app: { page } }) => {
      await openResolver(page, 'theirs', 'ours');
      const { view } = resolver(page);
      await page.getByRole('button', { name: 'Preview result' }).click();
      await expect(dialog(page).getByRole('group', { name: 'Result' })).toBeVisible();
      await expectSound(page, 'the result of a document');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Resolve all open' }).click();
      await expectSound(page, 'the menu of what settles all', ['region']);
      await page.getByRole('menuitem', { name: /from ours$/ }).click();
      await expect(resolver(page).commit).toBeEnabled();
      await resolver(page).commit.click();
      await expect(dialog(page).getByRole('button', { name: 'Commit merge' })).toBeEnabled();
      await expectSound(page, 'the last look');
      await dialog(page).getByRole('button', { name: 'Commit merge' }).click();
      await expect(view.getByRole('heading', { name: 'theirs is merged into ours' })).toBeVisible();
      await expectSound(page, 'a merge that is written');
    });
  });
}

test('every control is in reach at any width, and nothing makes the window scroll', async ({
  app: { page },
}) => {
  await openResolver(page, 'theirs', 'ours');
  await page.keyboard.press('1');
  for (const [width, height] of [
    [1440, 900],
    [1000, 700],
    [700, 800],
    [480, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(resolver(page).bar).toBeVisible();
    expect(await overflow(page), `${width} wide`).toEqual({ across: 0, down: 0 });
    expect(await outOfReach(page, '.mg-head'), `${width} wide`).toEqual([]);
    expect(await outOfReach(page, '.mg-commit'), `${width} wide`).toEqual([]);
    expect(await outOfReach(page, '.mg-document-bar'), `${width} wide`).toEqual([]);
  }
});

test('what was chosen and where one stands is said to screen readers', async ({ app: { page } }) => {
  await openResolver(page, 'theirs', 'ours');
  const said = page.locator('body > [role=status]');
  await page.keyboard.press('1');
  await expect(said).toHaveText('Kept from ours. 3 open');
  await page.keyboard.press('3');
  await expect(said).toHaveText('Not both: two numbers can’t be kept both');
  await page.keyboard.press('2');
  await expect(said).toHaveText('Taken from theirs. 2 open');
  await page.keyboard.press('u');
  await expect(said).toHaveText('Undone. 3 open');
  await page.keyboard.press('Control+Enter');
  await expect(said).toHaveText('3 open conflicts block this merge.');
  await page.keyboard.press('?');
  await expect(dialog(page)).toContainText('Keep both; again: in the other order');
  await page.keyboard.press('Escape');
});
