import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { realReads } from '../test/support/agents-read.ts';
import { peerPython } from '../test/support/peers.ts';
import { agentPage, beginEdit, editDialog, openAgentAsOf, openFile, partsOf } from './support/agents.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { terminal } from './support/vek.ts';

const SOUL = 'quill/persona/SOUL.md';
const TOOLS = 'harbor/tools.md';

const files = (page: Page) => page.getByRole('listbox', { name: 'Changed files' });
const bar = (page: Page) => page.getByRole('region', { name: 'Assembled prompt' });
const status = (page: Page) => page.getByRole('contentinfo');
const heading = (page: Page) => agentPage(page).getByRole('heading', { level: 2 }).first();
const operations = (page: Page) => page.getByRole('grid', { name: 'Operations, newest first' });

/** Chooses an action of the palette by its words. */
async function run(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(words);
  await page
    .getByRole('option', { name: new RegExp(`^${words}`) })
    .first()
    .click();
}

/** Begins a change set by keys. */
async function begin(page: Page, label: string): Promise<void> {
  await run(page, 'New change set');
  await page.getByRole('textbox', { name: 'Label' }).fill(label);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Types a line at the end of a file. */
async function typeInto(page: Page, path: string, text: string): Promise<void> {
  await openFile(page, path);
  await beginEdit(page);
  const only = page.getByRole('radio', { name: 'Text only' });
  if ((await only.count()) > 0) await only.check({ force: true });
  await page.locator('.ew .monaco-editor textarea, .ew .native-edit-context').first().focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await expect(agentPage(page).getByText('Not saved').first()).toBeVisible();
}

/** Waits until what was typed is kept in the app folder. */
const kept = (page: Page): Promise<void> => page.waitForTimeout(900);

async function review(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+E');
  await expect(files(page)).toBeVisible();
}

/** Writes what the dialog shows, by its key. */
async function confirm(page: Page, verb: RegExp): Promise<void> {
  await expect(editDialog(page).getByRole('button', { name: verb })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(editDialog(page)).toBeHidden();
}

/** What the real package sends with every run; null where it is not installed. */
function realPrompt(folder: string, agent: string): string | null {
  if (peerPython() === null) return null;
  const [answer] = realReads([{ do: 'prompt', root: folder, agent }]);
  expect(answer?.error).toBeUndefined();
  return (answer!.ok as { readonly prompt: string }).prompt;
}

/** Writes a line into the persona, as a loose edit. */
async function save(page: Page, text: string): Promise<void> {
  await typeInto(page, SOUL, text);
  await page.keyboard.press('Control+s');
  await confirm(page, /^Write/);
}

/** Opens an agent whose figures are of today. */
async function openAgentAsOfToday(page: Page, agent: string): Promise<void> {
  await page
    .getByRole('treeitem', { name: new RegExp(`^${agent}`) })
    .first()
    .click();
  await expect(partsOf(page, agent)).toBeVisible();
}

type Version = { readonly label: string | null; readonly how: string; readonly current: boolean };
const historyOf = (folder: string, data: string, path: string): readonly Version[] =>
  (
    terminal(folder, data, 'agents', 'history', join(folder, path)) as {
      readonly versions: readonly Version[];
    }
  ).versions;

async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.shell').exclude('.monaco-editor').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

test.describe('a persona as a branch', () => {
  test.use({ golden: 'agents/fleet' });
  test.describe.configure({ timeout: 120_000 });

  test('files of two agents are typed into a set, reviewed as a whole and applied as one under a label', async ({
    app: { page, folder, data },
  }) => {
    const before = {
      soul: readFileSync(join(folder!, SOUL), 'utf8'),
      tools: readFileSync(join(folder!, TOOLS), 'utf8'),
    };
    await openAgentAsOf(page, 'quill');
    await begin(page, 'Warmer greeting');
    await typeInto(page, SOUL, 'Greet by name.');
    await expect(bar(page)).toContainText('Warmer greeting');
    await expect(bar(page)).toContainText('1 file');
    await typeInto(page, TOOLS, 'Ask before you send.');
    await expect(status(page)).toContainText('2 unsaved files');
    await expect(
      page.getByRole('tree', { name: 'Sources' }).getByRole('treeitem', { name: /^quill.*1 file not saved/ }),
    ).toBeVisible();
    await review(page);

    // by keys alone: all of it, then each file
    await expect(files(page)).toBeFocused();
    await expect(heading(page)).toHaveText('Warmer greeting');
    await expect(agentPage(page)).toContainText('2 files of 2 owners');
    const whole = page.getByRole('region', { name: 'Whole change' });
    await expect(whole.getByRole('row', { name: /SOUL\.md \d+ \d+ \+\d/ })).toBeVisible();
    await expect(whole.getByRole('row', { name: /tools\.md \d+ \d+ \+\d/ })).toBeVisible();
    await expect(whole.locator('.td-text.td-add')).toContainText(['Ask before you send.', 'Greet by name.']);
    await page.keyboard.press('ArrowDown');
    await expect(files(page).getByRole('option', { selected: true })).toContainText('tools.md');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('region', { name: 'Difference' })).toContainText('Greet by name.');
    expect(readFileSync(join(folder!, SOUL), 'utf8')).toBe(before.soul);

    await page.keyboard.press('Control+Enter');
    await expect(editDialog(page).getByRole('textbox')).toHaveValue('Warmer greeting');
    await confirm(page, /^Write/);
    expect(readFileSync(join(folder!, SOUL), 'utf8')).toBe(`${before.soul}Greet by name.`);
    expect(readFileSync(join(folder!, TOOLS), 'utf8')).toBe(`${before.tools}Ask before you send.`);
    expect(historyOf(folder!, data, SOUL)[0]).toMatchObject({
      label: 'Warmer greeting',
      how: 'saved',
      current: true,
    });
    const [quill, harbor] = [realPrompt(folder!, 'quill'), realPrompt(folder!, 'harbor')];
    if (quill !== null) expect(quill).toContain('Greet by name.');
    if (harbor !== null) expect(harbor).toContain('Ask before you send.');
    await expect(status(page)).not.toContainText('unsaved');

    // today there are two versions of quill; as of the last day of the logs there was one
    await page.getByRole('button', { name: 'Back to today' }).click();
    await openAgentAsOfToday(page, 'quill');
    await run(page, 'Compare versions of the agent');
    const versions = page.getByRole('listbox', { name: 'Versions, newest first' });
    await expect(versions.getByRole('option')).toHaveCount(2);
    await expect(versions.getByRole('option').first()).toContainText('Warmer greeting');
    await expect(agentPage(page).locator('.td-text.td-add')).toContainText('Greet by name.');
    await expect(agentPage(page).getByRole('row', { name: /^Errors/ })).toContainText('too few to tell');
    await agentPage(page)
      .getByRole('row', { name: /^Records/ })
      .getByRole('button')
      .first()
      .click();
    await expect(page.getByRole('tab', { name: /^Runs/, selected: true })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(/at:\s*\.\.\d{4}-[^]*547 records/);
    await page.getByRole('grid', { name: 'Run records' }).getByRole('row').nth(1).click();
    await page.getByRole('button', { name: 'version 1' }).click();
    await expect(versions.getByRole('option', { selected: true })).toContainText('As it was first seen');
  });

  test('a set that is dropped comes back, and so does one file of it; a dropped set writes nothing', async ({
    app: { page, folder },
  }) => {
    const before = readFileSync(join(folder!, SOUL), 'utf8');
    await openAgentAsOf(page, 'quill');
    await typeInto(page, SOUL, 'One.');
    await begin(page, 'Taken along');
    await expect(bar(page)).toContainText('Taken along');
    await typeInto(page, 'quill/tools.md', 'Two.');
    await review(page);
    await page.keyboard.press('End');
    await page.keyboard.press('Delete');
    await expect(files(page).getByRole('option')).toHaveCount(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(files(page).getByRole('option')).toHaveCount(3);

    await page.getByRole('button', { name: 'Change set' }).click();
    await page.getByRole('menuitem', { name: 'Drop the change set' }).click();
    await expect(agentPage(page)).toContainText('Nothing waits to be written');
    await expect(status(page)).not.toContainText('unsaved');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(heading(page)).toHaveText('Taken along');
    await expect(files(page).getByRole('option')).toHaveCount(3);
    await expect(files(page)).toContainText('persona/SOUL.md');
    await run(page, 'Drop Taken along');
    await expect(agentPage(page)).toContainText('Nothing waits to be written');
    await kept(page);
    await page.reload();
    await expect(page.getByRole('tree', { name: 'Sources' })).toBeVisible();
    await expect(status(page)).not.toContainText('unsaved');
    expect(readFileSync(join(folder!, SOUL), 'utf8')).toBe(before);
  });

  test('a set is there again after a restart, and typing goes on in it; closing its view says that it is kept', async ({
    app: { page, restartServer, address },
  }) => {
    await openAgentAsOf(page, 'quill');
    await begin(page, 'Shorter');
    await typeInto(page, SOUL, 'Be brief.');
    await page.keyboard.press('Alt+w');
    await expect(page.getByText('Your edits are kept')).toBeVisible();
    await kept(page);
    await page.goto('about:blank');
    await restartServer();
    await page.goto(address());
    await expect(status(page)).toContainText('1 unsaved file');
    await status(page).getByRole('button', { name: '1 unsaved file' }).click();
    await expect(heading(page)).toHaveText('Shorter');
    await expect(agentPage(page).locator('.td-text.td-add')).toContainText('Be brief.');
    await expect(page.getByRole('tab', { name: /quill.*1 file not saved/ })).toBeVisible();
  });

  test('what another program wrote meanwhile is said, and nothing is overwritten', async ({
    app: { page, folder },
  }) => {
    await openAgentAsOf(page, 'quill');
    await typeInto(page, SOUL, 'Mine.');
    await kept(page);
    const disk = `${readFileSync(join(folder!, SOUL), 'utf8')}Theirs.\n`;
    writeFileSync(join(folder!, SOUL), disk);
    await review(page);
    await expect(agentPage(page).getByRole('note')).toContainText('1 file changed on disk since you began');
    await expect(files(page)).toContainText('changed on disk');
    expect(readFileSync(join(folder!, SOUL), 'utf8')).toBe(disk);
    await agentPage(page).getByRole('button', { name: 'Resolve…' }).click();
    await expect(page.getByRole('tab', { name: 'Changed on disk', selected: true })).toBeVisible();
  });
});

test.describe('an engine that ends in the middle', () => {
  test.use({ golden: 'agents/fleet', quiet: false });

  test('loses nothing of what was typed', async ({
    app: { page, folder, stopServer, restartServer, address },
  }) => {
    test.slow();
    const before = readFileSync(join(folder!, SOUL), 'utf8');
    await openAgentAsOf(page, 'quill');
    await begin(page, 'Survivor');
    await typeInto(page, SOUL, 'Kept.');
    await kept(page);
    await stopServer('SIGKILL');
    await page.goto('about:blank');
    await restartServer();
    await page.goto(address());
    await expect(status(page)).toContainText('1 unsaved file');
    await status(page).getByRole('button', { name: '1 unsaved file' }).click();
    await expect(heading(page)).toHaveText('Survivor');
    await expect(agentPage(page).locator('.td-text.td-add')).toContainText('Kept.');
    expect(readFileSync(join(folder!, SOUL), 'utf8')).toBe(before);
  });
});

test.describe('what was written', () => {
  test.use({ golden: 'agents/fleet' });
  test.describe.configure({ timeout: 120_000 });

  test('is undone from the list of operations and by Ctrl Z, and done again', async ({
    app: { page, folder, data },
  }) => {
    const path = join(folder!, SOUL);
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await save(page, 'First.');
    await page
      .getByRole('navigation', { name: 'Sources' })
      .getByRole('button', { name: /^Operations/ })
      .click();
    await expect(operations(page).getByRole('row')).toHaveCount(2);
    const detail = page.getByRole('region', { name: 'What it wrote' });
    await expect(detail).toContainText(SOUL);
    await operations(page).focus();
    await page.keyboard.press('Enter');
    await confirm(page, /^Undo/);
    expect(readFileSync(path, 'utf8')).toBe(before);
    await expect(operations(page)).toContainText('undone');
    await expect(operations(page).getByRole('row')).toHaveCount(3);

    // the undo is a write too, and the newest
    await partsOf(page, 'quill').focus();
    await page.keyboard.press('Control+z');
    await confirm(page, /^Undo/);
    expect(readFileSync(path, 'utf8')).toBe(`${before}First.`);
    const real = realPrompt(folder!, 'quill');
    if (real !== null) expect(real).toContain('First.');
    expect(historyOf(folder!, data, SOUL).filter(({ current }) => current)).toHaveLength(1);
  });

  test('has a history: two versions are compared, and a former one is restored', async ({
    app: { page, folder, data },
  }) => {
    const path = join(folder!, SOUL);
    const before = readFileSync(path, 'utf8');
    await openAgentAsOf(page, 'quill');
    await save(page, 'First.');
    await page.keyboard.type(' Second.');
    await page.keyboard.press('Control+s');
    await confirm(page, /^Write/);
    await page.keyboard.press('Escape');
    await run(page, 'History of this file');
    const versions = page.getByRole('listbox', { name: 'Versions of the file, newest first' });
    await expect(versions.getByRole('option')).toHaveCount(3);
    await expect(versions.getByRole('option').first()).toContainText('now');
    const held = page.getByRole('region', { name: 'What the version holds' });
    await expect(versions).toBeFocused();
    await page.keyboard.press('End');
    await expect(held.locator('.td-text.td-add')).toContainText('First. Second.');
    await page
      .getByRole('combobox', { name: 'Compare with' })
      .selectOption({ label: 'nothing: the text alone' });
    await expect(held).toHaveText(before.trim());
    await versions.focus();
    await page.keyboard.press('ArrowUp');
    await page
      .getByRole('combobox', { name: 'Compare with' })
      .selectOption({ label: 'the version before it' });
    await expect(held.locator('.td-text.td-add')).toContainText('First.');
    await expect(held.locator('.td-text.td-add')).not.toContainText('Second.');

    await versions.focus();
    await page.keyboard.press('r');
    await confirm(page, /^Restore/);
    expect(readFileSync(path, 'utf8')).toBe(`${before}First.`);
    await expect(versions.getByRole('option').first()).toContainText('now');
    expect(historyOf(folder!, data, SOUL).length).toBeGreaterThanOrEqual(4);
    const real = realPrompt(folder!, 'quill');
    if (real !== null) {
      expect(real).toContain('First.');
      expect(real).not.toContain('Second.');
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`and what is not written yet hold up to axe in the ${colorScheme} theme`, async ({
      app: { page },
    }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await openAgentAsOf(page, 'quill');
      await save(page, 'First.');
      await page.keyboard.press('Escape');
      await begin(page, 'Another');
      await typeInto(page, SOUL, 'Second.');
      await review(page);
      await expect(
        page.getByRole('region', { name: 'Whole change' }).locator('.td-text.td-add').first(),
      ).toBeVisible();
      expect(await axe(page), 'whole change').toEqual([]);
      await page.keyboard.press('End');
      await expect(page.getByRole('region', { name: 'Difference' })).toBeVisible();
      expect(await axe(page), 'one file').toEqual([]);
      await page.keyboard.press('v');
      await expect(page.getByRole('listbox', { name: 'Versions, newest first' })).toBeVisible();
      expect(await axe(page), 'versions').toEqual([]);
      await openFile(page, SOUL);
      await page.keyboard.press('h');
      await expect(page.getByRole('listbox', { name: /^Versions of the file/ })).toBeVisible();
      await page
        .getByRole('navigation', { name: 'Sources' })
        .getByRole('button', { name: /^Operations/ })
        .click();
      await expect(operations(page)).toBeVisible();
      expect(await axe(page), 'history and operations').toEqual([]);
    });
  }
});
