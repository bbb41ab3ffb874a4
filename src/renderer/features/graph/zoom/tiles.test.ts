import { describe, expect, test } from 'vitest';
import type { Result } from '../../../../contract/failure.ts';
import { ok } from '../../../../core/result.ts';
import { fakeShape, fakeStrip } from '../fake-store.ts';
import { tilesAround, tilesIn, tileStart } from './tile-id.ts';
import { createTiles, type ScaleApi } from './tiles.ts';

const ALL = { filter: '', focus: [] };
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

function store(total: number) {
  const self = {
    total,
    revision: 1,
    asked: [] as string[],
    broken: false,
    api: {
      shape: async (_view, start, count, signal) => {
        self.asked.push(`shape ${start}+${count}`);
        await Promise.resolve();
        if (signal.aborted || self.broken) return failure(signal.aborted);
        return ok(fakeShape({ total: self.total, start, count, revision: self.revision }));
      },
      strip: async (_view, start, count, buckets, signal) => {
        self.asked.push(`strip ${start}+${count}/${buckets}`);
        await Promise.resolve();
        if (signal.aborted || self.broken) return failure(signal.aborted);
        return ok(fakeStrip({ total: self.total, start, count, buckets, revision: self.revision }));
      },
    } as ScaleApi,
  };
  return self;
}

const failure = (aborted: boolean): Result<never> => ({
  ok: false,
  error: { kind: aborted ? 'cancelled' : 'io', message: 'The engine did not answer.', hint: '' },
});
const viewOf = (data: { total: number; revision: number }) => ({
  view: ALL,
  key: 'k',
  revision: data.revision,
  total: data.total,
});

describe('the tiles of a drawn graph', () => {
  test('cover what is in sight at every size', () => {
    for (const rowHeight of [14, 7, 1, 1 / 2, 1 / 256]) {
      const scroll = { offset: 12_345 * rowHeight, height: 700, total: 1_000_000, rowHeight };
      const parts = tilesIn(scroll).map((id) => tileStart(id, scroll.total));
      expect(parts[0]!.start * rowHeight).toBeLessThanOrEqual(scroll.offset);
      const last = parts.at(-1)!;
      expect((last.start + last.count) * rowHeight).toBeGreaterThanOrEqual(scroll.offset + 700);
      for (const part of parts) expect(part.buckets ?? 0).toBeLessThanOrEqual(4096);
      expect(tilesAround(scroll).slice(0, parts.length)).toEqual(tilesIn(scroll));
    }
    expect(tilesIn({ offset: 0, height: 700, total: 0, rowHeight: 1 })).toEqual([]);
  });

  test('a bucket is as many rows as the size says, also in the last tile', () => {
    const part = tileStart('sum/64/15', 1_000_000);
    expect(part).toEqual({ start: 983_040, count: 16_960, buckets: 265 });
    expect(tileStart('whole/700', 12)).toEqual({ start: 0, count: 12, buckets: 12 });
  });

  test('are read once, with the names of refs only where there are some', async () => {
    const data = store(2000);
    const tiles = createTiles(data.api, () => {});
    tiles.want(viewOf(data), ['call/0', 'call/1']);
    await settle();
    tiles.want(viewOf(data), ['call/0', 'call/1']);
    await settle();
    expect(data.asked.toSorted()).toEqual(['shape 0+512', 'shape 512+512', 'strip 0+512/512']);
    const first = tiles.get('call/0');
    expect(first?.kind === 'shape' && first.refs.map((mark) => mark.label)).toEqual(['main']);
    tiles.stop();
  });

  test('stay, with the total they were made for, until newer ones are there', async () => {
    const data = store(2000);
    const tiles = createTiles(data.api, () => {});
    tiles.want(viewOf(data), ['sum/2/0']);
    await settle();
    data.total = 2001;
    data.revision = 2;
    tiles.want(viewOf(data), ['sum/2/0']);
    expect(tiles.get('sum/2/0')?.total).toBe(2000);
    await settle();
    expect(tiles.get('sum/2/0')?.total).toBe(2001);
    tiles.want({ ...viewOf(data), key: 'other' }, ['sum/2/0']);
    expect(tiles.get('sum/2/0')).toBeNull();
    tiles.stop();
  });

  test('an answer of a revision that nobody asked for is told and not shown', async () => {
    const data = store(2000);
    let moved = 0;
    const tiles = createTiles(data.api, () => (moved += 1));
    data.revision = 5;
    tiles.want({ ...viewOf(data), revision: 4 }, ['sum/2/0']);
    await settle();
    expect([moved, tiles.get('sum/2/0')]).toEqual([1, null]);
    tiles.stop();
  });

  test('are read again when marks became known, and kept meanwhile', async () => {
    const data = store(2000);
    const tiles = createTiles(data.api, () => {});
    tiles.want(viewOf(data), ['sum/2/0']);
    await settle();
    tiles.expire();
    expect(tiles.get('sum/2/0')).not.toBeNull();
    await settle();
    expect(data.asked).toHaveLength(2);
    tiles.stop();
  });

  test('a failure is told', async () => {
    const data = store(2000);
    data.broken = true;
    const tiles = createTiles(data.api, () => {});
    tiles.want(viewOf(data), ['sum/2/0']);
    await settle();
    expect(tiles.failure()?.message).toBe('The engine did not answer.');
    tiles.stop();
  });
});
