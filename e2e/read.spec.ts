import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { keptIn } from './support/kept.ts';
import { codeOf, dialog, graph, inspector, storeCall } from './support/vek.ts';

const pane = (page: Page, which: 'Input' | 'Output'): Locator =>
  inspector(page).getByRole('region', { name: which, exact: true });

/** Goes to a call by its hash and waits until the inspector shows it. */
async function open(page: Page, hash: string): Promise<void> {
  await expect(graph(page).grid).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(dialog(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(`#${hash.slice(0, 12)}`);
  await expect(page.getByRole('option').first()).toContainText(hash.slice(0, 8));
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(inspector(page)).toContainText(hash.slice(0, 8));
}

/** The newest call of the sample with this tool whose input or output holds the words. */
function sampleCall(tool: string, words = ''): string {
  // looked at in a copy: a connection would leave its files beside what is shipped
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-look-'));
  const copy = join(folder, 'vek.db');
  copyFileSync(join(projectRoot, 'resources', 'sample', 'dot-vek', 'vek.db'), copy);
  const db = new Database(copy);
  const found = db
    .prepare<[string, string, string], string>(
      `SELECT n.hash FROM nodes n JOIN objects i ON i.hash = n.input_hash JOIN objects o ON o.hash = n.output_hash
       WHERE n.tool = ? AND (instr(CAST(i.content AS TEXT), ?) > 0 OR instr(CAST(o.content AS TEXT), ?) > 0)
       ORDER BY n.timestamp DESC LIMIT 1`,
    )
    .pluck()
    .get(tool, words, words);
  db.close();
  rmSync(folder, { recursive: true });
  if (found === undefined) throw new Error(`The sample has no call ${tool} with “${words}”.`);
  return found;
}

async function expectSound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('.n-panel')
    .exclude('.monaco-editor')
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found, where).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`the sample in the ${colorScheme} theme`, () => {
    test.use({ golden: null, colorScheme });

    test('every kind of content is shown as what it is', async ({ app: { page } }) => {
      test.slow();
      const input = pane(page, 'Input');
      const output = pane(page, 'Output');
      await expect(graph(page).grid).toBeVisible();

      await open(page, sampleCall('model.chat', 'test_empty_queries fails'));
      await expect(
        input.getByRole('list', { name: 'Chat, 4 turns' }).getByRole('heading', { name: 'System' }),
      ).toBeVisible();
      await expect(input).toContainText('Result of read_file');
      await expect(output).toContainText('ended: tool_calls');
      await expect(output).toContainText('Calls edit');
      await expect(output.locator('ins', { hasText: 'if not spans:' })).toBeVisible();
      await expect(output.locator('strong')).toHaveText('NaN');
      await expectSound(page, 'a chat with tool calls');

      await open(page, sampleCall('model.messages'));
      await expect(input.getByRole('img', { name: 'PNG, 320 × 160' })).toBeVisible();
      expect(
        await input
          .getByRole('img')
          .evaluate((img) => ['naturalWidth', 'naturalHeight'].map((key) => Number(Reflect.get(img, key)))),
      ).toEqual([320, 160]);
      await output.getByRole('button', { name: /^Thinking: Four bars/ }).click();
      await expect(output.getByText('That agrees with the runs.')).toBeVisible();
      await expectSound(page, 'a chat with a picture');

      await open(page, sampleCall('shell', 'git diff'));
      await expect(input.getByRole('heading', { name: 'Command' })).toBeVisible();
      await expect(output).toContainText('2 files');
      await expect(output.locator('del', { hasText: 'import time, numpy as np' })).toBeVisible();
      await expect(output.locator('mark').first()).toBeVisible();
      await expectSound(page, 'a patch');

      await open(page, sampleCall('apply_patch'));
      await expect(input).toContainText('notes/machine.md');
      await expect(input.locator('ins', { hasText: 'seed 42' })).toBeVisible();

      await open(page, sampleCall('shell', '1 failed'));
      await expect(output.locator('.r-fg', { hasText: /^1 failed$/ }).first()).toBeVisible();
      expect(await output.locator('.r-screen').textContent()).not.toContain('\u001B');
      await expectSound(page, 'terminal output');

      await open(page, sampleCall('shell', 'hnswlib --n'));
      await expect(output.locator('.r-screen')).toHaveText(/^build 288\.0 s/);

      await open(page, sampleCall('sql.query'));
      const table = output.getByRole('table');
      await expect(table.getByRole('row')).toHaveCount(5);
      await table.getByRole('button', { name: 'recall' }).click();
      await expect(table.getByRole('columnheader', { name: 'recall' })).toHaveAttribute(
        'aria-sort',
        'ascending',
      );
      await expect(table.getByRole('row').nth(1)).toContainText('0.961');
      await expectSound(page, 'a table');

      await open(page, sampleCall('plot'));
      await expect(output.getByRole('img')).toBeVisible();

      await open(page, sampleCall('python'));
      await expect(
        output.getByText('IndexError: index 0 is out of bounds for axis 0 with size 0').first(),
      ).toBeVisible();
      await expect(output.locator('b', { hasText: '"/srv/atlas/bench/run.py", line 42' })).toBeVisible();
      await expect(output).not.toContainText('_ureduce');
      await output.getByRole('button', { name: '2 library frames' }).click();
      await expect(output).toContainText('_ureduce');
      await expectSound(page, 'a stack trace');

      await open(page, sampleCall('write_file', '## What we measured'));
      await expect(input.getByRole('heading', { name: 'What we measured' })).toBeVisible();
      await expect(input.getByRole('cell', { name: '288.0 s' })).toBeVisible();
      await expect(input).toContainText(
        'Picture, not loaded: p95 of every index https://atlas.example.org/p95.png',
      );
      await expect(input.locator('img, a')).toHaveCount(0);
      await expectSound(page, 'Markdown');
      await input.getByRole('button', { name: 'Show the Markdown as plain text' }).click();
      await expect(input).toContainText('## What we measured');
    });
  });
}

test.describe('the sample', () => {
  test.use({ golden: null });

  test('JSON is one key away, from either form, and the choice is kept', async ({ app: { page, data } }) => {
    await open(page, sampleCall('python'));
    const output = pane(page, 'Output');
    await expect(output.getByRole('radio', { name: 'Readable' })).toBeChecked();
    await output.locator('.r-read').focus();
    await page.keyboard.press('j');
    await expect(output.getByRole('radio', { name: 'JSON' })).toBeChecked();
    await expect.poll(() => codeOf(inspector(page), 'Output')).toContain('"traceback": "Traceback');
    await expect.poll(() => codeOf(inspector(page), 'Input')).toContain('"code"');
    await expect.poll(() => keptIn(data)).toContain('read-mode');
    await page.reload();
    await expect(output.getByRole('radio', { name: 'JSON' })).toBeChecked();
    await output.locator('.view-line').first().click();
    await page.keyboard.press('j');
    await expect(output.getByRole('radio', { name: 'Readable' })).toBeChecked();
    await graph(page).selected.click({ position: { x: 300, y: 10 } });
    await page.keyboard.press('Shift+J');
    await expect(output.getByRole('radio', { name: 'JSON' })).toBeChecked();
  });

  test('a part leads to its line in the JSON, and the search lies there', async ({ app: { page } }) => {
    await open(page, sampleCall('python'));
    const output = pane(page, 'Output');
    await output.getByRole('button', { name: 'Show /error/traceback in the JSON' }).click();
    await expect(output.locator('.view-line', { hasText: 'traceback' }).first()).toBeVisible();
    await expect(output.locator('.selected-text').first()).toBeVisible();
    await page.keyboard.press('j');
    await expect(output.locator('.r-read')).toBeVisible();
    await output.locator('.r-read').focus();
    await page.keyboard.press('Control+f');
    await expect(output.locator('.find-widget')).toBeVisible();
    await page.keyboard.type('IndexError');
    await expect(output.locator('.find-widget')).toContainText(/of 2/);
  });

  test('an address opens only after a second act, in full', async ({ app: { page }, context }) => {
    await open(page, sampleCall('write_file', '## What we measured'));
    const link = pane(page, 'Input').getByRole('button', { name: 'the method' });
    await link.click();
    await expect(dialog(page)).toContainText('https://atlas.example.org/method');
    await expect(dialog(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    expect(context.pages()).toHaveLength(1);
    await context.route('https://atlas.example.org/**', (route) => route.fulfill({ body: 'there' }));
    await link.click();
    const opening = context.waitForEvent('page');
    await dialog(page).getByRole('button', { name: 'Open in browser' }).click();
    const opened = await opening;
    await opened.waitForLoadState();
    expect(opened.url()).toBe('https://atlas.example.org/method');
    expect(await opened.evaluate('window.opener')).toBeNull();
  });
});

test.describe('hostile contents', () => {
  const evil = new Map<string, string>();
  const HTML =
    '<script>document.title = "ran"</script><img src=x onerror="document.title=\'ran\'"><iframe src="https://evil.example"></iframe>';
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) => {
        const put = (name: string, given: unknown, result: unknown): void => {
          evil.set(name, storeCall(folder, `evil_${name}`, given, result));
        };
        const markdown = `# Evil\n\n${HTML}\n\n[run](javascript:document.title='ran') [data](data:text/html,x) [bare](http://evil.example/x)\n\n![beacon](https://evil.example/beacon.png)\n\n<https://user:pw@evil.example/>\n`;
        put(
          'markdown',
          { body: markdown },
          {
            messages: [
              { role: HTML, content: `${HTML}\u202Egnp.exe` },
              { role: 'user', content: markdown },
            ],
          },
        );
        put(
          'terminal',
          { command: `echo ${HTML}` },
          {
            stdout: `${'\u001B[31m\u001B[5A\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007\u0007\r'.repeat(10_000)}end ${HTML}\n`,
            exit_code: 0,
          },
        );
        put('line', { text: 'long' }, { content: `first\n${'x'.repeat(900_000)}\nlast` });
        put(
          'large',
          { text: 'large' },
          {
            messages: Array.from({ length: 5_000 }, (_, i) => ({
              role: i % 2 === 0 ? 'user' : 'assistant',
              content: `${i} ${'word '.repeat(190)}`,
            })),
          },
        );
        put(
          'table',
          { n: 1 },
          Array.from({ length: 3_000 }, (_, i) => ({
            name: i === 0 ? '=HYPERLINK("https://evil.example")' : `row ${i}`,
            '<b>n</b>': i,
          })),
        );
        put(
          'image',
          {
            svg: `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='ran'"/>`).toString('base64')}`,
          },
          { png: bomb() },
        );
      },
    },
  });

  test('nothing in them runs, loads or leaves', async ({ app: { page }, context }) => {
    test.slow();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const input = pane(page, 'Input');
    const output = pane(page, 'Output');
    await open(page, evil.get('markdown')!);
    await expect(input.getByRole('heading', { name: 'Evil' })).toBeVisible();
    await expect(input).toContainText('<script>document.title');
    await expect(input).toContainText('javascript:document.title');
    await expect(input.getByRole('button', { name: /^(run|data|bare)$/ })).toHaveCount(0);
    await expect(input).toContainText('Picture, not loaded: beacon');
    await expect(output).toContainText('\uFFFDgnp.exe');
    await expect(inspector(page).locator('script, iframe, img, a[href]')).toHaveCount(0);

    await open(page, evil.get('terminal')!);
    await expect(output).toContainText('40,000 control sequences removed');
    await expect(output.locator('.r-screen')).toContainText('end <script>');
    await expect(inspector(page).locator('a[href]')).toHaveCount(0);

    await open(page, evil.get('image')!);
    await expect(output).toContainText('The picture names no size that can be drawn here');
    await expect(inspector(page).locator('img')).toHaveCount(0);

    await open(page, evil.get('table')!);
    expect(await output.getByRole('row').count()).toBeLessThan(120);
    await expect(output.getByRole('table')).toHaveAttribute('aria-rowcount', '3001');
    await output.getByRole('button', { name: 'Copy the table as CSV' }).click();
    const csv = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(csv.split(/\r?\n/)[1]).toBe(`"'=HYPERLINK(""https://evil.example"")",0`);
    await output
      .getByRole('region', { name: 'Table, rows' })
      .evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(output.getByRole('cell', { name: 'row 2999' })).toBeVisible();

    expect(await page.title()).not.toBe('ran');
    expect(context.pages()).toHaveLength(1);
  });

  test('large ones show their beginning, and more on a press', async ({ app: { page } }) => {
    test.slow();
    const output = pane(page, 'Output');
    await open(page, evil.get('line')!);
    await expect(
      output.getByRole('button', { name: /^Show 200,000 of 892,\d{3} more characters/ }),
    ).toBeVisible();
    await open(page, evil.get('large')!);
    await expect(output).toContainText('Larger than is shown at once');
    await expect(output.getByRole('listitem').filter({ hasText: '59 word' }).first()).toBeVisible();
    await expect(output.getByRole('button', { name: /^Show .* more turns$/ })).toBeVisible();
    await output.getByRole('button', { name: 'Show anyway' }).click();
    await expect(output.getByRole('button', { name: 'Show 2,000 of 4,940 more turns' })).toBeVisible();
  });
});

/** A PNG of a few bytes that names a picture of 60,000 by 60,000 points. */
function bomb(): string {
  const head = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(head);
  head.writeUInt32BE(13, 8);
  head.write('IHDR', 12);
  head.writeUInt32BE(60_000, 16);
  head.writeUInt32BE(60_000, 20);
  return Buffer.concat([head, Buffer.alloc(20)]).toString('base64');
}
