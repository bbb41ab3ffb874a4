import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Escalation } from '../src/contract/escalations.ts';
import { realAnswers, type Polled } from '../test/support/agents-answers.ts';
import { peerPython, projectRoot } from '../test/support/peers.ts';
import { openAgentAsOf, partsOf } from './support/agents.ts';
import { expect, test, type App } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';

const ID = 'prop-20260607-070028-904686-465d';
const PATH = `sentry/vault/escalations/reversible_write/${ID}.md`;
const detail = (page: Page) => page.locator('.es-detail');
const form = (page: Page) => page.getByRole('region', { name: 'Your answer' });
const list = (page: Page) => page.getByRole('listbox', { name: 'Escalations' });
const dialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'Nothing is written' });
const textOf = (app: App): string => readFileSync(join(app.folder!, PATH), 'utf8');

/** Opens the queue with the proposal of these tests in front. */
async function openQueue(page: Page): Promise<void> {
  await page
    .getByRole('treeitem', { name: /^Escalations/ })
    .first()
    .click();
  await list(page)
    .getByRole('option')
    .filter({ hasText: 'ledger__append' })
    .filter({ hasText: 'Waiting' })
    .first()
    .click();
  await expect(form(page)).toBeVisible();
}

/** What the terminal says of the proposal. */
function told(app: App): Escalation {
  const node = join(projectRoot, 'node_modules', 'node', 'bin', 'node');
  const out = execFileSync(
    node,
    [join(projectRoot, 'bin', 'vekscope'), 'agents', 'escalations', app.folder!, '--json'],
    { encoding: 'utf8', env: { ...process.env, VEKSCOPE_DATA: app.data } },
  );
  const { escalations } = JSON.parse(out) as { escalations: readonly Escalation[] };
  return escalations.find((one) => one.path === PATH)!;
}

/** What the real package makes of the file, where it is installed. */
const taken = (app: App) =>
  peerPython() === null ? null : (realAnswers([{ do: 'poll', text: textOf(app) }])[0] as Polled).events[0];

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: all } = await new AxeBuilder({ page }).include('.escalations').analyze();
  return all.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

test.describe('answering an escalation', () => {
  test.use({ golden: 'agents/fleet' });

  test('approving by the mouse writes what was shown, and the row moves on', async ({ app }) => {
    const { page } = app;
    const before = textOf(app);
    await openQueue(page);
    await form(page)
      .getByRole('button', { name: /^Approve/ })
      .click();
    await expect(form(page).getByRole('button', { name: /^Review/ })).toBeDisabled();
    await form(page).getByLabel('Your name').fill('<me>');
    await expect(form(page)).toContainText('this one holds “<”');
    await form(page).getByLabel('Your name').fill('Zoë Lee');
    await form(page).getByLabel(/^Note/).fill('fine: "yes"');
    await form(page)
      .getByRole('button', { name: /^Review/ })
      .click();
    await expect(dialog(page)).toContainText('### Approved by Zoë Lee');
    expect(textOf(app)).toBe(before);
    await dialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(detail(page)).toContainText('The answer waits for the agent’s next poll.');
    await expect(list(page).getByRole('option', { selected: true })).toContainText('waits for the next poll');
    expect(told(app)).toMatchObject({ verdict: 'approved', state: 'resolved' });
    const event = taken(app);
    if (event !== null)
      expect(event).toMatchObject({ decision: 'approved', by: 'Zoë Lee', reason: 'fine: "yes"' });
    await list(page).getByRole('option').filter({ hasText: 'Waiting' }).first().click();
    await form(page)
      .getByRole('button', { name: /^Reject/ })
      .click();
    await expect(form(page).getByLabel('Your name')).toHaveValue('Zoë Lee');
  });

  test('rejecting goes by keys alone', async ({ app }) => {
    const { page } = app;
    await openQueue(page);
    await page.keyboard.press('r');
    await expect(form(page).getByRole('button', { name: /^Reject/ })).toHaveAttribute('aria-pressed', 'true');
    // the name that is still needed takes what is typed next; Esc goes back to the list, where the keys choose again
    await expect(form(page).getByLabel('Your name')).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await expect(form(page).getByRole('textbox', { name: /^Arguments/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await expect(form(page).getByLabel('Your name')).toBeFocused();
    await page.keyboard.type('lee');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong supplier');
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(detail(page)).toContainText('waits for the agent’s next poll');
    expect(told(app)).toMatchObject({ verdict: 'denied' });
    const event = taken(app);
    if (event !== null)
      expect(event).toMatchObject({ decision: 'denied', by: 'lee', reason: 'wrong supplier' });
  });

  test('amending shows exactly what would be done, and says what the runtime would not take', async ({
    app,
  }) => {
    const { page } = app;
    await openQueue(page);
    await page.keyboard.press('m');
    const args = form(page).getByLabel('Arguments, as YAML or JSON');
    await expect(args).not.toHaveValue('');
    await expect(form(page).getByRole('button', { name: /^Review/ })).toBeDisabled();
    await args.fill('to: desk@example.invalid\nday: 2026-06-01\n');
    await expect(form(page)).toContainText('is a date to YAML');
    await args.fill('to: desk@example.invalid\nday: "2026-06-01"\nno_reply: yes\n');
    await expect(form(page).getByRole('region', { name: /^Arguments that the tool/ })).toHaveText(
      /"day": "2026-06-01",\s*"no_reply": true/,
    );
    await form(page).getByLabel('Your name').fill('lee');
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toContainText('amendment:');
    await page.keyboard.press('Control+Enter');
    await expect(detail(page)).toContainText('waits for the agent’s next poll');
    expect(told(app)).toMatchObject({ verdict: 'revised' });
    const event = taken(app);
    if (event !== null) {
      expect(event).toMatchObject({
        decision: 'operator_revised',
        amendment: { tool_arguments: { to: 'desk@example.invalid', day: '2026-06-01', no_reply: true } },
      });
    }
  });

  test('a proposal that changed meanwhile has to be looked at again', async ({ app }) => {
    const { page } = app;
    await openQueue(page);
    await page.keyboard.press('r');
    await form(page).getByLabel('Your name').fill('lee');
    await form(page)
      .getByRole('button', { name: /^Review/ })
      .click();
    await expect(dialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
    writeFileSync(join(app.folder!, PATH), textOf(app).replace('"reason": "', '"reason": "now '));
    await dialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(page.getByRole('dialog')).toContainText('was changed since');
    await page.keyboard.press('Escape');
    await expect(form(page).getByRole('alert')).toContainText(
      'The proposal changed while you were answering.',
    );
    await expect(form(page).getByRole('button', { name: /^Review/ })).toBeDisabled();
    expect(told(app).verdict).toBe('pending');
    await form(page).getByRole('button', { name: 'I have looked at it' }).click();
    await form(page)
      .getByRole('button', { name: /^Review/ })
      .click();
    await dialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(detail(page)).toContainText('waits for the agent’s next poll');
    expect(told(app).verdict).toBe('denied');
  });

  test('what can’t be answered says why, and an ignored answer can be let count', async ({ app }) => {
    const { page } = app;
    await openQueue(page);
    await list(page).getByRole('option').filter({ hasText: 'Answer ignored' }).first().click();
    await expect(detail(page)).toContainText('It can’t be answered here.');
    await expect(detail(page)).toContainText('The first answer in a file is the one that counts');
    await expect(form(page)).toBeHidden();
    await detail(page).getByRole('button', { name: 'Let that answer count…' }).click();
    await expect(dialog(page)).toContainText('state: resolved');
    await dialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(detail(page)).toContainText('waits for the agent’s next poll');
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`has no violations of accessibility rules in ${theme}`, async ({ app }) => {
      const { page } = app;
      await page.emulateMedia({ colorScheme: theme });
      await openQueue(page);
      await page.keyboard.press('m');
      await expect(form(page).getByLabel('Arguments, as YAML or JSON')).toBeVisible();
      await form(page).getByText('Change more than the arguments').click();
      expect(await violations(page)).toEqual([]);
    });
  }
});

test.describe('tuning and dreams', () => {
  test.use({ golden: 'agents/fleet' });

  test('a proposal is accepted with a note, and the command that applies it is named', async ({ app }) => {
    const { page } = app;
    const path = join(app.folder!, 'quill/evals/tuning_reports/2026-06-02_proposal.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await goTo(page, 'Tuning');
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByLabel('Notes (optional)').fill('softer');
    await page.keyboard.press('Enter');
    await dialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('atomic_agents.tuning quill --apply')).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(
      before
        .replace('operator_decision: pending', 'operator_decision: accepted')
        .replace('operator_notes: ""', 'operator_notes: "softer"'),
    );
    await goTo(page, 'Dreams');
    await expect(page.getByRole('region', { name: 'Apply or discard' })).toContainText(
      'atomic_agents.dream quill --',
    );
  });
});

async function goTo(page: Page, name: string): Promise<void> {
  const tree = partsOf(page, 'quill');
  const entry = tree.getByRole('treeitem', { name, exact: true }).first();
  for (let at = 0; at < 14 && (await entry.count()) === 0; at += 1) {
    await tree.locator('.ag-outline-scroll').evaluate((element, top) => element.scrollTo({ top }), at * 160);
    await page.waitForTimeout(80);
  }
  await entry.click();
}
