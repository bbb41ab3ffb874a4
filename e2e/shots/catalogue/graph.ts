import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { graph } from '../../support/vek.ts';
import { CROWDED, select, settle, type Shot } from '../shot.ts';

const LARGE = 100_000;
const busy = {
  kind: 'busy',
  message: 'Another program is writing to this repository and did not stop for 5 s.',
  hint: 'Try again in a moment.',
  detail: 'SQLITE_BUSY: database is locked',
} as const;

/** The graph: rows, filters, damage, and far out. */
export const GRAPH_SHOTS: readonly Shot[] = [
  { name: 'graph', act: ({ page }) => select(page, 'retry-cheaper') },
  { name: 'graph-criss-cross', store: 'forked', act: ({ page }) => select(page, '5da08205') },
  {
    name: 'graph-filtered',
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tool:shell ');
      await page.getByText(/of \d+ calls/).waitFor();
      await settle(page);
    },
  },
  {
    name: 'graph-filter-no-match',
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tool:fetch since:2026-11-21');
      await page.keyboard.press('Enter');
      await page.getByText(/No call matches/).waitFor();
    },
  },
  {
    name: 'graph-filter-wrong',
    act: async ({ page }) => {
      await page.getByLabel('Filter calls').fill('tol:fetch');
      await page.keyboard.press('Enter');
      await page.getByText(/Did you mean/).waitFor();
    },
  },
  { name: 'graph-empty', store: 'empty', act: ({ page }) => settle(page) },
  {
    name: 'graph-loading',
    before: ({ wire }) => wire.hold('vek/rows'),
    act: ({ page }) => settle(page),
  },
  {
    name: 'graph-error',
    before: ({ wire }) => wire.fail('vek/rows', busy),
    act: ({ page }) => settle(page),
  },
  {
    name: 'graph-unreadable',
    store: 'corrupt-not-a-database',
    act: ({ page }) => settle(page, 1200),
  },
  { name: 'graph-truncated', store: 'corrupt-truncated', act: ({ page }) => settle(page, 1200) },
  {
    name: 'graph-damaged',
    store: 'corrupt-parent-missing',
    act: ({ page }) => select(page, 'dc9bd8bd'),
  },
  {
    name: 'graph-gone',
    store: 'linear',
    act: async ({ page, folder }) => {
      renameSync(join(folder!, '.vek'), join(folder!, 'moved'));
      await page.getByText('The repository is no longer there').waitFor();
    },
  },
  {
    name: 'graph-large',
    store: LARGE,
    act: async ({ page }) => {
      await graph(page).rows.first().click();
      await settle(page, 1500);
    },
  },
  {
    name: 'graph-crowded',
    store: CROWDED,
    act: async ({ page }) => {
      await graph(page).rows.nth(1).click();
      await settle(page, 1500);
    },
  },
  {
    name: 'graph-folded',
    store: LARGE,
    act: async ({ page }) => {
      await graph(page).grid.focus();
      await page.keyboard.press('r');
      await page
        .getByText(/calls folded/)
        .first()
        .waitFor();
      await settle(page, 1500);
    },
  },
  {
    name: 'graph-focus',
    act: async ({ page }) => {
      await select(page, 'retry-cheaper');
      await page.keyboard.press('Control+f');
      await settle(page, 900);
    },
  },
  {
    name: 'graph-zoomed',
    store: LARGE,
    act: async ({ page }) => {
      await graph(page).rows.nth(3).click();
      for (let i = 0; i < 5; i += 1) await page.keyboard.press('-');
      await settle(page, 1500);
    },
  },
  {
    name: 'graph-zoomed-out',
    store: LARGE,
    act: async ({ page }) => {
      await graph(page).rows.nth(3).click();
      for (let i = 0; i < 20; i += 1) await page.keyboard.press('-');
      await settle(page, 1500);
    },
  },
  {
    name: 'graph-map-legend',
    store: CROWDED,
    act: async ({ page }) => {
      await page.getByRole('scrollbar').first().hover();
      await settle(page, 900);
    },
  },
  { name: 'graph-values', store: 'values', act: ({ page }) => settle(page) },
  {
    name: 'graph-narrow',
    size: { width: 1000, height: 700 },
    act: ({ page }) => settle(page),
  },
  {
    name: 'graph-narrowest',
    size: { width: 720, height: 640 },
    act: ({ page }) => settle(page),
  },
];
