import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../contract/ledger.ts';
import { blamesCounters, headFigures } from './figures.ts';

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
