import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { LEDGER_FINDING_KINDS } from '../../../../contract/ledger-report.ts';
import { isAbout, oddNotices, selectionOf, splitFindings, stepFinding } from './pick.ts';
import { doubtOf, findingEvidence, findingTitle, noticeWords } from './words.ts';

const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'entry-altered',
  severity: 'error',
  seq: 1059,
  executionId: null,
  agent: null,
  message: 'Entry 1059 was changed after it was written. It was a settlement.',
  expected: null,
  found: null,
  since: null,
  sure: 'proved',
  because: [],
  ...change,
});

describe('the words of a finding', () => {
  it('do not say twice what is so', () => {
    expect(findingTitle(finding({}))).toBe('Entry 1,059 was changed after it was written');
    expect(findingEvidence(finding({}))).toBe('It was a settlement.');
    expect(findingEvidence(finding({ message: 'Something else. And more.' }))).toBe(
      'Something else. And more.',
    );
  });

  it('say how many entries are missing, and which', () => {
    const missing = (from: number, to: number) =>
      findingTitle(finding({ kind: 'entry-missing', seq: from, range: { from, to } }));
    expect(missing(48, 50)).toBe('Entries 48 to 50 are missing');
    expect(missing(1048, 1049)).toBe('Entries 1,048 and 1,049 are missing');
    expect(missing(7, 7)).toBe('Entry 7 is missing');
    expect(findingTitle(finding({ seq: 51, range: { from: 51, to: 53 } }))).toBe(
      'Entries 51 to 53 were changed after they were written',
    );
    expect(findingTitle(finding({ kind: 'tail-missing', seq: 9 }))).toBe('Entry 9 is missing at the end');
  });

  it('name what a finding is about where it is no single entry', () => {
    const range = { from: 1, to: 237 };
    expect(findingTitle(finding({ kind: 'tail-missing', seq: 1, range }))).toBe(
      'All 237 entries were removed',
    );
    expect(findingTitle(finding({ kind: 'agent-differs', seq: null, agent: 'coder2' }))).toBe(
      'The agent coder2 has several names',
    );
    expect(findingTitle(finding({ kind: 'file-damaged', expected: 'table reservations' }))).toBe(
      'The table reservations is missing',
    );
    expect(findingTitle(finding({ kind: 'clock-back', seq: 51, range: { from: 51, to: 53 } }))).toBe(
      'Entries 51 to 53 are dated ahead of those around them',
    );
  });

  it('say of a call that was given to another agent, or whose row was changed, what was done', () => {
    const about = { seq: 774, since: 774, executionId: 'a'.repeat(64) };
    const moved = finding({ ...about, kind: 'agent-differs', range: { from: 774, to: 776 } });
    expect(findingTitle(moved)).toBe('Execution aaaaaaaa was given to another agent');
    expect(doubtOf(moved)?.words).toBe('Entries 774 to 776 alone');
    expect(findingTitle(finding({ ...about, kind: 'agent-differs' }))).toBe(
      'Entry 774 names another agent than its execution',
    );
    const row = (expected: string) =>
      findingTitle(finding({ ...about, kind: 'execution-differs', expected }));
    expect(row('completion tokens 31')).toBe('The stored answer of execution aaaaaaaa was changed');
    expect(row('state COMMITTED')).toBe('The state of execution aaaaaaaa was changed');
    expect(row('status 200')).toBe('Execution aaaaaaaa contradicts the other records of its call');
  });

  it('leave what a changed entry was to the evidence', () => {
    const changed = finding({
      seq: 6,
      message:
        'Entry 6 was changed after it was written: it (Spent, solo) said cost_micro 1660, and now says cost_micro 830.',
    });
    expect(findingEvidence(changed)).toBe(
      'It (Spent, solo) said cost $0.001660, and now says cost $0.000830.',
    );
  });

  it('do not begin with the title once more, also before a colon', () => {
    const replaced = finding({
      kind: 'entry-replaced',
      seq: 21,
      message: 'Entry 21 was replaced and hashed anew: entry 22 still names the hash of the original.',
    });
    expect(findingEvidence(replaced)).toBe('Entry 22 still names the hash of the original.');
  });

  it('say which entries can’t be trusted: one, all from there on, or none', () => {
    expect(doubtOf(finding({ since: 1059 }))?.words).toBe('Entry 1,059 alone');
    expect(doubtOf(finding({ kind: 'amount-differs', since: 6 }))?.words).toBe('From entry 6 on');
    expect(doubtOf(finding({ kind: 'execution-differs', since: 6 }))).toBeNull();
    expect(doubtOf(finding({ kind: 'entry-missing', since: null }))).toBeNull();
  });

  it('name something for every kind, whatever is known of it', () => {
    for (const kind of LEDGER_FINDING_KINDS) {
      const bare = findingTitle(finding({ kind, seq: null }));
      const full = findingTitle(finding({ kind, agent: 'a\u202Eb', executionId: 'ab'.repeat(32) }));
      expect(bare).not.toMatch(/null|undefined/);
      expect(full).not.toMatch(/null|undefined|\u202E|(?:ab){5}/);
    }
  });
});

describe('notices', () => {
  it('are named once with how many there are', () => {
    const paid = finding({ kind: 'spent-unrecorded', severity: 'notice', agent: 'open-p' });
    const open = finding({ kind: 'reservation-open', severity: 'notice', executionId: 'e' });
    expect(noticeWords([paid, paid, open])).toBe(
      'Calls of open-p may have been paid for without being charged to it (2) · The reservation of e is open',
    );
  });

  it('are apart from what does not agree', () => {
    const open = finding({ kind: 'reservation-open', severity: 'notice' });
    const price = finding({ kind: 'price-differs', severity: 'notice' });
    expect(oddNotices([open])).toBe(0);
    expect(oddNotices([open, price, finding({ kind: 'tokens-differ' })])).toBe(1);
  });
});

describe('going through findings', () => {
  const missing = finding({ kind: 'entry-missing', seq: 4 });
  const budget = finding({ kind: 'budget-differs', severity: 'warning', seq: null, agent: 'x' });
  const notice = finding({ kind: 'reservation-open', severity: 'notice', seq: null, executionId: 'e' });
  const all = [notice, budget, finding({}), missing];

  it('has errors before warnings, and notices apart', () => {
    const { problems, notices } = splitFindings(all);
    expect(problems).toEqual([finding({}), missing, budget]);
    expect(notices).toEqual([notice]);
  });

  it('leads to the entry, or to the finding itself where the entry is gone', () => {
    expect(selectionOf(finding({}))).toEqual({ kind: 'entry', seq: 1059 });
    expect(selectionOf(missing).kind).toBe('finding');
    expect(selectionOf(notice)).toEqual({ kind: 'execution', id: 'e' });
    expect(isAbout(missing, selectionOf(missing))).toBe(true);
  });

  it('goes on from the selected one, around the end', () => {
    expect(stepFinding(all, null, 1)).toBe(notice);
    expect(stepFinding(all, null, -1)).toBe(missing);
    expect(stepFinding(all, selectionOf(missing), 1)).toBe(notice);
    expect(stepFinding([], null, 1)).toBeNull();
  });
});
