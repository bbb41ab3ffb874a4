import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { peerPython } from '../test/support/peers.ts';
import { agentPage, beginEdit, editDialog, openAgentAsOf, openFile } from './support/agents.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { terminal } from './support/vek.ts';

const NOTE = 'quill/memory/project_spring_issue.md';

/** The merge of edits in front. */
function resolver(page: Page) {
  const view = page.getByRole('region', { name: 'Merge of your edits with the disk' });
  const card = (path: string) => view.getByRole('group', { name: `, ${path}, ` }).first();
  return {
    view,
    card,
    open: view.getByRole('group', { name: /^Conflict .*, open$/ }),
    whole: view.getByRole('group', { name: /^Whole text of / }),
    use: (path: string, who: string) => card(path).getByRole('button', { name: `Use ${who}`, exact: true }),
    finish: view.getByRole('button', { name: /^Use the result/ }),
  };
}

/** Begins to edit the note: another description, and a line at its end. */
async function editNote(page: Page): Promise<void> {
  await openAgentAsOf(page, 'quill');
  await openFile(page, NOTE);
  await beginEdit(page);
  await page.getByRole('region', { name: 'Form', exact: true }).getByLabel('Description').fill('Mine');
  await page.locator('.ew .monaco-editor textarea, .ew .native-edit-context').first().focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('My line.');
  await expect(agentPage(page).getByText('Not saved; kept')).toBeVisible();
  // it is kept before another program writes
  await page.waitForTimeout(700);
}

/** Opens the resolver by what the editor offers once the file changed. */
async function resolve(page: Page): Promise<void> {
  const banner = agentPage(page).getByRole('note').filter({ hasText: 'Changed on disk' });
  await banner.getByRole('button', { name: 'Resolve…' }).click();
  await expect(resolver(page).view).toBeVisible();
}

const mine = (text: string): string => `${text.replace(/^description: .*$/m, 'description: Mine')}My line.`;

/** Writes what the dialog shows, by its key. */
async function write(page: Page): Promise<void> {
  await expect(editDialog(page).getByRole('button', { name: /^Write/ })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(editDialog(page)).toBeHidden();
}

/** What the real package reads of the note; null where it is not installed. */
function realNote(folder: string): { readonly description: string; readonly body: string } | null {
  const python = peerPython();
  if (python === null) return null;
  const script = `
import json, sys
from pathlib import Path
from atomic_agents.memory.filesystem import FilesystemBackend
note = FilesystemBackend(Path(sys.argv[1])).read_note("project_spring_issue.md")
print(json.dumps({"description": note.description, "body": note.body}))
`;
  const out = execFileSync(python, ['-c', script, join(folder, 'quill')], { encoding: 'utf8' });
  return JSON.parse(out) as { readonly description: string; readonly body: string };
}

/** Has the real package merge something into the note, under its lock; false where it is not installed. */
function realWrite(folder: string): boolean {
  const python = peerPython();
  if (python === null) return false;
  const script = `
import sys
from pathlib import Path
from atomic_agents._capture import Capture
from atomic_agents.memory.backend import WritePolicy
from atomic_agents.memory.filesystem import FilesystemBackend
agent = Path(sys.argv[1])
capture = Capture(type="project", name="x", description="x", confidence="high", sources=["meeting"], body="x",
                  merge_into="project_spring_issue.md")
FilesystemBackend(agent).write_note(capture, WritePolicy(write_paths=[agent / "memory"], read_only_paths=[]))
`;
  execFileSync(python, ['-c', script, join(folder, 'quill')], { stdio: 'pipe' });
  return true;
}

test.describe('a file that changed on disk while it was edited', () => {
  test.use({ golden: 'agents/fleet' });

  test('another field and another line fit together: the result is shown, and saved to the byte', async ({
    app: { page, folder, data },
  }) => {
    const path = join(folder!, NOTE);
    await editNote(page);
    const disk = readFileSync(path, 'utf8')
      .replace('confidence: high', 'confidence: low')
      .replace('week 26', 'week 27');
    writeFileSync(path, disk);
    await resolve(page);
    const { view, open, finish } = resolver(page);
    await expect(view).toContainText('Both changes fit together');
    await expect(open).toHaveCount(0);
    await expect(view.locator('.td-add')).toContainText(['description: Mine', 'My line.']);
    await expect(finish).toHaveCount(1);
    await finish.click();
    await write(page);
    expect(readFileSync(path, 'utf8')).toBe(mine(disk));
    await expect(view).toBeHidden();
    const history = terminal(folder!, data, 'agents', 'history', NOTE) as {
      readonly versions: readonly { readonly how: string; readonly current: boolean }[];
    };
    expect(history.versions[0]).toMatchObject({ how: 'saved', current: true });
    const read = realNote(folder!);
    if (read !== null) expect(read).toMatchObject({ description: 'Mine' });
  });

  test('what the real package captures meanwhile is kept beside the edit', async ({
    app: { page, folder },
  }) => {
    test.skip(peerPython() === null, 'the peers are not installed');
    const path = join(folder!, NOTE);
    await editNote(page);
    realWrite(folder!);
    const disk = readFileSync(path, 'utf8');
    expect(disk).toContain('meeting');
    await resolve(page);
    const { view, finish } = resolver(page);
    // it writes the whole header anew, with its keys sorted
    await expect(view).toContainText('Both changes fit together');
    await finish.click();
    await write(page);
    const written = readFileSync(path, 'utf8');
    expect(written).toBe(mine(disk));
    expect(realNote(folder!)).toMatchObject({ description: 'Mine' });
  });

  test('the same field in two ways is resolved by clicking, undone, and resolved again', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, NOTE);
    await editNote(page);
    const disk = readFileSync(path, 'utf8')
      .replace(/^description: .*$/m, 'description: Theirs')
      .replace('tags: []', 'tags: [print]');
    writeFileSync(path, disk);
    await resolve(page);
    const { view, open, card, use, finish } = resolver(page);
    await expect(open).toHaveCount(1);
    await expect(card('description')).toContainText('description: Mine');
    await expect(card('description')).toContainText('description: Theirs');
    await expect(card('description').getByRole('button', { name: 'Both' })).toBeDisabled();
    await expect(finish).toBeDisabled();
    await use('description', 'On disk').click();
    await expect(card('description')).toContainText('Taken from the disk');
    await view.getByRole('button', { name: 'Undo' }).click();
    await expect(open).toHaveCount(1);
    await use('description', 'Your edit').click();
    await finish.click();
    await write(page);
    expect(readFileSync(path, 'utf8')).toBe(mine(disk));
  });

  test('by keys alone: four panes show the real texts, a line is typed, and the disk moves once more', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, NOTE);
    await editNote(page);
    const disk = readFileSync(path, 'utf8').replace(/^description: .*$/m, 'description: Theirs');
    writeFileSync(path, disk);
    await resolve(page);
    const { view, open, card } = resolver(page);
    await expect(open).toHaveCount(1);
    await page.keyboard.press('1');
    await expect(card('description')).toHaveAccessibleName(/settled$/);
    const later = disk.replace('confidence: high', 'confidence: low');
    writeFileSync(path, later);
    await expect(view.getByRole('status').first()).toContainText('1 choice still fits and is kept');
    await expect(open).toHaveCount(0);
    await page.keyboard.press('v');
    await expect(view.getByRole('region', { name: 'On disk' })).toContainText('confidence: low');
    await expect(view.getByRole('region', { name: 'Result', exact: true })).toContainText(
      'description: Mine',
    );
    await page.keyboard.press('v');
    await page.keyboard.press('e');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('description: Typed');
    await page.keyboard.press('Control+Enter');
    await expect(card('description')).toContainText('description: Typed');
    await page.keyboard.press('Control+Enter');
    await write(page);
    expect(readFileSync(path, 'utf8')).toBe(
      `${later.replace('description: Theirs', 'description: Typed')}My line.`,
    );
    // back in the file that the conflict was about
    await expect(agentPage(page).getByRole('heading', { level: 2 })).toContainText(NOTE.split('/').at(-1)!);
  });

  test('a file that was removed meanwhile is written anew, or stays removed', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, NOTE);
    const before = readFileSync(path, 'utf8');
    await editNote(page);
    rmSync(path);
    await page.keyboard.press('Control+s');
    await editDialog(page).getByRole('button', { name: 'Resolve…' }).click();
    const { view, whole, finish } = resolver(page);
    await expect(whole).toContainText('removed on disk');
    await expect(finish).toBeDisabled();
    await whole.getByRole('button', { name: /of the disk/ }).click();
    await expect(whole).toContainText('your edit is dropped');
    await whole.getByRole('button', { name: /of your edit/ }).click();
    await finish.click();
    await write(page);
    expect(readFileSync(path, 'utf8')).toBe(mine(before));

    await editAgain(page);
    rmSync(path);
    await page.keyboard.press('Control+s');
    await editDialog(page).getByRole('button', { name: 'Resolve…' }).click();
    await whole.getByRole('button', { name: /of the disk/ }).click();
    await finish.click();
    await expect(page.getByText('Nothing is left to save')).toBeVisible();
    await expect(view).toBeHidden();
    expect(existsSync(path)).toBe(false);
  });

  test('two files of a change set are resolved together and go back into it, by keys', async ({
    app: { page, folder },
  }) => {
    const soul = join(folder!, 'quill/persona/SOUL.md');
    const goal = join(folder!, 'quill/goal.md');
    const before = { soul: readFileSync(soul, 'utf8'), goal: readFileSync(goal, 'utf8') };
    await openAgentAsOf(page, 'quill');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('New change set');
    await page
      .getByRole('option', { name: /^New change set/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Label' }).fill('Calmer');
    await page.keyboard.press('Enter');
    for (const path of ['quill/goal.md', 'quill/persona/SOUL.md']) {
      await openFile(page, path);
      await beginEdit(page);
      await page.locator('.ew .monaco-editor textarea, .ew .native-edit-context').first().focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('Mine.');
      await expect(agentPage(page).getByText('Not saved (in')).toBeVisible();
    }
    await page.waitForTimeout(700);
    writeFileSync(soul, `${before.soul}Theirs.\n`);
    writeFileSync(goal, before.goal.replace('priority: high', 'priority: low'));
    await resolve(page);
    const { view, open, card } = resolver(page);
    await expect(view).toContainText('2 files changed on disk since you began to edit in Calmer');
    await expect(view.getByRole('option')).toHaveCount(2);
    await expect(open).toHaveCount(1);
    await page.keyboard.press('3');
    await expect(card('text')).toHaveAccessibleName(/settled$/);
    await page.keyboard.press('Control+Enter');
    await expect(view).toBeHidden();
    const changed = page.getByRole('listbox', { name: 'Changed files' });
    for (const name of [/SOUL\.md/, /goal\.md/]) {
      await expect(changed.getByRole('option', { name }).first()).toBeVisible();
    }
    expect(readFileSync(soul, 'utf8')).toBe(`${before.soul}Theirs.\n`);
    await openFile(page, 'quill/persona/SOUL.md');
    await page.keyboard.press('e');
    await expect(page.locator('.ew .view-lines')).toContainText('Mine.');
    await expect(page.locator('.ew .view-lines')).toContainText('Theirs.');
    await expect(agentPage(page).getByRole('note').filter({ hasText: 'Changed on disk' })).toHaveCount(0);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`the resolver of edits has nothing that axe finds (${theme})`, async ({ app: { page, folder } }) => {
      await page.emulateMedia({ colorScheme: theme });
      const path = join(folder!, NOTE);
      await editNote(page);
      const disk = readFileSync(path, 'utf8');
      writeFileSync(path, disk.replace('confidence: high', 'confidence: low'));
      await resolve(page);
      const { view, open } = resolver(page);
      await expect(view).toContainText('Both changes fit together');
      await expect(view.locator('.td-add').first()).toBeVisible();
      await audit(page);
      writeFileSync(path, disk.replace(/^description: .*$/m, 'description: Theirs'));
      await expect(open).toHaveCount(1);
      await audit(page);
      await page.keyboard.press('v');
      await expect(view.getByRole('region', { name: 'Result', exact: true })).toContainText('description');
      await audit(page);
    });
  }
});

/** Types once more into the note, which is open. */
async function editAgain(page: Page): Promise<void> {
  await openFile(page, NOTE);
  await beginEdit(page);
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Again.');
  await expect(agentPage(page).getByText('Not saved; kept')).toBeVisible();
  await page.waitForTimeout(700);
}

async function audit(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.merge').exclude('.monaco-editor').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
