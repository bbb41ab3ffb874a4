import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../contract/ledger.ts';
import { besideFigure, blamesCounters, headFigures } from './figures.ts';

const account = (name: string, change: Partial<Account>): Account => ({
  name,
  budgetMicro: 1000,
  spentMicro: 100,
  reservedMicro: 50,
  replayed: { spentMicro: 100, reservedMicro: 50 },
  lifecycle: 'READY',
  lifecycleReason: null,
  openReservations: 1,
  lastActivity: null,
  createdAt: null,
  burn: null,
  ...change,
});

describe('the figures of the account head', () => {
  it('adds up all accounts, live and replayed', () => {
    const all = [account('a', {}), account('b', { replayed: { spentMicro: 70, reservedMicro: 0 } })];
    expect(headFigures(all, null)).toMatchObject({
      budgetMicro: 2000,
      availableMicro: 1700,
      replayed: { spentMicro: 170, availableMicro: 1780 },
      openReservations: 2,
    });
  });

  it('says nothing of the replay where one account was not replayed, and nothing of an unknown agent', () => {
    expect(headFigures([account('a', {}), account('b', { replayed: null })], null)?.replayed).toBeNull();
    expect(headFigures([account('a', {})], 'x')).toBeNull();
    expect(headFigures([], null)?.budgetMicro).toBe(0);
  });
});

describe('what is proved of an account', () => {
  const by = [{ kind: 'budget-differs', seq: null, executionId: null, agent: 'b', expected: '$0' }] as const;
  const proved = { budgetMicro: 500, spentMicro: 100, reservedMicro: 50, whole: true, by };

  it('adds up with accounts of which nothing is, and says whether all of it is known', () => {
    const all = [account('a', {}), account('b', { proved })];
    expect(headFigures(all, null)?.proved).toEqual({
      budgetMicro: 1500,
      spentMicro: 200,
      reservedMicro: 100,
      availableMicro: 1200,
      whole: true,
      by,
    });
    expect(headFigures(all, 'a')?.proved).toBeNull();
    expect(headFigures([account('b', { proved: { ...proved, whole: false } })], 'b')?.proved?.whole).toBe(
      false,
    );
  });

  it('stands beside a figure that it is not, and takes the place of a replay that says the same', () => {
    expect(besideFigure(5, 5, null)).toEqual({ replayed: null, proved: null });
    expect(besideFigure(5, 5, 5)).toEqual({ replayed: null, proved: null });
    // the counter was changed: the entries are what is proved
    expect(besideFigure(4, 5, 5)).toEqual({ replayed: null, proved: 5 });
    // an entry was changed: the counter is what is proved
    expect(besideFigure(5, 3, 5)).toEqual({ replayed: 3, proved: 5 });
    expect(besideFigure(4, 3, 5)).toEqual({ replayed: 3, proved: 5 });
    expect(besideFigure(5, 3, null)).toEqual({ replayed: 3, proved: null });
    expect(besideFigure(5, null, 5)).toEqual({ replayed: null, proved: null });
  });
});

const finding = (kind: 'spent-differs' | 'entry-altered', agent: string | null) =>
  ({ kind, agent, severity: 'error', seq: kind === 'entry-altered' ? 6 : null }) as const;

describe('a replay that differs', () => {
  it('accuses the counters where a finding does, or where none explains it', () => {
    expect(blamesCounters([finding('spent-differs', 'a')], 'a')).toBe(true);
    expect(blamesCounters([finding('entry-altered', 'a'), finding('spent-differs', 'a')], null)).toBe(true);
    expect(blamesCounters([], 'a')).toBe(true);
    expect(blamesCounters([finding('entry-altered', 'b')], 'a')).toBe(true);
  });

  it('accuses itself where an entry is found to be wrong', () => {
    expect(blamesCounters([finding('entry-altered', 'a')], 'a')).toBe(false);
    expect(blamesCounters([finding('entry-altered', null)], 'a')).toBe(false);
    expect(blamesCounters([finding('entry-altered', 'b')], null)).toBe(false);
  });
});
