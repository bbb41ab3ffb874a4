import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectRoot } from '../test/support/peers.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { limitNow, plainAnswer } from './support/speed.ts';

type Expected = {
  agents: Record<
    string,
    {
      health: {
        axes: Record<string, number>;
        metric_scores: Record<string, number>;
        display: number;
        band: string;
      };
      escalations: { file: string; verdict: string; blocks: number }[];
      guardrail_file_day_actor_usd: Record<string, number>;
    }
  >;
  fleet: {
    cost_all_lines_usd: number;
    cost_without_delegate_mirrors_usd: number;
    double_counted_usd: number;
    attention: { severity: string; agent: string; class: string; state: string }[];
    health: { display: number; band: string; coverage: string };
  };
};

const DAY = '2026-06-08';
const expected = JSON.parse(
  readFileSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet', 'expected.json'), 'utf8'),
) as Expected;
const money = (dollars: number): string => `$${dollars.toFixed(6)}`;

/** Opens a page of the folder as of the day of the sample. */
async function openPage(page: Page, name: 'Fleet health' | 'Escalations' | 'Doctor'): Promise<void> {
  const rows = page.getByRole('tree', { name: 'Sources' }).getByRole('treeitem');
  await rows.filter({ hasText: name }).first().click();
  const back = page.getByRole('button', { name: 'Back to today' });
  const asOf = page.getByRole('button', { name: /^Show as of/ });
  await back.or(asOf).first().waitFor();
  if ((await asOf.count()) > 0) await asOf.first().click();
  await back.waitFor();
}

const fleet = (page: Page) => page.getByRole('region', { name: 'Fleet', exact: true });
const agents = (page: Page) => page.getByRole('grid', { name: 'Agents' });
const row = (page: Page, name: string) => agents(page).getByRole('row').filter({ hasText: name });

test.use({ golden: 'agents/fleet' });

test('the queue and the score are those of the separate count, and every part leads to its rows', async ({
  app: { page },
}) => {
  await openPage(page, 'Fleet health');
  const { attention, health, ...sums } = expected.fleet;
  await expect(fleet(page)).toContainText(`${health.display}`);
  const [part, whole] = health.coverage.split('/');
  await expect(fleet(page)).toContainText(`${part} of ${whole} have all three axes`);
  for (const sum of [
    sums.cost_all_lines_usd,
    sums.cost_without_delegate_mirrors_usd,
    sums.double_counted_usd,
  ]) {
    await expect(fleet(page)).toContainText(money(sum));
  }

  // the queue, worst first, with what was put aside
  await fleet(page).getByRole('button', { name: 'Show snoozed' }).click();
  const entries = page.getByRole('list', { name: 'Attention, worst first' }).locator(':scope > li');
  await expect(entries).toHaveCount(attention.length);
  const states = { open: '', acked: 'acknowledged', snoozed: 'snoozed until 15 Jun 2026' };
  for (const [at, entry] of attention.entries()) {
    await expect(entries.nth(at)).toContainText(new RegExp(`^${entry.severity}${entry.agent}`, 'i'));
    await expect(entries.nth(at)).toContainText(states[entry.state as keyof typeof states]);
  }

  // the score of each agent, by axis and by metric
  const names = {
    error_rate: 'Runs that failed',
    blocked_rate: 'Runs that were blocked',
    skipped_rate: 'Runs that were skipped',
    pass_rate: 'Evals passed',
    hard_fail_rate: 'Evals with a hard fail',
  };
  for (const [name, { health: of }] of Object.entries(expected.agents)) {
    await row(page, name).click({ position: { x: 8, y: 8 } });
    await expect(row(page, name)).toContainText(`${of.display} ${of.band}`);
    const panel = page.getByRole('tabpanel', { name: `Health of ${name}` });
    for (const [axis, points] of Object.entries(of.axes)) {
      await expect(panel.getByRole('row', { name: new RegExp(`^${axis}`, 'i') })).toContainText(
        points.toFixed(1),
      );
    }
    await expect(panel.getByRole('row', { name: /^Cost/ })).toContainText('missing');
    for (const [metric, points] of Object.entries(of.metric_scores)) {
      const words = names[metric as keyof typeof names];
      const found = panel.getByRole('row').filter({ has: page.getByRole('rowheader', { name: words }) });
      await expect(found, `${name} ${metric}`).toContainText(points.toFixed(1));
    }
  }

  // figures open the records that they are made of
  const sum = page.getByRole('region', { name: 'Run records' });
  const today = money(expected.agents['quill']!.guardrail_file_day_actor_usd[DAY]!);
  await row(page, 'quill')
    .getByRole('button', { name: new RegExp(`\\${today} spent today`) })
    .click();
  await expect(sum).toContainText(today);
  await page.getByRole('tab', { name: 'Fleet' }).click();
  await row(page, 'sentry').click({ position: { x: 8, y: 8 } });
  await page
    .getByRole('tabpanel', { name: 'Health of sentry' })
    .getByRole('button', { name: /^15\.9/ })
    .click();
  await expect(sum).toContainText('31');
  await page.getByRole('tab', { name: 'Fleet' }).click();
  await fleet(page)
    .getByRole('button', { name: money(sums.double_counted_usd) })
    .click();
  await expect(sum).toContainText(money(sums.double_counted_usd));
});

test('the monitor is worked by keys: search, order, open, and a menu', async ({ app: { page } }) => {
  await openPage(page, 'Fleet health');
  const order = async () =>
    (await agents(page).getByRole('row').locator('.fl-name').allInnerTexts()).map((text) => text.trim());
  expect((await order())[0]).toBe('quill');
  await agents(page).getByRole('button', { name: 'Agent' }).press('Enter');
  expect(await order()).toEqual(['harbor', 'ledgerly', 'quill', 'sentry']);
  await agents(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('tab', { name: 'Health of ledgerly' })).toBeVisible();
  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: 'Show its runs' }).press('Enter');
  await expect(page.getByRole('tab', { name: /^Runs/ })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Fleet' }).click();
  await page.getByLabel('Search agents').fill('skipped');
  await expect(agents(page).getByRole('row')).toHaveCount(2);
  await agents(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Agent sentry' })).toBeVisible();
});

const VERDICTS: Record<string, string> = {
  pending: 'Waiting',
  pending_with_ignored_block: 'Answer ignored',
  approved: 'Approved',
  denied: 'Denied',
  revised: 'Revised',
  redacted: 'Redacted',
  unparseable: 'Not understood',
  proposal_body_tampered: 'Tampered',
};

test('escalations: nine verdicts, ignored answers pointed out, and a new one within a second', async ({
  app: { page, folder },
}) => {
  await openPage(page, 'Escalations');
  const list = page.getByRole('listbox', { name: 'Escalations' });
  const options = list.getByRole('option');
  const all = expected.agents['sentry']!.escalations;
  await expect(options).toHaveCount(all.length);
  const shown = await options.locator('.badge').allInnerTexts();
  expect(shown.toSorted()).toEqual(all.map(({ verdict }) => VERDICTS[verdict]!).toSorted());

  // by keys: the first was answered in vain
  const detail = page.getByRole('article');
  await list.focus();
  await page.keyboard.press('Home');
  await expect(detail).toContainText('the runtime ignores it because the state is still pending');
  await expect(detail.getByRole('region', { name: 'Answers' })).toContainText('ignored');
  await options.filter({ hasText: 'Tampered' }).click();
  await expect(detail).toContainText('changed by hand');
  await expect(detail).toContainText('The arguments were changed after they were judged');
  await options.filter({ hasText: 'Denied' }).click();
  await expect(detail.getByRole('region', { name: 'Answers' })).toContainText('the first one counts');
  await detail.getByRole('button', { name: 'Show its records', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Run records' })).toBeVisible();
  await page.getByRole('tab', { name: 'Escalations' }).click();
  await expect(detail).toContainText('the first one counts');

  // another process writes one; the place is kept
  const place = join(folder!, 'sentry', 'vault', 'escalations');
  const from = join(place, 'reversible_write', 'prop-20260608-123504-628794-25e2.md');
  const text = readFileSync(from, 'utf8').replaceAll('prop-20260608-123504-628794-25e2', 'prop-new');
  const plain = [await plainAnswer(page), await plainAnswer(page), await plainAnswer(page)];
  const temporary = join(place, 'high_risk', '.prop-new.md.tmp');
  writeFileSync(temporary, text.replaceAll('ledger__append', 'door__open'));
  renameSync(temporary, join(place, 'high_risk', 'prop-new.md'));
  const at = Date.now();
  await expect(options.filter({ hasText: 'door__open' })).toBeVisible();
  expect(Date.now() - at).toBeLessThan(limitNow(1500, plain));
  await expect(options).toHaveCount(all.length + 1);
  await expect(detail).toContainText('the first one counts');

  await page
    .getByRole('group', { name: 'What became of it' })
    .getByRole('button', { name: /^Waiting/ })
    .click();
  await expect(options).toHaveCount(4);
  await page.getByLabel('Search escalations').fill('door');
  await expect(options).toHaveCount(1);
});

test('a finding of the doctor opens its file at the line, and goes when the file is mended', async ({
  app: { page, folder },
}) => {
  await openPage(page, 'Doctor');
  const list = page.getByRole('listbox', { name: 'Checks' });
  await page.getByLabel('Search checks').fill('anything-goes');
  await expect(list.getByRole('option')).toHaveCount(1);
  await list.focus();
  const place = page.getByRole('article').getByRole('button', { name: /^quill\/governance\.md:\d+$/ });
  const line = (await place.innerText()).split(':')[1]!;
  await place.click();
  const agent = page.getByRole('region', { name: 'Agent quill' });
  await expect(agent.getByRole('heading', { name: 'governance.md' })).toBeVisible();
  await expect(agent.locator('.ag-here-number')).toHaveText(line);

  await page.getByRole('tab', { name: 'Doctor' }).click();
  const file = join(folder!, 'quill', 'governance.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('anything-goes', 'writes'));
  await expect(page.getByText('No check fits')).toBeVisible();
  await page.getByRole('button', { name: 'Show all checks' }).click();
  await list.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('article')).toContainText('Not checked');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/-doctor-2026-06-08\.txt$/);
  expect(readFileSync((await saved.path())!, 'utf8')).toContain('fail  MCP servers');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('fleet, escalations and doctor hold up to axe', async ({ app: { page } }) => {
      const sound = async (where: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
        );
        expect(found, where).toEqual([]);
      };
      test.slow();
      await openPage(page, 'Fleet health');
      await sound('the fleet');
      await fleet(page)
        .getByRole('tab', { name: /^All scores/ })
        .click();
      await sound('all scores');
      await fleet(page)
        .getByRole('tab', { name: /^Advice/ })
        .click();
      await sound('advice');
      await openPage(page, 'Escalations');
      await page.getByRole('option').filter({ hasText: 'Tampered' }).click();
      await page.getByText('The whole proposal').click();
      await sound('an escalation');
      await openPage(page, 'Doctor');
      await sound('the doctor');
    });
  });
}
