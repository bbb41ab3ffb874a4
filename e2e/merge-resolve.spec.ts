import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { nameOfFocus } from './support/layout.ts';
import { commitMerge, openResolver, resolvedAt, resolver, tipOf } from './support/merge.ts';
import { dialog, expectAgreement, graph, storeCall, terminal } from './support/vek.ts';

test.use({ golden: 'conflict' });

const ALL = ['clean-a', 'clean-b', 'main', 'ours', 'retooled', 'theirs', 'type-change'];
const agree = (folder: string, data: string) =>
  expectAgreement(folder, data, { branches: ALL, head: 'ours' });

/** What a document of the golden is on a branch. */
function outputOf(folder: string, data: string, branch: string): Record<string, unknown> {
  return (terminal(folder, data, 'show', tipOf(folder, branch)) as { output: Record<string, unknown> })
    .output;
}

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test('shows exactly the four conflicts of the golden, with nothing typed, and none between the clean branches', async ({
  app: { page },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, open, card, bar, commit, documents } = resolver(page);
  await expect(open).toHaveCount(4);
  for (const path of ['/title', '/budget/total', '/obsolete', '/added_both_diff']) {
    await expect(card(path)).toHaveAccessibleName(/^Conflict \d of 4, .*, open$/);
  }
  await expect(card('/obsolete')).toContainText('theirs changed it and ours removed it');
  await expect(card('/budget/total')).toContainText('two numbers can’t be kept both');
  await expect(card('/budget/total').getByRole('button', { name: 'Both' })).toBeDisabled();
  await expect(bar).toContainText('4 open conflicts block this merge');
  await expect(bar).toContainText('moves ours from 4ffedc03');
  await expect(commit).toBeDisabled();
  await expect(view).toContainText('0 of 4 resolved');
  await expect(view).toContainText('16 places taken automatically in this document');
  await expect(documents).toHaveCount(1);
  await expect(documents.first()).toContainText('4 open');

  await openResolver(page, 'clean-b', 'clean-a');
  await expect(resolver(page).open).toHaveCount(0);
  await expect(resolver(page).view).toContainText('No conflicts');
  await expect(resolver(page).commit).toBeEnabled();
});

test('resolves by mouse, commits, both tools agree, and the content is right; undo brings the choices back', async ({
  app: { page, folder, data },
}) => {
  const before = tipOf(folder!, 'ours');
  await openResolver(page, 'theirs', 'ours');
  const { view, use, card, bar, commit } = resolver(page);
  await use('/added_both_diff', 'theirs').click();
  await expect(card('/added_both_diff')).toHaveAccessibleName(/settled$/);
  await expect(card('/added_both_diff')).toContainText('Taken from theirs');
  await use('/budget/total', 'ours').click();
  await use('/obsolete', 'theirs').click();
  await expect(view).toContainText('3 of 4 resolved');
  await use('/title', 'base').click();
  await expect(bar).toContainText('Everything is resolved');
  await expect(commit).toBeEnabled();

  await commit.click();
  await expect(dialog(page)).toContainText('__merge__');
  await expect(dialog(page)).toContainText('ours moves from 4ffedc03 to');
  await expect(dialog(page).getByRole('listitem')).toContainText(
    /1 from ours, 2 from theirs, 1 from base, 16 taken automatically/,
  );
  await expect(dialog(page).getByRole('listitem')).toContainText('synthetic');
  expect(tipOf(folder!, 'ours')).toBe(before);
  await dialog(page).getByRole('button', { name: 'Commit merge' }).click();
  await expect(view.getByRole('heading', { name: 'theirs is merged into ours' })).toBeVisible();

  const [entry, ...more] = resolvedAt(folder!, data, 'ours');
  expect(more).toEqual([]);
  const [base, ours, theirs] = ['main', 'ours', 'theirs'].map((name) =>
    name === 'ours'
      ? (terminal(folder!, data, 'show', before) as { output: Record<string, unknown> }).output
      : outputOf(folder!, data, name),
  ) as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
  expect(entry).toMatchObject({ tool: 'update_doc', identity: { doc: 'trip' }, how: 'merged' });
  expect(entry!.output).toMatchObject({
    title: base['title'],
    added_both_diff: theirs['added_both_diff'],
    obsolete: theirs['obsolete'],
    added_ours: ours['added_ours'],
    added_theirs: theirs['added_theirs'],
    days: theirs['days'],
    budget: { total: (ours['budget'] as { total: number }).total, lines: { hotel: 650 } },
  });
  agree(folder!, data);

  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog(page)).toHaveCount(0);
  expect(tipOf(folder!, 'ours')).toBe(before);
  agree(folder!, data);
  await expect(bar).toContainText('Everything is resolved');
  await expect(card('/title')).toContainText('Back to base');
});

test('resolves by keys alone, from the palette to the commit; both in the other order, and an undo in between', async ({
  app: { page, folder, data },
}) => {
  await press(page, 'Control+k');
  await page.keyboard.type('merge theirs into ours');
  await expect(page.getByRole('option', { selected: true })).toContainText('Merge theirs into ours');
  await press(page, 'Enter');
  await expect(dialog(page).getByRole('button', { name: /^Resolve 4/ })).toBeFocused();
  await press(page, 'Enter');
  const { view, card, commit, open } = resolver(page);
  await expect(card('/added_both_diff')).toBeFocused();
  await press(page, '3');
  await expect(card('/added_both_diff')).toContainText('Both, ours first');
  await press(page, '3');
  await expect(card('/added_both_diff')).toContainText('Both, theirs first');
  await expect(card('/added_both_diff')).toBeFocused();
  await press(page, 'n');
  await expect(card('/budget/total')).toBeFocused();
  await press(page, '3');
  await expect(open).toHaveCount(3);
  await press(page, '2');
  await expect(card('/obsolete')).toBeFocused();
  await press(page, '1');
  await expect(card('/title')).toBeFocused();
  await press(page, 'u');
  await expect(card('/obsolete')).toBeFocused();
  await expect(open).toHaveCount(2);
  await press(page, 'Shift+U');
  await expect(open).toHaveCount(1);
  await press(page, 'n', '4');
  await expect(open).toHaveCount(0);
  await expect(commit).toBeEnabled();
  await press(page, 'Control+Enter');
  await expect(dialog(page).getByRole('button', { name: 'Commit merge' })).toBeFocused();
  await press(page, 'Enter');
  await expect(view.getByRole('heading', { name: 'theirs is merged into ours' })).toBeVisible();
  await expect(view).toBeFocused();
  const [entry] = resolvedAt(folder!, data, 'ours');
  expect(entry!.output).toMatchObject({ added_both_diff: 'theirs\nours', title: 'Trip plan' });
  expect(entry!.output).not.toHaveProperty('obsolete');
  agree(folder!, data);
});

test('an edit that is no JSON can’t be kept and blocks the commit; a kept one is written and named', async ({
  app: { page, folder, data },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { card, bar, commit, use } = resolver(page);
  await use('/added_both_diff', 'ours').click();
  await use('/obsolete', 'ours').click();
  await use('/title', 'ours').click();
  await card('/budget/total').getByText('/budget/total').click();
  await press(page, 'e');
  const editor = card('/budget/total').getByRole('textbox');
  await expect(editor).toBeFocused();
  await press(page, 'Control+a');
  await page.keyboard.type('12 x');
  const keep = card('/budget/total').getByRole('button', { name: 'Keep this' });
  await expect(keep).toBeDisabled();
  await press(page, 'Control+Enter');
  await expect(card('/budget/total').getByRole('textbox')).toBeVisible();
  await expect(commit).toBeDisabled();
  await press(page, 'Control+a');
  await page.keyboard.type('1275.50');
  await expect(keep).toBeEnabled();
  await press(page, 'Control+Enter');
  await expect(card('/budget/total')).toContainText('1275.50');
  await expect(card('/budget/total')).toContainText('Edited');
  await expect(bar).toContainText('Everything is resolved');

  await card('/title').getByText('/title').click();
  await press(page, 'e');
  await expect(bar).toContainText('An edit is not kept yet');
  await expect(commit).toBeDisabled();
  await press(page, 'Escape');
  await expect(commit).toBeEnabled();
  await commitMerge(page);
  const [entry] = resolvedAt(folder!, data, 'ours');
  expect(entry).toMatchObject({ how: 'edited', output: { budget: { total: 1275.5 } } });
  agree(folder!, data);
});

test('quotes and brackets are typed as they are, also over what is selected', async ({
  app: { page, folder, data },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { card, use, bar } = resolver(page);
  await use('/added_both_diff', 'ours').click();
  await use('/obsolete', 'ours').click();
  const typed = async (path: string, text: string) => {
    await card(path).getByText(path).click();
    await press(page, 'e');
    await expect(card(path).getByRole('textbox')).toBeFocused();
    await press(page, 'Control+a');
    await page.keyboard.type(text);
    await press(page, 'Control+Enter');
    await expect(card(path)).toContainText('Edited');
  };
  await typed('/title', `"Lyon" (by 'train', [or] {not})`);
  await typed('/budget/total', '["a\\"b", {"c": [1, "()"]}]');
  await expect(bar).toContainText('Everything is resolved');
  await commitMerge(page);
  const [entry] = resolvedAt(folder!, data, 'ours');
  expect(entry!.output).toMatchObject({
    title: `"Lyon" (by 'train', [or] {not})`,
    budget: { total: ['a"b', { c: [1, '()'] }] },
  });
  agree(folder!, data);
});

test('a whole output is taken as it is, and named so', async ({ app: { page, folder, data } }) => {
  await openResolver(page, 'theirs', 'ours');
  const { whole, bar, card, open, documents } = resolver(page);
  await press(page, 'Shift+2');
  await expect(open).toHaveCount(0);
  await expect(bar).toContainText('Everything is resolved');
  await expect(whole.getByRole('button', { name: 'Use the whole output of theirs' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(card('/title')).toContainText('From the whole output of theirs');
  await expect(documents.first().getByRole('img', { name: 'resolved' })).toBeVisible();
  const theirs = outputOf(folder!, data, 'theirs');
  await commitMerge(page);
  expect(resolvedAt(folder!, data, 'ours')).toEqual([
    { tool: 'update_doc', identity: { doc: 'trip' }, how: 'target', output: theirs },
  ]);
  agree(folder!, data);
});

test('what was taken automatically can be overruled', async ({ app: { page, folder, data } }) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, card, use, bar } = resolver(page);
  await page.getByRole('button', { name: 'Resolve all open' }).click();
  await page.getByRole('menuitem', { name: 'All 4 open from ours' }).click();
  await expect(bar).toContainText('Everything is resolved');
  await card('/days').hover();
  await card('/days').getByRole('button', { name: 'Reopen' }).click();
  await expect(card('/days')).toHaveAccessibleName(
    /^Taken automatically, \/days, only theirs changed it, open$/,
  );
  await expect(bar).toContainText('1 open conflict blocks this merge');
  await use('/days', 'ours').click();
  await expect(view).toContainText('5 of 5 resolved');
  const before = tipOf(folder!, 'ours');
  await commitMerge(page);
  const ours = (terminal(folder!, data, 'show', before) as { output: Record<string, unknown> }).output;
  const [entry] = resolvedAt(folder!, data, 'ours');
  expect(entry!.output).toMatchObject({
    days: ours['days'],
    title: ours['title'],
    added_theirs: { z: null },
  });
  agree(folder!, data);
});

test('undo goes back through every choice and on through what was automatic; redo comes back', async ({
  app: { page },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, open, card } = resolver(page);
  await press(page, '1', '2', '1', '2');
  await expect(view).toContainText('4 of 4 resolved');
  await press(page, 'u', 'u', 'u', 'u');
  await expect(view).toContainText('0 of 4 resolved');
  await expect(open).toHaveCount(4);
  await expect(card('/added_both_diff')).toBeFocused();
  await press(page, 'u', 'u');
  await expect(view).toContainText('0 of 6 resolved');
  expect(await nameOfFocus(page)).toMatch(/^group Taken automatically, .*, open$/);
  for (let step = 0; step < 20; step += 1) await press(page, 'u');
  await expect(view).toContainText('0 of 20 resolved');
  for (let step = 0; step < 20; step += 1) await press(page, 'Shift+U');
  await expect(view).toContainText('4 of 4 resolved');
  await expect(card('/title')).toContainText('Taken from theirs');
});

test('progress outlives a reload, with its undo; abandoning forgets it', async ({ app: { page } }) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, card } = resolver(page);
  await press(page, '2', '1');
  await expect(page.getByRole('treeitem', { name: /^Merge theirs into ours/ })).toContainText('2 open');
  await page.reload();
  await expect(view).toContainText('2 of 4 resolved');
  await expect(card('/added_both_diff')).toContainText('Taken from theirs');
  await expect(card('/obsolete')).toBeFocused();
  await press(page, 'u');
  await expect(view).toContainText('1 of 4 resolved');
  await page.getByRole('button', { name: 'Abandon merge…' }).click();
  await dialog(page).getByRole('button', { name: 'Abandon merge' }).click();
  await expect(view).toHaveCount(0);
  await openResolver(page, 'theirs', 'ours');
  await expect(view).toContainText('0 of 4 resolved');
});

test('when another process moves a branch, the choices that fit are kept and the others are listed', async ({
  app: { page, folder, data },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, card, bar } = resolver(page);
  await press(page, '1', '2', '1');
  await card('/title').getByText('/title').click();
  await press(page, 'e');
  await expect(card('/title').getByRole('textbox')).toBeVisible();
  await press(page, 'Control+a');
  await page.keyboard.type('My own');
  const theirs = outputOf(folder!, data, 'theirs');
  const budget = { ...(theirs['budget'] as object), total: 9999 };
  storeCall(folder!, 'update_doc', { doc: 'trip', rev: 9 }, { ...theirs, budget }, { branch: 'theirs' });
  await expect(view).toContainText('theirs has moved.');
  await expect(view).toContainText('2 choices still fit and are kept; 1 choice no longer fits');
  await expect(view).toContainText('2 of 4 resolved');
  await view.getByRole('button', { name: 'List them' }).click();
  await expect(view.getByRole('list', { name: 'Choices that no longer fit' })).toContainText(
    /trip.*\/budget\/total.*Taken from theirs/,
  );
  // what was being typed is still there
  await expect(card('/title').getByRole('textbox')).toBeVisible();
  await card('/title').getByRole('button', { name: 'Keep this' }).click();
  await expect(card('/title')).toContainText('My own');
  await expect(bar).toContainText('1 open conflict blocks this merge');
  await press(page, '2');
  await commitMerge(page);
  const [entry] = resolvedAt(folder!, data, 'ours');
  expect(entry).toMatchObject({ how: 'edited', output: { title: 'My own', budget: { total: 9999 } } });
  agree(folder!, data);
});

test('a plan that another process overtook writes nothing and keeps every choice', async ({
  app: { page, folder, data },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, commit } = resolver(page);
  await press(page, '1', '1', '1', '1');
  await commit.click();
  await expect(dialog(page).getByRole('button', { name: 'Commit merge' })).toBeEnabled();
  const moved = storeCall(folder!, 'note', { text: 'x' }, { ok: true }, { branch: 'ours' });
  await dialog(page).getByRole('button', { name: 'Commit merge' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('ours');
  await dialog(page).getByRole('button', { name: 'Look again' }).click();
  await expect(view).toContainText('ours has moved.');
  await expect(view).toContainText('4 choices still fit and are kept');
  expect(tipOf(folder!, 'ours')).toBe(moved);
  await commitMerge(page);
  agree(folder!, data);
});

test('merged again later, the base is the merge: only what is new is in question', async ({
  app: { page, folder, data },
}) => {
  await openResolver(page, 'theirs', 'ours');
  const { view, open, card, bar } = resolver(page);
  await press(page, '1', '2', '1', '1');
  await commitMerge(page);
  await expect(view.getByRole('heading', { name: 'theirs is merged into ours' })).toBeVisible();
  const theirs = outputOf(folder!, data, 'theirs');
  const [first] = resolvedAt(folder!, data, 'ours');
  storeCall(folder!, 'update_doc', { doc: 'trip', rev: 9 }, { ...theirs, days: 11 }, { branch: 'theirs' });
  storeCall(
    folder!,
    'update_doc',
    { doc: 'trip', rev: 9 },
    { ...first!.output, title: 'Trip at last', draft: true },
    { branch: 'ours' },
  );
  await page.getByRole('button', { name: 'Close tab' }).click();
  await openResolver(page, 'theirs', 'ours');
  await expect(open).toHaveCount(0);
  await expect(bar).toContainText('Everything is resolved');
  await expect(card('/days')).toContainText('11');
  await expect(card('/title')).toHaveCount(1);
  await commitMerge(page);
  const [again] = resolvedAt(folder!, data, 'ours');
  expect(again!.output).toMatchObject({ title: 'Trip at last', days: 11, draft: true });
  agree(folder!, data);
});

test('one click leads from the merge to its call', async ({ app: { page } }) => {
  await openResolver(page, 'theirs', 'ours');
  await press(page, '1', '1', '1', '1');
  await commitMerge(page);
  await page.getByRole('button', { name: 'Show in graph' }).click();
  await expect(graph(page).grid.getByRole('row', { selected: true })).toContainText('__merge__');
});
