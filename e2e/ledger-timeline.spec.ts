import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from '@playwright/test';
import { generateLedger } from '../test/support/aex/generate.ts';
import { axeFindings, expect, test } from './support/ledger.ts';

const chart = (page: Page) => page.getByRole('application', { name: /^Money over time/ });
const timeline = (page: Page) => page.getByRole('region', { name: 'Money over time' });
const bar = (page: Page) => page.locator('.lb-bar');
const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });

/** What the test needs of a canvas, which is none of Node's types. */
type Canvas = {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
};

/** How many dots of the picture are drawn. */
const drawn = (page: Page): Promise<number> =>
  page.locator('.lt-chart canvas').evaluate((element) => {
    const canvas = element as unknown as Canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) count += 1;
    return count;
  });

test('the wheel zooms, and the statement shows the same stretch', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  await expect.poll(() => drawn(page)).toBeGreaterThan(500);
  await expect(timeline(page)).toContainText('2 Mar 2026 to 8 Mar 2026');
  const box = (await chart(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 8; turn += 1) await page.mouse.wheel(0, -120);
  await expect(bar(page)).toContainText(/of 237 entries/);
  await expect(timeline(page)).not.toContainText('2 Mar 2026 to 8 Mar 2026');
  await chart(page).dblclick({ position: { x: box.width / 2, y: box.height / 2 } });
  await expect(timeline(page)).toContainText('2 Mar 2026 to 8 Mar 2026');
  await expect(bar(page)).not.toContainText(/ of 237 entries/);
});

test('drag moves, Shift and drag takes a stretch, the strip below too', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  const box = (await chart(page).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(bar(page)).toContainText(/of 237 entries/);
  const words = timeline(page).locator('.lt-span');
  const taken = await words.textContent();
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 6 });
  await page.mouse.up();
  await expect(words).not.toHaveText(taken ?? '');
  const strip = (await page.locator('.lt-overview').boundingBox())!;
  await page.mouse.move(strip.x + strip.width * 0.7, strip.y + 20);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.95, strip.y + 20, { steps: 6 });
  await page.mouse.up();
  await expect(words).toContainText('8 Mar 2026');
});

test('a mark opens its entry', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  const box = (await chart(page).boundingBox())!;
  await expect.poll(() => drawn(page)).toBeGreaterThan(500);
  let opened = false;
  for (let x = 60; x < box.width - 20 && !opened; x += 6) {
    await page.mouse.move(box.x + x, box.y + 11);
    opened = await chart(page).evaluate((element) => element.classList.contains('lt-chart-hit'));
    if (opened) await page.mouse.click(box.x + x, box.y + 11);
  }
  expect(opened).toBe(true);
  await expect(inspector(page).getByRole('heading', { name: /^Entry 6/ })).toBeVisible();
});

test('by keys alone: zoom, move, marks with words, their rows, all again', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  const words = timeline(page).locator('.lt-span');
  const all = await words.textContent();
  await chart(page).focus();
  await page.keyboard.press('+');
  await expect(words).not.toHaveText(all ?? '');
  const near = await words.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(words).not.toHaveText(near ?? '');
  await page.keyboard.press('0');
  await expect(words).toHaveText(all ?? '');
  const said = page.getByRole('status');
  let found = false;
  for (let step = 0; step < 12 && !found; step += 1) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(120);
    found = (await said.allTextContents()).some((text) => /Insufficient budget|[Dd]enied/.test(text));
  }
  expect(found).toBe(true);
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { name: /^Entry 10/ })).toBeVisible();
  // nobody has to go through the marks to leave the chart
  await chart(page).focus();
  await page.keyboard.press('Tab');
  await expect(chart(page)).not.toBeFocused();
});

test('the ends of the stretch are moved by keys', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  const end = page.getByRole('slider', { name: 'End of what is shown' });
  await end.focus();
  await page.keyboard.press('PageDown');
  await expect(bar(page)).toContainText(/of 237 entries/);
  const value = await end.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowLeft');
  await expect(end).not.toHaveAttribute('aria-valuetext', value ?? '');
});

test('the same figures as a table, each row with its entries', async ({ page, openLedger }) => {
  await openLedger(page, 'small');
  await timeline(page).getByRole('button', { name: 'Table' }).click();
  const grid = page.getByRole('grid', { name: 'Money over time' });
  await expect(grid).toContainText('$0.008248');
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(/of 13 entries/);
});

test('an entry that is written while one looks appears without the view moving', async ({
  page,
  openLedger,
}) => {
  const { file } = await openLedger(page, 'small');
  await expect.poll(() => drawn(page)).toBeGreaterThan(500);
  const words = timeline(page).locator('.lt-span');
  const all = await words.textContent();
  const database = new Database(file);
  const last = database
    .prepare('SELECT event_hash FROM event_log ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get() as string;
  const payload = '{"from":"READY","reason":null,"to":"PAUSED"}';
  const hash = createHash('sha256')
    .update([last, 'agent.state.transition', '', payload].map((part) => `${part}\n`).join(''))
    .digest('hex');
  database
    .prepare(
      "INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts) VALUES (NULL, 'solo', 'agent.state.transition', ?, ?, ?, '2026-03-02 09:05:00')",
    )
    .run(payload, last, hash);
  database.close();
  await expect(words).not.toHaveText(all ?? '');
  await expect(words).toContainText('09:05:0');
});

test('a large ledger is zoomed and moved without waiting for answers', async ({ page, openLedger }) => {
  await openLedger(page, 'small', {
    prepare: (folder) => {
      rmSync(join(folder, 'aex.db'));
      generateLedger(join(folder, 'aex.db'), { entries: 30_000, seed: 1 });
    },
  });
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toBeGreaterThan(500);
  const box = (await chart(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const words = timeline(page).locator('.lt-span');
  const all = await words.textContent();
  const counting = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const next = (globalThis as unknown as { requestAnimationFrame: (run: (at: number) => void) => void })
          .requestAnimationFrame;
        let [first, count] = [0, 0];
        const frame = (at: number) => {
          if (first === 0) first = at;
          count += 1;
          if (at - first < 1500) next(frame);
          else resolve(((count - 1) * 1000) / (at - first));
        };
        next(frame);
      }),
  );
  for (let turn = 0; turn < 50; turn += 1) await page.mouse.wheel(0, turn < 30 ? -40 : 40);
  // how fast a machine draws is its own matter: a number to read, nothing to assert
  process.stdout.write(`timeline, 30,000 entries: ${(await counting).toFixed(0)} frames a second\n`);
  await expect(words).not.toHaveText(all ?? '');
  await expect(bar(page)).toContainText(/ of [\d,]+ entr/);
});

const places = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);

/** Moves over places until a card shows, and clicks there; the second time slower, for a busy machine. */
async function openHovered(
  page: Page,
  card: Locator,
  line: readonly { readonly x: number; readonly y: number }[],
): Promise<void> {
  for (const waitMs of [0, 150]) {
    for (const { x, y } of line) {
      await page.mouse.move(x, y);
      if (waitMs > 0) await page.waitForTimeout(waitMs);
      if (!(await card.isVisible())) continue;
      await page.mouse.click(x, y);
      return;
    }
  }
  throw new Error('Nothing shows the card that was looked for.');
}

test('what is missing has a mark that opens its line, by mouse and by keys', async ({ page, openLedger }) => {
  await openLedger(page, 'tampered-delete-middle');
  await expect.poll(() => drawn(page)).toBeGreaterThan(500);
  await expect(timeline(page).getByRole('list', { name: 'Legend' })).toContainText('missing');
  await chart(page).focus();
  const said = page.getByRole('status');
  let found = false;
  for (let step = 0; step < 14 && !found; step += 1) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(120);
    found = (await said.allTextContents()).some((text) =>
      /Entry 7 missing; proved to be: Reserved/.test(text),
    );
  }
  expect(found).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.locator('.ls-row[aria-selected="true"]')).toContainText('7 missing');
  await expect(inspector(page)).toContainText('Entry 7 is missing');
  // its line is the one that is selected again after something else was
  await page.locator('.ls-row', { hasText: 'Denied' }).click();
  await expect(page.locator('.ls-row[aria-selected="true"]')).toContainText('Denied');
  const box = (await chart(page).boundingBox())!;
  const line = places(60, box.width - 20, 5).map((x) => ({ x: box.x + x, y: box.y + 11 }));
  await openHovered(page, page.locator('.lt-card', { hasText: '7 missing' }), line);
  await expect(page.locator('.ls-row[aria-selected="true"]')).toContainText('7 missing');
});

test('the record below the axis says where something is wrong, and opens its entries', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'tampered-rewritten');
  await expect(chart(page)).toHaveAccessibleDescription(
    'Chain, by entries: 1 to 5 verified; 6 contradicted; 7 to 13 hashed anew, not trusted.',
  );
  const legend = timeline(page).getByRole('list', { name: 'Legend' });
  for (const words of ['verified', 'contradicted', 'hashed anew, not trusted'])
    await expect(legend).toContainText(words);
  const box = (await chart(page).boundingBox())!;
  const card = page.locator('.lt-card', { hasText: 'Entries 7 to 13: hashed anew, not trusted' });
  const down = places(box.height / 2, box.height - 20, 3).toReversed();
  await openHovered(
    page,
    card,
    down.map((y) => ({ x: box.x + box.width * 0.8, y: box.y + y })),
  );
  await expect(bar(page)).toContainText('7 of 13 entries');
  // the same for who sees no picture
  await timeline(page).getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('grid', { name: 'Money over time' })).toContainText('hashed anew, not trusted');
});

test('what is proved of the money stands beside what is there, its reason one click away', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'tampered-payload');
  const head = page.locator('.lg-head');
  await expect(head).toContainText('$0.009078 by its entries');
  await expect(head).toContainText('$0.008248 as proved');
  await expect(timeline(page)).toContainText(
    'At the end $0.009078 unspent as it stands, $0.008248 as proved, $0.000830 less.',
  );
  await expect(timeline(page)).toContainText('Basis doubted.');
  await head.getByRole('button', { name: '$0.008248 as proved' }).click();
  await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
  await timeline(page).getByRole('button', { name: 'Table' }).click();
  const grid = page.getByRole('grid', { name: 'Money over time' });
  await expect(grid.getByRole('columnheader', { name: 'Proved' })).toBeVisible();
  await expect(grid).toContainText('$0.008248');
});

test('a budget that a denial proves moves the whole line', async ({ page, openLedger }) => {
  await openLedger(page, 'tampered-budget');
  const head = page.locator('.lg-head');
  await expect(head).toContainText('$0.010000 as proved');
  await expect(head).toContainText('$0.008248 as proved');
  await timeline(page).getByRole('button', { name: 'the budget of solo' }).first().click();
  await expect(inspector(page)).toContainText('The budget of solo');
});

test('what is only likely draws no line and says so', async ({ page, openLedger }) => {
  await openLedger(page, 'tampered-rewritten');
  await expect(timeline(page)).toContainText(
    'As it stands: entry 6 is doubted, and what was right is not proved.',
  );
  await expect(page.locator('.lg-head')).not.toContainText('as proved');
  await expect(timeline(page).getByRole('list', { name: 'Legend' })).not.toContainText('as proved');
});

test('a drag over the whole record takes a stretch of it', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  const box = (await chart(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await expect(bar(page)).toContainText(/of 237 entries/);
});

for (const theme of ['light', 'dark'] as const) {
  for (const golden of ['tampered-payload', 'tampered-delete-middle', 'tampered-rewritten']) {
    test(`the timeline of ${golden} holds up to axe in the ${theme} theme`, async ({ page, openLedger }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openLedger(page, golden);
      await expect(chart(page)).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 900, height: 800 });
      await timeline(page).getByRole('button', { name: 'Table' }).click();
      expect(await axeFindings(page)).toEqual([]);
    });
  }
  test(`the timeline holds up to axe in the ${theme} theme, also narrow`, async ({ page, openLedger }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openLedger(page, 'week');
    await expect(chart(page)).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
    await expect(chart(page)).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}
