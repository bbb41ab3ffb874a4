import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectedOf } from '../test/support/goldens.ts';
import { projectRoot } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { graph, inspector } from './support/vek.ts';

// axe reads the whole window four times in one test
test.describe.configure({ timeout: 120_000 });

const goldens = join(projectRoot, 'test', 'goldens', 'agents');
const tree = (page: Page) => page.getByRole('tree', { name: 'Sources' });
const rows = (page: Page) => page.getByRole('grid', { name: 'Run records' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Query records' });
const sum = (page: Page) => page.locator('.ru-sum');
const status = (page: Page) => page.getByRole('contentinfo');
const selected = (page: Page) => rows(page).getByRole('row', { selected: true });

async function openRuns(page: Page): Promise<void> {
  await tree(page).getByRole('treeitem', { name: /^Runs/ }).click();
  await expect(rows(page)).toBeVisible();
}

test.describe('a folder of agents', () => {
  test.use({ golden: 'agents/fleet' });

  test('stands in the window with its views and agents; runs are asked for, sorted, opened, and left again', async ({
    app: { page },
  }) => {
    await expect(page.getByRole('tab', { name: 'Fleet' })).toHaveAttribute('aria-selected', 'true');
    await expect(tree(page).getByRole('treeitem')).toHaveCount(10);
    await expect(tree(page).getByRole('treeitem', { name: /sentry.*to answer/ })).toBeVisible();
    await expect(status(page)).toContainText('2,593 run records, 4 agents');
    await expect(status(page)).toContainText('3 lines could not be read');
    await expect(status(page)).toContainText('Days are local');

    await openRuns(page);
    await expect(sum(page)).toContainText('2,593 records');
    await expect(sum(page)).toContainText('$26.581499');
    await rows(page).focus();
    await page.keyboard.press('/');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('agent:qui');
    await expect(page.getByRole('option', { name: /agent:quill/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'agent:quill, edit' })).toBeVisible();
    await expect(sum(page)).toContainText('547 records');
    await page.keyboard.type('cost:much ');
    await expect(page.locator('.g-chip[data-bad]')).toBeVisible();
    await expect(sum(page)).toContainText('547 records');
    await page.keyboard.press('Backspace');
    for (let at = 0; at < 9; at += 1) await page.keyboard.press('Backspace');
    await expect(page.locator('.g-chip[data-bad]')).toHaveCount(0);

    await page.keyboard.press('Enter');
    await expect(rows(page)).toBeFocused();
    // the term that was left out is gone from the query: the rows are asked for anew
    await expect(rows(page)).toHaveAttribute('aria-busy', 'false');
    await page.keyboard.press('End');
    await expect(selected(page)).toContainText('May');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(selected(page)).toHaveAttribute('aria-rowindex', '3');
    await page.getByRole('button', { name: /^Cost, not sorted/ }).click();
    await expect(rows(page).getByRole('row').first()).toContainText('$0.381550');
    await rows(page).getByRole('row').first().click();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: /Clean up the/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByText('Cost logged')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(rows(page)).toBeVisible();
    await expect(sum(page)).toContainText('547 records');
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(sum(page)).toContainText('2,593 records');
  });

  test('a record in full: its family across agents by keys, its line; what could not be read; files of the rows', async ({
    app: { page },
  }) => {
    await openRuns(page);
    await field(page).fill('agent:harbor trigger:agent_call "client call" ');
    await expect(rows(page).getByRole('row').first()).toContainText('harbor');
    await rows(page).getByRole('row').first().click();
    const panel = inspector(page);
    const family = panel.getByRole('tree', { name: 'The run and what it started' });
    await expect(family.getByRole('treeitem')).toHaveCount(3);
    await expect(panel).toContainText('delegated spending once');
    await family.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect(family.getByRole('treeitem')).toHaveCount(2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Sort new receipts');
    await panel.getByText('Recomputed').locator('..').locator('summary').click();
    await expect(panel.locator('.rd-how li').first()).toBeVisible();
    await panel.getByRole('tab', { name: 'Line' }).click();
    await expect(panel.locator('.view-lines')).toContainText('run_id');

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /CSV…/ }).click();
    const file = await (await download).path();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const total = Number(/([\d,]+) records?/.exec((await sum(page).textContent()) ?? '')?.[1]);
    expect(lines).toHaveLength(total + 1);

    await page.getByText('3 lines could not be read').click();
    const bad = page.getByRole('grid', { name: 'Lines that could not be read' });
    await expect(bad.getByRole('row')).toHaveCount(4);
    await bad.getByRole('row', { name: /an array, not an object/ }).click();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('A line that is no record');
    await page.getByRole('button', { name: 'All records' }).click();
    await expect(rows(page)).toBeVisible();
  });

  test('lines that another process adds come in, and neither the selection nor the place is lost', async ({
    app: { page, folder },
  }) => {
    await openRuns(page);
    await expect(sum(page)).toContainText('2,593 records');
    const append = (summary: string) => {
      const record = {
        ts: '2026-06-08T18:00:00.000000-05:00',
        run_id: `run-${summary}`,
        trigger: 'cron',
        status: 'ok',
        summary,
        model: 'claude-haiku-4-5',
        input_tokens: 1000,
        output_tokens: 100,
        cost_usd: 0.5,
      };
      const path = join(folder!, 'quill', 'log', '2026-06', '2026-06-08.jsonl');
      const script = 'require("fs").appendFileSync(process.argv[1], process.argv[2])';
      execFileSync(process.execPath, ['-e', script, path, `${JSON.stringify(record)}\n`]);
    };
    append('the first of them');
    await expect(rows(page).getByRole('row').first()).toContainText('the first of them');
    await expect(sum(page)).toContainText('2,594 records');
    await expect(sum(page)).toContainText('$27.081499');
    await expect(status(page)).toContainText('2,594 run records');

    await rows(page).hover();
    await page.mouse.wheel(0, 4000);
    await rows(page).getByRole('row').nth(12).click();
    const words = await selected(page).textContent();
    const before = await selected(page).boundingBox();
    append('the second of them');
    append('the third of them');
    await expect(sum(page)).toContainText('2,596 records');
    await expect(selected(page)).toHaveText(words ?? '');
    expect((await selected(page).boundingBox())?.y).toBeCloseTo(before!.y, 0);
    await page.keyboard.press('Home');
    await expect(selected(page)).toContainText('of them');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`in the ${colorScheme} theme`, () => {
      test.use({ colorScheme });
      test('runs, a record, unreadable lines and the palette are sound', async ({ app: { page } }) => {
        const expectSound = async (where: string) => {
          const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map((node) => `${id}: ${node.target.join(' ')}`),
          );
          expect(found, where).toEqual([]);
        };
        await openRuns(page);
        await field(page).fill('is:fallback ');
        await rows(page).getByRole('row').first().click();
        await expect(inspector(page).getByRole('tree')).toBeVisible();
        await expectSound('the runs with a record beside them');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('button', { name: 'Show among the runs' })).toBeVisible();
        await expectSound('a record as a tab');
        await page.getByText('3 lines could not be read').click();
        await expect(page.getByRole('grid', { name: 'Lines that could not be read' })).toBeVisible();
        await expectSound('unreadable lines');
        await page.keyboard.press('Control+k');
        await page.keyboard.type('quill');
        await expect(page.getByRole('option', { name: /^Costs of quill/ })).toBeVisible();
        await expectSound('the palette');
        await page.getByRole('option', { name: /^Runs of quill/ }).click();
        await expect(sum(page)).toContainText('547 records');
      });
    });
  }
});

test.describe('a repository and agents in one folder', () => {
  const { tip: TIP } = expectedOf('forked')['status'] as { readonly tip: string };
  test.use({
    golden: 'forked',
    prepare: {
      by: (folder) => {
        cpSync(join(goldens, 'fleet'), join(folder, 'agents'), { recursive: true });
        const record = {
          ts: '2026-06-08T20:00:00.000000-05:00',
          run_id: 'run-of-the-call',
          trigger: 'api',
          status: 'ok',
          summary: 'names a call',
          call_hash: TIP,
        };
        const log = join(folder, 'agents', 'quill', 'log', '2026-06', '2026-06-08.jsonl');
        appendFileSync(log, `${JSON.stringify(record)}\n`);
      },
    },
  });

  test('each has its rows, its status and its panes, and neither is asked what only the other knows', async ({
    app: { page },
  }) => {
    await expect(graph(page).grid).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Graph' })).toHaveAttribute('aria-selected', 'true');
    await openRuns(page);
    await expect(status(page)).toContainText('2,594 run records');
    await expect(inspector(page)).toContainText('No record selected');
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('button', { name: 'Open Doctor' })).toBeVisible();
    await page.getByRole('tab', { name: /^Operations/ }).click();
    await expect(page.getByText('Nothing was written to these agents')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Graph' }).click();
    await expect(status(page)).toContainText('main');
    await expect(inspector(page)).toContainText(/No call selected|recomputed/);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await rows(page)
      .getByRole('row', { name: /names a call/ })
      .click();
    const elsewhere = inspector(page).getByRole('region', { name: 'Also recorded elsewhere' });
    await elsewhere.getByRole('button').click();
    await expect(graph(page).row(TIP.slice(0, 8))).toHaveAttribute('aria-selected', 'true');
    const logged = inspector(page).getByRole('region', { name: 'Also logged by agents' });
    await logged.getByRole('button').click();
    await expect(page.getByRole('button', { name: 'Show among the runs' })).toBeVisible();
    await page.getByRole('tab', { name: 'Graph' }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sentry');
    await expect(page.getByRole('option', { name: /^sentry/ }).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test.describe('a folder that is one agent', () => {
  test.use({ golden: 'agents/caldwell' });

  test('opens with that agent', async ({ app: { page } }) => {
    await expect(page.getByRole('tab', { name: 'caldwell' })).toHaveAttribute('aria-selected', 'true');
    await expect(status(page)).toContainText('12 run records, 1 agent');
    await openRuns(page);
    await expect(sum(page)).toContainText('$0.869740');
  });
});
