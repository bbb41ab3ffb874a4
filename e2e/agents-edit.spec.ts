import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { peerPython } from '../test/support/peers.ts';
import {
  agentPage,
  beginEdit,
  editDialog,
  openAgentAsOf,
  openFile,
  partsOf,
  saveByKeys,
  shownText,
} from './support/agents.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';

const statusLine = (page: Page) => page.locator('.ew-status');

test.describe('writing into the files of an agent', () => {
  test.use({ golden: 'agents/fleet' });

  test('a persona is edited, saved and undone by keys alone', async ({ app: { page, folder } }) => {
    const path = join(folder!, 'quill/persona/SOUL.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    // until its files are listed and the prompt is assembled, the keys go from the overview to the pages below
    await expect(partsOf(page, 'quill').getByRole('treeitem', { name: /SOUL/ })).toContainText(/\d/);
    await partsOf(page, 'quill').focus();
    const chosen = partsOf(page, 'quill').getByRole('treeitem', { selected: true });
    for (let at = 0; at < 6; at += 1) {
      const words = await chosen.innerText();
      if (words.includes('SOUL')) break;
      await page.keyboard.press('ArrowDown');
      await expect(chosen).not.toHaveText(words);
    }
    await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText('SOUL.md');
    await beginEdit(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Never guess.');
    await expect(agentPage(page).getByText(/^Not saved/)).toBeVisible();
    await expect(statusLine(page)).toContainText(/SOUL\.md ≈ \d+ → \d+ tokens/);
    await expect(statusLine(page)).toContainText(/prompt 1,\d+ → 1,\d+ of 12,000/);

    await page.keyboard.press('Control+s');
    const dialog = editDialog(page);
    await expect(dialog).toContainText('quill/persona/SOUL.md');
    await expect(dialog.getByRole('row', { name: /SOUL\.md/ })).toContainText(/\+\d/);
    await expect(dialog.locator('.td-add')).toContainText(['', 'Never guess.']);
    expect(readFileSync(path, 'utf8')).toBe(before);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    expect(readFileSync(path, 'utf8')).toBe(`${before}Never guess.`);
    await expect(agentPage(page).getByText(/^Not saved/)).toBeHidden();

    // the steps of the text go on after it was saved; the write itself is undone from its message
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(editDialog(page)).toContainText('Undo');
    await expect(editDialog(page).getByRole('button', { name: /^Undo/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(editDialog(page)).toBeHidden();
    expect(readFileSync(path, 'utf8')).toBe(before);
    await expect.poll(() => shownText(page)).toBe(before);
  });

  test('a note that the agent drops is mended by the fix that is offered, by mouse and by key', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, 'quill/memory/feedback_broken_header.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/memory/feedback_broken_header.md');
    await beginEdit(page);
    await expect(agentPage(page).getByText('The form stays away')).toBeVisible();
    await expect(page.locator('.ew .squiggly-error').first()).toBeVisible();
    await page.getByRole('button', { name: 'Quote the value' }).click();
    const field = page.getByRole('region', { name: 'Form', exact: true }).getByLabel('Description');
    await expect(field).toHaveValue('rule one: this colon is not quoted');
    // one step back, and again by the key at the line
    await page.keyboard.press('Control+z');
    await expect(agentPage(page).getByText('The form stays away')).toBeVisible();
    await expect(agentPage(page).getByText(/^Not saved/)).toBeHidden();
    await expect(page.locator('.ew .squiggly-error').first()).toBeVisible();
    await expect(page.getByRole('list', { name: 'Findings' })).toHaveAttribute('aria-busy', 'false');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await expect(page.getByRole('button', { name: /^Quote the value.*Ctrl/ })).toBeEnabled();
    await page.keyboard.press('Control+.');
    await expect(field).toBeVisible();
    await saveByKeys(page);
    const after = readFileSync(path, 'utf8').split('\n');
    expect(before.split('\n').filter((line) => !after.includes(line))).toEqual([
      'description: rule one: this colon is not quoted',
    ]);
    expect(after).toContain("description: 'rule one: this colon is not quoted'");
  });

  test('the form and the text stay in step, and undo takes a change of the form back', async ({
    app: { page },
  }) => {
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/goal.md');
    await beginEdit(page);
    const form = page.getByRole('region', { name: 'Form', exact: true });
    await form.getByLabel('Priority').selectOption('low');
    await expect.poll(() => shownText(page)).toContain('priority: low');
    await form.getByLabel('Intent').fill('Publish: the "summer" issue');
    await expect.poll(() => shownText(page)).toContain('summer');
    await page.locator('.ew .view-line').first().click();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(form.getByLabel('Priority')).toHaveValue('high');
    // the text is the very one on disk again
    await expect(agentPage(page).getByText(/^Not saved/)).toBeHidden();

    // typing in the text changes the form; what can't be read keeps it away, with the line
    await page.keyboard.press('Control+Home');
    for (let at = 0; at < 4; at += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type('est: "');
    await expect(agentPage(page).getByText('The form stays away')).toBeVisible();
    await expect(
      agentPage(page)
        .getByRole('button', { name: /^line \d+$/ })
        .first(),
    ).toBeVisible();
    for (let at = 0; at < 6; at += 1) await page.keyboard.press('Backspace');
    await expect(form.getByLabel('Priority')).toHaveValue('high');
  });

  test('what is typed is there again after a reload, and can be discarded and taken back', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, 'quill/persona/USER.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/persona/USER.md');
    await beginEdit(page);
    await page.keyboard.type('Kept. ');
    await expect(page.getByText('1 unsaved file').first()).toBeVisible();
    await page.waitForTimeout(700);
    await page.reload();
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/persona/USER.md');
    await expect(page.locator('.ew .view-line').first()).toBeVisible();
    await expect.poll(() => shownText(page)).toBe(`Kept. ${before}`);
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => shownText(page)).toBe(before);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => shownText(page)).toBe(`Kept. ${before}`);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('a file that is not edited follows the disk; one that is says so and loses nothing', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, 'quill/persona/USER.md');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/persona/USER.md');
    await beginEdit(page);
    writeFileSync(path, 'Written by another program.\n');
    await expect.poll(() => shownText(page)).toBe('Written by another program.\n');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Mine.');
    await expect(agentPage(page).getByText(/^Not saved/)).toBeVisible();
    writeFileSync(path, 'Written again.\n');
    const banner = agentPage(page).getByRole('note').filter({ hasText: 'Changed on disk' });
    await expect(banner).toBeVisible();
    await expect.poll(() => shownText(page)).toBe('Written by another program.\nMine.');
    await banner.getByRole('button', { name: 'Show difference' }).click();
    await expect(page.getByRole('dialog')).toContainText('Written again.');
    await page.keyboard.press('Escape');
    // saving does not overwrite it
    await page.getByRole('button', { name: /^Save…/ }).click();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Resolve…' })).toBeVisible();
    await page.keyboard.press('Escape');
    expect(readFileSync(path, 'utf8')).toBe('Written again.\n');
    await banner.getByRole('button', { name: 'Discard mine' }).click();
    await expect.poll(() => shownText(page)).toBe('Written again.\n');
  });

  test('files that only the agent writes are locked, with the reason and the way to what may change', async ({
    app: { page },
  }) => {
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/journal/2026-06/2026-06-07.md');
    await expect(agentPage(page).getByRole('note')).toContainText(
      'Read-only. The agent keeps its days in it',
    );
    await expect(page.getByRole('radio', { name: 'Edit' })).toHaveCount(0);
    await page.keyboard.press('e');
    await expect(page.locator('.ew')).toHaveCount(0);
    await agentPage(page).getByRole('button', { name: 'Add an entry under Journal' }).click();
    await expect(agentPage(page).getByRole('heading', { name: 'Journal', exact: true })).toBeVisible();
  });

  test('a note is renamed with its index, and deleted', async ({ app: { page, folder } }) => {
    const memory = join(folder!, 'quill/memory');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/memory/user_reading_habits.md');
    await page.getByRole('button', { name: 'More for this file' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByLabel('New name').fill('user_mornings.txt');
    await expect(page.getByText('The name ends in .md')).toBeVisible();
    await page.getByLabel('New name').fill('user_mornings.md');
    await page.keyboard.press('Enter');
    await expect(editDialog(page)).toContainText('INDEX.md');
    await expect(editDialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText('user_mornings.md');
    const index = readFileSync(join(memory, 'INDEX.md'), 'utf8');
    expect(index).toContain('user_mornings.md');
    expect(index).not.toContain('user_reading_habits.md');

    await page.getByRole('button', { name: 'More for this file' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await expect(editDialog(page).getByRole('button', { name: 'Delete' })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(agentPage(page).getByRole('heading', { name: 'Memory', exact: true })).toBeVisible();
    expect(readFileSync(join(memory, 'INDEX.md'), 'utf8')).not.toContain('user_mornings.md');
  });

  test('in a named change set a save is kept with the others, and a second press goes to all of them', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, 'quill/persona/SOUL.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/persona/SOUL.md');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('New change set');
    await page.getByRole('option', { name: /^New change set/ }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Warmer');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('radio', { name: 'Edit' }).waitFor({ state: 'attached' });
    await page.getByText('Edit', { exact: true }).click();
    await page.locator('.ew .view-line').first().click();
    await page.keyboard.type('Warm. ');
    await expect(agentPage(page).getByText(/^Not saved \(in “Warmer”\)/)).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Kept in “Warmer”')).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(agentPage(page).getByRole('heading', { name: 'Warmer', exact: true })).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('while a run holds the agent, its own files wait, and the save is offered again when it has ended', async ({
    app: { page, folder },
  }) => {
    test.skip(peerPython() === null, 'needs Python, which takes the lock as the runtime does');
    const path = join(folder!, 'quill/memory/user_reading_habits.md');
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/memory/user_reading_habits.md');
    await beginEdit(page);
    const hold =
      "import fcntl, sys\nheld = open(sys.argv[1], 'a')\nfcntl.flock(held, fcntl.LOCK_EX)\nsys.stdin.read()";
    const run = spawn(peerPython()!, ['-c', hold, join(folder!, 'quill/.lock')]);
    try {
      await page.keyboard.press('Control+End');
      await page.keyboard.type('Really.');
      await page.keyboard.press('Control+s');
      const dialog = editDialog(page);
      await expect(dialog.getByRole('button', { name: /^Write/ })).toBeDisabled();
      await expect(dialog).toContainText('quill is running');
      await page.keyboard.press('Control+Enter');
      await dialog.getByRole('button', { name: 'Save when the run has ended' }).click();
      await expect(page.getByText('Waits for the run to end')).toBeVisible();
      expect(readFileSync(path, 'utf8')).toBe(before);
    } finally {
      run.stdin.end();
    }
    await page.getByRole('button', { name: 'Look and write…' }).click();
    await expect(editDialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(editDialog(page)).toBeHidden();
    expect(readFileSync(path, 'utf8')).toBe(`${before}Really.`);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`the editor, its form and the dialog have nothing that axe finds (${theme})`, async ({
      app: { page },
    }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openAgentAsOf(page, 'quill');
      await openFile(page, 'quill/goal.md');
      await beginEdit(page);
      await page.keyboard.press('Control+End');
      await page.keyboard.type('More.');
      await expect(agentPage(page).getByText(/^Not saved/)).toBeVisible();
      const audit = async (where: string) => {
        const { violations } = await new AxeBuilder({ page })
          .include(where)
          .exclude('.monaco-editor')
          .analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      };
      await audit('.agent');
      await page.getByText('Outline', { exact: true }).click();
      await expect(page.getByRole('listbox', { name: 'Outline' })).toBeVisible();
      await audit('.agent');
      await page.getByRole('button', { name: /^Save…/ }).click();
      await expect(editDialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
      await audit('[role=dialog]');
    });
  }
});

test.describe('line ends', () => {
  test.use({
    golden: 'agents/fleet',
    prepare: {
      by: (folder) => {
        const path = join(folder, 'quill/persona/USER.md');
        writeFileSync(path, 'First line.\r\nSecond line.\nThird line.\r\n');
      },
    },
  });

  test('lines that nobody touched keep theirs', async ({ app: { page, folder } }) => {
    await openAgentAsOf(page, 'quill');
    await openFile(page, 'quill/persona/USER.md');
    await beginEdit(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type(' More.');
    await saveByKeys(page);
    expect(readFileSync(join(folder!, 'quill/persona/USER.md'), 'utf8')).toBe(
      'First line.\r\nSecond line. More.\nThird line.\r\n',
    );
  });
});

test.describe('a shared persona', () => {
  test.use({
    golden: 'agents/fleet',
    prepare: {
      by: (folder) => {
        rmSync(join(folder, 'quill/persona'), { recursive: true });
        writeFileSync(
          join(folder, 'quill/persona.link.md'),
          readFileSync(join(folder, 'sentry/persona.link.md')),
        );
      },
    },
  });

  test('everyone who has it is named before it is written, and a snapshot is taken', async ({
    app: { page },
  }) => {
    await openAgentAsOf(page, 'sentry');
    await openFile(page, '.personas/ops-voice-v2/SOUL.md');
    await beginEdit(page);
    await expect(agentPage(page).getByText(/^2 agents read this file: /)).toBeVisible();
    await page.keyboard.type('Brief. ');
    await page.keyboard.press('Control+s');
    const dialog = editDialog(page);
    await expect(dialog).toContainText(/2 agents share this persona:/);
    await expect(dialog).toContainText('quill');
    await expect(dialog).toContainText('sentry');
    await expect(dialog).toContainText('added by a rule');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});
