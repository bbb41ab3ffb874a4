import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from './support/app.ts';
import { dialog, graph, inspector, storeCall, terminal } from './support/vek.ts';

const CANARIES = {
  tool: 'canary_tool_q7x',
  input: 'canaryinputq7x',
  output: 'canaryoutputq7x',
  branch: 'canary-branch-q7x',
  tag: 'canary-tag-q7x',
  typed: 'canarytypedq7x',
};

const logOf = (data: string): string =>
  ['vekscope.log', 'vekscope.1.log']
    .map((name) => join(data, 'logs', name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

test.describe('the log for bug reports', () => {
  // the walk makes the window fail on purpose
  test.use({ golden: 'linear', quiet: false });

  test('tells what happened and holds nothing of a store', async ({ app: { page, folder, data } }) => {
    const { grid, row } = graph(page);
    await expect(grid).toBeVisible();
    const hash = storeCall(folder!, CANARIES.tool, { q: CANARIES.input }, { r: CANARIES.output });
    await row(hash.slice(0, 8)).click();
    await expect(inspector(page)).toContainText(CANARIES.tool);
    await page.getByLabel('Filter calls').fill(CANARIES.input);
    await expect(grid).toHaveAttribute('aria-rowcount', '1');
    await page.getByLabel('Filter calls').fill('tol:canarytypedq7x');
    await page.getByLabel('Filter calls').fill('');
    for (const [key, name] of [
      ['f', CANARIES.branch],
      ['t', CANARIES.tag],
    ] as const) {
      await row(hash.slice(0, 8)).click();
      await page.keyboard.press(key);
      await dialog(page)
        .getByLabel(/^Name of the/)
        .fill(name);
      await page.keyboard.press('Enter');
      await expect(dialog(page)).toHaveCount(0);
    }
    await page.keyboard.press('b');
    await dialog(page).getByLabel('Name of the branch').fill(CANARIES.branch);
    await expect(dialog(page)).toContainText(/exists already/);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await page.keyboard.press('Control+o');
    await dialog(page).getByLabel('Path of the folder').fill(`${folder!}/${CANARIES.typed}`);
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await page.evaluate((text) => void Promise.reject(new TypeError(`broken by ${text}`)), CANARIES.input);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('>check everything');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Integrity' })).toBeVisible();
    renameSync(join(folder!, '.vek'), join(folder!, 'moved'));
    await expect(page.getByText('The repository is no longer there').first()).toBeVisible();

    await expect.poll(() => logOf(data)).toContain('window-rejection name=TypeError');
    const log = logOf(data);
    for (const event of [
      'start version=',
      'opened kind=vek',
      'read calls=',
      'wrote what=fork',
      'wrote what=tag',
    ]) {
      expect(log).toContain(event);
    }
    expect(log).toMatch(/refused asked=operations\.plan failure=\S+/);
    expect(log).toMatch(/refused asked=workspace\.open failure=\S+/);
    for (const canary of Object.values(CANARIES)) expect(log).not.toContain(canary);
    for (const part of [folder!, basename(folder!), data, hash.slice(0, 8)]) expect(log).not.toContain(part);
    expect(log).not.toMatch(/[0-9a-f]{12}/);
    expect(log).not.toMatch(/[\\/]/);

    const printed = terminal(folder!, data, 'logfile') as { path: string; lines: string[] };
    expect(printed.path).toBe(join(data, 'logs', 'vekscope.log'));
    expect(logOf(data)).toContain(printed.lines.at(-1));
  });
});

test('the log is shown and copied with the versions', async ({ app: { page, data }, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(graph(page).grid).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>copy the log');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The log was copied');
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toMatch(/^Vekscope \d+\.\d+\.\d+ \(browser\)\nNode \d/);
  expect(copied).toContain('opened kind=vek');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>show the log');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(join(data, 'logs'));
});
