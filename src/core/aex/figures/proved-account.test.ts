import { describe, expect, it } from 'vitest';
import type { GoneEntry } from '../../../contract/ledger-chain.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { columnsOf, type PlainEntry } from '../views/testing.ts';
import { accountProofs, provedAccount } from './proved-account.ts';
import { provedOf } from './proved.ts';

const entry = (seq: number, type: string, agent: string, amount: number): PlainEntry => ({
  seq,
  micros: seq * 1e6,
  agent,
  execution: null,
  type,
  detail: null,
  estimated: 10,
  amount,
  prompt: 0,
  completion: 0,
  flags: 0,
  expiry: Number.NaN,
});
const columns = columnsOf([
  entry(1, 'budget.reserve', 'a', Number.NaN),
  entry(2, 'usage.commit', 'a', 4),
  entry(4, 'usage.commit', 'b', 7),
]);

const former = (seq: number, agent: string, costMicro: number, hash: string | null = 'h'): GoneEntry => ({
  seq,
  kind: 'commit',
  type: 'usage.commit',
  executionId: null,
  agent,
  estimatedMicro: 10,
  costMicro,
  model: null,
  hash,
});
const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'entry-altered',
  severity: 'error',
  seq: 2,
  executionId: null,
  agent: 'a',
  message: '',
  expected: null,
  found: null,
  since: null,
  sure: 'proved',
  because: [],
  ...change,
});

function proved(name: string, findings: readonly LedgerFinding[]) {
  const replayed = name === 'a' ? { spentMicro: 4, reservedMicro: 0 } : { spentMicro: 7, reservedMicro: 0 };
  const proofs = accountProofs(provedOf(columns, findings), findings);
  return provedAccount({ name, budgetMicro: 100, ...replayed }, proofs);
}

describe('an account by what is proved', () => {
  it('is not told where nothing is, or only what was right is not known', () => {
    expect(proved('a', [])).toBeNull();
    expect(proved('a', [finding({ kind: 'amount-differs', sure: 'likely' })])).toBeNull();
    expect(proved('b', [finding({ was: former(2, 'a', 9) })])).toBeNull();
    // the same amounts in an entry of which only the hash was changed
    expect(proved('a', [finding({ was: former(2, 'a', 4) })])).toBeNull();
  });

  it('has the former content of an entry, and what closes the chain where entries are missing', () => {
    expect(proved('a', [finding({ was: former(2, 'a', 9) })])).toMatchObject({ spentMicro: 9, whole: true });
    const gap = finding({
      kind: 'entry-missing',
      seq: 3,
      range: { from: 3, to: 3 },
      gone: [former(3, 'b', 5)],
    });
    // it is an agent's own, whoever the finding names first
    expect(proved('b', [gap])).toMatchObject({ spentMicro: 12, whole: true });
    const guessed = { ...gap, gone: [former(3, 'b', 5, null)] };
    expect(proved('b', [guessed])).toBeNull();
  });

  it('has the budget that denials prove, and counters that are proved to be wrong', () => {
    const budget = finding({ kind: 'budget-differs', seq: null, provedMicro: 60 });
    expect(proved('a', [budget])).toMatchObject({ budgetMicro: 60, spentMicro: 4 });
    const counter = finding({ kind: 'spent-differs', seq: null });
    expect(proved('a', [counter])).toMatchObject({ budgetMicro: 100, spentMicro: 4 });
    expect(proved('a', [{ ...counter, sure: 'likely' }])).toBeNull();
  });

  it('says where something else is doubted, of it or of nobody in particular', () => {
    const altered = finding({ was: former(2, 'a', 9) });
    const whole = (doubt: Partial<LedgerFinding>) =>
      proved('a', [altered, finding({ kind: 'amount-differs', ...doubt })])?.whole;
    expect(whole({ agent: 'a' })).toBe(false);
    expect(whole({ agent: null })).toBe(false);
    expect(whole({ agent: 'b' })).toBe(true);
  });
});
