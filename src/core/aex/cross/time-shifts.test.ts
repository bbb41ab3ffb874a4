import { describe, expect, it } from 'vitest';
import { notOneStory, tamperedGolden } from '../../../../test/support/aex/checked.ts';
import { SHIFTS } from '../../../../test/support/aex/tamper-whole.ts';

describe('times that were moved together', () => {
  it.each(Object.keys(SHIFTS))('%s, are one story at its first entry', async (name) => {
    const { misses, tried } = await notOneStory(
      { [name]: SHIFTS[name]! },
      ['week', 'protocol', 'crashed-after'],
      [1],
    );
    expect(misses).toEqual([]);
    expect(tried).toBe(3);
  });

  it('says by how much, of whom, from where to where, and who says otherwise', async () => {
    const told = await tamperedGolden('week', SHIFTS['times: of one agent in the log']!, 1);
    const [one] = told?.findings ?? [];
    expect(one).toMatchObject({
      agent: 'reviewer',
      range: { from: 1, to: 206 },
      expected: '2026-03-02 06:52:59',
      found: '2026-03-01 06:52:59',
    });
    expect(one?.message).toContain('20 calls of reviewer (entries 1 to 206) were moved back by 1 day');
    expect(one?.because.filter(({ agrees }) => agrees).map(({ witness }) => witness)).toEqual(
      expect.arrayContaining(['execution', 'reservation', 'stream', 'hash']),
    );
  });
});
