import { expect, type Locator, type Page } from '@playwright/test';
import { changeStore, dialog, terminal } from './vek.ts';

/** The resolver in front: its cards by path, its documents, and what it says of itself. */
export function resolver(page: Page) {
  const view = page.getByRole('region', { name: 'Merge', exact: true });
  return {
    view,
    /** a place by its path, as `/title`; of a text or list the first of its parts */
    card: (path: string): Locator => view.getByRole('group', { name: `, ${path}, ` }).first(),
    /** every place that is open now and drawn */
    open: view.getByRole('group', { name: /^Conflict .*, open$/ }),
    whole: view.getByRole('group', { name: /^Whole output of / }),
    documents: view.getByRole('listbox', { name: 'Documents of the merge' }).getByRole('option'),
    bar: view.getByRole('region', { name: 'Commit' }),
    commit: view.getByRole('button', { name: 'Commit merge…' }),
    use: (path: string, who: string): Locator =>
      view
        .getByRole('group', { name: `, ${path}, ` })
        .first()
        .getByRole('button', { name: `Use ${who}`, exact: true }),
  };
}

/** Opens the resolver of a merge by the palette and its preview. */
export async function openResolver(page: Page, from: string, into: string): Promise<void> {
  // keys count once the window stands, also after a reload
  await page.getByRole('tablist', { name: 'Open views' }).waitFor();
  await page.waitForTimeout(50);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).fill(`merge ${from} into ${into}`);
  await expect(page.getByRole('option', { name: new RegExp(`^Merge ${from} into ${into}`) })).toBeVisible();
  await page.keyboard.press('Enter');
  await dialog(page)
    .getByRole('button', { name: /^(Resolve|Go on|Review)/ })
    .click();
  await expect(resolver(page).view).toBeVisible();
  await expect(resolver(page).bar).toBeVisible();
}

/** Goes through the last look and writes the merge. */
export async function commitMerge(page: Page): Promise<void> {
  await resolver(page).commit.click();
  await expect(dialog(page).getByRole('button', { name: 'Commit merge' })).toBeEnabled();
  await dialog(page).getByRole('button', { name: 'Commit merge' }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Where a branch is now. */
export const tipOf = (folder: string, branch: string): string =>
  changeStore(folder, (db) =>
    db.prepare<[string], string>('SELECT hash FROM refs WHERE name = ?').pluck().get(branch),
  )!;

/** What a merge node says about one document that both sides had changed. */
export type ResolvedEntry = {
  readonly tool: string;
  readonly identity: unknown;
  readonly how: string;
  readonly output: Readonly<Record<string, unknown>>;
};

/** The documents that stand in the merge node at the tip of a branch. */
export function resolvedAt(folder: string, data: string, branch: string): readonly ResolvedEntry[] {
  const shown = terminal(folder, data, 'show', tipOf(folder, branch)) as {
    readonly tool: string;
    readonly output: { readonly resolved?: readonly ResolvedEntry[] };
  };
  expect(shown.tool).toBe('__merge__');
  return shown.output.resolved ?? [];
}
