import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { keptIn } from './support/kept.ts';
import { largeRepository } from './support/large.ts';
import { graph, inspector, storeCall } from './support/vek.ts';

const CALLS = 100_000;
const repository = largeRepository(CALLS, 11);

// one worker for the file, so that the repository is made once
test.describe.configure({ mode: 'default', timeout: 120_000 });
test.use({ golden: 'empty', prepare: repository });
test.afterAll(repository.remove);

type Drawn = {
  /** pixels that are not empty */
  readonly inked: number;
  /** pixels in exactly a lane colour of the theme, by lane 1 to 8 */
  readonly lanes: Readonly<Record<string, number>>;
};

/** What stands on a canvas, pixel by pixel. */
function probe(page: Page, selector: string): Promise<Drawn> {
  return page.locator(selector).evaluate((element) => {
    const canvas = element as unknown as {
      width: number;
      height: number;
      getContext(kind: '2d'): {
        getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
      };
    };
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const style = element.ownerDocument.defaultView!.getComputedStyle(element.ownerDocument.documentElement);
    const names = new Map<string, string>();
    for (let lane = 1; lane <= 8; lane += 1) {
      const hex = style.getPropertyValue(`--lane-${lane}`).trim();
      names.set([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(), String(lane));
    }
    let inked = 0;
    const lanes: Record<string, number> = {};
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 0) continue;
      inked += 1;
      if (data[at + 3] !== 255) continue;
      const lane = names.get(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      if (lane !== undefined) lanes[lane] = (lanes[lane] ?? 0) + 1;
    }
    return { inked, lanes };
  });
}

const CANVAS = '.g-zoom';
const MAP = '.g-map-picture';

async function ready(page: Page): Promise<void> {
  await expect(graph(page).grid).toHaveAttribute('aria-rowcount', String(CALLS), { timeout: 30_000 });
  await graph(page).grid.focus();
}

/** Zooms out until the control says so. */
async function zoomTo(page: Page, label: string): Promise<void> {
  const control = page.getByRole('group', { name: 'Zoom', exact: true });
  await expect(async () => {
    if ((await control.textContent()) !== label) await page.keyboard.press('-');
    await expect(control).toHaveText(label, { timeout: 200 });
  }).toPass();
}

function hashOf(folder: string, rowid: number): string {
  const db = new Database(join(folder, '.vek', 'vek.db'), { readonly: true });
  try {
    return db.prepare<[number], string>('SELECT hash FROM nodes WHERE rowid = ?').pluck().get(rowid)!;
  } finally {
    db.close();
  }
}

test('every size shows lanes in their colours, with few elements', async ({ app: { page } }) => {
  await ready(page);
  const { grid } = graph(page);
  for (const label of ['50 %', '25 %', '14 %', '7 %', '4 %', '1 : 2', '1 : 16', '1 : 256']) {
    await zoomTo(page, label);
    await expect
      .poll(async () => Object.values((await probe(page, CANVAS)).lanes).reduce((a, b) => a + b, 0))
      .toBeGreaterThan(300);
    expect(await grid.locator('*').count()).toBeLessThan(300);
  }
  const all = await probe(page, CANVAS);
  expect(Object.keys(all.lanes).length).toBeGreaterThan(4);
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
  await page.keyboard.press('0');
  await expect(grid.getByRole('row').nth(5)).toHaveAccessibleName(/, /);
  await expect(page.locator(CANVAS)).toHaveCount(0);
});

test('a dark theme draws in its own colours at once', async ({ app: { page } }) => {
  await ready(page);
  await zoomTo(page, '7 %');
  const light = await probe(page, CANVAS);
  expect(light.inked).toBeGreaterThan(1000);
  await page.emulateMedia({ colorScheme: 'dark' });
  // the probe reads the colours of the theme, which are other ones now
  await expect
    .poll(async () => Object.values((await probe(page, CANVAS)).lanes).reduce((a, b) => a + b, 0))
    .toBeGreaterThan(300);
});

test('a click selects the call that is drawn there', async ({ app: { page, folder } }) => {
  await ready(page);
  const { selected } = graph(page);
  const middle = hashOf(folder!, CALLS / 2);
  await page.keyboard.press('#');
  await page.keyboard.type(middle.slice(0, 12));
  await page.keyboard.press('Enter');
  await expect(selected).toContainText(middle.slice(0, 8));
  const before = (await selected.boundingBox())!;
  await zoomTo(page, '50 %');
  const canvas = page.locator(CANVAS);
  await expect.poll(async () => (await probe(page, CANVAS)).inked).toBeGreaterThan(1000);

  // the selected call stays where it was: the rows around it are 14 px apart now
  const box = (await canvas.boundingBox())!;
  const y = before.y + before.height / 2;
  const row = Number(await selected.getAttribute('aria-rowindex'));
  await page.mouse.click(box.x + 300, y + 3 * 14);
  await expect(selected).toHaveAttribute('aria-rowindex', String(row + 3));
  const name = (await selected.getAttribute('aria-label'))!;
  await page.mouse.click(box.x + 300, y);
  await expect(selected).toHaveAttribute('aria-rowindex', String(row));
  await expect(inspector(page)).toContainText(middle.slice(0, 8));

  await page.mouse.dblclick(box.x + 300, y + 3 * 14);
  await expect(canvas).toHaveCount(0);
  await expect(selected).toHaveAttribute('aria-rowindex', String(row + 3));
  await expect(selected).toHaveAccessibleName(name);
});

test('a click where calls share a pixel selects one of them', async ({ app: { page } }) => {
  await ready(page);
  const { selected } = graph(page);
  await zoomTo(page, '1 : 16');
  const box = (await page.locator(CANVAS).boundingBox())!;
  await page.mouse.click(box.x + box.width - 200, box.y + 100.5);
  await expect
    .poll(async () => Math.floor((Number(await selected.getAttribute('aria-rowindex')) - 1) / 16))
    .toBe(100);
  await expect(inspector(page)).toContainText('3 hashes recomputed');
});

test('the keyboard walks through the drawn graph and back to rows', async ({ app: { page } }) => {
  await ready(page);
  const { grid, selected } = graph(page);
  await page.keyboard.press('Home');
  await zoomTo(page, '25 %');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAttribute('aria-rowindex', '3');
  await expect(grid).toHaveAttribute('aria-activedescendant', (await selected.getAttribute('id'))!);
  await expect(selected).toHaveAccessibleName(/, /);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => Number(await selected.getAttribute('aria-rowindex'))).toBeGreaterThan(60);
  await page.keyboard.press('End');
  await expect(selected).toHaveAttribute('aria-rowindex', String(CALLS));
  await expect(inspector(page)).toContainText('none: the first call of its history');
  await page.keyboard.press('Enter');
  await expect(page.locator(CANVAS)).toHaveCount(0);
  await expect(grid.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', String(CALLS));
});

test('Ctrl and the wheel zoom at the pointer', async ({ app: { page } }) => {
  await ready(page);
  const { grid, rows } = graph(page);
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 28 * 2000);
  await expect
    .poll(async () => Number(await rows.first().getAttribute('aria-rowindex')))
    .toBeGreaterThan(1900);
  const map = page.getByRole('scrollbar', { name: 'Map of the graph' });
  const top = async () => Number(await map.getAttribute('aria-valuenow'));
  const before = await top();
  const box = (await grid.boundingBox())!;
  const under = before + (400 - box.y) / 28;
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 60);
  await expect(page.getByRole('group', { name: 'Zoom', exact: true })).toHaveText('50 %');
  expect(Math.abs((await top()) + (400 - box.y) / 14 - under)).toBeLessThan(2);
  await page.mouse.wheel(0, -60);
  await page.keyboard.up('Control');
  await expect(page.getByRole('group', { name: 'Zoom', exact: true })).toHaveText('100 %');
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
});

test('the map shows the whole history, jumps, drags, and has keys and a legend', async ({
  app: { page },
}) => {
  await ready(page);
  const { rows } = graph(page);
  const map = page.getByRole('scrollbar', { name: 'Map of the graph' });
  await expect.poll(async () => Object.keys((await probe(page, MAP)).lanes).length).toBeGreaterThan(4);
  await expect(map).toHaveAttribute('aria-valuetext', /^Calls 1 to \d+ of 100,000$/);

  const box = (await map.boundingBox())!;
  await page.mouse.click(box.x + 10, box.y + box.height / 2);
  const near = async () => Number(await map.getAttribute('aria-valuenow'));
  expect(Math.abs((await near()) - CALLS / 2)).toBeLessThan(CALLS / 100);
  await expect(rows.nth(5)).toHaveAccessibleName(/, /);

  await page.mouse.down();
  await page.mouse.move(box.x + 10, box.y + box.height + 200, { steps: 5 });
  await page.mouse.up();
  await expect(rows.last()).toBeAttached();
  await expect(map).toHaveAttribute('aria-valuetext', /to 100,000 of 100,000$/);
  await page.mouse.move(300, 300);

  await graph(page).grid.focus();
  await page.keyboard.press('Tab');
  await expect(map).toBeFocused();
  await expect(page.getByText('Tips of branches')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(map).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('PageDown');
  expect(await near()).toBeGreaterThan(10);

  await expect(page.getByText('Failed calls: not searched yet')).toBeVisible();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const line = page.getByRole('listitem').filter({ hasText: 'Failed calls' });
  await expect(line).toHaveText(/^Failed calls[\d,]+$/, { timeout: 60_000 });
  await page.keyboard.press('Escape');

  await graph(page).grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press(']');
  await expect(graph(page).selected).toHaveAccessibleName(/failed: /);
  const first = Number(await graph(page).selected.getAttribute('aria-rowindex'));
  await page.keyboard.press('F8');
  await expect
    .poll(async () => Number(await graph(page).selected.getAttribute('aria-rowindex')))
    .toBeGreaterThan(first);
  await page.keyboard.press('[');
  await expect(graph(page).selected).toHaveAttribute('aria-rowindex', String(first));
});

test('the map can be hidden, and a plain scrollbar takes its place', async ({ app: { page } }) => {
  await ready(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hide the map');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('scrollbar', { name: 'Position in the graph' })).toBeVisible();
  await expect(page.locator(MAP)).toHaveCount(0);
});

test('calls that arrive move nothing of what is drawn', async ({ app: { page, folder } }) => {
  await ready(page);
  const { grid, selected } = graph(page);
  const middle = hashOf(folder!, CALLS / 2).slice(0, 12);
  await page.keyboard.press('#');
  await page.keyboard.type(middle);
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toContainText(middle.slice(0, 8));
  await zoomTo(page, '14 %');
  await expect(selected).toHaveCount(1);
  const map = page.getByRole('scrollbar', { name: 'Map of the graph' });
  const before = Number(await map.getAttribute('aria-valuenow'));
  for (let i = 0; i < 3; i++) storeCall(folder!, 'note', { text: `while looking ${i}` }, null);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS + 3));
  await expect.poll(async () => Number(await map.getAttribute('aria-valuenow'))).toBe(before + 3);
  await expect(selected).toHaveAttribute('id', new RegExp(`^call-${middle}`));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('the drawn graph, the map and its legend hold up to axe', async ({ app: { page } }) => {
      await ready(page);
      await page.keyboard.press('ArrowDown');
      await zoomTo(page, '25 %');
      await expect(graph(page).selected).toHaveCount(1);
      await page.keyboard.press('Tab');
      await expect(page.getByText('Tips of branches')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      );
    });
  });
}

test('the size is there again after a reload, for this repository', async ({ app: { page, data } }) => {
  await ready(page);
  await zoomTo(page, '7 %');
  await expect.poll(() => keptIn(data)).toMatch(/"graph-zoom:[^"]+":"2"/);
  await page.reload();
  await ready(page);
  await expect(page.getByRole('group', { name: 'Zoom', exact: true })).toHaveText('7 %');
  await expect.poll(async () => (await probe(page, CANVAS)).inked).toBeGreaterThan(1000);
  await page.keyboard.press('0');
  await expect.poll(() => keptIn(data)).toMatch(/"graph-zoom:[^"]+":"rows"/);
});

test('rows of another density keep the zoom in step', async ({ app: { page } }) => {
  await ready(page);
  const { rows } = graph(page);
  const heightOf = async () => (await rows.nth(3).boundingBox())!.height;
  expect(await heightOf()).toBe(28);
  await page.keyboard.press('Control+,');
  await page.getByRole('dialog').getByText('Comfortable', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect.poll(heightOf).toBe(34);
  await graph(page).grid.focus();
  await page.keyboard.press('-');
  await expect(page.locator(CANVAS)).toBeVisible();
  await page.keyboard.press('0');
  await expect.poll(heightOf).toBe(34);
  await expect(page.getByRole('group', { name: 'Zoom', exact: true })).toHaveText('100 %');
});
