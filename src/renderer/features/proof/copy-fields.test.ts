import { describe, expect, it } from 'vitest';
import type { CopyEntry } from '../../../contract/ledger-detail.ts';
import { differingFields } from './copy-fields.ts';

const entry = (change: Partial<CopyEntry>): CopyEntry => ({
  seq: 6,
  ts: '2026-03-02 09:00:20',
  agent: 'solo',
  type: 'usage.commit',
  executionId: 'e1',
  payload: '{"cost_micro": 830, "model": "mini"}',
  hash: 'h',
  ...change,
});

describe('what an entry says that its counterpart does not', () => {
  it('is named field by field, amounts as money', () => {
    const other = entry({ payload: '{"cost_micro": 1660, "model": "big"}' });
    expect(differingFields(entry({}), other)).toEqual(['cost $0.000830', 'model mini']);
    expect(differingFields(other, entry({}))).toEqual(['cost $0.001660', 'model big']);
  });

  it('is also what no hash covers, and nothing where both are the same', () => {
    const other = entry({ agent: null, ts: '2026-03-02 09:00:21' });
    expect(differingFields(other, entry({}))).toEqual(['agent none', 'time 2026-03-02 09:00:21']);
    expect(differingFields(entry({}), entry({ hash: 'x' }))).toEqual([]);
  });
});
