import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { differenceWords } from './difference.ts';
import { whenWords } from './when-words.ts';

const finding = (over: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'amount-differs',
  severity: 'error',
  seq: 7,
  executionId: null,
  agent: 'coder',
  message: '',
  expected: null,
  found: null,
  since: 7,
  sure: 'proved',
  because: [],
  ...over,
});

const at = (from: string | null, to: string | null) => whenWords(finding({ when: { from, to } }), 'UTC');
const by = (expected: string | null, found: string | null) => differenceWords(finding({ expected, found }));

describe('when it was', () => {
  const [early, late] = ['2026-03-07T21:26:03.5', '2026-03-08T00:00:00'];

  it('is one time, or what lies around a gap', () => {
    expect(at(early, early)).toBe('7 Mar 2026, 21:26:03');
    expect(at(early, late)).toBe('7 Mar 2026, 21:26:03 to 8 Mar 2026, 00:00:00');
    expect(at(null, late)).toBe('before 8 Mar 2026, 00:00:00');
    expect(at(early, null)).toBe('after 7 Mar 2026, 21:26:03');
  });

  it('is left out where nothing is known, and a text that is no time stays as it is', () => {
    expect(whenWords(finding({}), 'UTC')).toBeNull();
    expect(at(null, null)).toBeNull();
    expect(at('not a time', 'not a time')).toBe('not a time');
  });
});

describe('by how much', () => {
  it('is told of two amounts of one thing', () => {
    expect(by('cost_micro 319', 'cost_micro 159')).toBe('$0.000160 too little');
    expect(by('$1,200.000000', '$2,000.500000')).toBe('$800.500000 too much');
  });

  it('is not told of what is no such pair', () => {
    expect(by('cost_micro 5', 'estimated_micro 4')).toBeNull();
    expect(by('cost_micro 5, $0.000001', 'cost_micro 4, $0.000001')).toBeNull();
    expect(by('927 entries', '924 entries')).toBeNull();
    expect(by('$0.000005', '$0.000005')).toBeNull();
    expect(by(null, '$0.000005')).toBeNull();
  });
});
