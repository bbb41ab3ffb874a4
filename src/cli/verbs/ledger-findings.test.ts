import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../contract/ledger-report.ts';
import { countsOf, findingLines } from './ledger-findings.ts';

const out = { paint: (text: string): string => text };

const finding = (
  kind: LedgerFinding['kind'],
  seq: number | null,
  more: Partial<LedgerFinding> = {},
): LedgerFinding => ({
  kind,
  severity: 'error',
  seq,
  executionId: null,
  agent: null,
  message: `${kind} of ${seq}`,
  expected: null,
  found: null,
  since: null,
  sure: 'proved',
  because: [],
  ...more,
});
const many = (kind: LedgerFinding['kind'], count: number): LedgerFinding[] =>
  Array.from({ length: count }, (_, i) => finding(kind, i + 1));

describe('findings in the terminal', () => {
  it('are counted, and said to be more where not all are listed', () => {
    expect(countsOf([])).toBe('');
    const some = [...many('entry-altered', 2), finding('clock-back', 1, { severity: 'notice' })];
    expect(countsOf(some)).toBe('2 errors, 1 notice');
    expect(countsOf([...many('entry-altered', 1000), finding('more', null)])).toBe('more than 1,000 errors');
  });

  it('are so many of each kind that the verdict stays on screen, and all are a word away', () => {
    const findings = [...many('entry-altered', 1000), ...many('row-missing', 3), finding('more', null)];
    const text = findingLines(out, findings, false).join('\n');
    expect(text.match(/entry-altered of/g)).toHaveLength(20);
    expect(text).toContain('… 980 more of entry-altered; --verbose lists them.');
    expect(text.match(/row-missing of/g)).toHaveLength(3);
    expect(text).toContain('error    … more of null');
    const all = findingLines(out, findings, true).join('\n');
    expect(all.match(/entry-altered of/g)).toHaveLength(1000);
    expect(all).not.toContain('--verbose');
  });

  it('show no control characters', () => {
    const odd = finding('entry-altered', 1, { agent: 'a\u001b[31m\n\u202e', message: 'm\u0007\u009b' });
    const text = findingLines(out, [odd], false).join('');
    // oxlint-disable-next-line no-control-regex -- looking for them is the test
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});
