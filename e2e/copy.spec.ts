import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { startServer } from './support/server.ts';
import { graph, inspector, storeCall } from './support/vek.ts';

const REQUEST = {
  url: 'https://example.org/a?b=1',
  method: 'POST',
  headers: { Authorization: 'Bearer sk-1' },
  json: { a: 1 },
};

test.use({
  golden: 'linear',
  prepare: {
    by: (folder) => void storeCall(folder, 'fetch', REQUEST, { status: 200, note: 'x'.repeat(10) }),
  },
});

const clipboard = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

test('a call is copied as hash, link, JSON, curl, Markdown, and each content', async ({
  app: { page, folder },
  context,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { grid } = graph(page);
  await grid.focus();
  await page.keyboard.press('Home');
  const panel = inspector(page);
  await expect(panel.getByRole('heading', { name: 'fetch' })).toBeVisible();

  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(page)).toMatch(/^[0-9a-f]{64}$/);
  const hash = await clipboard(page);
  await page.keyboard.press('l');
  await expect.poll(() => clipboard(page)).toBe(`vekscope:${encodeURI(folder!)}#${hash}`);
  await page.keyboard.press('y');
  await expect.poll(() => clipboard(page)).toMatch(/^\{/);
  expect(JSON.parse(await clipboard(page))).toMatchObject({
    hash,
    tool: 'fetch',
    input: REQUEST,
    output: { status: 200 },
  });

  const menu = async (name: string) => {
    await panel.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await menu('Copy as curl');
  await expect
    .poll(() => clipboard(page))
    .toBe(
      `curl 'https://example.org/a?b=1' \\\n  -H 'Authorization: Bearer '"$AUTHORIZATION" \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{"a":1}'`,
    );
  await expect(page.getByText(/Secrets are left out: set \$AUTHORIZATION/)).toBeVisible();
  await menu('Copy as Markdown');
  await expect.poll(() => clipboard(page)).toContain(`### \`fetch\` \`${hash.slice(0, 8)}\``);
  await menu('Copy output');
  await expect.poll(() => clipboard(page)).toBe('{\n  "status": 200,\n  "note": "xxxxxxxxxx"\n}');
});

test('a call that is no request is not copied as one, in words', async ({ app: { page } }) => {
  const { grid, selected } = graph(page);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(selected).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('copy the selected call as curl');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The input is no request that curl can make')).toBeVisible();
});

test('text that a person has selected is what is copied', async ({ app: { page }, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { grid } = graph(page);
  await grid.focus();
  await page.keyboard.press('Home');
  const panel = inspector(page);
  await panel.getByRole('tab', { name: 'Hashes' }).click();
  await panel.getByText(/The hash of the call covers/).click({ clickCount: 3 });
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(page)).toMatch(/^Recomputed from the stored bytes/);
});

test('a pasted link leads to its call, here or in another folder that may be opened', async ({
  app: { page, folder },
}) => {
  const { grid, selected } = graph(page);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(selected).toBeVisible();
  const hash = (await inspector(page).locator('.n-badges .hash').getAttribute('title'))!;
  await page.keyboard.press('Home');
  await expect(selected).toContainText('fetch');
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(`vekscope:${encodeURI(folder!)}#${hash}`);
  await expect(page.getByRole('option', { name: `Go to call ${hash.slice(0, 8)}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(selected).toContainText(hash.slice(0, 8));

  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(`vekscope:/nowhere/at%20all#${hash}`);
  await expect(page.getByRole('option', { name: /Open its folder and go to call/ })).toContainText(
    '/nowhere/at all',
  );
  await page.keyboard.press('Enter');
  await expect(
    page
      .getByText('/nowhere/at all is not there, or can’t be read.')
      .or(page.getByText(/\/nowhere\/at all is not there/))
      .first(),
  ).toBeVisible();
  await expect(selected).toContainText(hash.slice(0, 8));

  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(`vekscope:${encodeURI(folder!)}#${hash.slice(1)}`);
  await expect(page.getByRole('option', { name: /Not a whole link to a call/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('a window that is started with a link shows its call', async ({
  app: { page, folder, data },
  context,
}) => {
  await graph(page).grid.focus();
  await page.keyboard.press('End');
  const hash = (await inspector(page).locator('.n-badges .hash').getAttribute('title'))!;
  const server = await startServer(`vekscope:${encodeURI(folder!)}#${hash}`, data);
  const other = await context.newPage();
  try {
    await other.goto(server.address);
    await expect(graph(other).selected).toContainText(hash.slice(0, 8));
  } finally {
    await other.close();
    await server.stop();
  }
});
