import { readFileSync } from 'node:fs';
import { expect, test } from './support/app.ts';
import { overflow } from './support/layout.ts';
import { changeStore, codeOf, graph, inspector, storeBytes, storeCall } from './support/vek.ts';

const HTML = '<img src="x" onerror="document.title=1"><script>document.title=2</script>';
const RIGHT_TO_LEFT = 'שלום\u202e exe.txt';
const EMOJI = '👩🏽‍💻 запуск 🚀';
const LONG = 'long-'.repeat(2000);

const big = (megabytes: number): Buffer =>
  Buffer.from(JSON.stringify({ log: `${'0123456789abcde\n'.repeat(megabytes * 61_681)}end` }));

test.describe('a view in place of a table', () => {
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) =>
        changeStore(folder, (db) =>
          db.exec('ALTER TABLE nodes RENAME TO really; CREATE VIEW nodes AS SELECT * FROM really'),
        ),
    },
  });

  test('is not read, and the window says why', async ({ app: { page } }) => {
    await expect(page.getByText(/In place of the table nodes stands a view/).first()).toBeVisible();
    await expect(page.getByText('No calls yet')).toHaveCount(0);
  });
});

test.describe('a store with a trigger', () => {
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) =>
        changeStore(folder, (db) =>
          db.exec('CREATE TRIGGER greedy AFTER INSERT ON refs BEGIN DELETE FROM nodes; END'),
        ),
    },
  });

  test('is shown, and writing to it is refused with words', async ({ app: { page, folder } }) => {
    const { grid, row } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '25');
    const before = readFileSync(`${folder}/.vek/vek.db`);
    await row('168780f5').click();
    await expect(inspector(page)).toContainText('3 hashes recomputed');
    await expect(inspector(page).getByRole('button', { name: /Fork from here/ })).toBeDisabled();
    await expect(inspector(page)).toContainText(/trigger/);
    await page.keyboard.press('f');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.g-note')).toContainText(/trigger/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('>tag');
    await expect(page.getByRole('option', { name: /Tag the selected call/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await page.keyboard.press('Escape');
    expect(readFileSync(`${folder}/.vek/vek.db`).equals(before)).toBe(true);
  });
});

test.describe('names and contents of a stranger', () => {
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) => {
        storeCall(folder, HTML, { query: HTML }, { text: HTML });
        storeCall(folder, LONG, { path: LONG }, LONG);
        storeCall(folder, RIGHT_TO_LEFT, { query: RIGHT_TO_LEFT }, RIGHT_TO_LEFT);
        const tip = storeCall(folder, EMOJI, { command: EMOJI }, EMOJI);
        changeStore(folder, (db) => {
          for (const name of [HTML, LONG, RIGHT_TO_LEFT, EMOJI, `tag/${HTML}`])
            db.prepare('INSERT INTO refs VALUES (?, ?)').run(name, tip);
        });
      },
    },
  });

  test('are shown as text, and nothing of them runs or pushes the window apart', async ({
    app: { page },
  }) => {
    const { grid, row, rows } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '29');
    await expect(row(EMOJI).first()).toBeVisible();
    await expect(row('<img src="x"').first()).toBeVisible();
    // the mark that turns the direction is shown, not obeyed
    await expect(rows.filter({ hasText: 'exe.txt' }).first()).not.toContainText('\u202e');
    for (const words of ['<img src="x"', 'long-long-', 'exe.txt', 'запуск']) {
      await row(words)
        .first()
        .click({ position: { x: 300, y: 10 } });
      await expect(inspector(page)).toContainText('3 hashes recomputed');
    }
    await page.getByRole('treeitem', { name: /Tags and checkpoints/ }).click();
    await page.getByRole('button', { name: 'Focus', exact: true }).click();
    await expect(page.getByRole('menuitemcheckbox')).toHaveCount(5);
    await page.keyboard.press('Escape');
    await row('<img src="x"')
      .first()
      .dblclick({ position: { x: 300, y: 10 } });
    await page.getByRole('tab', { name: 'Graph', exact: true }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('@img');
    await expect(page.getByRole('option').first()).toContainText('<img src="x"');
    await page.keyboard.press('Escape');
    await page.getByRole('treeitem', { name: /запуск/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    await expect(page.getByRole('dialog')).toContainText('запуск');
    await page.keyboard.press('Escape');
    expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
    expect(await overflow(page)).toEqual({ across: 0, down: 0 });
  });
});

test.describe('contents of every size', () => {
  let hashes: Record<'five' | 'hundred' | 'bytes' | 'nothing', string>;
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) => {
        const input = Buffer.from('{"query":"size"}');
        hashes = {
          five: storeBytes(folder, 'five', input, big(5)),
          hundred: storeBytes(folder, 'hundred', input, big(100)),
          bytes: storeBytes(folder, 'bytes', input, Buffer.from([0, 255, 254, 1, 2, 3, 128, 65, 66, 67])),
          nothing: storeBytes(folder, 'nothing', input, Buffer.alloc(0)),
        };
      },
    },
  });

  test('are shown in part, as bytes, or in words, and the window stays usable', async ({ app: { page } }) => {
    const { row } = graph(page);
    const at = (name: keyof typeof hashes) => row(hashes[name].slice(0, 8));
    const output = inspector(page).getByRole('region', { name: 'Output', exact: true });

    await at('hundred').click();
    await expect(output).toContainText('Larger than is shown at once');
    await expect(output.getByRole('button', { name: /^Show 2,000 of .* more lines$/ })).toBeVisible();
    await page.keyboard.press('Shift+J');
    await expect(output).toContainText(/1\d\d\.?\d* MB/);
    await expect.poll(() => codeOf(inspector(page), 'Output')).toContain('0123456789abcde');

    await at('nothing').click();
    await expect(output).toContainText('Empty blob: the Python tool reads it as null.');

    await at('bytes').click();
    await expect(output).toContainText('bytes, no text');
    await expect
      .poll(() => codeOf(inspector(page), 'Output'))
      .toContain('00000000  00 ff fe 01 02 03 80 41 42 43');
    await expect.poll(() => codeOf(inspector(page), 'Output')).toContain('·······ABC');

    await at('five').click();
    await expect(output).toContainText('Larger than is shown at once');
    await output.getByRole('button', { name: 'Show anyway' }).click();
    await expect(output).not.toContainText('Larger than is shown at once', { timeout: 30_000 });
    await at('nothing').click();
    await expect(output).toContainText('Empty blob');
    await at('five').click();
    await expect(output.locator('.view-line').first()).toBeVisible();
  });
});
