import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { NodeRecord } from '../src/contract/vek.ts';
import { addCalls } from '../test/support/history.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { outOfReach, overflow } from './support/layout.ts';
import { changeStore, dialog, expectAgreement, graph, realVek, storeCall, terminal } from './support/vek.ts';
import { tapWire } from './support/wire.ts';

test.use({ golden: 'conflict' });

const ALL = ['clean-a', 'clean-b', 'main', 'ours', 'retooled', 'theirs', 'type-change'];

const treeitem = (page: Page, name: RegExp | string): Locator => page.getByRole('treeitem', { name });
const primary = (page: Page, name: RegExp | string): Locator => dialog(page).getByRole('button', { name });
const badge = (page: Page, name: string): Locator => graph(page).grid.locator(`[data-branch="${name}"]`);

/** The tip of a branch now. */
const tipOf = (folder: string, branch: string): string =>
  changeStore(folder, (db) =>
    db.prepare<[string], string>('SELECT hash FROM refs WHERE name = ?').pluck().get(branch),
  )!;

/** The newest call of a branch, as it is stored. */
const callAt = (folder: string, branch: string): NodeRecord =>
  changeStore(folder, (db) =>
    db
      .prepare<[string], NodeRecord>(
        'SELECT * FROM nodes WHERE hash = (SELECT hash FROM refs WHERE name = ?)',
      )
      .get(branch),
  )!;

/** Adds calls after the tip of a branch; the last one is its new tip. */
function extend(
  folder: string,
  branch: string,
  calls: readonly { readonly tool: string; readonly input: unknown; readonly output: unknown }[],
): void {
  const hashes = [tipOf(folder, branch)];
  addCalls(
    folder,
    hashes,
    calls.map(({ tool, input, output }, i) => ({
      tool,
      input: JSON.stringify(input),
      output: JSON.stringify(output),
      second: i,
      after: i,
    })),
    { [branch]: calls.length },
  );
}

/** A merge as the Python tool calls it. */
const mergeOf = (into: string, from: string) => ({
  tool: '__merge__',
  input: JSON.stringify({ merge: [into, from] }),
});

async function fromMenu(page: Page, branch: string, entry: RegExp): Promise<void> {
  await treeitem(page, new RegExp(`^${branch}\\b`)).click({ button: 'right' });
  await page.getByRole('menuitem', { name: entry }).click();
  await expect(dialog(page)).toBeVisible();
}

/** Runs what the palette has first for these words. */
async function fromPalette(page: Page, words: string): Promise<void> {
  await expect(graph(page).rows.first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(words);
  await expect(page.getByRole('option').first()).toContainText(/^Merge/);
  await page.keyboard.press('Enter');
}

/** Presses on one element and moves over another, step by step; the button stays down. */
async function dragOver(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(a.x + a.width / 2 + 8, a.y + a.height / 2 + 3);
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 6 });
}

test('says what merging would be, and goes on to resolving it', async ({ app: { page, folder, data } }) => {
  await fromMenu(page, 'theirs', /^Merge theirs into ours/);
  const box = dialog(page);
  await expect(box.getByRole('heading', { name: 'Merge theirs into ours' })).toBeVisible();
  await expect(box).toContainText(/\d conflicts need you\. Nothing is written until you commit\./);
  await expect(box).toContainText('Common call c1055669. 1 call only on ours, 1 call only on theirs.');
  await expect(box.getByRole('listitem').filter({ hasText: 'to resolve' })).toContainText('1 document');
  await expect(box.getByRole('listitem').filter({ hasText: 'update_doc' })).toContainText('in conflict');
  await expect(box).toContainText('__merge__ 4ffedc03 + 14e619d2');
  await expect(box).toContainText('its input, and its output with 1 resolved document');
  await expect(box).toContainText('ours moves from 4ffedc03 to the new call.');
  await primary(page, /^Resolve \d conflicts$/).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('tab', { name: /^Merge theirs/ })).toHaveAttribute('aria-selected', 'true');
  expectAgreement(folder!, data, { branches: ALL, head: 'ours' });
});

test('a merge without conflicts is one click after the preview, exact, checked by both tools, and undone', async ({
  app: { page, folder, data },
}) => {
  await fromPalette(page, 'merge clean-b into clean-a');
  const box = dialog(page);
  await expect(box).toContainText(/No conflicts; 1 document changed on both sides is put together/);
  await expect(primary(page, 'Commit merge')).toBeEnabled();
  await expect(primary(page, 'Commit merge')).toBeFocused();
  const said = await box.locator('dl').innerText();
  const [, node] = /__merge__ ([0-9a-f]{8})/.exec(said)!;
  const before = tipOf(folder!, 'clean-a');
  expect(said).toContain(`moves from ${before.slice(0, 8)} to ${node}`);
  await page.keyboard.press('Enter');
  await expect(box).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    'Merge “clean-b” into “clean-a”',
  );
  expect(tipOf(folder!, 'clean-a').slice(0, 8)).toBe(node);
  await expect(graph(page).row(node!)).toContainText('clean-a');
  expectAgreement(folder!, data, { branches: ALL, head: 'ours' });
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog(page)).toHaveCount(0);
  expect(tipOf(folder!, 'clean-a')).toBe(before);
  expectAgreement(folder!, data, { branches: ALL, head: 'ours' });
});

test.describe('other documents on each side', () => {
  test.use({
    prepare: {
      by: (folder) => {
        extend(folder, 'ours', [{ tool: 'write_file', input: { path: 'a.txt' }, output: { ok: 1 } }]);
        changeStore(folder, (db) =>
          db.prepare(`INSERT INTO refs VALUES ('plain', (SELECT hash FROM refs WHERE name = 'main'))`).run(),
        );
        extend(folder, 'plain', [{ tool: 'write_file', input: { path: 'b.txt' }, output: { ok: 2 } }]);
      },
    },
  });

  test('the call is the one that the Python tool makes of a copy', async ({
    app: { page, folder, data },
  }) => {
    const twin = mkdtempSync(join(tmpdir(), 'vekscope-twin-'));
    cpSync(folder!, twin, { recursive: true });
    await fromMenu(page, 'plain', /^Merge plain into ours/);
    await expect(dialog(page)).toContainText('No conflicts. Nothing is written until you commit.');
    await primary(page, 'Commit merge').click();
    await expect(dialog(page)).toHaveCount(0);
    const made = callAt(folder!, 'ours');
    expect(made).toMatchObject({ tool: '__merge__', merge_parent: tipOf(folder!, 'plain') });
    expect(terminal(folder!, data, 'show', made.hash)).toMatchObject({
      input: { merge: ['ours', 'plain'] },
      output: { merged_tips: [made.parent_hash, made.merge_parent] },
    });
    expectAgreement(folder!, data, { branches: [...ALL, 'plain'].toSorted(), head: 'ours' });
    if (realVek(twin, 'vek.merge("plain")') !== null) {
      const real = callAt(twin, 'ours');
      expect({ ...real, hash: '', timestamp: '' }).toEqual({ ...made, hash: '', timestamp: '' });
    }
    rmSync(twin, { recursive: true, force: true });
  });

  test('documents can be looked at before it', async ({ app: { page } }) => {
    await fromMenu(page, 'plain', /^Merge plain into ours/);
    await primary(page, 'Review documents').click();
    await expect(page.getByRole('tab', { name: /^Merge plain/ })).toHaveAttribute('aria-selected', 'true');
  });
});

test.describe('dragging a branch onto another', () => {
  test('shows where it would go, and previews it where it is let go', async ({ app: { page } }) => {
    await dragOver(page, badge(page, 'theirs'), badge(page, 'ours'));
    await expect(page.locator('.branch-ghost')).toContainText('Merge into ours…');
    await expect(page.locator('.branch-frame')).toBeVisible();
    await page.mouse.up();
    await expect(dialog(page).getByRole('heading', { name: 'Merge theirs into ours' })).toBeVisible();
    await expect(page.locator('.branch-ghost, .branch-frame')).toHaveCount(0);
    await expect(graph(page).selected).toHaveCount(0);
  });

  test('a row stands for its branch, and so does the list of branches', async ({ app: { page } }) => {
    await dragOver(page, badge(page, 'theirs'), graph(page).row('a760b88e').locator('.g-hash'));
    await expect(page.locator('.branch-ghost')).toContainText('Merge into clean-a…');
    await page.mouse.up();
    await expect(dialog(page).getByRole('heading', { name: 'Merge theirs into clean-a' })).toBeVisible();
    await page.keyboard.press('Escape');
    await dragOver(page, treeitem(page, /^clean-b/), badge(page, 'clean-a'));
    await page.mouse.up();
    await expect(dialog(page).getByRole('heading', { name: 'Merge clean-b into clean-a' })).toBeVisible();
    await page.keyboard.press('Escape');
    await dragOver(page, badge(page, 'clean-a'), treeitem(page, /^retooled/));
    await page.mouse.up();
    await expect(dialog(page).getByRole('heading', { name: 'Merge clean-a into retooled' })).toBeVisible();
  });

  test('Esc, itself and nowhere cancel it; a press alone selects the row', async ({ app: { page } }) => {
    await dragOver(page, badge(page, 'theirs'), badge(page, 'ours'));
    await page.keyboard.press('Escape');
    await expect(page.locator('.branch-ghost, .branch-frame')).toHaveCount(0);
    await page.mouse.up();
    await expect(dialog(page)).toHaveCount(0);
    await expect(graph(page).selected).toHaveCount(0);

    await dragOver(page, badge(page, 'theirs'), graph(page).row('14e619d2').locator('.g-time'));
    await expect(page.locator('.branch-ghost')).toContainText('Let it go on a branch');
    await page.mouse.up();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.locator('.branch-ghost')).toHaveCount(0);

    await badge(page, 'theirs').click();
    await expect(graph(page).selected).toHaveAttribute('id', /^call-14e619d2/);
    await graph(page).row('4ffedc03').click();
    await expect(graph(page).selected).toHaveAttribute('id', /^call-4ffedc03/);
  });
});

test('by keys alone: M on a row, to the resolver; M on the current branch asks which', async ({
  app: { page },
}) => {
  await expect(graph(page).rows).toHaveCount(8);
  await graph(page).grid.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i += 1) {
    if ((await graph(page).selected.getAttribute('id'))?.startsWith('call-14e619d2') === true) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('m');
  await expect(primary(page, /^Resolve/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(graph(page).grid).toBeFocused();

  for (let i = 0; i < 8; i += 1) {
    if ((await graph(page).selected.getAttribute('id'))?.startsWith('call-4ffedc03') === true) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('m');
  await expect(dialog(page).getByRole('combobox', { name: 'Merge' })).toBeFocused();
  await page.keyboard.type('thei');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('combobox', { name: 'Merge' })).toHaveValue('theirs');
  await expect(dialog(page).getByRole('combobox', { name: 'into' })).toHaveValue('ours');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('heading', { name: 'Merge theirs into ours' })).toBeVisible();
  await expect(primary(page, /^Resolve/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /^Merge theirs/ })).toBeVisible();
});

test('from the menu of a row and from the palette', async ({ app: { page } }) => {
  await graph(page).row('14e619d2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Merge theirs into ours/ }).click();
  await expect(dialog(page).getByRole('heading', { name: 'Merge theirs into ours' })).toBeVisible();
  await page.keyboard.press('Escape');
  await fromPalette(page, 'merge a branch');
  await expect(dialog(page).getByRole('heading', { name: 'Merge a branch' })).toBeVisible();
  await expect(primary(page, 'Preview merge')).toBeDisabled();
  await dialog(page).getByRole('combobox', { name: 'Merge' }).fill('ours');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('A branch can’t be merged into itself.');
});

test('what counts as one document is chosen in it, and remembered', async ({ app: { page } }) => {
  await fromMenu(page, 'theirs', /^Merge theirs into ours/);
  const pick = dialog(page).getByRole('button', { name: /^One document of update_doc/ });
  await expect(pick).toContainText('input field /doc');
  await pick.click();
  await page.getByRole('menuitemradio', { name: 'every call is its own document' }).click();
  await expect(pick).toContainText('every call is its own document');
  await expect(dialog(page)).toContainText('No conflicts');
  await expect(primary(page, 'Commit merge')).toBeEnabled();
  await page.keyboard.press('Escape');
  await page.reload();
  await fromMenu(page, 'theirs', /^Merge theirs into ours/);
  await expect(pick).toContainText('every call is its own document');
  await pick.click();
  await page.getByRole('menuitem', { name: /^Forget the choice/ }).click();
  await expect(pick).toContainText('input field /doc');
  await expect(primary(page, /^Resolve/)).toBeEnabled();
});

test.describe('a tool whose calls nothing names', () => {
  test.use({
    prepare: {
      by: (folder) => {
        for (const [branch, words] of [
          ['ours', 'draw a map'],
          ['theirs', 'write a song'],
        ] as const) {
          extend(folder, branch, [
            { tool: 'ask', input: { prompt: words, seed: words.length }, output: { text: `${words}: done` } },
          ]);
        }
      },
    },
  });

  test('is an assumption that a person confirms before anything goes on', async ({ app: { page } }) => {
    await fromMenu(page, 'theirs', /^Merge theirs into ours/);
    await expect(dialog(page)).toContainText('of 1 tool is assumed and needs you to confirm it');
    await expect(primary(page, /^Resolve/)).toBeDisabled();
    await expect(dialog(page)).toContainText('Confirm the assumption first.');
    const row = dialog(page).getByRole('listitem').filter({ hasText: 'Needs you to confirm.' });
    await expect(row).toContainText('ask');
    await row.getByRole('button', { name: /^Confirm for ask/ }).focus();
    await page.keyboard.press('Enter');
    await expect(dialog(page)).not.toContainText('Needs you to confirm.');
    await expect(primary(page, /^Resolve/)).toBeFocused();
    await page.keyboard.press('Escape');
    await fromMenu(page, 'theirs', /^Merge theirs into ours/);
    await expect(primary(page, /^Resolve/)).toBeEnabled();
  });
});

test('merged already is said, and the other way round is offered', async ({ app: { page } }) => {
  await fromMenu(page, 'main', /^Merge main into ours/);
  await expect(dialog(page)).toContainText(
    'ours has every call of main already, so there is nothing to merge.',
  );
  await expect(primary(page, 'Commit merge')).toHaveCount(0);
  await expect(primary(page, /^Merge ours into main/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('heading', { name: 'Merge ours into main' })).toBeVisible();
  await expect(primary(page, 'Commit merge')).toBeFocused();
});

test.describe('two histories without a common call', () => {
  test.use({
    prepare: {
      by: (folder) => {
        storeCall(folder, 'update_doc', { doc: 'trip' }, { title: 'other' }, { branch: 'apart' });
      },
    },
  });

  test('are said to be so', async ({ app: { page } }) => {
    await fromMenu(page, 'apart', /^Merge apart into ours/);
    await expect(dialog(page)).toContainText('The two have no common call.');
    await expect(dialog(page)).toContainText('compared with nothing');
  });
});

test.describe('branches that were merged into each other', () => {
  test.use({
    prepare: {
      by: (folder) => {
        const hashes = ['ours', 'theirs'].map((name) => tipOf(folder, name));
        const [ours, theirs] = hashes;
        addCalls(
          folder,
          hashes,
          [
            {
              ...mergeOf('ours', 'theirs'),
              output: JSON.stringify({ merged_tips: [ours, theirs] }),
              second: 0,
              after: 0,
              merge: 1,
            },
            {
              ...mergeOf('theirs', 'ours'),
              output: JSON.stringify({ merged_tips: [theirs, ours] }),
              second: 1,
              after: 1,
              merge: 0,
            },
          ],
          { ours: 2, theirs: 3 },
        );
      },
    },
  });

  test('have several common calls, which are named', async ({ app: { page } }) => {
    await fromMenu(page, 'theirs', /^Merge theirs into ours/);
    await expect(dialog(page)).toContainText('2 common calls');
    await expect(dialog(page)).toContainText(/they have 2 common calls: [0-9a-f]{8}, [0-9a-f]{8}\./);
  });
});

test.describe('a branch whose call is not in the store', () => {
  test.use({
    prepare: {
      by: (folder) =>
        changeStore(folder, (db) =>
          db.prepare('INSERT INTO refs VALUES (?, ?)').run('nowhere', 'f'.repeat(64)),
        ),
    },
  });

  test('can’t be merged, and the dialog says why', async ({ app: { page } }) => {
    await fromMenu(page, 'nowhere', /^Merge nowhere into ours/);
    await expect(dialog(page).getByRole('alert')).toContainText(/nowhere/);
    await expect(primary(page, 'Preview again')).toBeVisible();
    await expect(primary(page, 'Copy details')).toBeVisible();
  });
});

test('while an agent records, the preview can be read, and says why it can’t be written', async ({
  app: { page, folder },
}) => {
  const lock = join(folder!, '.vek', 'HEAD.lock');
  writeFileSync(lock, String(Date.now() / 1000));
  await expect(graph(page).rows.first()).toBeVisible();
  await fromPalette(page, 'merge clean-b into clean-a');
  await expect(dialog(page)).toContainText('A recording session has held HEAD.lock');
  await expect(dialog(page)).toContainText('clean-a moves from');
  await expect(primary(page, 'Commit merge')).toBeDisabled();
  rmSync(lock);
  await expect(primary(page, 'Commit merge')).toBeEnabled();
});

test('a branch that moves meanwhile is previewed anew, and that is said', async ({
  app: { page, folder },
}) => {
  await fromMenu(page, 'theirs', /^Merge theirs into ours/);
  await expect(dialog(page)).toContainText('14e619d2');
  extend(folder!, 'theirs', [{ tool: 'write_file', input: { path: 'new.txt' }, output: { ok: true } }]);
  const after = tipOf(folder!, 'theirs').slice(0, 8);
  await expect(dialog(page)).toContainText(`theirs moved from 14e619d2 to ${after} while this was open`);
  await expect(dialog(page)).toContainText(`__merge__ 4ffedc03 + ${after}`);
  await expect(primary(page, /^Resolve/)).toBeEnabled();
});

test('a branch that moves just before the commit is a conflict in words, and nothing is written', async ({
  app: { page, folder, data },
}) => {
  const wire = await tapWire(page);
  await page.reload();
  await fromPalette(page, 'merge clean-b into clean-a');
  await expect(primary(page, 'Commit merge')).toBeEnabled();
  wire.fail('operations/apply', {
    kind: 'conflict',
    message: 'clean-a has moved since the preview. Nothing was written.',
    hint: 'Preview again.',
  });
  await primary(page, 'Commit merge').click();
  await expect(dialog(page).getByRole('alert')).toContainText('clean-a has moved since the preview.');
  await expect(primary(page, 'Preview again')).toBeFocused();
  await primary(page, 'Preview again').click();
  await expect(primary(page, 'Commit merge')).toBeEnabled();
  expectAgreement(folder!, data, { branches: ALL, head: 'ours' });
});

test('while it is made the dialog has its shape, and Esc leaves', async ({ app: { page } }) => {
  const wire = await tapWire(page);
  await page.reload();
  await expect(graph(page).rows).toHaveCount(8);
  wire.hold('merge/preview');
  await fromMenu(page, 'theirs', /^Merge theirs into ours/);
  await expect(dialog(page).locator('.skeleton').first()).toBeVisible();
  await expect(primary(page, 'Commit merge')).toBeDisabled();
  wire.release();
  await expect(primary(page, /^Resolve/)).toBeFocused();
});

test.describe('a merge that was begun', () => {
  test('stands in the sources, goes on from there, and is abandoned after a question', async ({
    app: { page },
  }) => {
    await fromMenu(page, 'theirs', /^Merge theirs into ours/);
    await primary(page, /^Resolve/).click();
    const row = treeitem(page, /^Merge theirs into ours/);
    await expect(page.getByRole('tabpanel')).toContainText('/title');
    await page.keyboard.press('1');
    await expect(row).toContainText(/\d open/);
    await page.getByRole('tab', { name: 'Graph' }).click();
    await row.click();
    await expect(page.getByRole('tab', { name: /^Merge theirs/ })).toHaveAttribute('aria-selected', 'true');

    await fromMenu(page, 'theirs', /^Merge theirs into ours/);
    await expect(dialog(page)).toContainText(/Begun earlier: 1 of \d conflicts settled, \d open\./);
    await expect(primary(page, /^Go on: \d open$/)).toBeEnabled();
    await page.keyboard.press('Escape');

    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Abandon merge/ }).click();
    await expect(dialog(page)).toContainText(/1 choice is forgotten for good/);
    await expect(primary(page, 'Keep it')).toBeFocused();
    await primary(page, 'Abandon merge').click();
    await expect(row).toHaveCount(0);
    await expect(page.getByRole('tab', { name: /^Merge theirs/ })).toHaveCount(0);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('the preview holds up to axe, at any width', async ({ app: { page } }) => {
      const sound = async (where: string, without: string[] = []) => {
        const { violations } = await new AxeBuilder({ page })
          .exclude('.monaco-editor')
          .disableRules(without)
          .analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
          where,
        ).toEqual([]);
      };
      await fromMenu(page, 'theirs', /^Merge theirs into ours/);
      await expect(primary(page, /^Resolve/)).toBeEnabled();
      await sound('with conflicts');
      await dialog(page)
        .getByRole('button', { name: /^One document of/ })
        .click();
      await expect(page.getByRole('menu')).toBeVisible();
      await sound('with the choice of documents', ['region']);
      await page.keyboard.press('Escape');
      for (const width of [1440, 900, 640]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await overflow(page)).toEqual({ across: 0, down: 0 });
        expect(await outOfReach(page, '[role=dialog]')).toEqual([]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.press('Escape');
      await fromMenu(page, 'main', /^Merge main into ours/);
      await expect(dialog(page)).toContainText('nothing to merge');
      await sound('merged already');
      await page.keyboard.press('Escape');
      await fromMenu(page, 'ours', /^Merge a branch into ours/);
      await expect(dialog(page).getByRole('combobox', { name: 'Merge' })).toBeFocused();
      await sound('the choice of branches');
    });
  });
}
