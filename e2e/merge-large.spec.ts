import type { Page } from '@playwright/test';
import { writeHistory, type HistoryCall } from '../test/support/history.ts';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { commitMerge, openResolver, resolvedAt, resolver } from './support/merge.ts';
import { expectAgreement } from './support/vek.ts';

/** Two branches that changed the same numbers of some documents, each differently. */
function disagreeing(documents: number, places: number): { readonly by: (folder: string) => void } {
  const version = (document: number, of: number): HistoryCall => ({
    tool: 'update_doc',
    input: JSON.stringify({ doc: `doc-${String(document).padStart(2, '0')}` }),
    output: JSON.stringify(
      Object.fromEntries(
        Array.from({ length: places }, (_, place) => [
          `place ${String(place).padStart(4, '0')}`,
          place * 10 + of,
        ]),
      ),
    ),
    second: of * 1000 + document,
  });
  const all = (of: number) => Array.from({ length: documents }, (_, document) => version(document, of));
  const [base, ours, theirs] = [all(0), all(1), all(2)] as [HistoryCall[], HistoryCall[], HistoryCall[]];
  return {
    by: (folder) => {
      const made = writeHistory(
        [...base, ...ours, { ...theirs[0]!, after: base.length - 1 }, ...theirs.slice(1)],
        {
          main: base.length + ours.length - 1,
          fork: base.length + ours.length + theirs.length - 1,
        },
      );
      rmSync(join(folder, '.vek'), { recursive: true });
      cpSync(join(made.folder, '.vek'), join(folder, '.vek'), { recursive: true });
      rmSync(made.folder, { recursive: true });
    },
  };
}

test.use({ golden: 'empty' });

test.describe('thirty conflicts in five documents', () => {
  test.use({ prepare: disagreeing(5, 6) });

  test('are resolved by one key each, across documents, and taken back', async ({
    app: { page, folder, data },
  }) => {
    await openResolver(page, 'fork', 'main');
    const { view, documents, bar, commit } = resolver(page);
    await expect(bar).toContainText('30 open conflicts');
    await expect(documents).toHaveCount(5);
    for (let conflict = 0; conflict < 30; conflict += 1) {
      await expect(page.locator(':focus')).toHaveAccessibleName(
        new RegExp(`^Conflict ${conflict + 1} of 30, .*, open$`),
      );
      await page.keyboard.press(conflict % 3 === 0 ? '1' : '2');
    }
    await expect(view).toContainText('30 of 30 resolved');
    await expect(commit).toBeEnabled();
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('u');
    await expect(view).toContainText('0 of 30 resolved');
    await expect(page.locator(':focus')).toHaveAccessibleName(/^Conflict 1 of 30, /);
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('Shift+U');
    await expect(view).toContainText('30 of 30 resolved');
    await commitMerge(page);
    const resolved = resolvedAt(folder!, data, 'main');
    expect(resolved).toHaveLength(5);
    expect(resolved.map(({ how }) => how)).toEqual(Array.from({ length: 5 }, () => 'merged'));
    const values = resolved.flatMap(({ output }) => Object.values(output));
    expect(values.map((value) => Number(value) % 10)).toEqual(
      Array.from({ length: 30 }, (_, conflict) => (conflict % 3 === 0 ? 1 : 2)),
    );
    expectAgreement(folder!, data, { branches: ['fork', 'main'], head: 'main' });
  });
});

/** Scrolls the cards to a part of their height, and waits until they stand still. */
async function scrollTo(page: Page, part: number): Promise<void> {
  await page.locator('[data-scroll]').evaluate(async (scroll, to) => {
    const view = scroll.ownerDocument.defaultView!;
    for (let step = 0; step < 3; step += 1) {
      scroll.scrollTop = (scroll.scrollHeight - scroll.clientHeight) * to;
      await new Promise((done) => view.requestAnimationFrame(() => view.requestAnimationFrame(done)));
    }
  }, part);
}

test.describe('two thousand conflicts in one document', () => {
  test.use({ prepare: disagreeing(1, 2000) });

  test('scroll to their end with few of them drawn, and keys find the open ones', async ({
    app: { page },
  }) => {
    await openResolver(page, 'fork', 'main');
    const { view, bar, card } = resolver(page);
    await expect(bar).toContainText('2,000 open conflicts');
    await scrollTo(page, 1);
    await expect(card('/place 1999')).toBeInViewport();
    await scrollTo(page, 0.5);
    await expect(
      view.getByRole('group', { name: /\/place 1[0-9]{3}, |\/place 0[89]/ }).first(),
    ).toBeVisible();
    expect(await view.getByRole('group').count()).toBeLessThan(40);
    await scrollTo(page, 0);
    await expect(card('/place 0000')).toBeInViewport();
    await card('/place 0000').focus();
    await page.keyboard.press('p');
    await expect(card('/place 1999')).toBeFocused();
    await expect(card('/place 1999')).toBeInViewport();
    await page.keyboard.press('2');
    await expect(card('/place 0000')).toBeFocused();
    await expect(card('/place 0000')).toBeInViewport();
    await page.getByRole('button', { name: 'Resolve all open' }).click();
    await page.getByRole('menuitem', { name: 'All 1,999 open from main' }).click();
    await expect(view).toContainText('2,000 of 2,000 resolved');
    await card('/place 0000').focus();
    await page.keyboard.press('u');
    await expect(view).toContainText('1 of 2,000 resolved');
  });
});
