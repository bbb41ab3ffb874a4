import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyGolden } from '../test/support/goldens.ts';
import { peerPython } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { graph, inspector, realVek, storeCall } from './support/vek.ts';

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

test.describe('a lost connection', () => {
  test.use({ quiet: false });

  test('is said, and ends by itself when the server is back', async ({ app }) => {
    const { rows } = graph(app.page);
    await expect(rows).toHaveCount(25);
    await app.stopServer();
    await expect(app.page.getByRole('alert')).toBeVisible();
  });
});
