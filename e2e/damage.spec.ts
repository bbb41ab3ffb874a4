import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { checkAll, expectSameFindings, openIntegrity } from './support/integrity.ts';
import { graph, inspector } from './support/vek.ts';

/** What a person must be able to read of a damaged repository without asking for a check. */
type Damage = {
  readonly golden: string;
  /** rows of the graph */
  readonly rows: number;
  /** the first eight digits of the call that the damage is about */
  readonly call?: string;
  /** words on its row */
  readonly row?: RegExp;
  /** words in the inspector once it is selected */
  readonly inspector?: readonly RegExp[];
  /** words in the sources pane or the status bar */
  readonly around?: readonly RegExp[];
};

const DAMAGES: readonly Damage[] = [
  {
    golden: 'corrupt-object-altered',
    rows: 9,
    call: '7e518d8d',
    inspector: [/output altered/, /its recomputed hash is be6e2ba0/],
  },
  {
    golden: 'corrupt-object-missing',
    rows: 9,
    call: 'dc9bd8bd',
    row: /missing/,
    inspector: [/input missing/, /This is not null/, /bytes are gone/],
  },
  {
    golden: 'corrupt-object-not-json',
    rows: 9,
    call: '7c104071',
    inspector: [/output altered/, /text, no JSON/, /Not JSON/],
  },
  {
    golden: 'corrupt-object-as-text',
    rows: 9,
    call: '535dc0ba',
    inspector: [/Stored as TEXT instead of BLOB/],
  },
  {
    golden: 'corrupt-node-altered',
    rows: 9,
    call: '535dc0ba',
    inspector: [/call altered/, /The record of this call was altered: its recomputed hash is 05efa0d7/],
  },
  {
    golden: 'corrupt-parent-missing',
    rows: 8,
    call: 'dc9bd8bd',
    row: /parent .*(missing|not in the store)/,
    inspector: [/7e518d8d not in the store/],
  },
  {
    golden: 'corrupt-merge-parent-missing',
    rows: 8,
    call: '10eb1fb4',
    row: /merge.*(missing|not in the store)/,
    inspector: [/74c34086 merged in, not in the store/],
    around: [/side.*points nowhere/],
  },
  {
    golden: 'corrupt-ref-dangling',
    rows: 9,
    around: [/broken.*points nowhere/],
  },
  { golden: 'corrupt-cycle', rows: 9, call: '535dc0ba', inspector: [/call altered/] },
  { golden: 'corrupt-no-head', rows: 9, around: [/no HEAD/] },
  { golden: 'detached-ref', rows: 2, around: [/ghost.*no calls yet/] },
  { golden: 'legacy-v0', rows: 5, call: 'be66157e', inspector: [/3 hashes recomputed/] },
  { golden: 'legacy-v1', rows: 5, call: 'be66157e', inspector: [/3 hashes recomputed/] },
  { golden: 'legacy-v2', rows: 1, call: '5f4890df', inspector: [/3 hashes recomputed/] },
  { golden: 'values', rows: 122, call: '85c04653', inspector: [/3 hashes recomputed/] },
];

/** Checks everything, and compares the list with what the terminal says of the same files. */
async function expectEveryProblem(page: Page, folder: string, data: string): Promise<void> {
  await openIntegrity(page);
  await checkAll(page);
  await expectSameFindings(page, folder, data);
}

for (const damage of DAMAGES) {
  test.describe(damage.golden, () => {
    test.use({ golden: damage.golden });

    test('opens as far as it goes, and says what is damaged', async ({ app: { page, folder, data } }) => {
      const { grid, row } = graph(page);
      await expect(grid).toHaveAttribute('aria-rowcount', String(damage.rows));
      if (damage.call !== undefined) {
        const first = grid.locator('[role=row]').first();
        await first.click();
        for (let i = 0; i < damage.rows && !(await row(damage.call).isVisible()); i++)
          await page.keyboard.press('ArrowDown');
        await row(damage.call).click();
        if (damage.row !== undefined) await expect(row(damage.call)).toContainText(damage.row);
        for (const words of damage.inspector ?? []) await expect(inspector(page)).toContainText(words);
      }
      const around = page
        .getByRole('navigation', { name: 'Sources' })
        .or(page.locator('.status-bar'))
        .filter({ visible: true });
      for (const words of damage.around ?? [])
        await expect(around.filter({ hasText: words })).not.toHaveCount(0);
      await expectEveryProblem(page, folder!, data);
    });
  });
}

test.describe('corrupt-truncated', () => {
  test.use({ golden: 'corrupt-truncated' });

  test('shows what is left and says that the rest is lost', async ({ app: { page, folder, data } }) => {
    const { grid } = graph(page);
    await expect(grid).toBeVisible();
    const sources = page.getByRole('navigation', { name: 'Sources' });
    await expect(sources).toContainText('damaged');
    // its refs are lost: nobody can say that main never had a call
    await expect(sources).toContainText('not in the store');
    await expect(sources).not.toContainText('no calls yet');
    await grid.locator('[role=row]').first().click();
    await expect(inspector(page)).toContainText(/altered|missing|not in the store|unreadable/);
    await expectEveryProblem(page, folder!, data);
  });
});

test.describe('corrupt-not-a-database', () => {
  test.use({ golden: 'corrupt-not-a-database' });

  test('says that it is no database, never an empty repository', async ({ app: { page } }) => {
    await expect(page.getByText(/is not an SQLite database/).first()).toBeVisible();
    await expect(page.getByText(/restore it from a backup/).first()).toBeVisible();
    await expect(page.getByText('No calls yet')).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('unreadable');
  });
});

test.describe('corrupt-empty-file', () => {
  test.use({ golden: 'corrupt-empty-file' });

  test('says that the file is empty, and what the Python tool would make of it', async ({
    app: { page, folder, data },
  }) => {
    await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('damaged');
    await expect(page.getByRole('tabpanel', { name: 'Graph' })).toContainText(/vek\.db is empty \(0 bytes\)/);
    await expectEveryProblem(page, folder!, data);
  });
});
