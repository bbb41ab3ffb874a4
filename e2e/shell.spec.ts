import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { nameOfFocus, outOfReach, overflow } from './support/layout.ts';
import { changeStore, dialog, graph } from './support/vek.ts';

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const panel = (page: Page) => page.getByRole('region', { name: 'Operations and problems' });
const palette = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' });
const tabs = (page: Page) => page.getByRole('tablist', { name: 'Open views' }).getByRole('tab');
/** What the window has kept; nothing before it was first saved. */
const kept = (data: string): string => {
  const file = join(data, 'window.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

async function focusOn(page: Page, name: RegExp, key = 'Shift+Tab'): Promise<void> {
  for (let i = 0; i < 80 && !name.test(await nameOfFocus(page)); i++) await page.keyboard.press(key);
  expect(await nameOfFocus(page)).toMatch(name);
}

test.describe('the panel below', () => {
  test('opens with its key, its rows and commands; Esc gives the focus back to the calls', async ({
    app: { page },
  }) => {
    const { grid } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Home', 'Control+j');
    await expect(panel(page).getByRole('tab', { name: /^Problems/ })).toBeFocused();
    await press(page, 'ArrowLeft');
    await expect(panel(page).getByRole('tab', { name: /^Operations/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await press(page, 'Escape');
    await expect(panel(page)).toHaveCount(0);
    await expect(grid).toBeFocused();
    const row = page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name: /^Problems/ });
    await row.click();
    await expect(row).toHaveAttribute('aria-expanded', 'true');
    await expect(panel(page)).toBeVisible();
    await expect(tabs(page)).toHaveCount(1);
    await panel(page).getByRole('button', { name: 'Close the panel' }).click();
    await expect(panel(page)).toHaveCount(0);
    await press(page, 'Control+k');
    await page.keyboard.type('>operations');
    await press(page, 'Enter');
    await expect(panel(page).getByRole('tab', { name: /^Operations/ })).toBeFocused();
  });

  test.describe('after a restart', () => {
    test.use({ quiet: false });

    test('its height follows the keys and is there again after a restart of the server', async ({
      app: { page, data, restartServer, address },
    }) => {
      await expect(graph(page).grid).toBeVisible();
      await press(page, 'Control+j');
      const height = async () => (await panel(page).boundingBox())!.height;
      const before = await height();
      await focusOn(page, /Height of the panel/);
      await press(page, 'ArrowUp', 'ArrowUp');
      await expect.poll(height).toBeGreaterThan(before);
      const now = await height();
      await expect.poll(() => kept(data)).toContain(`"bottom":${Math.round(now)}`);
      await restartServer();
      await page.goto(address());
      await expect(panel(page)).toBeVisible();
      expect(Math.abs((await height()) - now)).toBeLessThanOrEqual(1);
    });
  });
});

test.describe('across a restart', () => {
  // a page that loses its server says so in its console
  test.use({ quiet: false });

  test('tabs, filter, selection, settings and panes are as they were after a restart of the server', async ({
    app: { page, data, restartServer, address },
  }) => {
    const { grid, row, selected } = graph(page);
    await row('b9f1c245').click();
    await page.getByLabel('Filter calls').fill('tool:think');
    await press(page, 'Enter');
    await press(page, 'Enter');
    await expect(tabs(page)).toHaveCount(2);
    await page.getByRole('treeitem', { name: /^Integrity/ }).click();
    await expect(tabs(page)).toHaveCount(3);
    await press(page, 'Control+,');
    await dialog(page).getByText('Comfortable', { exact: true }).click();
    await press(page, 'Escape');
    await expect(dialog(page)).toHaveCount(0);
    await press(page, 'Control+i');
    await expect.poll(() => kept(data)).toMatch(/"comfortable"[^]*"inspectorOpen":false[^]*"integrity:/);
    await expect.poll(() => kept(data)).toContain('tool:think');
    await restartServer();
    await page.goto(address());
    await expect(tabs(page)).toHaveCount(3);
    await expect(page.getByRole('tab', { name: 'Integrity' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
    await expect(page.getByRole('region', { name: 'Inspector', exact: true })).toHaveCount(0);
    await page.getByRole('tab', { name: 'Graph' }).click();
    await expect(page.getByLabel('Filter calls')).toHaveValue(/tool:think|^$/);
    await expect(grid).not.toHaveAttribute('aria-rowcount', '19');
    await expect(selected).toContainText('think');
  });

  test('tabs of an earlier version open as panes, and a broken part does not take the rest with it', async ({
    app: { page, data, folder, stopServer, restartServer, address },
  }) => {
    const { grid } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Home', 'Enter');
    await expect.poll(() => kept(data)).toContain('"node"');
    await stopServer();
    const state = JSON.parse(kept(data)) as {
      settings: { layout: object; theme: string };
      folders: { path: string; tabs: { kind: string; source: string }[]; active: string }[];
    };
    const { source } = state.folders[0]!.tabs[0]!;
    state.folders[0]!.tabs.push({ kind: 'operations', source }, { kind: 'problems', source });
    state.folders[0]!.active = `operations:${source}`;
    state.settings = { theme: 'dark', layout: { sources: 9_999_999, sourcesOpen: true } };
    expect(state.folders[0]!.path).toContain(folder!.split('/').at(-1));
    writeFileSync(join(data, 'window.json'), JSON.stringify(state));
    await restartServer();
    await page.goto(address());
    await expect(panel(page).getByRole('tab', { name: /^Operations/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(tabs(page)).toHaveCount(2);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});

test.describe('tabs', () => {
  test('move by dragging and by keys, close with the middle button, are listed where they do not fit', async ({
    app: { page },
  }) => {
    const { grid, row } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Home');
    for (let i = 0; i < 9; i++) {
      await page.getByRole('tab', { name: 'Graph' }).click();
      await grid.focus();
      await press(page, 'ArrowDown', 'Enter');
      await expect(tabs(page)).toHaveCount(i + 2);
    }
    const names = () => tabs(page).allTextContents();
    const all = page.getByRole('button', { name: /^All \d+ tabs/ });
    await all.click();
    await page.getByRole('menuitem', { name: 'Graph' }).click();
    await expect(page.getByRole('tab', { name: 'Graph' })).toHaveAttribute('aria-selected', 'true');
    await expect(row('5e32db38')).toBeVisible();

    const [first, second] = await names();
    await tabs(page)
      .first()
      .dragTo(tabs(page).nth(1), { targetPosition: { x: 100, y: 10 } });
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual([second, first]);
    await tabs(page).nth(1).focus();
    await press(page, 'Alt+ArrowLeft');
    await expect.poll(async () => (await names())[0]).toBe(first);
    await tabs(page).nth(1).click({ button: 'middle' });
    await expect(tabs(page)).toHaveCount(9);
    await tabs(page).nth(1).click();
    await press(page, 'Delete');
    await expect(tabs(page)).toHaveCount(8);
    await expect(page.locator('[role=tab]:focus')).toHaveCount(1);
    await press(page, 'Control+Tab');
    await expect(tabs(page).nth(2)).toHaveAttribute('aria-selected', 'true');
  });
});

test.describe('the palette', () => {
  test('reaches whatever a key does', async ({ app: { page } }) => {
    test.slow();
    const { row } = graph(page);
    await row('ab25bae2').click();
    await expect(page.getByRole('region', { name: 'Input', exact: true }).first()).toBeVisible();
    await graph(page).grid.focus();
    await press(page, '?');
    const listed = await dialog(page)
      .locator('dl > div')
      .evaluateAll((all) =>
        all.map((entry) => ({
          label: entry.querySelector('dt')!.textContent,
          keys: entry.querySelector('dd > *')!.textContent,
        })),
      );
    expect(listed.length).toBeGreaterThan(25);
    await press(page, 'Escape');
    await expect(dialog(page)).toHaveCount(0);
    await press(page, 'Control+k');
    const missing: string[] = [];
    for (const { label, keys } of listed) {
      await palette(page).fill(`>${label}`);
      const options = page.getByRole('option');
      const same = options.filter({ hasText: label });
      if ((await same.count()) > 0) continue;
      // the same act stands there in full words, with the same key
      await palette(page).fill(`>${label.split(' ')[0]}`);
      const texts = await options.allTextContents();
      if (!texts.some((text) => text.endsWith(keys))) missing.push(`${label} (${keys})`);
    }
    expect(missing).toEqual([]);
  });

  test('finds calls by their text, opens one in a tab, and leads to all of them', async ({
    app: { page },
  }) => {
    const { grid, selected } = graph(page);
    await expect(grid).toBeVisible();
    await press(page, 'Control+k');
    await page.keyboard.type('monkeypatch');
    const call = page.getByRole('group', { name: 'Calls' }).getByRole('option');
    await expect(call).toHaveCount(2);
    await press(page, 'Control+Enter');
    await expect(tabs(page)).toHaveCount(2);
    await page.getByRole('tab', { name: 'Graph' }).click();

    await press(page, 'Control+k');
    await page.keyboard.type('monkeypatch');
    await expect(call).toHaveCount(2);
    await press(page, 'Enter');
    await expect(selected).toHaveCount(1);
    await press(page, 'Control+k');
    await page.keyboard.type('monkeypatch');
    await expect(call.last()).toContainText('Show the call with “monkeypatch” in the graph');
    await press(page, 'ArrowUp', 'Enter');
    await expect(grid).toHaveAttribute('aria-rowcount', '1');
  });

  test('finds scattered letters and marks them; what was run last comes first', async ({ app: { page } }) => {
    await expect(graph(page).grid).toBeVisible();
    await press(page, 'Control+k');
    await page.keyboard.type('>shw oprtns');
    await expect(page.getByRole('option').first()).toContainText('Show operations');
    await expect(page.getByRole('option').first().locator('mark').first()).toBeVisible();
    await press(page, 'Enter');
    await expect(panel(page)).toBeVisible();
    await press(page, 'Control+k');
    await expect(page.getByRole('option').first()).toContainText('Show operations');
    await expect(page.getByRole('status').filter({ hasText: /\d+ results/ })).toHaveCount(1);
  });
});

test.describe('letters typed at once', () => {
  test.use({ golden: 'linear' });

  test('go into the field, and Enter counts for the preview that follows', async ({ app: { page } }) => {
    const { row, grid } = graph(page);
    await row('c9044947').click();
    await press(page, ...'fquick'.split(''), 'Enter');
    await expect(dialog(page)).toHaveCount(0);
    await expect(row('c9044947')).toContainText('quick');
    await expect(grid).toBeFocused();
    await press(page, ...'tswift'.split(''), 'Enter');
    await expect(row('c9044947')).toHaveAccessibleName(/tag swift/);
    await press(page, 'Control+z', 'Enter');
    await expect(row('c9044947')).not.toHaveAccessibleName(/tag swift/);
    await expect(dialog(page)).toHaveCount(0);
  });

  test('a name that is taken is not written over by a fast Enter', async ({ app: { page } }) => {
    const { row } = graph(page);
    await row('c9044947').click();
    await press(page, ...'bmain'.split(''), 'Enter');
    await expect(dialog(page)).toContainText(/exists already/);
    await press(page, 'Escape');
    await expect(row('c9044947')).not.toContainText('main');
  });
});

test.describe('300 branches', () => {
  test.use({
    prepare: {
      by: (folder) =>
        changeStore(folder, (db) => {
          const tip = db.prepare("SELECT hash FROM refs WHERE name = 'main'").pluck().get();
          for (let i = 0; i < 300; i++) {
            db.prepare('INSERT INTO refs VALUES (?, ?)').run(`run/${String(i).padStart(3, '0')}`, tip);
          }
        }),
    },
  });

  test('are folded, found by name and reached by typing; few rows are in the document', async ({
    app: { page },
  }) => {
    const tree = page.getByRole('tree');
    const items = tree.getByRole('treeitem');
    await expect(items.filter({ hasText: /^\d+ more$/ })).toHaveText(/28\d more/);
    await items.filter({ hasText: /^\d+ more$/ }).click();
    await expect(items.filter({ hasText: /more$/ })).toHaveCount(0);
    expect(await items.count()).toBeLessThan(60);
    await items.filter({ hasText: /^Graph/ }).focus();
    await press(page, 'End');
    await expect(page.locator('[role=treeitem]:focus')).toContainText('Integrity');
    await press(page, 'Home', ...'run/299'.split(''));
    await expect(page.locator('[role=treeitem]:focus')).toContainText('run/299');
    await press(page, 'ArrowDown', 'PageDown', 'PageUp');
    await expect(tree.locator(':focus')).toHaveCount(1);

    const filter = page.getByLabel('Filter branches and tags');
    await filter.fill('29');
    await expect(items).toHaveCount(14);
    await press(page, 'ArrowDown', 'End');
    await expect(page.locator('[role=treeitem]:focus')).toContainText('run/299');
    await filter.fill('no such name');
    await expect(page.getByText('No branch, tag or checkpoint has this in its name.')).toBeVisible();
    await press(page, 'Escape');
    await expect(filter).toHaveValue('');
    await press(page, 'Control+k');
    await page.keyboard.type('@run/287');
    await expect(page.getByRole('option').first()).toContainText('run/287');
  });
});

test.describe('settings', () => {
  test('take effect at once, down to the editor, and go back to the defaults', async ({
    app: { page, data },
  }) => {
    const { row, grid } = graph(page);
    await row('ab25bae2').click();
    const line = page.locator('.monaco-editor .view-line').first();
    await expect(line).toBeVisible();
    await grid.focus();
    await press(page, 'Control+,');
    await dialog(page).getByRole('textbox', { name: 'Code size' }).fill('18');
    await press(page, 'Tab');
    await expect
      .poll(() => line.evaluate((at) => at.ownerDocument.defaultView!.getComputedStyle(at).fontSize))
      .toBe('18px');
    await dialog(page).getByRole('button', { name: 'Larger: Interface size' }).click();
    await expect(page.locator('body')).toHaveCSS('font-size', '14px');
    await dialog(page).getByText('Comfortable', { exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');

    await dialog(page).getByLabel('Times').fill('buenos');
    await page.getByRole('option', { name: /^Buenos Aires/ }).click();
    await expect(page.locator('.status-bar')).toContainText('Buenos Aires, UTC−03:00');
    await expect.poll(() => kept(data)).toContain('Buenos_Aires');
    await dialog(page).getByRole('button', { name: 'Reset to defaults' }).click();
    await expect(page.locator('.status-bar')).toContainText('Local time');
    await expect(page.locator('body')).toHaveCSS('font-size', '13px');
    await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  });
});

test('F6 goes around the parts of the window', async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible();
  await press(page, 'Home', 'Control+j');
  const stops: string[] = [];
  for (let i = 0; i < 8; i++) {
    await press(page, 'F6');
    stops.push(await nameOfFocus(page));
  }
  expect(stops.join('\n')).toMatch(/treeitem/);
  expect(stops.join('\n')).toMatch(/tab Graph/);
  expect(stops.join('\n')).toMatch(/grid Calls/);
  expect(stops.join('\n')).toMatch(/tab Problems/);
  await press(page, 'Shift+F6');
  expect(await nameOfFocus(page)).toBe(stops.at(-2));
});

for (const width of [900, 600, 400]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 700 } });

    test('nothing is cut off or covered', async ({ app: { page } }) => {
      await expect(graph(page).grid).toBeVisible();
      const sound = async (where: string, within?: string) => {
        expect(await overflow(page), where).toEqual({ across: 0, down: 0 });
        expect(await outOfReach(page, within), where).toEqual([]);
      };
      await sound('graph');
      await press(page, 'Home', 'Control+j');
      await expect(panel(page)).toBeVisible();
      await sound('panel');
      await press(page, 'Escape', 'Control+,');
      await expect(dialog(page)).toBeVisible();
      await sound('settings', '[role=dialog]');
      await press(page, 'Escape');
      await expect(dialog(page)).toHaveCount(0);
      await press(page, 'Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
      await sound('palette', '[role=dialog]');
      await press(page, 'Escape');
      await expect(dialog(page)).toHaveCount(0);
      await press(page, 'Control+k');
      await page.keyboard.type('>close folder');
      await press(page, 'Enter');
      await expect(page.getByRole('heading', { name: 'Vekscope', exact: true })).toBeVisible();
      expect(await outOfReach(page), 'welcome').toEqual([]);
    });
  });
}
