import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { largeRepository } from './support/large.ts';
import { changeStore, graph, storeCall } from './support/vek.ts';

/** The boxes of a row's parts that overlap one another or leave the row, in words; empty is good. */
function overlaps(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((all) =>
    all.flatMap((row) => {
      const outer = row.getBoundingClientRect();
      const boxes = [...row.children]
        .map((part) => ({
          name: `${part.className} "${part.textContent.slice(0, 24)}"`,
          box: part.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0)
        .toSorted((a, b) => a.box.left - b.box.left);
      const wrong = boxes
        .filter(({ box }) => box.left < outer.left - 0.5 || box.right > outer.right + 0.5)
        .map(({ name }) => `leaves the row: ${name}`);
      for (const [i, { name, box }] of boxes.entries()) {
        const next = boxes[i + 1];
        if (next !== undefined && box.right > next.box.left + 0.5)
          wrong.push(`${name} over ${next.name} by ${box.right - next.box.left}`);
      }
      return wrong;
    }),
  );
}

/** The x of the mark of each row in sight, by its row number. */
function marks(page: Page): Promise<Record<string, number>> {
  return page.getByRole('grid').evaluate((grid) => {
    const base = grid.querySelector('.g-lanes')!.getBoundingClientRect();
    const found: Record<string, number> = {};
    const circles = [...grid.querySelectorAll('path.g-dot, path.g-ring')].flatMap((path) =>
      [...path.getAttribute('d')!.matchAll(/M([\d.-]+) ([\d.-]+)a([\d.]+)/g)].map(([, x, y, r]) => ({
        x: base.left + Number(x) + Number(r),
        y: base.top + Number(y),
      })),
    );
    for (const row of grid.querySelectorAll('[role=row]')) {
      const box = row.getBoundingClientRect();
      const mark = circles.find(({ y }) => y > box.top && y < box.bottom);
      if (mark !== undefined) found[row.getAttribute('aria-rowindex')!] = Math.round(mark.x * 10) / 10;
    }
    return found;
  });
}

// the first window of a busy machine takes its time
test.beforeEach(async ({ app: { page } }) => {
  await expect(graph(page).grid).toBeVisible({ timeout: 30_000 });
});

test.describe('a call with many names', () => {
  const LONG = 'n'.repeat(10_000);
  const names = [
    'main',
    `experiments/quantised/${LONG}/a`,
    `experiments/quantised/${LONG}/b`,
    'فرع-تجريبي-طويل',
    'tag/v1',
    'tag/إصدار',
    'checkpoint/before the merge',
    ...Array.from({ length: 12 }, (_, i) => `retry-${i}`),
  ];
  test.use({
    golden: 'forked',
    prepare: {
      by: (folder) => {
        const long = storeCall(
          folder,
          `mcp__${LONG}__read`,
          { path: 'x '.repeat(400) },
          { text: 'y '.repeat(400) },
        );
        const next = storeCall(
          folder,
          'ترجمة',
          { text: 'استخدم usearch 3' },
          { text: 'نص طويل '.repeat(60) },
        );
        changeStore(folder, (db) => {
          const put = db.prepare('INSERT OR REPLACE INTO refs VALUES (?, ?)');
          for (const name of names) put.run(name, next);
          put.run(`other/${LONG}`, long);
        });
      },
    },
  });

  test('no part of a row covers another at any width, and the output keeps its first words', async ({
    app: { page },
  }) => {
    test.slow();
    const { rows, grid } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '21');
    await rows.nth(3).click();
    for (let width = 1000; width <= 1600; width += 120) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => overlaps(rows), `at ${width} px`).toEqual([]);
      const outputs = await rows
        .locator('.g-out')
        .evaluateAll((all) =>
          all
            .map((part) => ({ text: part.textContent, width: part.getBoundingClientRect().width }))
            .filter(({ text, width: wide }) => wide < Math.min(60, text.length * 4)),
        );
      expect(outputs, `at ${width} px`).toEqual([]);
    }
    await page.keyboard.press('Control+i');
    await expect.poll(() => overlaps(rows)).toEqual([]);
  });

  test('all of them in a list, by mouse and from the menu', async ({ app: { page } }) => {
    const { rows, grid } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '21');
    const more = rows.first().locator('.g-more');
    await more.click();
    const list = page.getByRole('dialog', { name: `${names.length} names of this call` });
    await expect(list.getByRole('listitem')).toHaveCount(names.length);
    await expect(list.getByText('retry-11', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
    await expect(grid).toBeFocused();
    await page.keyboard.press('.');
    await page.getByRole('menuitem', { name: `Show all ${names.length} names` }).click();
    await expect(list).toBeVisible();
    // names that differ only at their ends are told apart in the row, too
    const badges = await rows.first().locator('.g-badge').allTextContents();
    expect(new Set(badges).size).toBe(badges.length);
  });
});

test.describe('a branch that begins far below', () => {
  let root = '';
  let first = '';
  test.use({
    golden: 'empty',
    prepare: {
      by: (folder) => {
        root = storeCall(folder, 'plan', { goal: 'begin' }, { ok: true });
        changeStore(folder, (db) => db.prepare('INSERT INTO refs VALUES (?, ?)').run('side', root));
        for (let i = 0; i < 70; i++) storeCall(folder, 'fetch', { query: `q ${i}` }, { answer: i });
        first = storeCall(
          folder,
          'search',
          { query: 'first of the side' },
          { answer: 0 },
          { branch: 'side' },
        );
      },
    },
  });

  test('is followed by the labels at the edges of the window, and by keys', async ({ app: { page } }) => {
    const { grid, row, selected } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', '72');
    await row(first.slice(0, 8)).click();
    const parent = page.getByRole('button', { name: `parent ${root.slice(0, 8)} plan, 71 rows below` });
    await parent.click();
    await expect(selected).toHaveAttribute('id', `call-${root}`);
    const child = page.getByRole('button', {
      name: `child ${first.slice(0, 8)} search, 71 rows above`,
    });
    await child.focus();
    await page.keyboard.press('Enter');
    await expect(selected).toHaveAttribute('id', `call-${first}`);
    await grid.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(selected).toHaveAttribute('id', `call-${root}`);
    await expect(parent).toHaveCount(0);
  });
});

test.describe('a large graph', () => {
  const CALLS = 20_000;
  const repository = largeRepository(CALLS, 5);
  test.describe.configure({ mode: 'default' });
  test.use({
    golden: 'empty',
    prepare: repository,
  });
  test.afterAll(repository.remove);

  test('a lane stands still while its calls are scrolled, and so do the columns', async ({
    app: { page },
  }) => {
    const { grid, rows } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
    await expect(rows.nth(5)).toHaveAccessibleName(/, /);
    await grid.hover();
    const seen = new Map<string, number>();
    const tool = await page.locator('.g-head-tool').boundingBox();
    let again = 0;
    for (let turn = 0; turn < 60; turn++) {
      for (const [row, x] of Object.entries(await marks(page))) {
        const before = seen.get(row);
        if (before !== undefined) again += 1;
        expect(x, `row ${row}`).toBe(before ?? x);
        seen.set(row, x);
      }
      await page.mouse.wheel(0, turn < 30 ? 420 : -380);
      await expect(rows.nth(5)).toHaveAccessibleName(/, /);
    }
    expect(again).toBeGreaterThan(500);
    expect(new Set(seen.values()).size).toBeGreaterThan(3);
    expect(await page.locator('.g-head-tool').boundingBox()).toEqual(tool);
  });

  test('stays small while it is flung, folded and with a call selected', async ({ app: { page } }) => {
    const { grid, rows } = graph(page);
    await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
    await rows.nth(4).click();
    let most = 0;
    for (const folded of [false, true]) {
      if (folded) {
        await page.keyboard.press('r');
        await expect(page.getByRole('button', { name: 'Fold runs' })).toHaveAttribute('aria-pressed', 'true');
      }
      for (let turn = 0; turn < 30; turn++) {
        await page.mouse.wheel(0, 700);
        most = Math.max(most, await grid.locator('*').count());
      }
    }
    expect(most).toBeLessThan(300);
  });
});
