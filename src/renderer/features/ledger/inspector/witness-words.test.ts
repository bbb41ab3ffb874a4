import { describe, expect, it } from 'vitest';
import type { LedgerWitness } from '../../../../contract/ledger-report.ts';
import { entrySentence, witnessSentence } from './witness-words.ts';

const witness = (where: string, says: string, agrees: boolean): LedgerWitness => ({
  witness: 'stream',
  where,
  says,
  agrees,
  seq: null,
});

describe('what the records together say', () => {
  it('names the odd one among those that agree', () => {
    const all = [
      witness('this entry', '$0.018055', false),
      witness('row 2 of events', '$0.118055', true),
      witness('tokens × price', '$0.118055', true),
    ];
    expect(witnessSentence(all)).toBe('2 other records say $0.118055. Only this entry differs.');
    expect(witnessSentence(all.slice(1))).toBe('Both records say what should be there.');
    expect(witnessSentence(all.slice(0, 1))).toBe('');
  });

  it('puts no sentence into a sentence', () => {
    const all = [witness('entry 6', 'another hash', false), witness('x', 'gives the hash', true)];
    expect(witnessSentence(all)).toBe('One other record speaks against entry 6.');
  });

  it('names every record that contradicts an entry', () => {
    const all = [witness('a', '1', true), witness('b', '2', false), witness('c', '2', false)];
    expect(entrySentence(all)).toBe('2 of 3 records contradict this entry: b and c.');
    expect(entrySentence(all.slice(0, 2))).toBe('1 of 2 records contradicts this entry: b.');
    expect(entrySentence(all.slice(0, 1))).toBe('');
    expect(entrySentence([witness('a', '1', true), witness('b', '1', true)])).toContain('All 2');
  });

  it('makes no agreement of records that say different things', () => {
    const all = [witness('a', '1', false), witness('b', '2', true), witness('c', '3', true)];
    expect(witnessSentence(all)).toBe('2 other records speak against a.');
    expect(witnessSentence([witness('a', '1', false), witness('b', '2', false)])).toContain(
      'No other record',
    );
  });
});
