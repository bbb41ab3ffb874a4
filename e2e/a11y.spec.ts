import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { outOfReach, overflow } from './support/layout.ts';
import { dialog, graph, inspector } from './support/vek.ts';

/** What axe finds, short enough to read in a failure. Monaco's own inside is left out (notes on the stack). */
async function findings(page: Page, without: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude('.monaco-editor')
    .disableRules(without)
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
}

async function expectSound(page: Page, where: string, without: string[] = []): Promise<void> {
  expect(await findings(page, without), where).toEqual([]);
}

/** Closes what lies over the window, and waits until the rows have the focus back. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(graph(page).grid).toBeFocused();
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ app: { page } }) => {
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    });

    test('the graph and its filter hold up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await expect(inspector(page)).toContainText('3 hashes recomputed');
      await expect(inspector(page).locator('.view-line').first()).toBeVisible();
      await expectSound(page, 'graph with a selection and the inspector');
      await page.getByLabel('Filter calls').fill('tol:x');
      await expect(page.getByText('Did you mean tool:?')).toBeVisible();
      await expectSound(page, 'a filter that is wrong');
      await page.getByLabel('Filter calls').fill('tool:none');
      await expect(page.getByText(/No call matches/)).toBeVisible();
      await expectSound(page, 'a filter without a match');
    });

    test('forking holds up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await page.keyboard.press('f');
      await expect(dialog(page)).toContainText('fork-ab25bae2');
      await expect(dialog(page).getByRole('listitem')).toHaveCount(1);
      await expectSound(page, 'the fork dialog');
      await dialog(page).getByLabel('Name of the branch').fill('main');
      await expect(dialog(page)).toContainText(/exists already/);
      await expectSound(page, 'the fork dialog with a name that is taken');
      await dialog(page).getByLabel('Name of the branch').fill('axe');
      await expect(dialog(page).getByRole('button', { name: /^Fork/ })).toBeEnabled();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('region', { name: 'Messages' })).toContainText('axe');
      await expectSound(page, 'a message after a write');
    });

    test('the palette holds up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
      await expectSound(page, 'the palette');
      await page.keyboard.type('retry');
      await expect(page.getByRole('group', { name: 'Calls' }).getByRole('option').first()).toBeVisible();
      await expectSound(page, 'the palette with calls');
    });

    test('the sheet of keys holds up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await page.keyboard.press('?');
      await expect(dialog(page)).toBeVisible();
      await expectSound(page, 'the sheet of keys');
    });

    test('settings hold up to axe', async ({ app: { page } }) => {
      await expect(graph(page).grid).toBeVisible();
      await page.keyboard.press('Control+,');
      await expect(dialog(page)).toBeVisible();
      await expectSound(page, 'settings');
      await dialog(page).getByLabel('Times').fill('vien');
      await expect(page.getByRole('option').first()).toBeVisible();
      // as a menu, the list stands outside of every landmark
      await expectSound(page, 'the list of time zones', ['region']);
    });

    test('menus hold up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await page.keyboard.press('.');
      await expect(page.getByRole('menu')).toBeVisible();
      // a menu stands at the end of the page, outside of every landmark, as its pattern wants it
      await expectSound(page, 'the menu of a call', ['region']);
      await leave(page);
      await page.getByRole('tab', { name: 'Graph' }).click({ button: 'right' });
      await expect(page.getByRole('menu')).toBeVisible();
      await expectSound(page, 'the menu of a tab', ['region']);
    });

    test('a call as a tab holds up to axe', async ({ app: { page } }) => {
      await graph(page).row('ab25bae2').click();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('tab', { name: /run_tests/ })).toHaveAttribute('aria-selected', 'true');
      await expect(page.getByRole('tabpanel').locator('.view-line').first()).toBeVisible();
      await expectSound(page, 'a call as a tab');
      await page.getByRole('tabpanel').getByRole('tab', { name: 'Changes' }).click();
      await expectSound(page, 'the changes of a call');
      await page.getByRole('tabpanel').getByRole('tab', { name: 'Hashes' }).click();
      await expectSound(page, 'the hashes of a call');
    });

    test('panes, integrity and welcome hold up to axe', async ({ app: { page } }) => {
      await expect(graph(page).grid).toBeVisible();
      await command(page, '>show operations');
      await expect(page.getByRole('tab', { name: /^Operations/ })).toHaveAttribute('aria-selected', 'true');
      await expectSound(page, 'operations');
      await command(page, '>show problems');
      await expect(page.getByRole('tab', { name: /^Problems/ })).toHaveAttribute('aria-selected', 'true');
      await expectSound(page, 'problems');
      await page.keyboard.press('Escape');
      await command(page, '>show integrity');
      await expect(page.getByRole('tab', { name: 'Integrity' })).toHaveAttribute('aria-selected', 'true');
      await expectSound(page, 'integrity');
      await command(page, '>close folder');
      await expect(page.getByRole('heading', { name: 'Vekscope', exact: true })).toBeVisible();
      await expectSound(page, 'welcome');
    });

    test.describe('damaged', () => {
      test.use({ golden: 'corrupt-ref-dangling' });

      test('problems hold up to axe', async ({ app: { page } }) => {
        await expect(graph(page).grid).toBeVisible();
        await command(page, '>check everything');
        await expect(page.getByRole('heading', { name: 'Damaged, readable in part' })).toBeVisible();
        await expectSound(page, 'problems');
      });
    });

    for (const [golden, words] of [
      ['empty', 'No calls yet'],
      ['corrupt-not-a-database', 'is not an SQLite database'],
    ] as const) {
      test.describe(golden, () => {
        test.use({ golden });

        test(`${golden}: the state holds up to axe`, async ({ app: { page } }) => {
          await expect(page.getByText(words).first()).toBeVisible();
          await expectSound(page, golden);
        });
      });
    }
  });
}

test('a screen reader hears rows in words, counts, results and what was written', async ({
  app: { page },
}) => {
  const { grid, row } = graph(page);
  await expect(row('ab25bae2')).toHaveAccessibleName(/^run_tests, .*test_net.*failed: .*1 failed/);
  await expect(row('5e32db38')).toHaveAccessibleName(/branch main, HEAD/);
  await expect(row('5e32db38')).toHaveAccessibleName(/tag green/);
  await expect(row('5e32db38')).toHaveAccessibleName(/merge/);
  await row('ab25bae2').click();
  const active = await grid.getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.getByLabel('Filter calls').fill('tool:run_tests');
  await expect(page.getByRole('status').filter({ hasText: '3 of 19 calls' })).toHaveCount(1);
  await page.getByLabel('Filter calls').fill('tol:x');
  await expect(page.getByRole('status').filter({ hasText: 'Did you mean tool:?' })).toHaveCount(1);
  const description = await page.getByLabel('Filter calls').getAttribute('aria-describedby');
  await expect(page.locator(`[id="${description}"]`)).toContainText('Did you mean tool:?');
  await page.getByLabel('Filter calls').fill('');
  await command(page, '>check everything');
  const said = page.getByRole('status').filter({ hasText: 'Check finished. Nothing is broken.' });
  await expect(said).toHaveCount(1);
  await expect(said).toHaveAttribute('aria-live', 'polite');
});

test('nothing moves where motion is not wanted', async ({ app: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { row } = graph(page);
  await row('ab25bae2').click();
  for (const key of ['Control+k', 'Escape', 'f', 'Escape', '.', 'Escape', '?']) {
    await page.keyboard.press(key);
    const moving = await page.evaluate<string[]>(
      `document.getAnimations().filter((a) => a.playState === 'running' && a.effect.getComputedTiming().activeDuration > 20)
        .map((a) => a.effect.target.className)`,
    );
    expect(moving, key).toEqual([]);
  }
});

test('where the system sets the colours, what lies above and what is selected have lines', async ({
  app: { page },
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const { selected } = graph(page);
  await expect(graph(page).grid).toBeVisible();
  await page.keyboard.press('Home');
  await expect(selected).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('.');
  await expect(page.getByRole('menu')).toHaveCSS('border-top-style', 'solid');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toHaveCSS('outline-style', 'solid');
  await leave(page);
  await page.keyboard.press('Control+,');
  await expect(dialog(page)).toHaveCSS('border-top-style', 'solid');
});

test.describe('at 200 % zoom', () => {
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

  test('everything can be reached', async ({ app: { page } }) => {
    const { row, grid } = graph(page);
    await row('ab25bae2').click();
    const sound = async (where: string, within?: string) => {
      expect(await overflow(page), where).toEqual({ across: 0, down: 0 });
      expect(await outOfReach(page, within), where).toEqual([]);
    };
    await sound('graph');
    expect((await grid.boundingBox())!.height).toBeGreaterThan(150);
    await page.getByRole('button', { name: 'Sources' }).first().click();
    await expect(page.getByRole('treeitem', { name: /^main/ })).toBeVisible();
    await sound('sources', '.drawer');
    await page.getByRole('treeitem', { name: /^try-mock/ }).click();
    await page.getByRole('button', { name: 'Show the inspector' }).click();
    await expect(inspector(page)).toContainText('5b9d4e95');
    await sound('inspector', '.drawer');
    await page.keyboard.press('Escape');
    await row('5b9d4e95').click();
    await page.keyboard.press('f');
    await expect(dialog(page).getByRole('listitem')).toHaveCount(1);
    await sound('fork', '[role=dialog]');
    await leave(page);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await sound('palette', '[role=dialog]');
    await leave(page);
    await page.keyboard.press('?');
    await sound('keys', '[role=dialog]');
    await leave(page);
    await command(page, '>problems');
    await sound('problems');
    await command(page, '>close folder');
    await expect(page.getByRole('heading', { name: 'Vekscope', exact: true })).toBeVisible();
    expect(await outOfReach(page), 'welcome').toEqual([]);
  });
});

const found = async (axe: AxeBuilder) => (await axe.analyze()).violations.map(({ id }) => id).toSorted();

test('axe, as it is used here, finds what is planted: also where it looks only at a part, and after a fade', async ({
  page,
}) => {
  await page.setContent(`<!doctype html><html lang="en"><title>Planted</title>
    <style>main { background: #fff } p { color: #777; transition: color 400ms } p.faint { color: #bbb }</style>
    <main><h1>Planted</h1><p>Words</p><button></button><img src="data:,"><input></main><div>outside</div></html>`);
  const expected = ['button-name', 'color-contrast', 'image-alt', 'label'];
  await page.evaluate("document.querySelector('p').className = 'faint'");
  expect(await found(new AxeBuilder({ page }))).toEqual([...expected, 'region'].toSorted());
  expect(await found(new AxeBuilder({ page }).include('main'))).toEqual(expected);
  expect(await found(new AxeBuilder({ page }).include('main').disableRules(['label']))).not.toContain(
    'label',
  );
  await page.evaluate(
    "document.querySelector('p').className = ''; document.querySelector('p').style.color = '#000'",
  );
  expect(await found(new AxeBuilder({ page }).include('p'))).toEqual([]);
});
