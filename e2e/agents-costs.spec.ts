import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectRoot } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { FLEET_DAY, openCosts, rowsOf, table } from './support/costs.ts';

type Total = { lines: number; input_tokens: number; output_tokens: number; cost_usd: number };
type Expected = {
  agents: Record<string, { total: Total }>;
  fleet: {
    records: number;
    cost_all_lines_usd: number;
    cost_without_delegate_mirrors_usd: number;
    double_counted_usd: number;
    by_day: Record<string, Total>;
    by_model: Record<string, Total>;
  };
};

const expected = JSON.parse(
  readFileSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet', 'expected.json'), 'utf8'),
) as Expected;
const money = (dollars: number): string => `$${dollars.toFixed(6)}`;
const view = (page: Page) => page.getByRole('region', { name: 'Costs', exact: true });
const bars = (page: Page) => page.getByRole('application');
const readout = (page: Page) => page.locator('.ck-readout');
const asLogged = (page: Page) => page.getByRole('button', { name: 'Count as logged' }).click();

test.use({ golden: 'agents/fleet' });

test('every figure is that of the separate count, and opens the records that it sums', async ({
  app: { page },
}) => {
  await openCosts(page, null);
  const { fleet } = expected;
  const once = money(fleet.cost_without_delegate_mirrors_usd);
  await expect(readout(page)).toContainText(once);
  await expect(view(page).getByText('Delegated runs are counted once')).toContainText(
    `${money(fleet.cost_all_lines_usd)} as logged, ${once} once, ${money(fleet.double_counted_usd)} apart`,
  );
  await asLogged(page);
  await expect(readout(page)).toContainText(money(fleet.cost_all_lines_usd));
  await expect(readout(page)).toContainText(`Show ${fleet.records.toLocaleString('en-US')} records`);
  await expect(view(page).locator('.cx-figure').first()).toContainText(
    money(fleet.by_day[FLEET_DAY]!.cost_usd),
  );

  const models = new Map((await rowsOf(table(page, 'By model'))).map((row) => [row[0], row]));
  for (const [name, { lines, cost_usd: cost }] of Object.entries(fleet.by_model)) {
    const shown = models.get(name.replace(/-20\d{6}$/, '')) ?? models.get(`${name} estimated`);
    expect(shown, name).toEqual(expect.arrayContaining([lines.toLocaleString('en-US'), money(cost)]));
  }
  const agents = new Map((await rowsOf(table(page, 'By agent'))).map((row) => [row[0], row]));
  for (const [name, { total }] of Object.entries(expected.agents)) {
    expect(agents.get(name), name).toEqual(
      expect.arrayContaining([total.lines.toLocaleString('en-US'), money(total.cost_usd)]),
    );
  }

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const days = await rowsOf(table(page, 'Cost per day'));
  const known = Object.entries(fleet.by_day).toReversed();
  expect(days.map((row) => [row[1], row[2]])).toEqual(
    known.map(([, { lines, cost_usd: cost }]) => [String(lines), money(cost)]),
  );

  // a total, a day, and a model each lead to records whose sum is the same
  const { lines, cost_usd: cost } = fleet.by_model['gpt-5-mini']!;
  await table(page, 'By model')
    .getByRole('row', { name: /^gpt-5-mini/ })
    .click();
  const sum = page.getByRole('region', { name: 'Run records' });
  await expect(sum).toContainText(money(cost));
  await expect(sum).toContainText(String(lines));
  await page.getByRole('tab', { name: 'Costs' }).click();
  await table(page, 'Cost per day')
    .getByRole('row', { name: /^Sun 7 Jun 2026/ })
    .click();
  await expect(sum).toContainText(money(fleet.by_day['2026-06-07']!.cost_usd));
  await page.getByRole('tab', { name: 'Costs' }).click();
  await table(page, 'By agent').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const [second] = Object.values(expected.agents)
    .map(({ total }) => total.cost_usd)
    .toSorted((a, b) => b - a)
    .slice(1);
  await expect(sum).toContainText(money(second!));
});

test('a stretch is brushed by mouse and by keys, the tables follow, and records that arrive leave it as it is', async ({
  app: { page, folder },
}) => {
  await openCosts(page, null);
  const whole = await readout(page).locator('.money').first().innerText();
  const box = (await page.locator('.ck-plot .u-over').boundingBox())!;
  const at = (bar: number) => box.x + (box.width * (bar + 0.5)) / 30;
  await page.mouse.move(at(20), box.y + 30);
  await page.mouse.down();
  await page.mouse.move(at(22), box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
  await expect(readout(page)).toContainText('30 May to 1 Jun 2026');
  await expect(view(page).getByRole('region', { name: 'By model' })).toContainText('30 May to 1 Jun 2026');

  await bars(page).focus();
  await page.keyboard.press('Escape');
  await expect(readout(page)).toContainText(whole);
  await page.keyboard.press('End');
  await expect(readout(page)).toContainText('Monday 8 Jun 2026');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(readout(page)).toContainText('7 Jun to 8 Jun 2026');
  const brushed = await readout(page).locator('.money').first().innerText();

  const log = join(folder!, 'harbor', 'log', '2026-06', '2026-06-08.jsonl');
  const line = {
    ts: '2026-06-08T23:00:00+02:00',
    run_id: 'run-20260608-230000-000001',
    trigger: 'manual',
    status: 'ok',
    summary: 'Late',
    model: 'gpt-5',
    input_tokens: 1000,
    output_tokens: 100,
    cost_usd: 1.25,
  };
  const torn = readFileSync(log, 'utf8').endsWith('\n') ? '' : '\n';
  appendFileSync(log, `${torn}${JSON.stringify(line)}\n`);
  const grown = `$${(Number(brushed.slice(1)) + 1.25).toFixed(6)}`;
  await expect(readout(page)).toContainText(grown);
  await expect(readout(page)).toContainText('7 Jun to 8 Jun 2026');
  await expect(bars(page)).toBeFocused();
  await expect(table(page, 'By model')).toContainText('gpt-5');

  await page.keyboard.press('Enter');
  const sum = page.getByRole('region', { name: 'Run records' });
  await expect(sum).toContainText(grown);
  await page.getByRole('tab', { name: 'Costs' }).click();
  await expect(readout(page)).toContainText('7 Jun to 8 Jun 2026');

  // a part of what is brushed leads to its records, whatever the bars are split by
  for (const by of ['By model', 'By agent', 'By trigger']) {
    await page.getByRole('radio', { name: by }).check({ force: true });
    await expect(view(page).getByRole('region', { name: by })).toBeVisible();
    const part = readout(page).getByRole('listitem').last().getByRole('button').last();
    const cost = await part.locator('.money').innerText();
    await part.click();
    await expect(sum).toContainText(cost);
    await page.getByRole('tab', { name: 'Costs' }).click();
  }
});

test('another cap is tried on the days that were, and the figures leave as a file', async ({
  app: { page },
}) => {
  await openCosts(page, 'quill');
  const caps = page.getByRole('region', { name: 'Caps of quill' });
  await expect(caps).toContainText('$0.45 from policy.md');
  await expect(caps).toContainText('$0.60, not in force');
  await expect(caps).toContainText(/Suggested caps.*estimate/);
  const daily = caps.getByLabel('Daily cap', { exact: true });
  await daily.fill('1');
  await expect(caps.getByText(/would have reached the daily cap/)).toContainText('2 days');
  const hit = table(page, 'Days that would have reached the cap');
  await expect(hit.getByRole('row')).toHaveCount(3);
  await daily.fill('one');
  await expect(caps.getByText('A sum in dollars is needed')).toBeVisible();
  await daily.fill('');
  await caps.getByRole('slider', { name: 'Daily cap, slider' }).press('Home');
  await expect(caps.getByText(/would have reached the daily cap/)).toContainText('30 days');

  for (const [entry, check] of [
    ['Figures as JSON', (text: string) => expect(JSON.parse(text)).toBeTruthy()],
    ['Figures as CSV', (text: string) => expect(text.split('\n').length).toBeGreaterThan(30)],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^quill-costs-2026-05-10-to-2026-06-08\.(?:csv|json)$/);
    const text = readFileSync((await file.path())!, 'utf8');
    check(text);
    expect(text).toContain('12.162839');
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('costs hold up to axe', async ({ app: { page } }) => {
      test.slow();
      const sound = async (where: string, part = '.costs') => {
        const { violations } = await new AxeBuilder({ page }).include(part).analyze();
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
        );
        expect(found, where).toEqual([]);
      };
      await openCosts(page, null);
      await page.getByRole('button', { name: 'Try another cap of quill' }).click();
      await expect(page.getByRole('region', { name: 'Caps of quill' })).toContainText(
        'Days with skipped or fallback runs',
      );
      await bars(page).focus();
      await page.keyboard.press('Shift+ArrowLeft');
      await page.getByRole('radio', { name: 'Log' }).check({ force: true });
      await sound('caps, a brush, the logarithmic scale');
      await page.getByRole('button', { name: 'Table', exact: true }).click();
      await sound('the table', '.ck');
      await page.getByLabel('From', { exact: true }).fill('2026-01-01');
      await page.getByLabel('To', { exact: true }).fill('2026-01-31');
      await expect(page.getByText(/^No records from/)).toBeVisible();
      await sound('no records in the range', '.cx-nothing');
    });
  });
}
