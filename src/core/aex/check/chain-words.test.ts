import { describe, expect, it } from 'vitest';
import type { ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';
import { chainWords, isMild, worstWord } from './chain-words.ts';
import { pictureOf } from './stretches.ts';

const stretch = (
  is: StretchKind,
  from: number,
  to: number,
  by: LedgerFindingKind | null = null,
): ChainStretch => ({ is, from, to, entries: Math.max(1, to - from + 1), by });
const words = (...stretches: readonly ChainStretch[]): string =>
  chainWords(pictureOf(stretches, 200))
    .map(({ text, tone }) => `${text} (${tone})`)
    .join(', ');
const worst = (...stretches: readonly ChainStretch[]) => worstWord({ stretches });

describe('what is so of a chain, in words', () => {
  it('is one part where all is verified, and nothing where there is none', () => {
    expect(words(stretch('verified', 1, 1401))).toBe('All 1,401 entries verified (ok)');
    expect(words(stretch('verified', 1, 1))).toBe('1 entry verified (ok)');
    expect(words()).toBe('');
    expect(worst(stretch('verified', 1, 9))).toBeNull();
  });

  it('names what was altered, and that what stands behind is chained to the original', () => {
    const parts = [
      stretch('verified', 1, 40),
      stretch('altered', 41, 41, 'entry-altered'),
      stretch('follows', 42, 1237),
    ];
    expect(words(...parts)).toBe(
      '1 to 40 verified (ok), 41 altered (bad), 42 to 1,237 chained to the original (ok)',
    );
    expect(chainWords(pictureOf(parts, 9)).map(({ seq }) => seq)).toEqual([null, 41, null]);
    expect(worst(...parts)).toBe('Entry 41 altered');
  });

  it('names what is missing, and leads to no entry of it', () => {
    const middle = [stretch('verified', 1, 6), stretch('missing', 7, 7), stretch('follows', 8, 13)];
    expect(words(...middle)).toContain('7 missing (bad)');
    expect(chainWords(pictureOf(middle, 9))[1]!.seq).toBeNull();
    expect(worst(...middle)).toBe('Entry 7 missing');
    expect(worst(stretch('verified', 1, 9), stretch('missing', 10, 13))).toBe('Entries 10 to 13 missing');
    expect(words(stretch('missing', 1, 237))).toBe('All 237 entries missing (bad)');
    expect(worst(stretch('missing', 1, 237))).toBe('All 237 entries missing');
    const closed = [stretch('verified', 1, 8), stretch('missing', 9, 8), stretch('anew', 9, 20)];
    expect(words(...closed)).toBe(
      '1 to 8 verified (ok), 1 missing before 9 (bad), 9 to 20 hashed anew, not trusted (warn)',
    );
    expect(worst(...closed)).toBe('An entry is missing before 9');
  });

  it('trusts nothing behind an entry that was hashed anew', () => {
    const anew = [
      stretch('verified', 1, 52),
      stretch('forged', 53, 53, 'amount-differs'),
      stretch('anew', 54, 237),
    ];
    expect(words(...anew)).toBe(
      '1 to 52 verified (ok), 53 contradicted (bad), 54 to 237 hashed anew, not trusted (warn)',
    );
    expect(worst(...anew)).toBe('Not trusted from entry 53 on');
    expect(worst(stretch('forged', 6, 6, 'entry-replaced'))).toBe('Entry 6 forged');
  });

  it('is calm about what AEX does itself, and only then', () => {
    const deleted = [
      stretch('verified', 1, 36),
      stretch('lost', 37, 52, 'agent-deleted'),
      stretch('follows', 53, 176),
    ];
    expect(words(...deleted)).toBe("160 verified (ok), 16 of a deleted agent can't be recomputed (warn)");
    expect(isMild(pictureOf(deleted, 9))).toBe(true);
    expect(worst(...deleted)).toBeNull();
    expect(isMild(pictureOf([...deleted, stretch('missing', 177, 177)], 9))).toBe(false);
    expect(isMild(pictureOf([stretch('verified', 1, 3)], 9))).toBe(false);
  });

  it('leaves out what stands between places, but for how much it is', () => {
    const two = [
      stretch('verified', 1, 33),
      stretch('altered', 34, 34),
      stretch('follows', 35, 47),
      stretch('missing', 48, 50),
      stretch('follows', 51, 237),
    ];
    expect(words(...two)).toBe(
      '1 to 33 verified (ok), 34 altered (bad), 48 to 50 missing (bad), 200 chained to the original (ok)',
    );
  });

  it('tells the first of many places and how many there are', () => {
    const many = Array.from({ length: 6 }, (_, at) => [
      stretch(at === 0 ? 'verified' : 'unproved', at * 10 + 1, at * 10 + 9),
      stretch('altered', at * 10 + 10, at * 10 + 10),
    ]).flat();
    expect(words(...many)).toBe(
      '1 to 9 verified (ok), 10 altered (bad), 20 altered (bad), 4 more places (bad), 45 not proved (note)',
    );
  });
});
