import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './support/app.ts';
import { largeRepository } from './support/large.ts';
import { graph, inspector, storeCall } from './support/vek.ts';

/** Requests that a second of wild scrolling may cost; the wheel turns some hundred times in it. */
const REQUESTS = 120;

const CALLS = 100_000;
const repository = largeRepository(CALLS, 11);

// one worker for the file, so that the repository is made once
test.describe.configure({ mode: 'default', timeout: 120_000 });
test.use({ golden: 'empty', prepare: repository });
test.afterAll(repository.remove);

function oneInTheMiddle(folder: string): string {
  const db = new Database(join(folder, '.vek', 'vek.db'), { readonly: true });
  try {
    return db
      .prepare<[number], string>('SELECT hash FROM nodes WHERE rowid = ?')
      .pluck()
      .get(CALLS / 2)!;
  } finally {
    db.close();
  }
}

test('a hundred thousand calls: ends, scrollbar, a hash in the middle, a filter', async ({
  app: { page, folder },
}) => {
  const { grid, rows, selected } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
  await expect(page.getByText('100,000 calls').first()).toBeVisible();
  await expect(rows.first()).toHaveAttribute('aria-rowindex', '1');

  await page.keyboard.press('End');
  await expect(selected).toHaveAttribute('aria-rowindex', String(CALLS));
  await expect(inspector(page)).toContainText('none: the first call of its history');
  await page.keyboard.press('Home');
  await expect(selected).toHaveAttribute('aria-rowindex', '1');

  const map = page.getByRole('scrollbar', { name: 'Map of the graph' });
  const box = (await map.boundingBox())!;
  const x = box.x + 10;
  await page.mouse.move(x, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect
    .poll(async () => Number(await rows.first().getAttribute('aria-rowindex')))
    .toBeGreaterThan(CALLS * 0.4);
  await expect(rows.first()).toHaveAccessibleName(/, /);
  await expect(selected).toHaveCount(0);

  const middle = oneInTheMiddle(folder!);
  await page.keyboard.press('#');
  await page.keyboard.type(middle.slice(0, 12));
  await page.keyboard.press('Enter');
  await expect(selected).toContainText(middle.slice(0, 8));
  await expect(inspector(page)).toContainText('3 hashes recomputed');

  await page.getByLabel('Filter calls').fill('tool:plan.update');
  await expect(page.getByText(/^[\d,]+ of 100,000 calls$/)).toBeVisible();
  await expect(rows.nth(3)).toContainText('plan.update');
  const some = Number(await grid.getAttribute('aria-rowcount'));
  expect(some).toBeGreaterThan(1000);
  expect(some).toBeLessThan(20_000);
  await page.getByLabel('Filter calls').fill('');
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS));
  await expect(inspector(page)).toContainText(middle.slice(0, 8));
});

test('flinging keeps the page small and asks little', async ({ app: { page } }) => {
  const { grid, rows } = graph(page);
  let sent = 0;
  page.on('websocket', (socket) => socket.on('framesent', () => (sent += 1)));
  await page.reload();
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
  await expect(rows.nth(10)).toHaveAccessibleName(/, /);
  await grid.hover();
  const before = sent;
  let most = 0;
  for (let turn = 0; turn < 120; turn++) {
    await page.mouse.wheel(0, 900);
    if (turn % 10 === 0) most = Math.max(most, await grid.locator('*').count());
  }
  await expect
    .poll(async () => Number(await rows.first().getAttribute('aria-rowindex')))
    .toBeGreaterThan(3000);
  await expect(rows.nth(5)).toHaveAccessibleName(/, /);
  expect(most).toBeLessThan(300);
  expect(sent - before).toBeLessThan(REQUESTS);
});

test('calls arrive while a person reads far below', async ({ app: { page, folder } }) => {
  const { grid, row, selected } = graph(page);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
  const middle = oneInTheMiddle(folder!).slice(0, 8);
  await page.keyboard.press('#');
  await page.keyboard.type(middle);
  await page.keyboard.press('Enter');
  await expect(selected).toContainText(middle);
  const before = (await row(middle).boundingBox())!;
  for (let i = 0; i < 5; i++) storeCall(folder!, 'note', { text: `while reading ${i}` }, null);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS + 5));
  await expect(page.getByText('100,005 calls').first()).toBeVisible();
  expect(await row(middle).boundingBox()).toEqual(before);
  await expect(selected).toContainText(middle);
  await page.keyboard.press('Home');
  await expect(selected).toContainText('while reading 4');
});

test('nothing is said of a search before its end, after one that found nothing', async ({
  app: { page },
}) => {
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
  const field = page.getByLabel('Filter calls');
  await field.fill('nothing-has-this-in-it');
  await expect(page.getByText('No call matches nothing-has-this-in-it')).toBeVisible({ timeout: 60_000 });
  const claims = page.locator('.g-view').evaluate(
    (view) =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        const timer = setInterval(() => {
          const text = view.textContent;
          if (/Searching [\d,]+/.test(text) && text.includes('No call matches')) seen.push(text);
          if (/[\d,]+ of 100,000 calls/.test(text) && !text.includes('No call matches')) {
            clearInterval(timer);
            resolve(seen);
          }
        }, 10);
      }),
  );
  await field.fill('error');
  expect(await claims).toEqual([]);
});
