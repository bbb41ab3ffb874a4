import { expect, it } from 'vitest';
import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import { agreeing } from './agreeing.ts';

const said = (...agree: readonly boolean[]): readonly LedgerWitness[] =>
  agree.map((agrees) => ({ witness: 'entry', where: 'entry 1', says: 'x', agrees, seq: 1 }));

it('records are counted that say what a finding expected', () => {
  expect(agreeing(said(true, true, false))).toBe('2 of 3 records say what should be there.');
  expect(agreeing(said(true, false))).toBe('1 of 2 records says what should be there.');
  expect(agreeing(said(true, true))).toBe('Both records say what should be there.');
  expect(agreeing(said(true, true, true))).toBe('All 3 records say what should be there.');
  expect(agreeing(said(false, false))).toBe('');
  expect(agreeing(said(true))).toBe('');
});
