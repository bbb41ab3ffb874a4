import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axeFindings, expect, test } from './support/ledger.ts';
import { limitNow, middle, plainAnswer } from './support/speed.ts';

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
const bar = (page: Page) => page.locator('.lb-bar');
const row = (page: Page, seq: number) =>
  page.locator('.ls-row', { hasText: new RegExp(`\\D${seq}\\d\\d:\\d\\d:\\d\\d`) });

test.describe('what is wrong in a tampered ledger', () => {
  test('a changed payload is found by two clicks: which entry, what stood there, who says so', async ({
    page,
    openLedger,
  }) => {
    await openLedger(page, 'tampered-payload');
    await expect(findings(page).getByRole('listitem').first()).toContainText('Entry 6 was changed');
    await expect(page.getByRole('region', { name: 'Chain' })).toContainText('1 to 5 verified');
    await findings(page)
      .getByRole('button', { name: /^Show entry/ })
      .first()
      .click();
    await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
    await expect(inspector(page)).toContainText('hash does not match');
    await expect(inspector(page).getByRole('region', { name: 'Payload', exact: true })).toContainText(
      'cost_micro',
    );
    await expect(inspector(page)).toContainText('What it hashed as');
    await expect(row(page, 6)).toHaveAttribute('aria-selected', 'true');
    await expect(row(page, 6).locator('.ls-link')).toHaveAttribute('data-state', 'broken');
    await expect(row(page, 5).locator('.ls-link')).toHaveAttribute('data-state', 'verified');
    // the original content gives the stored hash again, so what stands behind it is proved
    await expect(row(page, 7).locator('.ls-link')).toHaveAttribute('data-state', 'closed');
    const strip = page.getByRole('region', { name: 'Chain' });
    await expect(strip.locator('.lg-strip-words')).toHaveText(
      /1 to 5 verified.*6 altered.*7 to 13 chained to the original/,
    );
    await expect(page.locator('.status-bar')).toContainText('Entry 6 altered');
  });

  test('a rewritten past, whose chain holds, is found by keys alone', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'tampered-rewritten');
    await expect(page.getByRole('region', { name: 'Chain' })).toContainText('1 to 5 verified');
    await grid.focus();
    await page.keyboard.press('n');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
    await expect(inspector(page).getByRole('table', { name: 'What the other records say' })).toBeVisible();
    await expect(inspector(page)).toContainText('$0.001660');
    await expect(grid).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { selected: true })).not.toHaveText(/^Ledger/);
  });

  test('the inspector knows a finding by the same witnesses as Proof', async ({ page, openLedger }) => {
    await openLedger(page, 'tampered-rewritten');
    await findings(page)
      .getByRole('button', { name: /^Show entry/ })
      .first()
      .click();
    const known = inspector(page).getByRole('table', { name: 'How it is known' }).first();
    await expect(known).toBeVisible();
    const says = (await known.textContent()) ?? '';
    await page.getByRole('treeitem', { name: /^Proof/ }).click();
    const proof = page.locator('.pf-witnesses').first();
    await expect(proof).toBeVisible();
    const records = await proof.locator('tbody td:first-child').allTextContents();
    expect(records.length).toBeGreaterThan(2);
    for (const record of records) expect(says).toContain(record);
  });

  test('a chain that was made anew is not called verified from there on', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'tampered-rewritten');
    const strip = page.getByRole('region', { name: 'Chain' });
    await expect(strip).toContainText('1 to 5 verified');
    await expect(strip).toContainText('6 contradicted');
    await expect(strip).toContainText('7 to 13 hashed anew, not trusted');
    await expect(strip.locator('.lg-strip-part')).toHaveCount(3);
    await expect(strip.locator('.lg-strip-part').last()).toHaveAttribute('data-is', 'anew');
    await expect(page.locator('.status-bar')).toContainText('Not trusted from entry 6 on');
    await expect(grid.locator('.ls-link[data-state=verified]')).toHaveCount(5);
    await grid.getByRole('row', { name: /^hash fits, not trusted 13 / }).click();
    await expect(inspector(page)).toContainText('hash fits, not trusted');
    await expect(inspector(page)).not.toContainText('hash verified');
  });

  test('the sound entry behind one that was removed is not accused', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'tampered-delete-middle');
    const strip = page.getByRole('region', { name: 'Chain' });
    await expect(strip).toContainText('1 to 6 verified');
    await expect(strip).toContainText('7 missing');
    await expect(strip).toContainText('8 to 13 chained to the original');
    await expect(row(page, 8).locator('.ls-link')).toHaveAttribute('data-state', 'closed');
    await expect(grid.locator('.ls-link[data-state=broken], .ls-what.ls-bad')).toHaveCount(0);
    await expect(page.locator('.status-bar')).toContainText('Entry 7 missing');
    await row(page, 8).click();
    await expect(inspector(page)).toContainText('chained to the original');
    await expect(inspector(page)).not.toContainText('speaks against');
  });

  test('removed entries have a line where they stood, which leads to why, by keys too', async ({
    page,
    openLedger,
  }) => {
    const { grid } = await openLedger(page, 'tampered-delete-middle');
    const gone = grid.locator('.ls-row[data-line=gone]');
    await expect(gone).toHaveCount(1);
    await expect(gone).toContainText('7 missing');
    await expect(gone).toContainText('Reserved $0.000088 of 67647fe2');
    await expect(gone).toContainText('proved, hash a8d70601');
    const above = grid.locator('.ls-row').filter({ hasText: /^hash fits, chained to the original8/ });
    const [upper, lower] = [await above.boundingBox(), await gone.boundingBox()];
    expect(lower!.y).toBeCloseTo(upper!.y + upper!.height, 0);
    await grid.focus();
    await page.keyboard.press('n');
    await expect(gone).toHaveAttribute('aria-selected', 'true');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 7 is missing' })).toBeVisible();
    await expect(inspector(page)).not.toContainText('speaks against');
    await page.keyboard.press('ArrowDown');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await expect(gone).toHaveAttribute('aria-selected', 'true');
    expect(await axeFindings(page)).toEqual([]);
  });

  test('a cut end has a line above all entries, and the chain is not whole', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'tampered-delete-tail');
    const strip = page.getByRole('region', { name: 'Chain' });
    await expect(strip.locator('.lg-strip-words')).toHaveText(/1 to 9 verified.*10 to 13 missing/);
    await expect(strip.locator('.lg-strip-part').last()).toHaveAttribute('data-is', 'missing');
    const gone = grid.locator('.ls-row[data-line=gone]');
    await expect(gone).toContainText('10 to 13 missing');
    await expect(gone).toContainText('Spent $0.000032');
    await expect(page.locator('.status-bar')).toContainText('Entries 10 to 13 missing');
    await page.getByRole('button', { name: /^Explain/ }).click();
    await expect(gone).toHaveAttribute('aria-selected', 'true');
  });

  test('an entry is not red for what another record of its call says', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'tampered-execution');
    const beside = grid.getByRole('row').filter({ hasText: 'see finding' });
    await expect(beside).toHaveCount(1);
    await expect(grid.locator('.ls-bad')).toHaveCount(0);
  });

  test('the problems pane keeps its columns in a narrow window', async ({ page, openLedger }) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await openLedger(page, 'tampered-execution');
    await page.getByRole('button', { name: /^Problems/ }).click();
    const cells = page.getByRole('grid', { name: 'Problems' }).getByRole('row').last().getByRole('gridcell');
    await expect(cells).toHaveCount(3);
    const tops = await cells.evaluateAll((all) =>
      all.map((cell) => Math.round(cell.getBoundingClientRect().top)),
    );
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(12);
  });

  test('a notice is no error, and what AEX does itself is no alarm', async ({ page, openLedger }) => {
    await openLedger(page, 'deleted-agent');
    await expect(page.locator('.status-bar').getByText('1 problem')).toHaveClass(/status-warn/);
    const strip = page.getByRole('region', { name: 'Chain' });
    await expect(strip.locator('.lg-strip-bad')).toHaveCount(0);
    await expect(strip).toContainText('158 verified');
    await expect(strip).toContainText('18 of a deleted agent can’t be recomputed');
    await expect(findings(page).getByRole('listitem').first()).toContainText('no sign of tampering');
    await page.getByRole('button', { name: /^\d notices/ }).click();
    await page
      .getByRole('button', { name: /^Show entry: Calls of open-p/ })
      .first()
      .click();
    await expect(inspector(page).getByRole('heading', { name: /^Notices?$/ })).toBeVisible();
    await expect(inspector(page).getByRole('heading', { name: /add up/ })).toHaveCount(0);
  });

  test('the problems below lead to the entry as well', async ({ page, openLedger }) => {
    await openLedger(page, 'tampered-payload');
    await page.getByRole('button', { name: /^Problems/ }).click();
    await page.getByRole('grid', { name: 'Problems' }).focus();
    await page.keyboard.press('Enter');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
    await page.getByRole('tab', { name: 'Operations' }).click();
    await expect(page.getByText('A ledger is never written')).toBeVisible();
  });
});

test.describe('the statement', () => {
  test('is filtered by typing, by a value and by the menu of a line', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'protocol');
    await grid.focus();
    await page.keyboard.press('/');
    await page.keyboard.type('is:over');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(bar(page)).toContainText('8 of 176 entries');
    await page.keyboard.press('Escape');
    await bar(page).getByRole('button', { name: 'Facets' }).click();
    // what is unusual is counted, and one that no entry is can't be chosen; another one takes its place
    const anomalies = page.getByRole('region', { name: 'Anomalies' });
    await expect(anomalies.getByRole('button', { name: /^Overruns/ })).toHaveText(/Overruns ?8/);
    await expect(anomalies.getByRole('button', { name: /^Open reservations/ })).toBeDisabled();
    const denials = await anomalies.getByRole('button', { name: /^Denials/ }).textContent();
    await anomalies.getByRole('button', { name: /^Denials/ }).click();
    await expect(bar(page)).toContainText(`${denials?.replace('Denials', '')} of 176 entries`);
    await bar(page).getByRole('button', { name: 'Facets' }).click();
    await anomalies.getByRole('button', { name: /^Overruns/ }).click();
    await expect(bar(page)).toContainText('8 of 176 entries');
    await bar(page).getByRole('button', { name: 'Clear filter' }).click();
    await bar(page).getByRole('button', { name: 'Facets' }).click();
    await page
      .getByRole('region', { name: 'Model' })
      .getByRole('button', { name: /^embed/ })
      .click();
    await expect(bar(page)).toContainText('4 of 176 entries');
    await bar(page).getByRole('button', { name: 'Clear filter' }).click();
    await expect(bar(page)).toContainText(/(?:^|\D)176 entries/);
    await page.locator('.ls-row[data-line=entry]').nth(3).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Only this execution' }).click();
    await expect(bar(page)).toContainText(/[1-9] of 176 entries/);
  });

  test('a day of which a filter leaves out some is not shown as if it were whole', async ({
    page,
    openLedger,
  }) => {
    await openLedger(page, 'week');
    const day = page.locator('.ls-row[data-line=day]').first();
    await expect(day).toContainText(/UTC\d+ entries.*\d spent$/);
    await page.keyboard.press('/');
    await page.keyboard.type('type:commit');
    await expect(day).toContainText(/UTC\d+ of \d+ entries/);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('is:overrun');
    await expect(day).toContainText(/−\$[\d.]+ of −\$[\d.]+ spent$/);
  });

  test('has a current line for one who comes from the filter, also where the selected entry is left out', async ({
    page,
    openLedger,
  }) => {
    const { grid } = await openLedger(page, 'week');
    const spent = page.locator('.ls-row[data-line=entry]', { hasText: 'Spent' }).first();
    await spent.click();
    await expect(spent).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('/');
    await page.keyboard.type('type:deny ');
    await page.keyboard.press('Enter');
    await expect(grid).toBeFocused();
    const current = page.locator('.ls-row[aria-selected=true]');
    await expect(current).toHaveCount(1);
    await expect(current).toContainText('Denied');
    await expect(grid).toHaveAttribute('aria-activedescendant', /./);
    await expect(inspector(page)).toContainText('Denied');
  });

  test('cuts no mark and no amount beside an open inspector', async ({ page, openLedger }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await openLedger(page, 'week');
    const cells = page.locator(
      '.ls-row :is(.badge, .ls-reserved, .ls-spent, .ls-available, .ls-time, .ls-entry)',
    );
    const cut = () =>
      cells.evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );
    await bar(page).getByRole('combobox').or(bar(page).getByRole('textbox')).first().fill('is:overrun');
    await expect(page.locator('.ls-row .badge', { hasText: 'overrun' }).first()).toBeVisible();
    expect(await cut()).toEqual([]);
  });

  test('is grouped, unfolded in place, sorted and shown without days', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'week');
    await expect(page.locator('.ls-row[data-line=day]').first()).toContainText('8 Mar 2026 UTC');
    await grid.focus();
    await page.keyboard.press('g');
    await expect(page.getByRole('treegrid', { name: 'Executions' })).toBeVisible();
    const groups = page.locator('.ls-row[data-line=group]');
    await expect(groups.first()).toBeVisible();
    await page.keyboard.press('Home');
    await expect(groups.first()).toHaveAttribute('aria-selected', 'true');
    const before = await page.locator('.ls-row').first().textContent();
    await page.keyboard.press('ArrowRight');
    await expect(groups.first()).toHaveAttribute('aria-expanded', 'true');
    await expect(page.locator('.ls-row[data-inside]')).not.toHaveCount(0);
    expect(await page.locator('.ls-row').first().textContent()).toBe(before);
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('.ls-row[data-inside]')).toHaveCount(0);
    await page.keyboard.press('g');
    await bar(page).getByRole('button', { name: 'Days' }).click();
    await expect(page.locator('.ls-row[data-line=day]')).toHaveCount(0);
    await bar(page).getByRole('button', { name: 'Newest first' }).click();
    await page.getByRole('menuitem', { name: 'Oldest first' }).click();
    await expect(page.locator('.ls-row').first()).toContainText('Reserved');
    await bar(page).getByRole('button', { name: 'Oldest first' }).click();
    await page.getByRole('menuitem', { name: 'Anomalies first' }).click();
    await expect(bar(page).getByRole('button', { name: 'Days' })).toBeDisabled();
  });

  test('shows one account with its own balances', async ({ page, openLedger }) => {
    await openLedger(page, 'week');
    await page.getByRole('button', { name: 'Account of all agents' }).click();
    await page.getByRole('menuitem', { name: 'coder' }).click();
    await expect(page.getByRole('button', { name: 'Account of coder' })).toBeVisible();
    await expect(bar(page)).toContainText(/\d+ of 237 entries/);
    await expect(page.locator('.ls-head')).not.toContainText('Agent');
  });

  test('is saved as CSV', async ({ page, openLedger }) => {
    await openLedger(page, 'small');
    await bar(page).getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(14);
  });

  test('has every line within reach of the keys', async ({ page, openLedger }) => {
    const { grid } = await openLedger(page, 'week');
    await grid.focus();
    await page.keyboard.press('End');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 1', exact: true })).toBeVisible();
    await page.keyboard.press('Home');
    await expect(inspector(page).getByRole('heading', { name: 'Entry 237', exact: true })).toBeVisible();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowUp');
    await expect(inspector(page).getByRole('heading', { name: /^Entry 2\d\d$/ })).toBeVisible();
    await expect(grid).toBeFocused();
  });
});

/** Another process that appends one properly chained entry at each line it is sent, and says when it has committed. */
const WRITER = `
import hashlib, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute('PRAGMA journal_mode=WAL')
for line in sys.stdin:
    agent = db.execute('SELECT name FROM agents LIMIT 1').fetchone()[0]
    db.execute('BEGIN IMMEDIATE')
    prev = db.execute('SELECT event_hash FROM event_log ORDER BY seq DESC LIMIT 1').fetchone()[0]
    payload = json.dumps({'from': 'READY', 'reason': line.strip(), 'to': 'PAUSED'}, sort_keys=True, separators=(',', ':'))
    parts = [prev, 'agent.state.transition', '', payload]
    event = hashlib.sha256(''.join(part + chr(10) for part in parts).encode()).hexdigest()
    db.execute("INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash) VALUES (NULL, ?, ?, ?, ?, ?)",
      (agent, parts[1], payload, prev, event))
    db.execute('COMMIT')
    print('done', flush=True)
`;

test('an entry of another process shows within half a second, and nothing that is read moves', async ({
  page,
  openLedger,
}) => {
  const { file } = await openLedger(page, 'week');
  const writer = spawn('python3', ['-c', WRITER, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const write = async (reason: string) => {
    const done = once(writer.stdout, 'data');
    writer.stdin.write(`${reason}\n`);
    await done;
  };
  try {
    // a machine that is busy for a moment gets two more tries, and one that stays busy more time
    let [shown, limit] = [Infinity, 0];
    for (let round = 1; round <= 3 && shown >= limit; round += 1) {
      const times: number[] = [];
      const plain: number[] = [];
      for (const reason of ['first', 'second', 'third', 'fourth', 'fifth']) {
        await write(`${reason} of ${round}`);
        const since = performance.now();
        const entry = page.locator('.ls-row', { hasText: `PAUSED: ${reason} of ${round}` });
        await entry.waitFor({ timeout: 5000 });
        times.push(performance.now() - since);
        plain.push(await plainAnswer(page));
      }
      [shown, limit] = [middle(times), limitNow(500, plain)];
    }
    expect(shown).toBeLessThan(limit);
    await expect(page.getByRole('contentinfo')).toContainText('Live');
    await page.locator('.ls-grid').hover();
    await page.mouse.wheel(0, 600);
    const first = page.locator('.ls-row:not([data-line=day])').nth(6);
    const [text, box] = [await first.textContent(), await first.boundingBox()];
    await write('sixth');
    await expect(page.getByRole('button', { name: '1 new entry' })).toBeVisible();
    const same = page.locator('.ls-row', { hasText: text ?? '' }).first();
    expect((await same.boundingBox())?.y).toBe(box?.y);
    await page.getByRole('button', { name: '1 new entry' }).click();
    await expect(page.locator('.ls-row', { hasText: 'PAUSED: sixth' })).toBeVisible();
  } finally {
    writer.stdin.end();
    await once(writer, 'exit');
  }
});

test.describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`statement, inspector and facets hold up to axe in the ${colorScheme} theme`, async ({
      page,
      openLedger,
    }) => {
      await page.emulateMedia({ colorScheme });
      await openLedger(page, 'tampered-payload');
      await findings(page)
        .getByRole('button', { name: /^Show entry/ })
        .first()
        .click();
      await expect(inspector(page).getByRole('heading', { name: 'Entry 6', exact: true })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('g');
      await expect(page.getByRole('treegrid', { name: 'Executions' })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await bar(page).getByRole('button', { name: 'Facets' }).click();
      await expect(page.getByRole('region', { name: 'Type' }).getByRole('button').first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });
  }

  test('a window of 900 pixels has everything within reach', async ({ page, openLedger }) => {
    await page.setViewportSize({ width: 900, height: 700 });
    await openLedger(page, 'tampered-payload');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(900);
    await expect(row(page, 6)).toContainText('Spent');
    await findings(page)
      .getByRole('button', { name: /^Show entry/ })
      .first()
      .click();
    await expect(row(page, 6)).toHaveAttribute('aria-selected', 'true');
  });

  test('what was asked and how it was shown is there again at the next start', async ({
    page,
    openLedger,
  }) => {
    const { grid } = await openLedger(page, 'week');
    await grid.focus();
    await page.keyboard.press('g');
    await expect(page.getByRole('treegrid', { name: 'Executions' })).toBeVisible();
    await page.waitForTimeout(800);
    await page.reload();
    await expect(page.getByRole('treegrid', { name: 'Executions' })).toBeVisible();
  });
});
