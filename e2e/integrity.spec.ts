import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { generateDefaults, generateRepository } from '../bench/generate.ts';
import { expectedOf } from '../test/support/goldens.ts';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';
import { checkAll, integrity, openIntegrity } from './support/integrity.ts';
import { changeStore, dialog, graph, realVek, storeCall, terminal } from './support/vek.ts';

/** What a person reads of each kind of damage, and what is offered. */
const WORDS: readonly {
  readonly golden: string;
  readonly title: string;
  readonly means: RegExp;
  readonly know: RegExp;
  readonly can: readonly string[];
}[] = [
  {
    golden: 'corrupt-parent-missing',
    title: 'A call is missing',
    means: /The chain of main stops here. The 2 calls that likely stood before/,
    know: /names 7e518d8d as its parent/,
    can: ['Tag the older part…', 'Show the older part'],
  },
  {
    golden: 'corrupt-merge-parent-missing',
    title: 'A merged call is missing',
    means: /One side of this merge can no longer be followed/,
    know: /74c34086 as the side that was merged in/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-node-altered',
    title: 'A call was altered',
    means: /which one can’t be told/,
    know: /Recomputed from the row it is 05efa0d7/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-object-altered',
    title: 'An object was altered',
    means: /What is shown for 1 call on main is not what was recorded/,
    know: /hash to be6e2ba0/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-object-missing',
    title: 'An object is missing',
    means: /shown as missing, never as null/,
    know: /No row of the table objects has that hash/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-object-as-text',
    title: 'An object is stored in the wrong form',
    means: /The bytes are right/,
    know: /holds TEXT instead of BLOB/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-ref-dangling',
    title: 'A branch points nowhere',
    means: /No call has this hash/,
    know: /broken is ffffffff/,
    can: ['Remove the branch…'],
  },
  {
    golden: 'corrupt-cycle',
    title: 'Calls form a circle',
    means: /log, replay and verify of the Python tool never end/,
    know: /No hash can contain itself/,
    can: ['Show in graph', 'Show what is there'],
  },
  {
    golden: 'corrupt-no-head',
    title: 'HEAD is missing',
    means: /No branch is current/,
    know: /no file HEAD/,
    can: ['Switch HEAD to main…'],
  },
  {
    golden: 'corrupt-truncated',
    title: 'The file is damaged',
    means: /What could be rescued is shown/,
    know: /database disk image is malformed/,
    can: [],
  },
];

for (const words of WORDS) {
  test.describe(words.golden, () => {
    test.use({ golden: words.golden });

    test('says what is broken, what it means and what can be done', async ({ app: { page } }) => {
      await openIntegrity(page);
      await checkAll(page);
      const { row, explained } = integrity(page);
      const one = row(words.title).first();
      await expect(one).toContainText(words.means);
      await one.getByRole('gridcell').first().click();
      await expect(one).toHaveAttribute('aria-selected', 'true');
      for (const can of words.can) await expect(one.getByRole('button', { name: can })).toBeVisible();
      if (words.can.length === 0) await expect(one).toContainText('Nothing to do here');
      await expect(explained.getByRole('heading', { name: words.title })).toBeVisible();
      await expect(explained).toContainText(words.know);
    });
  });
}

test.describe('a call that is missing', () => {
  test.use({ golden: 'corrupt-parent-missing' });

  test('is held by a tag, as the real tool agrees, and undo takes it back', async ({
    app: { page, folder, data },
  }) => {
    const { cut_off: cutOff } = expectedOf('corrupt-parent-missing')['touched'] as { cut_off: string[] };
    await openIntegrity(page);
    const { view, explained } = integrity(page);
    await expect(view.getByText('Do not run gc on this repository yet.')).toBeVisible();
    await expect(view).toContainText('gc would delete the 2 calls that no branch reaches');
    await expect(explained.getByRole('list', { name: /chain around the break/ })).toContainText(
      '7e518d8dnot in the store',
    );
    await explained.getByLabel('Name of the tag').fill('kept');
    await explained.getByRole('button', { name: 'Write tag' }).click();
    await expect(page.getByText(/as “kept”/).first()).toBeVisible();
    await expect(view.getByText('Do not run gc on this repository yet.')).toHaveCount(0);
    const tags = terminal(folder!, data, 'tag') as [string, string][];
    expect(tags.map(([name]) => name)).toEqual(['kept']);
    expect(cutOff).toContain(tags[0]?.[1]);
    const real = realVek(folder!, 'assert vek.gc(dry_run=True)["unreachable_nodes"] == []');
    if (real !== null) expect(Object.keys(real.tags)).toEqual(['kept']);
    await page.getByRole('button', { name: /^Undo: Tag/ }).click();
    await dialog(page).getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(view.getByText('Do not run gc on this repository yet.')).toBeVisible();
    expect(terminal(folder!, data, 'tag')).toEqual([]);
  });

  test('is shown in the graph, and its older part too', async ({ app: { page } }) => {
    await openIntegrity(page);
    const { row } = integrity(page);
    await row('A call is missing').click();
    await row('A call is missing').getByRole('button', { name: 'Show the older part' }).click();
    await expect(graph(page).selected).toHaveAttribute('id', /^call-535dc0ba|^call-bb6acdbb/);
  });
});

test.describe('a branch that points nowhere', () => {
  test.use({ golden: 'corrupt-ref-dangling' });

  test('is removed after a preview, by keys alone', async ({ app: { page, folder, data } }) => {
    await openIntegrity(page);
    const { grid, row } = integrity(page);
    await expect(row('A branch points nowhere')).toBeVisible();
    await grid.focus();
    await page.keyboard.press('Home');
    await expect(row('A branch points nowhere')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('.');
    await page.getByRole('menuitem', { name: 'Remove the branch…' }).press('Enter');
    await expect(dialog(page)).toContainText('broken');
    await dialog(page).getByRole('button', { name: 'Delete branch' }).click();
    await expect(row('A branch points nowhere')).toHaveCount(0);
    expect(Object.fromEntries(terminal(folder!, data, 'branch') as [string, string][])).not.toHaveProperty(
      'broken',
    );
  });
});

test.describe('evidence', () => {
  test.use({ golden: 'corrupt-object-altered' });

  test('is saved as a file that says what was found and how to recompute it', async ({ app: { page } }) => {
    const { object } = expectedOf('corrupt-object-altered')['touched'] as { object: string };
    await openIntegrity(page);
    const save = async (name: RegExp) => {
      await integrity(page).view.getByRole('button', { name: 'Export' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      const file = await download;
      return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
    };
    const json = await save(/as JSON/);
    expect(json.name).toMatch(/-evidence\.json$/);
    const evidence = JSON.parse(json.text) as {
      result: string;
      findings: { hash: string; kind: string }[];
      digests: { calls: { count: number; sha256: string }; recipe: string[] };
    };
    expect(evidence.result).toBe('damaged');
    expect(evidence.findings.some(({ kind, hash }) => kind === 'object-altered' && hash === object)).toBe(
      true,
    );
    expect(evidence.digests.calls).toEqual({ count: 9, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(evidence.digests.recipe.join()).toContain('hashlib');
    const text = await save(/as text/);
    expect(text.name).toMatch(/-evidence\.md$/);
    expect(text.text).toContain('- Result: damaged');
  });
});

test.describe('a sound repository', () => {
  test.use({ golden: 'forked' });

  test('says what was checked; calls recorded since make the check old', async ({
    app: { page, folder },
  }) => {
    await openIntegrity(page);
    await checkAll(page);
    const { view, grid } = integrity(page);
    await expect(view.getByRole('heading', { name: 'Sound: every hash and link holds' })).toBeVisible();
    await expect(grid).toHaveCount(0);
    await expect(view.getByRole('region', { name: 'Checked and sound' })).toContainText('quick_check passed');
    for (let i = 0; i < 3; i++) storeCall(folder!, 'note', { i }, 'ok');
    await expect(view).toContainText('3 calls since this check');
    await expect(view.getByRole('heading', { name: 'Sound when it was checked' })).toBeVisible();
    await view.getByRole('button', { name: 'Check again' }).click();
    await expect(view.getByRole('heading', { name: 'Sound: every hash and link holds' })).toBeVisible();
  });
});

test.describe('a large repository', () => {
  test.use({
    golden: 'empty',
    prepare: {
      by: (folder) => {
        rmSync(join(folder, '.vek'), { recursive: true });
        generateRepository(folder, { ...generateDefaults(60_000, 7), payload: 300 });
      },
    },
  });

  test('is checked when asked, with progress, and Cancel ends it', async ({ app: { page } }) => {
    test.setTimeout(120_000);
    await openIntegrity(page);
    const { view } = integrity(page);
    await expect(view.getByRole('heading', { name: 'Not checked yet' })).toBeVisible({ timeout: 60_000 });
    // there is no check yet that could be shown to others
    await expect(page.getByRole('button', { name: /Export/ })).toHaveCount(0);
    await view.getByRole('button', { name: 'Check everything' }).click();
    await expect(view.getByRole('progressbar')).toBeVisible();
    await expect(view).toContainText(/of [\d,]+ records/);
    await view.getByRole('button', { name: 'Cancel' }).click();
    await expect(view.getByRole('heading', { name: 'Check cancelled' })).toBeVisible();
    await expect(view).toContainText(
      /Cancelled (after [\d,]+ of [\d,]+ records; nothing is known|before anything was read)/,
    );
    await checkAll(page);
    await expect(view).toContainText('60,000 calls hash to their records');
  });
});

test.describe('very many findings', () => {
  test.use({
    golden: 'empty',
    prepare: {
      by: (folder) => {
        rmSync(join(folder, '.vek'), { recursive: true });
        generateRepository(folder, { ...generateDefaults(9000, 3), payload: 60 });
        changeStore(folder, (db) => {
          db.exec(`UPDATE nodes SET tool = tool || 'x' WHERE rowid % 3 = 0`);
        });
      },
    },
  });

  test('are one row that opens, and only those in sight are drawn', async ({ app: { page } }) => {
    await openIntegrity(page);
    await checkAll(page);
    const { grid, row } = integrity(page);
    const head = row('3,000 calls were altered');
    await expect(head).toHaveAttribute('aria-expanded', 'false');
    await grid.focus();
    await page.keyboard.press('ArrowRight');
    await expect(head).toHaveAttribute('aria-expanded', 'true');
    await expect(grid).toHaveAttribute('aria-rowcount', '2003');
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    await page.keyboard.press('End');
    await expect(grid.locator('[role=row][aria-rowindex="2003"]')).toContainText(
      '1,000 more are not listed here',
    );
    await page.keyboard.press('ArrowLeft');
    await expect(head).toHaveAttribute('aria-selected', 'true');
  });

  test('in the pane below the row with the keys stays drawn while the list is scrolled', async ({
    app: { page },
  }) => {
    await openIntegrity(page);
    await checkAll(page);
    await page.getByRole('button', { name: /^Problems/ }).click();
    const grid = page.getByRole('grid', { name: 'Problems' });
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await expect(grid).toHaveAttribute('aria-activedescendant', 'problem-1');
    await grid.hover();
    await page.mouse.wheel(0, 28 * 500);
    await expect(grid.locator('[aria-rowindex="502"]')).toBeAttached();
    await expect(grid.locator('#problem-1')).toBeAttached();
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('ArrowDown');
    await expect(grid.locator('#problem-2')).toBeInViewport();
  });
});

test.describe('the panes below', () => {
  test.use({ golden: 'corrupt-node-altered' });

  test('problems: filtered, sorted, and Enter goes to the call', async ({ app: { page } }) => {
    await page.getByRole('button', { name: /^Problems/ }).click();
    const grid = page.getByRole('grid', { name: 'Problems' });
    await expect(grid.getByRole('row')).toHaveCount(4);
    await page.getByLabel('Filter problems').fill('535dc0ba');
    await expect(grid.getByRole('row')).toHaveCount(2);
    await grid.getByRole('columnheader', { name: 'Record' }).getByRole('button').click();
    await expect(grid.getByRole('columnheader', { name: 'Record' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await grid.focus();
    await page.keyboard.press('Enter');
    await expect(graph(page).selected).toHaveAttribute('id', /^call-535dc0ba/);
    await page.getByLabel('Filter problems').fill('no such thing');
    await expect(page.getByText('No problem holds these words.')).toBeVisible();
  });

  test('operations: what was written, with undo', async ({ app: { page, folder, data } }) => {
    terminal(folder!, data, 'tag', 'mine');
    await page.getByRole('button', { name: /^Operations/ }).click();
    const grid = page.getByRole('grid', { name: 'Operations, newest first' });
    await expect(grid.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('region', { name: 'What it wrote' })).toContainText('tag/mine');
    await grid.focus();
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(grid.getByRole('row')).toHaveCount(3);
    expect(terminal(folder!, data, 'tag')).toEqual([]);
  });
});

async function violations(page: Page): Promise<unknown[]> {
  const found = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  return found.violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => node.html.slice(0, 200)),
  }));
}

for (const theme of ['light', 'dark'] as const) {
  for (const golden of ['corrupt-parent-missing', 'linear'] as const) {
    test.describe(`${golden} in the ${theme}`, () => {
      test.use({ golden, colorScheme: theme });

      test('passes axe with the pane of problems open', async ({ app: { page } }) => {
        await openIntegrity(page);
        await checkAll(page);
        await page.getByRole('button', { name: /^Problems/ }).click();
        expect(await violations(page)).toEqual([]);
      });
    });
  }
}
