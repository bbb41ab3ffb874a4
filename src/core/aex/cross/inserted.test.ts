import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { INSERTS } from '../../../../test/support/aex/tamper-inserts.ts';

describe('entries that were put in, with everything behind them numbered and hashed anew', () => {
  it.each(Object.keys(INSERTS))('%s, is one story at its place', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: INSERTS[name]! },
      ['week', 'week-large', 'protocol', 'small'],
      [1, 2, 5],
    );
    expect(misses).toEqual([]);
    expect(tried).toBeGreaterThan(5);
  });

  it('says which records do not know a forged call', async () => {
    const told = await tamperedGolden('week', INSERTS['forged: a call with its row']!, 1);
    expect(told?.findings[0]).toMatchObject({
      kind: 'entry-unknown',
      expected: 'no such entry',
      found: 'entries 238 to 240',
      since: 238,
    });
    expect(told?.findings[0]?.message).toContain('no reservation and no row in the older event stream');
  });
});
