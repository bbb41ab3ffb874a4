import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { keptIn } from './support/kept.ts';
import { expectFocusShown, outOfReach, overflow } from './support/layout.ts';
import { countMonaco, openThings } from './support/monaco.ts';
import { changeStore, graph, inspector, storeBytes, storeCall } from './support/vek.ts';

const rows = (p95: number) =>
  Array.from({ length: 12 }, (_, i) => ({ name: `engine-${i}`, p95_ms: i === 6 ? p95 : 10.5 + i }));

const large = (end: string) =>
  Buffer.from(JSON.stringify({ path: 'large', text: `${'word '.repeat(140_000)}${end}` }));

test.use({
  golden: 'linear',
  prepare: {
    by: (folder) => {
      storeBytes(folder, 'shell', Buffer.from('"one\\ntwo"'), Buffer.from([0xff, 0xfe, 0x00, 0x01]));
      storeBytes(folder, 'shell', Buffer.from('one\r\ntwo\nthree'), Buffer.from([0xff, 0xfe, 0x00, 0x02]));
      storeBytes(folder, 'shell', Buffer.from('one\ntwo\nthree'), Buffer.from('null'));
      storeBytes(folder, 'write', large('before'), Buffer.from('null'));
      storeBytes(folder, 'write', large('after'), Buffer.from('null'));
      storeCall(
        folder,
        'update_doc',
        { doc_id: 'brief.md', rev: 7 },
        {
          metric: 'mean_ms',
          rows: rows(17.9),
          note: 'Measured on a Pixel 8 in a quiet room with nothing else running,\nmean over 10,000 queries.',
          model: 'claude-opus-4-7',
          usage: { input_tokens: 1200, output_tokens: 1733 },
          cost: 0.048315,
        },
      );
      storeCall(
        folder,
        'update_doc',
        { doc_id: 'brief.md', rev: 7 },
        {
          metric: 'p95_ms',
          rows: rows(21.5),
          note: 'Measured on a Pixel 8 in a quiet room with nothing else running,\nmean over 1,000 queries.',
          model: 'qwen-local-32b',
          usage: { input_tokens: 1200, output_tokens: 733 },
          unit: 'ms',
        },
      );
    },
  },
});

/** The view of two calls. */
const compared = (page: Page): Locator => page.getByRole('region', { name: /^Calls .* compared$/ });
/** One difference by its path and words, whatever blanks the layout puts between them. */
const difference = (page: Page, ...parts: readonly string[]): Locator =>
  parts.reduce((found, part) => found.filter({ hasText: part }), differences(page).getByRole('option'));
const differences = (page: Page): Locator => compared(page).getByRole('listbox', { name: 'Differences' });

/** Marks one row and opens it beside another one, both by their place among the rows with these words. */
async function sideBySide(page: Page, words: string, first: number, second: number): Promise<Locator> {
  const { grid, row } = graph(page);
  await expect(grid).toBeVisible();
  await row(words)
    .nth(first)
    .click({ position: { x: 300, y: 10 } });
  await page.keyboard.press('c');
  await row(words)
    .nth(second)
    .click({ position: { x: 300, y: 10 } });
  await page.keyboard.press('Shift+C');
  const view = compared(page);
  await expect(view.getByRole('tablist', { name: 'What is compared' })).toBeVisible();
  return view;
}

test('the marked call and another one side by side: facts, changes, both texts', async ({
  app: { page },
}) => {
  const view = await sideBySide(page, 'brief.md', 1, 0);
  await expect(view.getByRole('region', { name: 'First call' })).toContainText('update_doc');
  await expect(view.getByRole('region', { name: 'Second call' })).toContainText('main');
  const facts = view.locator('.cc-facts');
  await expect(facts).toContainText('Time1.0 s later');
  await expect(facts).toContainText(/claude-opus-4-7.*qwen-local-32b/);
  await expect(facts).toContainText(/Output tokens1,733.*733−1,000/);
  await expect(facts).toContainText(/Cost\$0\.048315.*unpriced/);
  await expect(facts).not.toContainText('Input tokens');

  // the output differs, so it is in front; the inputs are equal
  await expect(view.getByRole('tab', { name: /^Output/ })).toHaveAttribute('aria-selected', 'true');
  await expect(view.getByText('7 fields differ')).toBeVisible();
  await expect(difference(page, '/metric', 'was "mean_ms"', 'is now "p95_ms"')).toBeVisible();
  await expect(difference(page, '/rows[6]/p95_ms', 'was 17.9', 'is now 21.5')).toBeVisible();
  await expect(difference(page, '/note', 'was “10,000”', 'is now “1,000”')).toBeVisible();
  await expect(difference(page, '/unit', 'added "ms"')).toBeVisible();
  await expect(difference(page, '/cost', 'removed 0.048315')).toBeVisible();
  await expect(view.getByText(/\d+ hidden lines/).first()).toBeVisible();

  const input = view.getByRole('tab', { name: /^Input/ });
  await expect(input).toHaveText('Inputequal');
  await input.click();
  await expect(view).toContainText(/Equal, byte for byte: the input of both calls is object [0-9a-f]{8}/);
  await expect(view.locator('.view-line', { hasText: '"doc_id"' })).toBeVisible();

  await view.getByRole('tab', { name: /^Fields/ }).click();
  await expect(view.getByRole('row', { name: /^Output tokens 1,733 733 −1,000/ })).toBeVisible();
  await expect(view.getByRole('row', { name: /^Input tokens 1,200 1,200 equal/ })).toBeVisible();
  await expect(view.getByRole('row', { name: /^Cost \$0\.048315 unpriced differs/ })).toBeVisible();
  await expect(view.getByRole('row', { name: /^Input hash .* equal/ })).toBeVisible();
});

test('by keys alone: through the changes, into the text and back, the other layout, swapped', async ({
  app: { page, data },
}) => {
  const view = await sideBySide(page, 'brief.md', 1, 0);
  const selected = differences(page).getByRole('option', { selected: true });
  await expect(selected).toHaveCount(0);
  await expect(view.locator('.view-line').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(selected).toContainText(/\/cost/);
  await page.keyboard.press('j');
  await expect(selected).toContainText(/\/metric/);
  await expect(view.getByText('7 fields differ (2 of 7)')).toBeVisible();
  await page.keyboard.press('k');
  await expect(selected).toContainText(/\/cost/);
  await page.keyboard.press('k');
  await expect(page.getByRole('status').filter({ hasText: 'There is no difference before' })).toBeAttached();

  // the list itself
  await differences(page).focus();
  await page.keyboard.press('End');
  await expect(selected).toContainText(/\/usage\/output_tokens/);
  await expectFocusShown(page);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(selected).toContainText(/\/rows\[6\]\/p95_ms/);
  await page.keyboard.press('Enter');
  const after = page.getByRole('textbox', { name: 'output of the second call, read only' });
  await expect(after).toBeFocused();
  await expect(view.locator('.line-numbers.cc-here')).toHaveCount(2);
  // J and K hold in the text too, and Esc leads out of it
  await page.keyboard.press('k');
  await expect(selected).toContainText(/\/note/);
  await expect(after).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(differences(page)).toBeFocused();

  await page.keyboard.press('v');
  await expect(view.getByRole('radio', { name: 'One column' })).toBeChecked();
  await expect.poll(() => keptIn(data)).toContain('compare-columns');

  const first = view.getByRole('region', { name: 'First call' });
  const second = await view.getByRole('region', { name: 'Second call' }).locator('.hash').innerText();
  await expect(first).not.toContainText(second);
  await page.keyboard.press('x');
  await expect(first).toContainText(second);
  await expect(difference(page, '/unit', 'removed "ms"')).toBeVisible();
  await expect(view.locator('.cc-facts')).toContainText(/Output tokens733.*1,733\+1,000/);

  // by arrows to the fields, where J goes from one that differs to the next
  await view.getByRole('tab', { name: /^Output/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(view.getByRole('tab', { name: /^Fields/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('j');
  await expect(view.getByRole('row', { name: /^Time/ })).toBeFocused();
  await page.keyboard.press('j');
  await expect(view.getByRole('row', { name: /^Model/ })).toBeFocused();

  // another view and back: as it was left
  await page.keyboard.press('Control+k');
  await page.keyboard.type('graph');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await page.getByRole('tab', { name: /↔/ }).click();
  await expect(first).toContainText(second);
  await expect(view.getByRole('tab', { name: /^Fields/ })).toHaveAttribute('aria-selected', 'true');
});

test('ways in: the inspector, the menu of a row, the palette', async ({ app: { page } }) => {
  const { grid, row } = graph(page);
  await expect(grid).toBeVisible();
  await row('brief.md')
    .first()
    .click({ button: 'right', position: { x: 300, y: 10 } });
  const entry = page.getByRole('menuitem', { name: /^Compare side by side with the marked call/ });
  await expect(entry).toBeDisabled();
  await expect(entry).toContainText('mark another call with C first');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+C');
  await expect(page.getByText('Press C on another call to mark it.')).toBeVisible();

  const panel = inspector(page);
  await row('brief.md')
    .first()
    .click({ position: { x: 300, y: 10 } });
  await panel.getByRole('tab', { name: /^Changes/ }).click();
  await panel.getByRole('button', { name: 'Compare side by side' }).click();
  await expect(compared(page).getByText('7 fields differ')).toBeVisible();
  await page.getByRole('tab', { name: 'Graph' }).click();

  await row('brief.md')
    .nth(1)
    .click({ position: { x: 300, y: 10 } });
  await page.keyboard.press('c');
  await row('shell')
    .first()
    .click({ position: { x: 300, y: 10 } });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('side by side');
  await expect(page.getByRole('option', { name: /Compare side by side with the marked call/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(compared(page).locator('.cc-facts')).toContainText(/Toolupdate_doc.*shell/);
});

test('large contents are compared when a person says so', async ({ app: { page } }) => {
  const view = await sideBySide(page, 'large', 1, 0);
  await view.getByRole('tab', { name: /^Input/ }).click();
  await expect(view).toContainText(/The two inputs have 1\.3 MB together/);
  await view.getByRole('button', { name: 'Compare anyway' }).click();
  await expect(difference(page, '/text', 'was “before”', 'is now “after”')).toBeVisible();
});

test('a text that is no JSON, and line endings that differ', async ({ app: { page } }) => {
  const view = await sideBySide(page, 'shell', 1, 0);
  await view.getByRole('tab', { name: /^Input/ }).click();
  await expect(view.getByText('1 place differs')).toBeVisible();
  await expect(view.locator('.view-line', { hasText: 'one␍' })).toBeVisible();
});

test('bytes that are no text stand there in hex', async ({ app: { page } }) => {
  const bytes = await sideBySide(page, 'shell', 2, 1);
  await bytes.getByRole('tab', { name: /^Output/ }).click();
  await expect(bytes.locator('.view-line', { hasText: 'ff fe 00 01' })).toBeVisible();
  await expect(bytes.locator('.view-line', { hasText: 'ff fe 00 02' })).toBeVisible();
});

test('a missing object and a call that is gone are said', async ({ app: { page, folder } }) => {
  const view = await sideBySide(page, 'brief.md', 1, 0);
  await expect(view.getByText('7 fields differ')).toBeVisible();
  const gone = changeStore(folder!, (db) => {
    const output = db
      .prepare<[], string>('SELECT output_hash FROM nodes ORDER BY timestamp DESC LIMIT 1')
      .pluck()
      .get()!;
    db.prepare('DELETE FROM objects WHERE hash = ?').run(output);
    return output.slice(0, 8);
  });
  await expect(view.getByText(`Object ${gone} is not in the store.`)).toBeVisible();
  await expect(view.locator('.view-line', { hasText: 'mean_ms' })).toBeVisible();

  changeStore(folder!, (db) => {
    db.prepare('DELETE FROM nodes WHERE timestamp = (SELECT max(timestamp) FROM nodes)').run();
  });
  await expect(view.getByText(/^This is what was read before\./)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: /^The second call can’t be shown\./ })).toBeVisible();
});

test('every size has its layout', async ({ app: { page } }) => {
  const view = await sideBySide(page, 'brief.md', 1, 0);
  await expect(view.locator('.view-line').first()).toBeVisible();
  for (const width of [1440, 1200, 860, 680]) {
    await page.setViewportSize({ width, height: 800 });
    const room = await view.evaluate((element) => element.clientWidth);
    await expect(view.getByRole('radio', { name: 'Side by side' })).toHaveCount(room >= 720 ? 1 : 0);
    await expect.poll(() => overflow(page)).toEqual({ across: 0, down: 0 });
    expect(await outOfReach(page, '.cc'), `at ${width}`).toEqual([]);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`two calls hold up to axe, ${colorScheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme });
    const view = await sideBySide(page, 'brief.md', 1, 0);
    await page.keyboard.press('j');
    for (const tab of [/^Output/, /^Input/, /^Fields/]) {
      await view.getByRole('tab', { name: tab }).click();
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('what is closed gives its texts back', async ({ app: { page } }) => {
  await countMonaco(page);
  await page.reload();
  const view = await sideBySide(page, 'brief.md', 1, 0);
  await expect(view.locator('.view-line').first()).toBeVisible();
  const close = async () => {
    await page.keyboard.press('Alt+w');
    await expect(view).toHaveCount(0);
  };
  /** What is open once nothing more is opened: the inspector comes back with the graph, and its editor after it. */
  const settled = async () => {
    let now = await openThings(page);
    for (let before = ''; before !== JSON.stringify(now); now = await openThings(page)) {
      before = JSON.stringify(now);
      await page.waitForTimeout(600);
    }
    return now;
  };
  await close();
  const before = await settled();
  for (let i = 0; i < 3; i += 1) {
    await graph(page).grid.focus();
    await page.keyboard.press('Shift+C');
    await expect(view.locator('.view-line').first()).toBeVisible();
    await page.keyboard.press('v');
    await page.keyboard.press('x');
    await close();
  }
  expect(await settled()).toEqual(before);
});
