import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import {
  agentPage,
  beginEdit,
  editDialog,
  openAgentAsOf,
  openFile,
  saveByKeys,
} from '../../support/agents.ts';
import { runCommand, settle, type Shot, type Stage } from '../shot.ts';

const FLEET = 'agents/fleet';
const NARROW = { width: 1000, height: 800 };
const SOUL = 'quill/persona/SOUL.md';
const NOTE = 'quill/memory/project_spring_issue.md';

const shot = (name: string, act: NonNullable<Shot['act']>, size?: Shot['size']): Shot => ({
  name: `agents-edit-${name}`,
  store: FLEET,
  act,
  ...(size === undefined ? {} : { size }),
});

/** Opens a file of an agent in the editor. */
const editing =
  (agent: string, path: string, more?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    await openAgentAsOf(stage.page, agent);
    await openFile(stage.page, path);
    await beginEdit(stage.page);
    await settle(stage.page, 1200);
    await more?.(stage);
    await settle(stage.page, 900);
  };

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator('.ew .monaco-editor textarea, .ew .native-edit-context').first().focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await settle(page, 900);
}

/** Types into two files of a named set. */
async function twoFiles(stage: Stage): Promise<void> {
  const { page } = stage;
  await openAgentAsOf(page, 'quill');
  await runCommand(page, 'New change set');
  await page.getByRole('textbox', { name: 'Label' }).fill('Warmer greeting');
  await page.keyboard.press('Enter');
  await editing('quill', SOUL, () => typeAtEnd(page, '\nGreet by name, then say what you know.\n'))(stage);
  await editing('quill', 'quill/tools.md', () => typeAtEnd(page, '\nAsk before you send.\n'))(stage);
}

/** Answers the first escalation that waits. */
const answering =
  (verb: RegExp) =>
  async ({ page }: Stage): Promise<void> => {
    await page
      .getByRole('treeitem', { name: /^Escalations/ })
      .first()
      .click();
    const list = page.getByRole('listbox', { name: 'Escalations' });
    await list.getByRole('option').filter({ hasText: 'ledger__append' }).first().click();
    const form = page.getByRole('region', { name: 'Your answer' });
    await form.getByRole('button', { name: verb }).click();
    await settle(page);
  };

async function review(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+E');
  await page.getByRole('listbox', { name: 'Changed files' }).waitFor();
  await settle(page, 1200);
}

/** Another program changes the note while it is edited. */
const conflicting =
  (change: (text: string) => string) =>
  async (stage: Stage): Promise<void> => {
    const { page, folder } = stage;
    await editing('quill', NOTE, async () => {
      await page
        .getByRole('region', { name: 'Form', exact: true })
        .getByLabel('Description')
        .fill('The spring issue is out in week 24');
      await typeAtEnd(page, 'The printer wants it two weeks before.');
    })(stage);
    const path = join(folder!, NOTE);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    await agentPage(page).getByRole('button', { name: 'Resolve…' }).waitFor();
    await settle(page);
  };

const resolve = async ({ page }: Stage): Promise<void> => {
  await agentPage(page).getByRole('button', { name: 'Resolve…' }).click();
  await page.getByRole('region', { name: 'Merge of your edits with the disk' }).waitFor();
  await settle(page, 1500);
};

const otherText = (text: string): string =>
  text.replace(/^description: .*$/m, 'description: The spring issue is late').replace('high', 'low');

/** Writing into agent folders: the editor, what is written, change sets, histories, answers. */
export const AGENTS_EDIT_SHOTS: readonly Shot[] = [
  shot('persona', editing('quill', SOUL)),
  shot(
    'typed',
    editing('quill', SOUL, ({ page }) => typeAtEnd(page, '\nNever guess a figure.\n')),
  ),
  shot('model', editing('quill', 'quill/model.md')),
  shot('model-narrow', editing('quill', 'quill/model.md'), NARROW),
  shot('goal', editing('quill', 'quill/goal.md')),
  shot('note', editing('quill', NOTE)),
  shot('finding', editing('quill', 'quill/memory/feedback_broken_header.md')),
  shot('mcp', editing('harbor', 'harbor/mcp.md')),
  shot('mandates', editing('sentry', 'sentry/mandates.md')),
  shot('read-only', async ({ page }) => {
    await openAgentAsOf(page, 'harbor');
    await openFile(page, 'harbor/log/2026-06/2026-06-07.jsonl');
    await settle(page, 900);
  }),
  shot(
    'shared',
    editing('sentry', '.personas/ops-voice-v2/SOUL.md', ({ page }) => typeAtEnd(page, '\nStay calm.\n')),
  ),
  shot('write', async (stage) => {
    await editing('quill', NOTE, async ({ page }) => {
      await page
        .getByRole('region', { name: 'Form', exact: true })
        .getByLabel('Description')
        .fill('The spring issue is out in week 24');
      await page.keyboard.press('Control+s');
      await editDialog(page)
        .getByRole('button', { name: /^Write/ })
        .waitFor();
    })(stage);
  }),
  shot(
    'write-narrow',
    async (stage) => {
      await editing('quill', SOUL, async ({ page }) => {
        await typeAtEnd(page, '\nNever guess a figure.\n');
        await page.keyboard.press('Control+s');
        await editDialog(page)
          .getByRole('button', { name: /^Write/ })
          .waitFor();
      })(stage);
    },
    NARROW,
  ),
  shot('saved', async (stage) => {
    await editing('quill', SOUL, async ({ page }) => {
      await typeAtEnd(page, '\nNever guess a figure.\n');
      await saveByKeys(page);
    })(stage);
  }),
  shot('history', async (stage) => {
    await editing('quill', SOUL, async ({ page }) => {
      await typeAtEnd(page, '\nNever guess a figure.\n');
      await saveByKeys(page);
      await typeAtEnd(page, 'Say where each comes from.\n');
      await saveByKeys(page);
      await runCommand(page, 'History of this file');
    })(stage);
  }),
  shot('changes', async (stage) => {
    await twoFiles(stage);
    await review(stage.page);
  }),
  shot(
    'changes-narrow',
    async (stage) => {
      await twoFiles(stage);
      await review(stage.page);
    },
    NARROW,
  ),
  shot('changes-none', async ({ page }) => {
    await openAgentAsOf(page, 'quill');
    await page.keyboard.press('Control+Shift+E');
    await settle(page, 900);
  }),
  shot('versions', async (stage) => {
    await editing('quill', SOUL, async ({ page }) => {
      await typeAtEnd(page, '\nNever guess a figure.\n');
      await saveByKeys(page);
      await page.getByRole('button', { name: 'Back to today' }).click();
      await runCommand(page, 'Versions');
    })(stage);
  }),
  shot('operations', async (stage) => {
    await editing('quill', SOUL, async ({ page }) => {
      await typeAtEnd(page, '\nNever guess a figure.\n');
      await saveByKeys(page);
      await runCommand(page, 'Operations');
    })(stage);
  }),
  shot('changed-on-disk', conflicting(otherText)),
  shot('resolve', async (stage) => {
    await conflicting(otherText)(stage);
    await resolve(stage);
  }),
  shot('resolve-clean', async (stage) => {
    await conflicting((text) => text.replace('confidence: high', 'confidence: low'))(stage);
    await resolve(stage);
  }),
  shot('new-file', async ({ page }) => {
    await openAgentAsOf(page, 'harbor');
    await runCommand(page, 'New file');
    await settle(page, 900);
  }),
  shot('new-note', async ({ page }) => {
    await openAgentAsOf(page, 'harbor');
    await runCommand(page, 'New file');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.type('of a decision');
    await page.keyboard.press('Enter');
    await settle(page, 900);
  }),
  shot('search', async ({ page }) => {
    await openAgentAsOf(page, 'harbor');
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('supplier');
    await settle(page, 1200);
  }),
  shot('answer', answering(/^Approve/)),
  shot('answer-amend', answering(/^Amend/)),
  shot('tuning', async ({ page }) => {
    await openAgentAsOf(page, 'quill');
    await page
      .getByRole('tree', { name: 'Parts of quill' })
      .getByRole('treeitem', { name: 'Tuning' })
      .click();
    await settle(page, 900);
  }),
  shot('doctor', async ({ page }) => {
    await page
      .getByRole('treeitem', { name: /^Doctor/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Search checks' }).fill('Index of the memory');
    await page
      .getByRole('button', { name: /^Mend…/ })
      .first()
      .click();
    await editDialog(page)
      .getByRole('button', { name: /^(?:Mend|Write)/ })
      .first()
      .waitFor();
    await settle(page, 900);
  }),
];
