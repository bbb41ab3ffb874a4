import { describe, expect, it } from 'vitest';
import type { EntryRow } from '../../../contract/ledger.ts';
import { entryDetail, entryWord, signedMoney } from './words.ts';

const entry = (change: Partial<EntryRow>): EntryRow => ({
  seq: 1,
  ts: '2026-03-02 09:00:05',
  atMicros: 0,
  agent: 'a',
  executionId: 'e',
  type: 'usage.commit',
  kind: 'commit',
  detail: '',
  model: null,
  estimatedMicro: null,
  costMicro: null,
  remainingMicro: null,
  promptTokens: null,
  completionTokens: null,
  reservedDeltaMicro: 0,
  spentDeltaMicro: 0,
  spentMicro: null,
  reservedMicro: null,
  availableMicro: null,
  chain: 'follows',
  marks: [],
  finding: null,
  ...change,
});

describe('the words of an entry', () => {
  it('names the model and all tokens of a settlement', () => {
    const spent = entry({ model: 'gpt-5', promptTokens: 8799, completionTokens: 3703 });
    expect(entryWord(spent)).toBe('Spent');
    expect(entryDetail(spent)).toBe('gpt-5, 12,502 tokens');
    expect(entryDetail(entry({ model: null }))).toBe('');
  });

  it('says of a denial what was asked and what was left', () => {
    const denied = entry({
      kind: 'deny',
      detail: 'Insufficient budget',
      estimatedMicro: 2050,
      remainingMicro: -3,
    });
    expect(entryDetail(denied)).toBe('Insufficient budget: $0.002050 asked, \u2212$0.000003 left');
  });

  it('shows an unknown type by its own name, without what draws nothing', () => {
    expect(entryWord(entry({ kind: 'other', type: 'x\u202Ey' }))).toBe('x\uFFFDy');
    expect(entryWord(entry({ kind: 'other', type: '' }))).toBe('No type');
  });

  it('gives changes a sign, and nothing where nothing changed', () => {
    expect([signedMoney(93_950), signedMoney(-6488), signedMoney(0)]).toEqual([
      '+$0.093950',
      '\u2212$0.006488',
      '',
    ]);
  });
});
