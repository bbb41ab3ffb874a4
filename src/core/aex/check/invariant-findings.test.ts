import { describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import type { LedgerFinding, LedgerInvariant } from '../../../contract/ledger-report.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import { lookAtLedger } from '../store.ts';
import { uncovered } from './invariant-findings.ts';

const chain: ChainVerdict = {
  ok: true,
  detail: '',
  seq: null,
  events: 9,
  breaks: [],
  moreBreaks: 0,
  head: null,
};
const failed: LedgerInvariant = { name: 'no_orphaned_reservations', passed: false, detail: 'a: 5' };
const more: LedgerFinding = {
  kind: 'more',
  severity: 'error',
  seq: null,
  executionId: null,
  agent: null,
  message: '9 more',
  expected: null,
  found: null,
  since: null,
  sure: 'proved',
  because: [],
};

function told(findings: readonly LedgerFinding[], verdict: ChainVerdict = chain): readonly LedgerFinding[] {
  const { paths, drop } = copyGoldenLedger('small');
  try {
    return value(lookAtLedger(paths, (look) => uncovered(look, [failed], findings, verdict)));
  } finally {
    drop();
  }
}

describe('an invariant that fails', () => {
  it('is a finding where none says why, and none where those that say why may be among what is not listed', () => {
    expect(told([])).toMatchObject([{ kind: 'invariant-failed', severity: 'error' }]);
    expect(told([{ ...more, kind: 'reservation-open', severity: 'notice' }])).toEqual([]);
    expect(told([more])).toEqual([]);
  });

  it('entries that were not looked at one by one are counted', () => {
    expect(told([more], { ...chain, ok: false, moreBreaks: 390_007 })).toMatchObject([
      {
        kind: 'more',
        severity: 'error',
        message: expect.stringContaining('390,007 more entries are broken'),
      },
    ]);
  });
});
