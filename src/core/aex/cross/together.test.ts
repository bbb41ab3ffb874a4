import { describe, expect, it } from 'vitest';
import { notOneStory } from '../../../../test/support/aex/checked.ts';
import { entriesOf, type Db } from '../../../../test/support/aex/tamper-tools.ts';
import { STREAM_GONE, STREAM_HOLE, SWAPS } from '../../../../test/support/aex/tamper-whole.ts';
import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';

/** Exchanges two rows of the older stream. */
const swap = (db: Db): null | { what: string; kinds: readonly LedgerFindingKind[]; seq: number } => {
  const ids = db
    .prepare<[], number>(`SELECT id FROM events WHERE action = 'usage.commit' ORDER BY id`)
    .pluck()
    .all();
  const [one, other] = [ids[2]!, ids.at(-3)!];
  db.exec(`UPDATE events SET id = -1 WHERE id = ${one}; UPDATE events SET id = ${one} WHERE id = ${other}`);
  db.exec(`UPDATE events SET id = ${other} WHERE id = -1`);
  const seq = entriesOf(db, `event_type = 'usage.commit'`)[2]!.seq;
  return { what: `${one} and ${other}`, kinds: ['stream-differs'], seq };
};

describe('two calls whose agents were exchanged', () => {
  it.each(Object.keys(SWAPS))('%s, are one story', async (name) => {
    const { misses, tried } = await notOneStory({ [name]: SWAPS[name]! }, ['week'], [1, 2]);
    expect(misses).toEqual([]);
    expect(tried).toBe(2);
  });
});

describe('rows of the older stream that were removed together', () => {
  it.each(Object.keys(STREAM_GONE))('%s, are one story', async (name) => {
    const { misses, tried } = await notOneStory({ [name]: STREAM_GONE[name]! }, ['week'], [1]);
    expect(misses).toEqual([]);
    expect(tried).toBe(1);
  });

  it('also where they are more than are looked at together', async () => {
    const { misses } = await notOneStory(STREAM_HOLE, ['week', 'week-large', 'protocol'], [1, 2, 3, 4]);
    expect(misses).toEqual([]);
  });

  it('of which two were exchanged are one story', async () => {
    const { misses, tried } = await notOneStory({ swap }, ['week', 'week-large'], [1]);
    expect(misses).toEqual([]);
    expect(tried).toBe(2);
  });
});
