import { describe, expect, it } from 'vitest';
import type { GoneEntry } from '../../../../contract/ledger-chain.ts';
import { goneSteps, goneWhich } from './gone-words.ts';

const id = 'af899be477d08531c63307e7d6a8f9fe5bc7dd66c194793460a06070db5eab1c';
const entry = (kind: GoneEntry['kind'], change: Partial<GoneEntry> = {}): GoneEntry => ({
  seq: 1,
  kind,
  type: 'x.y',
  executionId: id,
  agent: 'a',
  estimatedMicro: null,
  costMicro: null,
  model: null,
  hash: null,
  ...change,
});

describe('a line for entries that are gone', () => {
  it('says which', () => {
    expect(goneWhich({ from: 7, to: 7, count: 1 })).toBe('7 missing');
    expect(goneWhich({ from: 1048, to: 1050, count: 3 })).toBe('1,048 to 1,050 missing');
    expect(goneWhich({ from: 9, to: 8, count: 1 })).toBe('1 missing before 9');
  });

  it('says what they did, execution by execution, and how many more there were', () => {
    const call = [
      entry('reserve', { estimatedMicro: 270 }),
      entry('dispatch'),
      entry('commit', { estimatedMicro: 270, costMicro: 184 }),
    ];
    expect(goneSteps({ entries: call, count: 3 })).toEqual([
      'Reserved $0.000270, Sent to provider, Spent $0.000184 of af899be4',
    ]);
    const other = entry('other', { executionId: null });
    expect(goneSteps({ entries: [...call, other], count: 10 }).slice(1)).toEqual(['x.y', '6 more']);
    expect(goneSteps({ entries: [], count: 4 })).toEqual([]);
  });
});
