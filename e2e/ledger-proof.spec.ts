import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeFindings, expect, test } from './support/ledger.ts';

const proof = (page: Page) => page.getByRole('region', { name: 'Proof', exact: true });
const chain = (page: Page) => proof(page).getByRole('list', { name: /^Links of the chain/ });

async function openProof(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: /^Proof/ }).click();
  await expect(proof(page)).toBeVisible();
}

test('a sound ledger says what was recomputed and when, and what can’t be known', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'small');
  await openProof(page);
  await expect(proof(page).getByRole('heading', { level: 2, name: 'Nothing wrong found' })).toBeVisible();
  await expect(proof(page).locator('.in-verdict')).toContainText(/Recomputed .* in /);
  await expect(proof(page).getByText('hash chain verified for 13 events')).toBeVisible();
  await expect(proof(page).getByText('ledger replay matches spent counters')).toBeVisible();
  await expect(proof(page).getByRole('region', { name: 'Can’t be known' })).toBeVisible();
  await expect(chain(page).locator('.pf-link-proved').last()).toContainText('13');
  await expect(chain(page).locator('.pf-link-bad')).toHaveCount(0);
});

test('a removed entry is named, placed and drawn, and its chain is walked by keys', async ({
  page,
  openLedger,
}) => {
  await openLedger(page, 'tampered-delete-middle');
  await openProof(page);
  await expect(
    proof(page).getByRole('heading', { level: 2, name: 'One thing does not add up' }),
  ).toBeVisible();
  const finding = proof(page)
    .getByRole('region', { name: /^Findings/ })
    .getByRole('listitem')
    .first();
  await expect(finding).toContainText('Entry 7 is missing');
  await expect(finding).toContainText('From entry 7 on');
  await expect(chain(page)).toContainText('7 missing');
  await expect(chain(page).locator('.pf-gap')).toContainText('Reserved $0.000088 of 67647fe2');
  // the entry behind the gap is sound: it names what was removed
  await expect(chain(page).locator('.pf-link-bad')).toHaveCount(0);
  const behind = chain(page).locator('.pf-link-closed').first();
  await expect(behind).toContainText('8');
  await expect(behind).toContainText('as its predecessor, which is not there any more');
  await expect(finding).not.toContainText('speaks against');
  await expect(chain(page).locator('.pf-link-proved').last()).toContainText('6');
  await chain(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(chain(page).locator('[aria-current=true]')).toContainText('6');
  await expect(page.getByRole('status').filter({ hasText: 'Entry 6, Spent, fits.' })).toBeAttached();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chain(page).locator('[aria-current=true]')).toContainText('9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('Entry 9');
});

test('the key v verifies again, and nothing is called verified without it', async ({ page, openLedger }) => {
  await openLedger(page, 'week');
  await openProof(page);
  const words = proof(page).locator('.in-verdict p');
  const before = await words.textContent();
  await expect(async () => {
    await proof(page).focus();
    await page.keyboard.press('v');
    await expect(words).toContainText('Recomputed');
    expect(await words.textContent()).not.toBe(before);
  }).toPass();
});

test('a proof is a file that a stranger checks with the program beside it', async ({ page, openLedger }) => {
  const { data } = await openLedger(page, 'small');
  await openProof(page);
  const room = mkdtempSync(join(tmpdir(), 'vekscope-proof-'));
  const save = async (name: string) => {
    const waiting = page.waitForEvent('download');
    await proof(page).getByRole('button', { name }).click();
    const download = await waiting;
    const path = join(room, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  const entries = await save('Entries as JSON');
  const script = await save('Checking program');
  expect(readFileSync(script, 'utf8').split('\n').length).toBeLessThan(61);
  const command = (await proof(page).locator('.pf-code pre').textContent())?.split('\n')[1] ?? '';
  expect(command).toBe(`python3 ${script.split('/').at(-1)} ${entries.split('/').at(-1)}`);
  const [program = '', ...words] = command.split(' ');
  expect(execFileSync(program, words, { cwd: room, encoding: 'utf8' })).toContain(
    'hash chain verified for 13 events',
  );
  // what was fetched does not stay in the app folder
  await expect.poll(() => readdirSync(join(data, 'exports'))).toEqual([]);
  rmSync(room, { recursive: true, force: true });
});

test('two copies say where they part', async ({ page, openLedger }) => {
  const { folder } = await openLedger(page, 'small', {
    prepare: (room) => {
      const golden = join(
        import.meta.dirname,
        '..',
        'test',
        'goldens',
        'aex',
        'tampered-rewritten',
        'aex.db',
      );
      cpSync(golden, join(room, 'copy', 'aex.db'));
    },
  });
  await page
    .getByRole('treeitem', { name: /^Proof/ })
    .first()
    .click();
  await proof(page).getByRole('button', { name: 'Compare' }).click();
  const parted = proof(page).locator('.pf-parted');
  await expect(parted).toContainText('differ at entry 6');
  await expect(parted).toContainText('in common');
  // each copy is called by its file wherever it is spoken of, with the folder that tells them apart
  const own = `${basename(folder)}/aex.db`;
  const facts = parted.locator('dl > div');
  await expect(facts.first()).toContainText(`${own}, 13 entries, the last of `);
  await expect(facts.nth(1)).toContainText('copy/aex.db, 13 entries, the last of ');
  await expect(facts.nth(1).locator('bdi')).toHaveAttribute('title', join(folder, 'copy', 'aex.db'));
  await expect(parted.getByRole('heading', { level: 4 }).first()).toHaveText(own);
  await expect(parted.getByRole('heading', { level: 4 }).nth(1)).toHaveText('copy/aex.db');
  await expect(parted.locator('p').first()).toContainText(/ in .*\/aex\.db and .* in copy\/aex\.db\. /);
  await expect(parted.locator('.pf-sides li').first()).toContainText('usage.commit');
  // what differs is named on both sides, and is in sight
  const fields = parted.locator('.pf-copy-fields');
  await expect(fields.first()).toContainText('cost $');
  expect(await fields.first().textContent()).not.toBe(await fields.nth(1).textContent());
  await expect(fields.first()).toBeInViewport();
});

test('a cut end and hashes that were made anew are drawn as such', async ({ page, openLedger }) => {
  await openLedger(page, 'tampered-rewritten');
  await openProof(page);
  await expect(chain(page).locator('.pf-link-bad')).toHaveCount(1);
  await expect(chain(page).locator('.pf-link-bad')).toContainText('6');
  await expect(chain(page).locator('.pf-link-anew').first()).toContainText('7');
  await expect(chain(page).locator('.pf-link-proved').last()).toContainText('5');
  await chain(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(
    page.getByRole('status').filter({ hasText: /Entry 7, .*fits, which proves nothing\./ }),
  ).toBeAttached();
});

test('a narrow proof opens at its top; times are as everywhere', async ({ page, openLedger }) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await openLedger(page, 'tampered-timestamp');
  await openProof(page);
  await expect(chain(page)).toBeVisible();
  await expect(chain(page).locator('[aria-current=true]')).toHaveCount(1);
  expect(
    await proof(page)
      .locator('.pf-scroll')
      .evaluate((box) => box.scrollTop),
  ).toBe(0);
  const findings = proof(page).getByRole('region', { name: /^Findings/ });
  await expect(findings).toContainText(/\d Mar 2026, \d\d:\d\d:\d\d/);
  await expect(findings).not.toContainText(/2026-03-\d\d/);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the proof holds up to axe in the ${theme} theme, also narrow`, async ({ page, openLedger }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openLedger(page, 'tampered-payload');
    await openProof(page);
    await expect(chain(page)).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
    await expect(chain(page)).toBeAttached();
    const wide = await proof(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBe(0);
  });
}
