import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rowAt, withRows } from '../graph/row-chunks.ts';
import { createTableModel, type Known, type TableParts } from './model.ts';

type Question = { readonly query: string; readonly open: boolean };
type Row = { readonly id: number; readonly summary: string };
type Window = { readonly total: number; readonly start: number; readonly rows: readonly Row[] };

/** A store with the newest record first; `records` grows as lines come in. */
let records = 0;
const asked: number[] = [];
const withWindow = (known: Known<Row>, { start, rows }: Window): Known<Row> => ({
  ...known,
  chunks: withRows(known.chunks, known.total, start, rows),
});
const source: TableParts<Question, Row, Window, Known<Row>, number> = {
  rows: async ({ query }, start, count) => {
    asked.push(start);
    const total = query === 'none' ? 0 : records;
    const rows = Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, index) => {
      const id = total - 1 - start - index;
      return { id, summary: `record ${id}` };
    });
    return { ok: true, value: { total, start, rows } };
  },
  locate: async (_question, id) => ({ ok: true, value: id < records ? records - 1 - id : null }),
  keyOf: ({ query, open }) => `${query} ${open}`,
  isSameList: (a, b) => a.query === b.query,
  knownOf: (key, window) => withWindow({ key, total: window.total, chunks: new Map() }, window),
  withWindow,
  idOf: ({ id }) => String(id),
  placeOf: ({ id }) => id,
  placeOfId: Number,
  pauseMs: 1,
  short: { kind: 'io', message: 'short', hint: '' },
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const open = async () => {
  const model = createTableModel(source, { query: '', open: false });
  model.setHeight(280);
  model.refresh();
  await settled();
  return model;
};
const top = (model: Awaited<ReturnType<typeof open>>) => {
  const { shown, scroll } = model.get();
  return shown === null ? null : rowAt(shown.chunks, Math.floor(scroll.offset / scroll.rowHeight))?.summary;
};

beforeEach(() => {
  records = 1_000_000;
  asked.length = 0;
});

describe('a table of a million records', () => {
  it('reads only the windows in sight, at the top, the end and in the middle', async () => {
    const model = await open();
    expect(model.get()).toMatchObject({ busy: false, error: null, shown: { total: 1_000_000 } });
    expect((await model.go(999_999))?.summary).toBe('record 0');
    model.setScroll((scroll) => ({ ...scroll, offset: 500_000 * scroll.rowHeight }));
    await settled();
    expect(top(model)).toBe('record 499999');
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('keeps the row in sight where it is while lines come in, and shows them at the very top', async () => {
    const model = await open();
    records += 3;
    model.refresh();
    await settled();
    expect(top(model)).toBe('record 1000002');
    model.setScroll((scroll) => ({ ...scroll, offset: 1000 * scroll.rowHeight + 7 }));
    await settled();
    const before = top(model);
    records += 41;
    model.refresh();
    await settled();
    expect(top(model)).toBe(before);
    expect(model.get().scroll.offset % 28).toBe(7);
  });

  it('keeps a selected row where it is also at the very top', async () => {
    const model = await open();
    const chosen = await model.go(3);
    expect(model.get().scroll.offset).toBe(0);
    records += 18;
    model.refresh();
    await settled();
    expect(model.get()).toMatchObject({ selected: String(chosen?.id), selectedAt: 21 });
    expect(model.get().scroll.offset).toBe(18 * 28);
    model.select(null);
    model.setScroll((scroll) => ({ ...scroll, offset: 0 }));
    records += 2;
    model.refresh();
    await settled();
    expect(top(model)).toBe(`record ${records - 1}`);
  });

  it('keeps the selection while lines come in, whether in sight or not', async () => {
    const model = await open();
    const chosen = await model.go(12);
    records += 500;
    model.refresh();
    await settled();
    expect(model.get()).toMatchObject({ selected: String(chosen?.id), selectedAt: 512 });
    expect(await model.reveal(chosen?.id ?? -1)).toBe(true);
    await settled();
    const next = await model.go(513);
    expect(next?.summary).toBe(`record ${1_000_000 - 1 - 13}`);
  });

  it('a line that comes in between two answers moves nothing', async () => {
    const model = await open();
    model.setScroll((scroll) => ({ ...scroll, offset: 400 * scroll.rowHeight }));
    await settled();
    const before = top(model);
    const locate = vi.spyOn(source, 'locate').mockImplementationOnce(async (_question, id) => {
      const value = records - 1 - id;
      records += 2;
      return { ok: true, value };
    });
    records += 1;
    model.refresh();
    await settled();
    locate.mockRestore();
    expect(top(model)).toBe(before);
  });

  it('another question starts at the top, and none are an answer', async () => {
    const model = await open();
    await model.go(700);
    model.show({ query: 'none', open: false });
    expect(model.get().busy).toBe(true);
    await settled();
    expect(model.get()).toMatchObject({ busy: false, shown: { total: 0 }, scroll: { offset: 0 } });
    expect(await model.go(0)).toBeNull();
  });

  it('the same list keeps its place where only something is unfolded, and what is not in it is not found', async () => {
    const model = await open();
    model.setScroll((scroll) => ({ ...scroll, offset: 300 * scroll.rowHeight }));
    await settled();
    const before = top(model);
    model.show({ query: '', open: true });
    expect(model.get().busy).toBe(false);
    await settled();
    expect(top(model)).toBe(before);
    expect(await model.reveal(2_000_000)).toBe(false);
  });

  it('a failure is told and ends the asking until something changes', async () => {
    const model = await open();
    const error = { kind: 'io', message: 'no', hint: '' } as const;
    const rows = vi.spyOn(source, 'rows').mockImplementation(async () => ({ ok: false, error }));
    model.refresh();
    await settled();
    expect(model.get()).toMatchObject({ error, shown: { total: 1_000_000 } });
    expect(rows.mock.calls.length).toBeLessThan(3);
    rows.mockRestore();
    model.refresh();
    await settled();
    expect(model.get().error).toBeNull();
  });
});
