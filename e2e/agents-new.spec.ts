import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { realMade } from '../test/support/agents-made.ts';
import { runCommand } from '../test/support/cli.ts';
import { peerPython } from '../test/support/peers.ts';
import { agentPage, editDialog, openAgentAsOf, partsOf } from './support/agents.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const dialog = (page: Page) => page.getByRole('dialog');
const field = (page: Page, name: string) =>
  dialog(page).getByRole('textbox', { name: new RegExp(`^${name}(?: \\(optional\\))?$`) });

/** Opens the templates from the palette. */
async function openTemplates(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('New file');
  await expect(page.getByRole('option', { name: /^New file/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  // the palette has such a field too, until it is gone
  await expect(page.getByRole('dialog', { name: /^New file/ }).getByRole('combobox')).toBeFocused();
}

/** Chooses a template by keys alone. */
async function chooseTemplate(page: Page, words: string, title: string): Promise<void> {
  await openTemplates(page);
  await page.keyboard.type(words);
  await expect(dialog(page).getByRole('option', { selected: true })).toContainText(title);
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('heading', { level: 2 })).toContainText(/^New /);
}

/** Writes what the dialog shows, by keys. */
async function write(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await confirm(page);
}

async function confirm(page: Page): Promise<void> {
  await expect(editDialog(page).getByRole('button', { name: /^(?:Write|Add|Mend)/ })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(editDialog(page)).toBeHidden();
}

async function violations(page: Page, where: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations: all } = await new AxeBuilder({ page })
      .include(where)
      .exclude('.monaco-editor')
      .analyze();
    found.push(...all.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.target.join(' ') ?? ''}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** What the doctor of the command finds failing in an agent. */
async function failing(folder: string, agent: string): Promise<readonly string[]> {
  const ran = await runCommand(['agents', 'doctor', folder, '--agent', agent, '--json']);
  const { checks } = JSON.parse(ran.out) as {
    checks: readonly { readonly agent: string; readonly name: string; readonly status: string }[];
  };
  return checks.filter((check) => check.agent === agent && check.status === 'fail').map(({ name }) => name);
}

/** What the real package makes of an agent; nothing to say where it is not there. */
function loads(folder: string, agent: string): { readonly prompt: string } | null {
  if (peerPython() === null) return null;
  const [answer] = realMade([{ do: 'loaded', root: folder, agent }]);
  expect(answer?.error).toBeUndefined();
  return answer?.ok as { readonly prompt: string };
}

test.describe('making files', () => {
  test.use({ golden: 'agents/fleet' });

  test('a note of each type is made by keys alone, and stands in the index', async ({
    app: { page, folder },
  }) => {
    test.slow();
    await openAgentAsOf(page, 'harbor');
    const kinds = [
      ['about the person', 'Note about the person', 'What is so'],
      ['of feedback', 'Note of feedback', 'Rule'],
      ['about a project', 'Note about a project', 'What is under way'],
      ['of a decision', 'Note of a decision', 'Decided'],
      ['for reference', 'Note for reference', 'What is found where'],
    ] as const;
    for (const [words, title, part] of kinds) {
      await chooseTemplate(page, words, title);
      await expect(field(page, 'Title')).toBeFocused();
      await page.keyboard.type(`Paper: ${part}`);
      await page.keyboard.press('Tab');
      await page.keyboard.type('Said: “early”, #1');
      await page.keyboard.press('Tab');
      await page.keyboard.type(`--- ${part} ---`);
      await field(page, 'Sources').focus();
      await page.keyboard.type('a talk');
      await expect(dialog(page).getByRole('region', { name: 'What will be in the file' })).toContainText(
        'provenance',
      );
      await write(page);
      await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText(/paper/i);
    }
    const index = readFileSync(join(folder!, 'harbor/memory/INDEX.md'), 'utf8');
    for (const type of ['user', 'feedback', 'project', 'decision', 'reference']) {
      const name = index.match(new RegExp(`\\((${type}_paper_[a-z_]+\\.md)\\)`))?.[1];
      const text = readFileSync(join(folder!, 'harbor/memory', name ?? 'none'), 'utf8');
      expect(text).toContain('description: "Said: “early”, #1"');
    }
    expect(loads(folder!, 'harbor')?.prompt ?? '--- Rule ---').toContain('--- Rule ---');
    expect(await failing(folder!, 'harbor')).not.toContain('notes');
  });

  test('what is missing is said at its field, and answers are there again when one comes back', async ({
    app: { page },
  }) => {
    await openAgentAsOf(page, 'harbor');
    await chooseTemplate(page, 'skill', 'Skill');
    await page.keyboard.type('My Skill');
    await expect(dialog(page).getByText('Use small letters, digits and hyphens.')).toBeVisible();
    await expect(dialog(page).getByText('This is needed.')).toBeHidden();
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page).getByText('This is needed.')).toBeVisible();
    await expect(field(page, 'Name')).toBeFocused();
    expect(await violations(page, '.dialog')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await openAgentAsOf(page, 'harbor');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('New file');
    await page.keyboard.press('Enter');
    await expect(field(page, 'Name')).toHaveValue('My Skill');
    await dialog(page).getByRole('button', { name: 'Back' }).click();
    await expect(dialog(page).getByRole('option', { selected: true })).toContainText('Skill');
    expect(await violations(page, '.dialog')).toEqual([]);
  });

  test('a goal and a skill are made by mouse, and a file of settings goes on in the editor', async ({
    app: { page, folder },
  }) => {
    await openAgentAsOf(page, 'harbor');
    await partsOf(page, 'harbor').getByRole('treeitem', { name: 'Goals', exact: true }).last().click();
    await agentPage(page).getByRole('button', { name: 'New goal…' }).click();
    await field(page, 'Intent').fill('Numbers: out by the 3rd');
    await field(page, 'Success criteria').fill('Sent\nRead');
    await field(page, 'Sub-goals').fill('Collect\nCheck');
    await dialog(page)
      .getByRole('button', { name: /^Write…/ })
      .click();
    await editDialog(page)
      .getByRole('button', { name: /^Write/ })
      .click();
    await expect(editDialog(page)).toBeHidden();
    expect(readFileSync(join(folder!, 'harbor/goal.md'), 'utf8')).toContain(
      'intent: "Numbers: out by the 3rd"',
    );

    await chooseTemplate(page, 'skill', 'Skill');
    await field(page, 'Name').fill('paper-check');
    await field(page, 'Description').fill('Checks paper');
    await field(page, 'Instructions').fill('Look.');
    await write(page);
    expect(existsSync(join(folder!, 'harbor/skills/paper-check/SKILL.md'))).toBe(true);

    await chooseTemplate(page, 'mandate', 'Mandate');
    await field(page, 'Id').fill('desk');
    await field(page, 'Granted by').fill('ops');
    await field(page, 'Scope').fill('replies');
    await dialog(page).getByLabel('Ends on').fill('2099-01-01');
    await field(page, 'Allowed tools').fill('mail__send');
    await dialog(page)
      .getByRole('button', { name: /^Open in the editor/ })
      .click();
    await expect(page.locator('.ew')).toContainText('desk');
    // it takes the keys once its text is there
    await expect(page.locator('.ew').locator(':focus')).toHaveCount(1);
    expect(existsSync(join(folder!, 'harbor/mandates.md'))).toBe(false);
    await page.keyboard.press('Control+s');
    await confirm(page);
    expect(readFileSync(join(folder!, 'harbor/mandates.md'), 'utf8')).toContain(
      '## desk\n\ngranted_by: ops\n',
    );
    expect(loads(folder!, 'harbor')?.prompt ?? 'paper-check').toContain('paper-check');
  });

  test('a new agent is made, listed, opened, and well', async ({ app: { page, folder } }) => {
    await openAgentAsOf(page, 'harbor');
    await openTemplates(page);
    await dialog(page).getByText('All agents').click();
    await dialog(page)
      .getByRole('option', { name: /^Agent/ })
      .click();
    await dialog(page).getByRole('button', { name: 'Continue' }).click();
    await field(page, 'Name').fill('finch');
    await field(page, 'Mission').fill('Answers the door.');
    await write(page);
    await expect(partsOf(page, 'finch')).toBeVisible();
    const listed = await runCommand(['agents', 'list', folder!, '--json']);
    expect(
      (JSON.parse(listed.out) as { agents: { name: string }[] }).agents.map(({ name }) => name),
    ).toContain('finch');
    // nobody says yet who answers for it
    expect(await failing(folder!, 'finch')).toEqual(['governance']);
    expect(loads(folder!, 'finch')?.prompt ?? 'Answers the door.').toContain('Answers the door.');
  });
});

test.describe('adding, searching, mending', () => {
  test.use({ golden: 'agents/fleet' });

  test('an entry is added to the journal of today, twice', async ({ app: { page, folder } }) => {
    await openAgentAsOf(page, 'harbor');
    await partsOf(page, 'harbor').getByRole('treeitem', { name: 'Journal', exact: true }).last().click();
    for (const text of ['The desk moved.', 'It moved back.']) {
      await agentPage(page).getByRole('button', { name: 'Add an entry…' }).click();
      await expect(page.getByRole('textbox', { name: 'An entry for today' })).toBeFocused();
      await page.keyboard.type(text);
      if (text.startsWith('The')) expect(await violations(page, '.ag-page')).toEqual([]);
      await page.keyboard.press('Control+Enter');
      await confirm(page);
      await expect(page.getByRole('textbox', { name: 'An entry for today' })).toBeHidden();
    }
    const now = new Date();
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    expect(readFileSync(join(folder!, `harbor/journal/${day.slice(0, 7)}/${day}.md`), 'utf8')).toBe(
      `# ${day} — harbor journal\n\nThe desk moved.\n\nIt moved back.\n`,
    );
    expect(loads(folder!, 'harbor')?.prompt ?? 'It moved back.').toContain('It moved back.');
  });

  test('a text is found in all files, and its place opened, by keys alone', async ({ app: { page } }) => {
    await openAgentAsOf(page, 'harbor');
    await partsOf(page, 'harbor').focus();
    await page.keyboard.press('Control+Shift+f');
    await expect(page.getByRole('textbox', { name: 'Search in files' })).toBeFocused();
    await page.keyboard.type('collect PAPERS');
    await expect(agentPage(page).getByText('2 places in 2 files')).toBeVisible();
    await expect(agentPage(page).locator('mark').first()).toHaveText('Collect papers');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { selected: true })).toHaveAttribute('aria-selected', 'true');
    expect(await violations(page, '.ag-page')).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText('PLAYBOOK.md');
    await page.keyboard.press('Control+Shift+f');
    await expect(page.getByRole('textbox', { name: 'Search in files' })).toHaveValue('collect PAPERS');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('price_list');
    await agentPage(page).getByText('All agents', { exact: true }).click();
    await expect(agentPage(page).getByRole('listbox', { name: 'Places' })).toContainText('ledgerly/');
  });

  test('what the doctor offers is written, and the check turns well', async ({ app: { page, folder } }) => {
    await openAgentAsOf(page, 'harbor');
    await page
      .getByRole('treeitem', { name: /^Doctor/ })
      .first()
      .click();
    const list = page.getByRole('listbox', { name: 'Checks' });
    await page.getByRole('textbox', { name: 'Search checks' }).fill('Index of the memory');
    await page.getByRole('combobox', { name: 'Agent' }).selectOption('harbor');
    await list.focus();
    await page.keyboard.press('Home');
    const shown = page.getByRole('article', { name: 'Index of the memory' });
    await expect(shown.getByRole('button', { name: /^Mend…/ })).toBeVisible();
    await expect(shown.getByRole('button', { name: /^Mend in \d agents…/ })).toBeVisible();
    const agent = (await shown.locator('header button').innerText()).trim();
    const path = join(folder!, agent, 'memory/INDEX.md');
    const before = readFileSync(path, 'utf8');
    expect(await violations(page, '.doctor')).toEqual([]);
    await page.keyboard.press('m');
    await confirm(page);
    expect(readFileSync(path, 'utf8')).not.toBe(before);
    await expect(list.getByRole('option').filter({ hasText: 'Well' })).toHaveCount(1);
    const ran = await runCommand(['agents', 'doctor', folder!, '--agent', agent, '--json']);
    const { checks } = JSON.parse(ran.out) as { checks: readonly { name: string; status: string }[] };
    expect(checks.find(({ name }) => name === 'index')?.status).toBe('pass');
    loads(folder!, agent);
  });
});
