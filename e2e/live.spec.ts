import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyGolden } from '../test/support/goldens.ts';
import { peerPython } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { changeStore, graph, inspector, realVek, storeCall } from './support/vek.ts';

test.use({ golden: 'linear' });

test('a call of another process appears in graph, counts and branches; selection and content stay', async ({
  app: { page, folder },
}) => {
  const { grid, rows, row, selected } = graph(page);
  await expect(rows).toHaveCount(25);
  await row('168780f5').click();
  await expect(inspector(page)).toContainText('3 hashes recomputed');
  const hash = storeCall(folder!, 'search', { query: 'appeared while you look' }, [1, 2, 3]);
  await expect(row(hash.slice(0, 8))).toContainText('appeared while you look');
  await expect(grid).toHaveAttribute('aria-rowcount', '26');
  await expect(row(hash.slice(0, 8))).toContainText('HEAD');
  await expect(selected).toContainText('168780f5');
  await expect(inspector(page)).toContainText('168780f5');
  await expect(page.getByText('26 calls').first()).toBeVisible();
});

test('a person who scrolled down stays where they are while calls arrive', async ({
  app: { page, folder },
}) => {
  for (let i = 0; i < 60; i++) storeCall(folder!, 'note', { text: `filler ${i}` }, null);
  const { grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '85');
  await grid.hover();
  await page.mouse.wheel(0, 700);
  const anchor = grid.getByRole('row').filter({ hasText: 'filler 30' });
  await expect(anchor).toBeVisible();
  const before = await anchor.boundingBox();
  storeCall(folder!, 'note', { text: 'newest of all' }, null);
  await expect(grid).toHaveAttribute('aria-rowcount', '86');
  await expect.poll(async () => (await anchor.boundingBox())?.y).toBe(before?.y);
});

test('the badge goes when the bytes change, and says what was found', async ({ app: { page, folder } }) => {
  const { row } = graph(page);
  await row('168780f5').click();
  await expect(inspector(page)).toContainText('3 hashes recomputed');
  const python = peerPython();
  test.skip(python === null, 'the peers are not installed');
  realVek(
    folder!,
    `import sqlite3
db = sqlite3.connect(".vek/vek.db")
db.execute("UPDATE objects SET content = X'7b7d' WHERE hash = (SELECT output_hash FROM nodes WHERE hash LIKE '168780f5%')")
db.commit()
db.close()`,
  );
  await expect(inspector(page)).not.toContainText('3 hashes recomputed');
  await expect(inspector(page)).toContainText(/altered/);
});

test('a removed repository gives a state, and comes back by itself', async ({ app: { page, folder } }) => {
  const { rows } = graph(page);
  await expect(rows).toHaveCount(25);
  renameSync(join(folder!, '.vek'), join(folder!, 'moved'));
  await expect(page.getByText('The repository is no longer there')).toBeVisible();
  renameSync(join(folder!, 'moved'), join(folder!, '.vek'));
  await expect(rows).toHaveCount(25);
});

test('a repository that is replaced by another is shown anew', async ({ app: { page, folder } }) => {
  const { grid } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '25');
  const other = copyGolden('forked');
  rmSync(join(folder!, '.vek'), { recursive: true });
  cpSync(join(other, '.vek'), join(folder!, '.vek'), { recursive: true });
  await expect(grid).toHaveAttribute('aria-rowcount', '19');
  rmSync(other, { recursive: true });
});

test('the real tool records beside the open window', async ({ app: { page, folder } }) => {
  test.skip(peerPython() === null, 'the peers are not installed');
  const { row } = graph(page);
  await expect(row('22112d6a')).toBeVisible();
  realVek(
    folder!,
    `vek.store("shell", {"command": "echo from python"}, {"exit_code": 0, "stdout": "from python"})`,
  );
  await expect(row('echo from python')).toBeVisible();
  await expect(row('echo from python')).toContainText('HEAD');
});

test('a branch, HEAD and a tag that another process moves show by themselves', async ({
  app: { page, folder },
}) => {
  const { grid, row } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', '25');
  const side = storeCall(folder!, 'search', { query: 'on another branch' }, [], { branch: 'side' });
  await expect(page.getByRole('treeitem', { name: /^side/ })).toBeVisible();
  await expect(row(side.slice(0, 8))).toHaveAccessibleName(/branch side/);
  await expect(row('22112d6a')).toHaveAccessibleName(/branch main, HEAD/);
  writeFileSync(join(folder!, '.vek', 'HEAD'), 'ref: side\n');
  await expect(row(side.slice(0, 8))).toHaveAccessibleName(/branch side, HEAD/);
  await expect(page.locator('.status-bar')).toContainText('side');
  changeStore(folder!, (db) => db.prepare('INSERT INTO refs VALUES (?, ?)').run('tag/from-outside', side));
  await expect(row(side.slice(0, 8))).toHaveAccessibleName(/tag from-outside/);
  changeStore(folder!, (db) => db.exec("DELETE FROM refs WHERE name = 'tag/from-outside'"));
  await expect(row(side.slice(0, 8))).not.toHaveAccessibleName(/from-outside/);
});

test('what arrives is counted behind a filter, and shown when it matches', async ({
  app: { page, folder },
}) => {
  const { grid, row } = graph(page);
  await page.getByLabel('Filter calls').fill('tool:fetch');
  await expect(page.getByText(/^\d of 25 calls$/)).toBeVisible();
  const before = Number(await grid.getAttribute('aria-rowcount'));
  storeCall(folder!, 'note', { text: 'does not match' }, null);
  await expect(page.getByText(`${before} of 26 calls`)).toBeVisible();
  const fetched = storeCall(folder!, 'fetch', { url: 'https://example.org/new' }, { status: 200 });
  await expect(row(fetched.slice(0, 8))).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', String(before + 1));
});

test.describe('a lost connection', () => {
  test.use({ quiet: false });

  test('is said, what was read stays, and the address of the next start goes on', async ({ app }) => {
    const { page } = app;
    const { rows, row } = graph(page);
    await expect(rows).toHaveCount(25);
    await app.stopServer();
    await expect(page.getByRole('alert')).toContainText('Not connected');
    await expect(row('22112d6a')).toBeVisible();
    await expect(page.locator('.status-bar')).toContainText('Not connected');
    await app.restartServer();
    await page.goto(app.address());
    await expect(rows).toHaveCount(25);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
