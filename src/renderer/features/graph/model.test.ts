import { describe, expect, test, vi } from 'vitest';
import { ok } from '../../../core/result.ts';
import { fakeWindow } from './fake-store.ts';
import { createGraphModel, type GraphApi } from './model.ts';
import { scrollBy, scrollTo } from './scroll.ts';

const ALL = { filter: '', focus: [] };
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

/** A store that grows: h1 is the root, the newest stands on top. */
function store(total: number): { total: number; revision: number; calls: string[]; api: GraphApi } {
  const self = {
    total,
    revision: 1,
    calls: [] as string[],
    api: {
      rows: async (view, start, count, signal) => {
        self.calls.push(`${start}+${count}`);
        await Promise.resolve();
        if (signal.aborted) return { ok: false, error: { kind: 'cancelled', message: '', hint: '' } };
        const shown = view.filter === '' ? self.total : Math.min(10, self.total);
        return ok({
          ...fakeWindow({ total: shown, start, count, revision: self.revision }),
          all: self.total,
        });
      },
      locate: async (_view, hash) => {
        const n = Number(hash.slice(1));
        return ok({ hash, row: n > self.total ? null : self.total - n });
      },
    } as GraphApi,
  };
  return self;
}

const topHash = (model: ReturnType<typeof createGraphModel>): string | undefined =>
  model.at(Math.floor(model.get().scroll.offset / 28))?.hash;

describe('the graph model', () => {
  test('reads what is in sight and the next chunk, not more', async () => {
    const data = store(1_000_000);
    const model = createGraphModel(data.api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    expect(data.calls).toEqual(['0+64', '64+128']);
    expect(model.get().shown?.total).toBe(1_000_000);
    model.setScroll((scroll) => scrollTo(scroll, Infinity));
    await settle();
    expect(model.at(999_999)?.hash).toBe('h1');
  });

  test('keeps the row at the top of the window in place when calls arrive', async () => {
    const data = store(1000);
    const model = createGraphModel(data.api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    model.setScroll((scroll) => scrollBy(scroll, 28 * 200 + 11));
    await settle();
    const before = topHash(model);
    data.total = 1500;
    data.revision = 2;
    model.refresh();
    await settle();
    expect(topHash(model)).toBe(before);
    expect(model.get().scroll.offset).toBe(28 * 700 + 11);
    expect(model.get().shown?.revision).toBe(2);
  });

  test('keeps it in place also when calls arrive between the look for it and the reading', async () => {
    const data = store(1000);
    const { locate } = data.api;
    const model = createGraphModel(
      {
        ...data.api,
        locate: async (...asked) => {
          const found = await locate(...asked);
          data.total += 3;
          data.revision += 1;
          return found;
        },
      },
      ALL,
      { offset: 0, height: 700 },
    );
    model.refresh();
    await settle();
    model.setScroll((scroll) => scrollBy(scroll, 28 * 200 + 11));
    await settle();
    const before = topHash(model);
    data.total = 1005;
    data.revision = 2;
    model.refresh();
    await settle();
    expect(model.get().shown?.total).toBe(1008);
    expect(topHash(model)).toBe(before);
  });

  test('shows new calls at the very top', async () => {
    const data = store(1000);
    const model = createGraphModel(data.api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    data.total = 1001;
    data.revision = 2;
    model.refresh();
    await settle();
    expect(topHash(model)).toBe('h1001');
    expect(model.get().scroll.offset).toBe(0);
  });

  test('never mixes two revisions: an answer of a newer one replaces everything', async () => {
    const data = store(5000);
    const model = createGraphModel(data.api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    data.total = 5001;
    data.revision = 2;
    model.setScroll((scroll) => scrollTo(scroll, 28 * 2000));
    await settle();
    const shown = model.get().shown!;
    expect(shown.revision).toBe(2);
    for (const chunk of shown.chunks.values()) {
      for (const row of chunk.rows) expect(row.hash).toBe(`h${5001 - row.row}`);
    }
  });

  test('goes back to the call to keep when the view before had hidden it', async () => {
    const data = store(5000);
    const model = createGraphModel(data.api, { filter: 'x', focus: [] }, { offset: 0, height: 840 });
    model.refresh();
    await settle();
    expect(model.rowOf('h1200')).toBeNull();
    model.setView(ALL, 'h1200');
    await settle();
    const row = model.rowOf('h1200')!;
    expect(row).toBe(3800);
    expect(model.get().scroll.offset).toBe(28 * row - 280);
  });

  test('keeps the old rows on screen until the new ones are there', async () => {
    const data = store(1000);
    const model = createGraphModel(data.api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    const seen: (number | undefined)[] = [];
    model.subscribe(() => seen.push(model.get().shown?.total));
    model.setView({ filter: 'tool:x', focus: [] }, null);
    expect(model.get().stale).toBe(true);
    await settle();
    expect(new Set(seen)).toEqual(new Set([1000, 10]));
    expect(model.get().shown?.all).toBe(1000);
  });

  test('drops requests for rows that were scrolled past', async () => {
    const data = store(100_000);
    const signals: AbortSignal[] = [];
    const slow = vi.fn(async (view, start, count, signal: AbortSignal) => {
      signals.push(signal);
      await new Promise((done) => setTimeout(done, start === 0 ? 0 : 100));
      return data.api.rows(view, start, count, signal);
    }) as GraphApi['rows'];
    const model = createGraphModel({ ...data.api, rows: slow }, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    for (let row = 1000; row <= 60_000; row += 1000) model.setScroll((scroll) => scrollTo(scroll, 28 * row));
    expect(signals.length).toBeLessThan(5);
    await new Promise((done) => setTimeout(done, 300));
    expect(signals.filter((signal) => signal.aborted).length).toBe(1);
    expect(topHash(model)).toBe('h40000');
  });

  test('a failure is told and the rows stay; the next reading clears it', async () => {
    const data = store(1000);
    let broken = false;
    const api: GraphApi = {
      ...data.api,
      rows: (...ask) =>
        broken
          ? Promise.resolve({
              ok: false,
              error: { kind: 'damaged', message: 'vek.db is gone.', hint: 'Put it back.' },
            })
          : data.api.rows(...ask),
    };
    const model = createGraphModel(api, ALL, { offset: 0, height: 700 });
    model.refresh();
    await settle();
    broken = true;
    model.refresh();
    await settle();
    expect(model.get().failure?.message).toBe('vek.db is gone.');
    expect(model.at(0)?.hash).toBe('h1000');
    broken = false;
    model.refresh();
    await settle();
    expect(model.get().failure).toBeNull();
  });

  test('opens where it was left, also when the store has shrunk since', async () => {
    const data = store(1000);
    const model = createGraphModel(data.api, ALL, { offset: 28 * 50_000, height: 700 });
    model.refresh();
    await settle();
    expect(model.get().scroll.offset).toBe(28 * 1000 - 700);
    expect(model.at(999)?.hash).toBe('h1');
  });
});
