import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { keptIn } from './support/kept.ts';
import { graph, inspector } from './support/vek.ts';

function bytesOf(folder: string): string {
  const hash = createHash('sha256');
  const root = join(folder, '.vek');
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    hash.update(entry.name);
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}

test('the graph shows every call with its lanes, badges and a summary', async ({ app: { page } }) => {
  const { grid, rows, row } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await expect(rows).toHaveCount(19);
  await expect(row('5e32db38')).toContainText('main');
  await expect(row('5e32db38')).toContainText('HEAD');
  await expect(row('ab25bae2')).toContainText('1 failed');
  await expect(row('846368ee')).toContainText('test_timeout');
  await expect(page.getByText('19 calls').first()).toBeVisible();
});

test('a walk through graph and call with the mouse changes not a byte', async ({ app: { page, folder } }) => {
  const before = bytesOf(folder!);
  const { row } = graph(page);
  await row('ab25bae2').click();
  await expect(inspector(page)).toContainText('run_tests');
  await expect(inspector(page)).toContainText('3 hashes recomputed');
  await inspector(page).getByRole('tab', { name: 'Hashes' }).click();
  await expect(inspector(page)).toContainText(
    'ab25bae2830b95ce1e9fa10acaead3853e9062ca77eedfcf26c1b8e18a209519',
  );
  await row('ab25bae2').dblclick();
  await expect(page.getByRole('tab', { name: /run_tests/ })).toBeVisible();
  await page.getByRole('button', { name: 'Operations' }).first().click();
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(row('5e32db38')).toBeVisible();
  expect(bytesOf(folder!)).toBe(before);
});

test('parents and what came after are links', async ({ app: { page } }) => {
  const { row, selected } = graph(page);
  // a button: until the other call is read, the panel before it names the same hashes, its own as mere text
  const link = (hash: string) => inspector(page).getByRole('button', { name: hash });
  await row('b9f1c245').click();
  await link('2615913b').click();
  await expect(selected).toContainText('2615913b');
  await link('b9f1c245').click();
  await expect(selected).toContainText('b9f1c245');
});

test('filter, its errors, and focus on a branch', async ({ app: { page } }) => {
  const { grid } = graph(page);
  const filter = page.getByLabel('Filter calls');
  await filter.fill('tool:run_tests');
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await expect(page.getByText('3 of 19 calls')).toBeVisible();
  await filter.fill('monkeypatch');
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await filter.fill('tol:edit');
  await expect(page.getByText('Did you mean tool:?')).toBeVisible();
  await filter.fill('tool:nothing-like-it');
  await expect(page.getByText(/No call matches/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear filter' }).first().click();
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  await page.getByRole('button', { name: 'Focus' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'try-mock' }).click();
  await page.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
});

test.describe('the sample', () => {
  test.use({ golden: null });

  test('opens when no folder is named', async ({ app: { page } }) => {
    const { grid, row } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '49');
    await expect(row('v2-draft')).toBeVisible();
    await expect(page.getByText('atlas-research').first()).toBeVisible();
  });
});

test.describe('without calls', () => {
  test.use({ golden: 'empty' });

  test('an empty repository says so and how to go on', async ({ app: { page } }) => {
    await expect(page.getByRole('heading', { name: 'No calls yet' })).toBeVisible();
  });
});

test('layout, theme, tabs and selection survive a reload', async ({ app: { page, data } }) => {
  const { row, selected } = graph(page);
  await row('b9f1c245').click();
  await row('b9f1c245').dblclick();
  await expect(page.getByRole('tab', { name: /think/ })).toBeVisible();
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => keptIn(data)).toMatch(/dark[^]*think|think[^]*dark/);
  await page.reload();
  await expect(page.getByRole('tab', { name: /think/ })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(selected).toContainText('b9f1c245');
});
