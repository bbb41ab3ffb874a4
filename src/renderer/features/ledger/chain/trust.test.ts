import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { gapBefore, shownChain, SOUND, trustOf } from './trust.ts';

const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'entry-altered',
  severity: 'error',
  seq: 6,
  executionId: null,
  agent: null,
  message: '',
  expected: null,
  found: null,
  since: null,
  sure: 'likely',
  because: [],
  ...change,
});
const row = { seq: 8, chain: 'broken', finding: null } as const;

describe('what findings say of the chain', () => {
  it('is that nothing is to be trusted from the first entry on that was hashed anew', () => {
    const trust = trustOf([
      finding({ kind: 'amount-differs', seq: 60, since: 60 }),
      finding({ kind: 'amount-differs', seq: 53, since: 53 }),
    ]);
    expect(trust.doubtedFrom).toBe(53);
    const at = (seq: number) => shownChain(trust, { seq, chain: 'verified', finding: null }, null);
    expect([at(52), at(53), at(200)]).toEqual(['verified', 'doubted', 'doubted']);
    expect(shownChain(trust, { seq: 60, chain: 'broken', finding: null }, null)).toBe('broken');
  });

  it('is nothing where they are notices, or about no order of entries', () => {
    expect(
      trustOf([finding({ severity: 'notice' }), finding({ kind: 'spent-differs', since: null })]),
    ).toEqual(SOUND);
  });

  it('is where entries were cut off at the end', () => {
    expect(trustOf([finding({ kind: 'tail-missing', seq: 10 })]).tail).toBe(10);
  });

  it('clears the sound entry behind one that is gone or was replaced, and no other', () => {
    const gone = trustOf([finding({ kind: 'entry-missing', seq: 7 })]);
    expect(gapBefore(gone, row)).toEqual({ seq: 7, kind: 'entry-missing' });
    expect(shownChain(gone, row, gapBefore(gone, row))).toBe('after-gap');
    expect(gapBefore(gone, { ...row, finding: 'error' })).toBeNull();
    expect(gapBefore(gone, { ...row, seq: 6 })).toBeNull();
    const replaced = trustOf([finding({ kind: 'entry-replaced', seq: 7 })]);
    expect(gapBefore(replaced, row)).toEqual({ seq: 7, kind: 'entry-replaced' });
    expect(gapBefore(replaced, { ...row, seq: 9 })).toBeNull();
    expect(gapBefore(trustOf([finding({ seq: 7 })]), row)).toBeNull();
  });
});
