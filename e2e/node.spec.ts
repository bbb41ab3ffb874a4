import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expectedOf } from '../test/support/goldens.ts';
import { expect, test } from './support/app.ts';
import { changeStore, codeOf, graph, inspector, storeCall } from './support/vek.ts';

type Value = { readonly name: string; readonly node: string; readonly canonical: string };

test.describe('values', () => {
  test.use({ golden: 'values' });

  test('numbers stand as they are stored, character for character', async ({ app: { page } }) => {
    const { grid, selected } = graph(page);
    await expect(grid).toBeVisible();
    const values = expectedOf('values')['table'] as readonly Value[];
    const wanted = [
      '1.0',
      '-0.0',
      '1e+16',
      '1e-07',
      'NaN',
      '-Infinity',
      '9007199254740993',
      '1000000000000000.0',
    ];
    wanted.push(`1${'0'.repeat(40)}`, '5e-324');
    for (const text of wanted) {
      const value = values.find(({ canonical }) => canonical === text)!;
      await page.keyboard.press('#');
      await page.keyboard.type(value.node.slice(0, 12));
      await page.keyboard.press('Enter');
      await expect(selected).toContainText(value.node.slice(0, 8));
      await expect(inspector(page)).toContainText(value.node.slice(0, 8));
      await expect.poll(() => codeOf(inspector(page), 'Input'), value.name).toBe(text);
    }
  });

  test('what is unusual about the bytes is said, and nothing is changed', async ({
    app: { page, folder },
  }) => {
    const raw = expectedOf('values')['raw_table'] as readonly { name: string; node: string }[];
    const words: Record<string, RegExp> = {
      'duplicate keys': /The key “a” stands more than once/,
      'escaped lone surrogate': /Has no canonical form/,
      'minus zero int': /Not in the canonical form/,
      'utf-8 BOM': /byte order mark/,
      'utf-16 le text': /UTF-16LE/,
      'empty blob': /Empty blob/,
      'invalid utf-8': /bytes, no text/,
    };
    await expect(graph(page).grid).toBeVisible();
    const before = readFileSync(`${folder}/.vek/vek.db`);
    for (const [name, said] of Object.entries(words)) {
      const { node } = raw.find((row) => row.name === name)!;
      await page.keyboard.press('#');
      await page.keyboard.type(node.slice(0, 12));
      await page.keyboard.press('Enter');
      await expect(inspector(page).getByRole('region', { name: 'Input', exact: true }), name).toContainText(
        said,
      );
    }
    expect(readFileSync(`${folder}/.vek/vek.db`).equals(before)).toBe(true);
  });
});

test.describe('a call', () => {
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) => {
        const lines = Array.from({ length: 400 }, (_, line) => ({ line, text: `needle ${line}` }));
        storeCall(folder, 'long', { query: `wide ${'word '.repeat(200)}` }, lines);
      },
    },
  });

  test('is found in, wrapped, copied, and saved byte for byte', async ({
    app: { page, folder },
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { row } = graph(page);
    await row('wide word')
      .first()
      .click({ position: { x: 300, y: 10 } });
    const input = inspector(page).getByRole('region', { name: 'Input', exact: true });
    const output = inspector(page).getByRole('region', { name: 'Output', exact: true });
    await output.getByText('JSON', { exact: true }).click();
    await expect(output.locator('.view-line').first()).toBeVisible();

    await output.locator('.view-line').nth(3).click();
    await page.keyboard.press('Control+f');
    const find = output.getByRole('dialog', { name: /Find/ }).or(output.locator('.find-widget'));
    await expect(find.first()).toBeVisible();
    await page.keyboard.type('needle 250');
    await expect(find.first()).toContainText(/1 of 1/);
    await page.keyboard.press('Enter');
    await expect.poll(() => codeOf(inspector(page), 'Output')).toContain('needle 250');
    await page.keyboard.press('Escape');

    const wrapped = await input.locator('.view-line').count();
    await input.getByRole('button', { name: 'Wrap long lines' }).click();
    await expect.poll(() => input.locator('.view-line').count()).toBeLessThan(wrapped);

    await input.getByRole('button', { name: 'Copy input' }).click();
    await expect(input.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(JSON.parse(copied)).toEqual({ query: `wide ${'word '.repeat(200)}` });

    const saving = page.waitForEvent('download');
    await output.getByRole('button', { name: /Save the bytes of the output/ }).click();
    const saved = readFileSync(await (await saving).path());
    const db = new Database(`${folder}/.vek/vek.db`, { readonly: true });
    const stored = db
      .prepare<[], Buffer>(
        "SELECT content FROM objects WHERE hash = (SELECT output_hash FROM nodes WHERE tool = 'long')",
      )
      .pluck()
      .get()!;
    db.close();
    expect(saved.equals(stored)).toBe(true);
  });

  test('as a tab keeps its place while the store changes, and its badge is renewed', async ({
    app: { page, folder },
  }) => {
    const { row } = graph(page);
    await row('wide word')
      .first()
      .dblclick({ position: { x: 300, y: 10 } });
    const view = page.getByRole('tabpanel').first();
    await expect(view).toContainText('3 hashes recomputed');
    const output = view.getByRole('region', { name: 'Output', exact: true });
    await output.getByText('JSON', { exact: true }).click();
    await output.locator('.view-line').nth(2).click();
    await page.keyboard.press('Control+End');
    await expect.poll(() => codeOf(view, 'Output')).toContain('needle 399');
    // what stands on top: the height may change with the facts above
    const top = async () => (await codeOf(view, 'Output')).split('\n').slice(0, 5);
    const before = await top();
    const badge = view.getByText(/hashes recomputed/);
    const first = await badge.textContent();
    // the badge names the second in which it was made
    await expect
      .poll(
        async () => {
          storeCall(folder!, 'note', { text: 'meanwhile' }, null);
          return badge.textContent();
        },
        { intervals: [1100] },
      )
      .not.toBe(first);
    await expect(badge).toHaveText(/^3 hashes recomputed/);
    expect(await top()).toEqual(before);

    await page.getByRole('tab', { name: 'Graph', exact: true }).click();
    await page.getByRole('tab', { name: /^long/ }).click();
    await expect.poll(top).toEqual(before);

    await view.getByRole('button', { name: /22112d6a/ }).click();
    await expect(page.getByRole('tab', { name: /^plan/ })).toHaveAttribute('aria-selected', 'true');
    await expect(view).toContainText('22112d6a');
    await view.getByRole('button', { name: 'Show in graph' }).click();
    await expect(graph(page).selected).toContainText('plan');

    changeStore(folder!, (db) =>
      db.exec(
        "UPDATE objects SET content = X'7b7d' WHERE hash = (SELECT output_hash FROM nodes WHERE tool = 'long')",
      ),
    );
    await page.getByRole('tab', { name: /^long/ }).click();
    await expect(view).toContainText(/output altered/);
    await expect(view).not.toContainText('3 hashes recomputed');
  });
});

test.describe('a call that states much', () => {
  const name = `tool\u202e ${'n'.repeat(10_000)}`;
  test.use({
    golden: 'linear',
    prepare: {
      by: (folder) => {
        const at = storeCall(
          folder,
          'model.chat',
          { model: 'm-1', messages: [{ role: 'user', content: 'How many?' }] },
          {
            model: 'm-1-2026',
            choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Seven.' } }],
            usage: { prompt_tokens: 1204, completion_tokens: 7, cost_usd: 0.048315 },
            duration_ms: 8310,
          },
        );
        for (let i = 0; i < 6; i += 1) {
          changeStore(folder, (db) => db.prepare('INSERT INTO refs VALUES (?, ?)').run(`try-${i}`, at));
          storeCall(folder, `child-${i}`, { i }, null, { branch: `try-${i}` });
        }
        storeCall(folder, name, { of: 'a long name' }, null);
      },
    },
  });

  test('says tokens, time and cost with their place, and lists all that came after', async ({
    app: { page },
  }) => {
    await expect(graph(page).grid).toBeVisible();
    await graph(page)
      .row('How many?')
      .first()
      .click({ position: { x: 300, y: 10 } });
    const panel = inspector(page);
    await expect(panel.getByRole('heading', { name: 'model.chat' })).toBeVisible();
    const fact = (label: string) => panel.locator('.n-fact').filter({ hasText: label });
    await expect(fact('Model')).toHaveText('Modelm-1-2026, ended: stop');
    await expect(fact('Tokens')).toHaveText('Tokens1,204 in, 7 out');
    await expect(fact('Took')).toHaveText('Took8.3 s');
    await expect(fact('Cost')).toHaveText('Cost$0.048315 as the output states');
    await expect(fact('Cost').locator('[title]')).toHaveAttribute('title', /at \/usage\/cost_usd$/);
    const links = fact('Came after').getByRole('button', { name: /^[0-9a-f]{8}/ });
    await expect(links).toHaveCount(3);
    await panel.getByRole('button', { name: 'and 4 more' }).click();
    await expect(links).toHaveCount(7);
    await links.nth(6).click();
    await expect(panel.getByRole('heading', { name: 'child-0' })).toBeVisible();
  });

  test('a name of any length leaves the panel as it is, and the calls around are one key away', async ({
    app: { page },
  }) => {
    const { grid } = graph(page);
    await grid.focus();
    await page.keyboard.press('Home');
    const panel = inspector(page);
    await expect(panel.locator('.n-fact').first()).toBeVisible();
    const heading = panel.getByRole('heading', { level: 2 });
    expect((await heading.textContent())!.length).toBeLessThan(300);
    expect(await heading.textContent()).not.toContain('\u202e');
    expect(await panel.locator('.n-panel').evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(
      true,
    );

    const first = await panel.locator('.n-badges .hash').textContent();
    await panel.getByRole('button', { name: /Call below in the graph/ }).click();
    await expect(panel.locator('.n-badges .hash')).not.toHaveText(first!);
    await page.keyboard.press('[');
    await expect(panel.locator('.n-badges .hash')).toHaveText(first!);
  });
});

test.describe('a call whose input is gone', () => {
  test.use({ golden: 'corrupt-object-missing' });

  test('says so in its place, compares nothing with it, and leads to integrity', async ({
    app: { page },
  }) => {
    await expect(graph(page).grid).toBeVisible();
    await page.keyboard.press('#');
    await page.keyboard.type('dc9bd8bd');
    await page.keyboard.press('Enter');
    const panel = inspector(page);
    const input = panel.getByRole('region', { name: 'Input', exact: true });
    await expect(input).toContainText('This is not null');
    const changes = panel.getByRole('tab', { name: /^Changes/ });
    await changes.click();
    await expect(panel.getByRole('region', { name: 'Changes of the input' })).toContainText(
      'The content is missing from the store, so there is nothing to compare.',
    );
    await expect(changes).toHaveText('Changes');
    await panel.getByRole('tab', { name: 'Content' }).click();
    await input.getByRole('button', { name: 'Show in integrity' }).click();
    await expect(page.getByRole('tab', { name: /^Integrity/ })).toHaveAttribute('aria-selected', 'true');
  });
});
