import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AxeBuilder } from './support/axe.ts';

const tree = (page: Page, agent: string) => page.getByRole('tree', { name: `Parts of ${agent}` });
const view = (page: Page) => page.locator('.ag-page');

/** Opens an agent from the list of sources, as of the last day of its logs. */
async function openAgent(page: Page, agent: string): Promise<void> {
  await page
    .getByRole('treeitem', { name: new RegExp(`^${agent}`) })
    .first()
    .click();
  await expect(tree(page, agent)).toBeVisible();
  const asOf = page.getByRole('button', { name: /^Show as of/ });
  const back = page.getByRole('button', { name: 'Back to today' });
  await expect(asOf.or(back).first()).toBeVisible();
  if (await asOf.isVisible()) await asOf.click();
  await expect(back).toBeVisible();
}

const entry = (page: Page, agent: string, name: string | RegExp) =>
  tree(page, agent).getByRole('treeitem', { name, exact: true }).first();

/** Goes to an entry of the outline, of which only the rows in sight are drawn. */
async function goTo(page: Page, agent: string, name: string | RegExp): Promise<void> {
  const rows = tree(page, agent).locator('.ag-outline-scroll');
  await expect(tree(page, agent).getByRole('treeitem').nth(4)).toBeVisible();
  for (let at = 0; at < 12 && (await entry(page, agent, name).count()) === 0; at += 1) {
    await rows.evaluate((element, top) => element.scrollTo({ top }), at * 160);
    await page.waitForTimeout(80);
  }
  await entry(page, agent, name).click();
}

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.agent').exclude('.monaco-editor').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
}

/** The pages of each agent of the fleet beside those that every one has, and words that only that page shows. */
const PAGES: Record<string, readonly (readonly [string, string | RegExp])[]> = {
  quill: [
    ['Memory', '14 notes · 1 not loaded · 2 against the rules'],
    ['Journal', 'June 2026'],
    ['Goals', 'Publish the spring issue on time'],
    ['Outcomes', 'One page summary'],
    ['Evals', '48 results'],
    ['Tuning', 'persona/SOUL.md'],
    ['Dreams', 'drm_2026-06-07T051500_a1b2c3'],
    ['Governance', 'anything-goes'],
  ],
  harbor: [
    ['Memory', /1 stale · 1 orphan · 1 expired/],
    ['Skills', 'Person approves'],
    ['Goals', 'Publish the May numbers?'],
    ['Evals', '48 results'],
  ],
  sentry: [
    ['Conversations', 'Yes, until Friday.'],
    ['Mandates', 'desk-replies'],
    ['Governance', /lease|missing/],
  ],
  ledgerly: [
    ['Wiki', 'Paper A is the cheaper one.'],
    ['Journal', 'June 2026'],
  ],
};

test.describe('agents of a fleet', () => {
  test.use({ golden: 'agents/fleet' });

  test('every page of every agent is reached by keys alone', async ({ app: { page } }) => {
    test.slow();
    for (const [agent, pages] of Object.entries(PAGES)) {
      await openAgent(page, agent);
      await tree(page, agent).focus();
      const wanted = new Map(pages);
      const seen = new Set<string>();
      let before = '';
      for (let at = 0; at < 80; at += 1) {
        let id = '';
        // rows shift when it turns out which pages are empty
        await expect(async () => {
          id = (await tree(page, agent).getAttribute('aria-activedescendant')) ?? '';
          await expect(page.locator(`[id="${id}"]`)).toHaveAttribute('aria-selected', 'true', {
            timeout: 500,
          });
        }).toPass();
        if (id === before) break;
        before = id;
        const here = page.locator(`[id="${id}"]`);
        const name = (await here.innerText()).trim();
        const words = wanted.get(name);
        if (words !== undefined) {
          await expect(view(page).getByText(words).first()).toBeVisible();
          seen.add(name);
        }
        await page.keyboard.press('ArrowDown');
      }
      expect([...seen].toSorted(), agent).toEqual([...wanted.keys()].toSorted());
      await page.keyboard.press('Home');
      await expect(view(page).getByRole('heading', { name: agent, exact: true })).toBeVisible();
    }
  });

  test('what the agent drops is named with the rule, and the figures of the prompt agree', async ({
    app: { page, folder },
  }) => {
    await openAgent(page, 'quill');
    await goTo(page, 'quill', /feedback_broken_header/);
    await expect(entry(page, 'quill', /feedback_broken_header/)).toContainText(/YAML/);
    await expect(view(page).getByRole('note')).toContainText(/drops this note.*unquoted/);
    await expect(view(page).locator('.view-line').first()).toBeVisible();

    await goTo(page, 'quill', 'Prompt');
    const tokens = await view(page)
      .locator('.pp-piece .pp-row > :nth-child(4)')
      .evaluateAll((cells) =>
        cells.map((cell) => Number.parseInt((cell.textContent ?? '').replace(',', ''), 10)),
      );
    expect(tokens.length).toBeGreaterThan(10);
    expect(tokens.toSorted((a, b) => a - b)).toEqual(tokens);
    await expect(page.getByRole('region', { name: 'Assembled prompt' })).toContainText(
      /of 12,000 tokens, characters ÷ 4/,
    );
    const left = view(page).getByRole('region', { name: 'Not sent' });
    await expect(left.getByText('just missed').first()).toBeVisible();
    await page.getByLabel('Search the prompt').fill('print house');
    await expect(view(page).locator('mark[data-here]')).toBeInViewport();

    // the text is the very one: a sentence of a file, in the place of its part
    const soul = readFileSync(join(folder!, 'quill/persona/SOUL.md'), 'utf8');
    await page.getByLabel('Search the prompt').fill('');
    await expect(view(page).getByRole('article', { name: 'SOUL.md' })).toContainText(soul.trim());
  });

  test('memory filters and sorts, links lead on, versions and dreams are compared', async ({
    app: { page },
  }) => {
    await openAgent(page, 'harbor');
    await goTo(page, 'harbor', 'Memory');
    const notes = page.getByRole('grid', { name: 'Notes' });
    await expect(notes).toHaveAttribute('aria-rowcount', '16');
    await page.getByLabel('Flag', { exact: true }).selectOption({ label: 'orphan (1)' });
    await expect(notes).toHaveAttribute('aria-rowcount', '2');
    await expect(notes).toContainText('feedback orphan note');
    await page.getByLabel('Flag', { exact: true }).selectOption('');
    await page.getByLabel('Filter notes').fill('q2 print');
    await expect(notes).toHaveAttribute('aria-rowcount', '2');
    await page.getByLabel('Filter notes').press('Escape');
    await notes.getByRole('button', { name: 'Tokens' }).click();
    await expect(notes.getByRole('columnheader', { name: 'Tokens' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await notes.getByText('decision 2026 q2 print house').click();
    await page.getByRole('tab', { name: /^Links/ }).click();
    await expect(
      view(page)
        .getByRole('button', { name: /decision_print_house/ })
        .first(),
    ).toBeVisible();
    await page.getByRole('tab', { name: /^Versions/ }).click();
    await expect(view(page).getByLabel('Older version')).toContainText('30 May 2026, 10:15:00 UTC');
    await expect(view(page).locator('.char-delete').first()).toBeVisible();

    await openAgent(page, 'quill');
    await goTo(page, 'quill', 'Dreams');
    const files = page.getByRole('listbox', { name: 'Files of the proposed memory' });
    await expect(files.getByRole('option').first()).toContainText('INDEX.md');
    await expect(view(page).locator('.line-delete').first()).toBeVisible();
    await files.focus();
    await page.keyboard.press('ArrowDown');
    await expect(files.getByRole('option', { selected: true })).not.toContainText('INDEX.md');
    await page.getByRole('tab', { name: 'Report' }).click();
    await expect(view(page).getByRole('region', { name: 'Text of report.md' })).toBeVisible();
  });

  test('a note that another process edits changes on screen, and the place stays', async ({
    app: { page, folder },
  }) => {
    const path = join(folder!, 'quill/memory/user_reading_habits.md');
    const long = Array.from({ length: 120 }, (_, line) => `Line ${line} of the note.`).join('\n\n');
    const hostile = '<script>hit = 1</script> <b>bold?</b>\n\n![pixel](https://example.com/p.png)';
    appendFileSync(path, `\n${hostile}\n\n${long}\n`);
    await openAgent(page, 'quill');
    await goTo(page, 'quill', /user_reading_habits/);
    const text = view(page).getByRole('region', { name: 'Text of user_reading_habits.md' });
    await expect(text).toContainText('Line 60 of the note.');
    await text.getByRole('paragraph').filter({ hasText: 'Line 60 of' }).scrollIntoViewIfNeeded();
    // what an agent wrote is shown as it wrote it, and nothing of it is fetched
    await expect(text).toContainText('<b>bold?</b>');
    await expect(text).toContainText('Picture, not loaded: pixel');
    const before = await text.evaluate((element) => element.scrollTop);
    expect(before).toBeGreaterThan(0);
    // as an agent writes: a file of its own, then a rename over the old one
    writeFileSync(`${path}.tmp`, readFileSync(path, 'utf8').replace('Line 61 of', 'Line sixty-one of'));
    renameSync(`${path}.tmp`, path);
    await expect(text).toContainText('Line sixty-one of the note.', { timeout: 5000 });
    expect(await text.evaluate((element) => element.scrollTop)).toBe(before);
    await expect(entry(page, 'quill', /user_reading_habits/)).toHaveAttribute('aria-selected', 'true');
  });

  test('a figure of the overview opens its records', async ({ app: { page } }) => {
    await openAgent(page, 'quill');
    await view(page)
      .getByRole('button', { name: /Runs in 7 days/ })
      .click();
    await expect(page.getByRole('tab', { name: /^Runs/, selected: true })).toBeVisible();
  });

  for (const [colorScheme, pages] of [
    ['light', ['Overview', 'Prompt', 'Memory', 'Goals', 'All files']],
    ['dark', ['Overview', 'Memory', 'Evals', 'Dreams', /^model\.md/]],
  ] as const) {
    test(`the pages hold up to axe in the ${colorScheme} theme`, async ({ app: { page } }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await openAgent(page, 'quill');
      for (const name of pages) {
        await goTo(page, 'quill', name);
        await page.waitForTimeout(600);
        expect(await findings(page), String(name)).toEqual([]);
      }
    });
  }
});

test.describe('a folder that is one agent', () => {
  test.use({ golden: 'agents/caldwell' });

  test('its pages are there, and the note with the unquoted colon is not loaded', async ({
    app: { page },
  }) => {
    await openAgent(page, 'caldwell');
    await goTo(page, 'caldwell', /feedback_debt_priority_order/);
    await expect(entry(page, 'caldwell', /feedback_debt_priority_order/)).toContainText('YAML');
    for (const [name, words] of [
      ['Memory', '9 notes · 1 not loaded'],
      ['Wiki', 'avalanche_vs_snowball.md'],
      ['Skills', 'financial-modeling'],
      ['Evals', 'Golden cases'],
      ['Tuning', /2026-05-08_proposal/],
      ['Prompt', /tokens \(estimated/],
    ] as const) {
      await goTo(page, 'caldwell', name);
      await expect(view(page).getByText(words).first()).toBeVisible();
    }
  });
});
