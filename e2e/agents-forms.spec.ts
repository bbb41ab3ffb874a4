import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { realPackage, type PeerCheck } from '../test/support/agents-peer.ts';
import { peerPython, projectRoot } from '../test/support/peers.ts';
import { agentPage, beginEdit, openAgentAsOf, openFile, saveByKeys } from './support/agents.ts';
import { expect, test } from './support/app.ts';

/** One valid change of each kind of file, as a person makes it in the form, and the line that it changes. */
type FormChange = {
  readonly path: string;
  readonly section: string;
  readonly row?: string;
  readonly label: string;
  readonly value: string;
  readonly line: readonly [before: string, after: string];
};

const CHANGES: readonly FormChange[] = [
  {
    path: 'quill/memory/user_reading_habits.md',
    section: 'What it says',
    label: 'Description',
    value: 'Reads at night',
    line: ['description: Reads mornings, answer first', 'description: Reads at night'],
  },
  {
    path: 'ledgerly/wiki/paper_prices.md',
    section: 'What it says',
    label: 'Description',
    value: 'What paper costs',
    line: ['description: What paper costs this year', 'description: What paper costs'],
  },
  {
    path: 'quill/goal.md',
    section: 'The goal',
    label: 'Priority',
    value: 'low',
    line: ['priority: high', 'priority: low'],
  },
  {
    path: 'quill/model.md',
    section: 'Spending',
    label: 'Cap for a day',
    value: '0.75',
    line: ['  daily_cap_usd: 0.60', '  daily_cap_usd: 0.75'],
  },
  {
    path: 'quill/tools.md',
    section: 'Classes of tools',
    row: 'ledger__append',
    label: 'Class',
    value: 'read_only',
    line: ['- ledger__append: reversible_write', '- ledger__append: read_only'],
  },
  {
    path: 'policy.md',
    section: 'All agents',
    label: 'Cap for a day',
    value: '2.50',
    line: ['  daily_usd: 3.0', '  daily_usd: 2.50'],
  },
  {
    path: 'targets.md',
    section: 'Weights',
    label: 'Cost',
    value: '0.4',
    line: ['    cost: 0.34', '    cost: 0.4'],
  },
  {
    path: 'sentry/judges.md',
    section: 'What judging may cost',
    label: 'Budget for a day',
    value: '0.75',
    line: ['0.50', '0.75'],
  },
  {
    path: 'sentry/mandates.md',
    section: 'Mandates',
    row: 'desk-replies',
    label: 'Last day',
    value: '2026-09-01',
    line: ['expires_at: 2026-07-01', 'expires_at: 2026-09-01'],
  },
  {
    path: 'quill/governance.md',
    section: 'Governance',
    label: 'Owner',
    value: 'desk@example.invalid',
    line: ['ops@example.invalid', 'desk@example.invalid'],
  },
  {
    path: 'harbor/mcp.md',
    section: 'MCP servers',
    row: 'notes',
    label: 'Description',
    value: 'note search and more',
    // the runtime reads no key behind a dash, so the form writes it without one
    line: ['- description: note search', 'description: note search and more'],
  },
  {
    path: 'harbor/roster.md',
    section: 'May hand work to',
    row: 'quill',
    label: 'Remark',
    value: 'drafts the newsletter',
    line: ['- quill — drafts and edits the studio newsletter', '- quill — drafts the newsletter'],
  },
  {
    path: 'quill/evals/rubric.md',
    section: 'The rubric',
    label: 'Pass mark',
    value: '4.2',
    line: ['threshold_pass: 4.0', 'threshold_pass: 4.2'],
  },
  {
    path: 'harbor/skills/week-plan/SKILL.md',
    section: 'The skill',
    label: 'When to use it',
    value: 'When a week begins',
    line: ['when_to_use: When the week turns over', 'when_to_use: When a week begins'],
  },
  {
    path: 'harbor/skills/close-month/PLAYBOOK.md',
    section: 'Stages',
    row: 'publish',
    label: 'Label',
    value: 'Hand over',
    line: ['    label: Publish', '    label: Hand over'],
  },
];

/** The agent in whose view a file is opened. */
const agentOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : 'quill');

/** Makes one change by the form, and saves it. */
async function changeByForm(page: Page, { path, section, row, label, value }: FormChange): Promise<void> {
  await openFile(page, path);
  await beginEdit(page);
  const part = page.getByRole('region', { name: section, exact: true });
  const fields =
    row === undefined
      ? part
      : part.locator('details').filter({ has: page.locator('summary').getByText(row, { exact: true }) });
  if (row !== undefined) await fields.locator('summary').click();
  const field = fields.getByLabel(label, { exact: true });
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
  else await field.fill(value);
  await expect(agentPage(page).getByText(/^Not saved/)).toBeVisible();
  await saveByKeys(page);
}

const failed = (of: string, checks: readonly PeerCheck[]): readonly string[] =>
  checks
    .filter((check) => check.status === 'fail')
    // the package is given another home each time
    .map(({ name, message }) => `${of} ${name}: ${message.replaceAll(/vekscope-home-[^/]+/g, 'home')}`);

/** What the real package and our own doctor find wrong with an agent. */
function failing(folder: string, agent: string): readonly string[] {
  const command = join(projectRoot, 'bin', 'vekscope');
  const args = ['agents', 'doctor', folder, '--agent', agent, '--today', '2026-06-08', '--json'];
  const ran = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  const { checks } = JSON.parse(ran.stdout) as { readonly checks: readonly PeerCheck[] };
  if (peerPython() === null) return failed('vekscope', checks);
  const [peers] = realPackage([{ do: 'doctor', root: folder, agent }]) as [readonly PeerCheck[]];
  return [...failed('vekscope', checks), ...failed('package', peers)];
}

test.describe('one valid change of each kind by its form', () => {
  test.use({ golden: 'agents/fleet' });

  test('a cap that is typed says what the spending so far would do under it', async ({ app: { page } }) => {
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/model.md');
    await beginEdit(page);
    const spent = page.getByRole('list', { name: 'Spending against these caps' });
    await expect(spent).toContainText('quill this month: $4.940117 of $9.00');
    const field = page.getByRole('region', { name: 'Spending', exact: true }).getByLabel('Cap for a month');
    await field.fill('4.50');
    await expect(spent).toContainText('$4.940117 of $4.50: the cap is reached');
  });

  for (const agent of ['quill', 'harbor', 'sentry']) {
    const changes = CHANGES.filter(({ path }) => agentOf(path) === agent);
    test(`of ${agent}: ${changes.map(({ path }) => path).join(', ')}`, async ({ app: { page, folder } }) => {
      test.setTimeout(60_000 + changes.length * 15_000);
      const wrong = failing(folder!, agent);
      await openAgentAsOf(page, agent);
      for (const change of changes) {
        await test.step(change.path, async () => {
          const before = readFileSync(join(folder!, change.path), 'utf8');
          await changeByForm(page, change);
          const [old, now] = [
            before.split('\n'),
            readFileSync(join(folder!, change.path), 'utf8').split('\n'),
          ];
          expect(now).toHaveLength(old.length);
          const changed = now.flatMap((text, at) => (text === old[at] ? [] : [[old[at], text]]));
          const [from, to] = change.line;
          expect(changed).toEqual([[expect.stringContaining(from), expect.stringContaining(to)]]);
        });
      }
      // what stood still stands, and the agent loads as before
      expect(failing(folder!, agent).filter((check) => !wrong.includes(check))).toEqual([]);
    });
  }
});
