import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { graph, storeCall } from './support/vek.ts';

async function closeFolder(page: Page): Promise<void> {
  await expect(page.getByRole('treeitem', { name: /^Graph/ })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>close folder');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Vekscope', exact: true })).toBeVisible();
}

type Kept = { path: string; summary: string; openedAtMicros: number; damaged: boolean; stores: string[] };
const recentsOf = (data: string): Kept[] =>
  JSON.parse(readFileSync(join(data, 'recents.json'), 'utf8')) as Kept[];

test.describe('a damaged repository', () => {
  test.use({ golden: 'corrupt-object-altered' });

  test('recent folders say what is so with them, now; keys go along them, open and forget', async ({
    app: { page, data, folder },
  }) => {
    await expect(page.getByRole('treeitem', { name: /vek/ }).first()).toContainText('damaged');
    await closeFolder(page);
    const [open] = recentsOf(data);
    expect(open?.path).toBe(folder);
    const others = ['one', 'two', 'three'].map((name) => ({
      path: join(folder!, name),
      summary: '1 call on 1 branch',
      openedAtMicros: open!.openedAtMicros - 9 * 86_400e6,
      damaged: false,
      stores: [],
    }));
    writeFileSync(join(data, 'recents.json'), JSON.stringify([open, ...others]));
    const rows = page.locator('.folder-row[data-path]');
    await expect(rows).toHaveCount(4);
    await expect(rows.first()).toContainText('damaged');
    await expect(rows.nth(1)).toContainText('folder is not there');
    await expect(rows.nth(1)).toHaveAttribute('aria-disabled', 'true');
    storeCall(folder!, 'shell', { n: 1 }, { ok: true });
    await expect(rows.first()).toContainText('changing');

    await page.keyboard.press('ArrowDown');
    await expect(rows.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toBeFocused();
    expect(recentsOf(data).map(({ path }) => path)).not.toContain(join(folder!, 'one'));
    await page.keyboard.press('Delete');
    await expect(rows).toHaveCount(2);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(graph(page).grid).toBeVisible();
  });
});

test('the last folder opens again with its key; a filter narrows the list', async ({
  app: { page, data, folder },
}) => {
  await closeFolder(page);
  const [open] = recentsOf(data);
  const { summary, openedAtMicros } = open!;
  const others = ['alpha', 'beta', 'gamma'].map((name) => {
    const path = join(folder!, name);
    return { path, summary, openedAtMicros, damaged: false, stores: [] };
  });
  writeFileSync(join(data, 'recents.json'), JSON.stringify([open, ...others]));
  const filter = page.getByLabel('Filter recent folders');
  await filter.fill('beta');
  await expect(page.locator('.folder-row[data-path]')).toHaveCount(1);
  await filter.fill('none of them');
  await expect(page.getByText('No recent folder matches')).toBeVisible();
  await filter.fill('');
  await page.keyboard.press('Alt+Shift+T');
  await expect(graph(page).grid).toBeVisible();
  rmSync(join(data, 'recents.json'));
});

test('a dropped file is not followed, and why it was not opened is said', async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible();
  const { href } = new URL(page.url());
  const transfer = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); data.items.add(new File(['x'], 'vek.db')); return data; })()`,
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('alert')).toContainText('A browser does not say where a dropped folder is');
  expect(page.url()).toBe(href);
});
