import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { graph, inspector, storeBytes, storeCall } from './support/vek.ts';

const LINES = Array.from({ length: 30 }, (_, i) => `line ${i + 1} of the brief`);

const large = (end: string) =>
  Buffer.from(JSON.stringify({ path: 'large', text: `${'word '.repeat(140_000)}${end}` }));

test.use({
  golden: 'linear',
  prepare: {
    by: (folder) => {
      storeCall(
        folder,
        'update_doc',
        { doc_id: 'brief.md', rev: 7, rows: [{ name: 'usearch', p95: 17.9 }] },
        {
          ok: true,
          note: LINES.join('\n'),
        },
      );
      storeCall(folder, 'update_doc', { doc_id: 'other.md', rev: 1 }, { ok: true });
      storeCall(folder, 'shell', { command: 'ls' }, { exit_code: 0 });
      storeCall(
        folder,
        'update_doc',
        {
          doc_id: 'brief.md',
          rev: 8,
          rows: [
            { name: 'usearch', p95: 21.5 },
            { name: 'hnswlib', p95: 2.7 },
          ],
        },
        { ok: true, note: LINES.with(14, 'line 15 of the report').join('\n') },
      );
      storeBytes(folder, 'write', large('before'), Buffer.from('null'));
      storeBytes(folder, 'write', large('after'), Buffer.from('null'));
    },
  },
});

test('a call is compared with the last one on its document, or another choice, by keyboard', async ({
  app: { page },
}) => {
  const { grid, row } = graph(page);
  await expect(grid).toBeVisible();
  await row('brief.md')
    .first()
    .click({ position: { x: 300, y: 10 } });
  const panel = inspector(page);
  const changes = panel.getByRole('tab', { name: /^Changes/ });
  await expect(changes).toHaveText('Changes4');
  await changes.click();
  await expect(panel.getByRole('button', { name: 'With the last call on brief.md' })).toBeVisible();
  const input = panel.getByRole('region', { name: 'Changes of the input' });
  const output = panel.getByRole('region', { name: 'Changes of the output' });
  await expect(input).toContainText('3 fields changed, the rest equal');
  await expect(input.getByRole('listitem', { name: '/rev, changed' })).toContainText(/7.*→.*8/);
  await expect(input.getByRole('listitem', { name: '/rows/0/p95, changed' })).toContainText(
    /17\.9.*→.*21\.5/,
  );
  await expect(input.getByRole('listitem', { name: '/rows/1, added' })).toContainText('"name": "hnswlib"');
  const note = output.getByRole('listitem', { name: '/note, changed' });
  await expect(note.locator('mark')).toHaveText(['brief', 'report']);
  await expect(note).toContainText('12 equal lines');
  await expect(note).not.toContainText('line 5 of');

  await changes.focus();
  await page.keyboard.press('n');
  await expect(input.getByRole('listitem', { name: '/rev, changed' })).toBeFocused();
  await page.keyboard.press('n');
  await expect(input.getByRole('listitem', { name: '/rows/0/p95, changed' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('n');
  await expect(note).toBeFocused();
  await page.keyboard.press('n');
  await expect(note).toBeFocused();
  await page.keyboard.press('p');
  await expect(input.getByRole('listitem', { name: '/rows/1, added' })).toBeFocused();

  await panel.getByRole('button', { name: 'With the last call on brief.md' }).click();
  await page.getByRole('menuitem', { name: /^Last call of this tool/ }).click();
  await expect(input.getByRole('listitem', { name: '/doc_id, changed' })).toBeVisible();
  await panel.getByRole('button', { name: 'With the last call of this tool' }).click();
  await expect(page.getByRole('menuitem', { name: /^Marked call/ })).toContainText('mark one with C first');
  await page.getByRole('menuitem', { name: /^Call just before/ }).click();
  await expect(input.getByRole('listitem', { name: '/command, removed' })).toBeVisible();

  await panel.getByRole('button', { name: /^[0-9a-f]{8}.*shell/ }).click();
  await expect(panel.getByRole('heading', { name: 'shell' })).toBeVisible();
});

test('any two calls are compared: mark one with C, press C on the other', async ({ app: { page } }) => {
  const { grid, row, selected } = graph(page);
  await expect(grid).toBeVisible();
  await row('other.md')
    .first()
    .click({ position: { x: 300, y: 10 } });
  await grid.focus();
  await page.keyboard.press('c');
  const panel = inspector(page);
  await expect(panel.getByText('marked', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(selected).toContainText('shell');
  await page.keyboard.press('c');
  await expect(panel.getByRole('tab', { name: /^Changes/ })).toHaveAttribute('aria-selected', 'true');
  await expect(panel.getByRole('button', { name: 'With the marked call' })).toBeVisible();
  await expect(panel.getByRole('listitem', { name: '/command, added' })).toContainText('"ls"');
  await panel.getByRole('button', { name: 'Take the mark away' }).click();
  await expect(panel.getByRole('button', { name: 'With the call just before' })).toBeVisible();
});

test('large contents are compared when a person says so; side by side in a tab', async ({
  app: { page },
}) => {
  const { grid, row } = graph(page);
  await expect(grid).toBeVisible();
  await row('large')
    .first()
    .dblclick({ position: { x: 300, y: 10 } });
  const view = page.getByRole('tabpanel').first();
  await view.getByRole('tab', { name: /^Changes/ }).click();
  const input = view.getByRole('region', { name: 'Changes of the input' });
  await expect(input).toContainText(/1\.3 MB together/);
  await expect(view.getByRole('region', { name: 'Changes of the output' })).toContainText(
    'equal, byte for byte',
  );
  await input.getByRole('button', { name: 'Compare anyway' }).click();
  await expect(input.getByRole('listitem', { name: '/text, changed' })).toBeVisible();
  // the long line is cut where nothing changed in it
  await expect(input).toContainText(/characters …/);
  await expect(view.getByRole('radio', { name: 'Side by side' })).toBeChecked();
  await view.getByText('One column').click();
  await expect(view.getByRole('radio', { name: 'One column' })).toBeChecked();
});

test('the first call of its history has nothing before it, in words', async ({ app: { page } }) => {
  const { grid } = graph(page);
  await grid.focus();
  await page.keyboard.press('End');
  const panel = inspector(page);
  await panel.getByRole('tab', { name: /^Changes/ }).click();
  await expect(panel.getByRole('heading', { name: 'Nothing before this call' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a comparison holds up to axe, ${colorScheme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme });
    const { grid, row } = graph(page);
    await expect(grid).toBeVisible();
    await row('brief.md')
      .first()
      .dblclick({ position: { x: 300, y: 10 } });
    const view = page.getByRole('tabpanel').first();
    await view.getByRole('tab', { name: /^Changes/ }).click();
    await expect(view.getByRole('listitem', { name: '/note, changed' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
