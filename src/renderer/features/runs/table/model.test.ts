import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordRow, RecordWindow } from '../../../../contract/records.ts';
import { createRecordsModel, type RecordsSource } from './model.ts';
import { rowAt } from './windows.ts';

const row = (at: number): RecordRow => ({
  id: `a/log#${at}`,
  agent: 'a',
  ts: null,
  atMicros: at,
  runId: null,
  parentRunId: null,
  trigger: null,
  primitive: null,
  status: 'ok',
  model: null,
  summary: `record ${at}`,
  tool: null,
  inputTokens: 1,
  outputTokens: 1,
  costMicros: 1,
  latencyMs: null,
  costSource: null,
  marks: [],
  children: 0,
});

/** Logs with the newest record first; `records` grows as lines come in. */
let records = 0;
const asked: number[] = [];
const source: RecordsSource = {
  rows: async ({ query }, start, count) => {
    asked.push(start);
    const all = query === 'none' ? 0 : records;
    const rows = Array.from({ length: Math.max(0, Math.min(count, all - start)) }, (_, index) =>
      row(all - 1 - start - index),
    );
    const sum = { lines: all, inputTokens: all, outputTokens: all, costMicros: all };
    return { ok: true, value: { total: all, sum, start, rows } satisfies RecordWindow };
  },
  locate: async (_question, id) => ({ ok: true, value: records - 1 - Number(id.split('#')[1]) }),
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const open = async () => {
  const model = createRecordsModel(source, { query: '', sort: 'newest' });
  model.setHeight(280);
  model.refresh();
  await settled();
  return model;
};
const top = (model: Awaited<ReturnType<typeof open>>) => {
  const { shown, scroll } = model.get();
  return shown === null ? null : rowAt(shown, Math.floor(scroll.offset / scroll.rowHeight))?.summary;
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

  it('keeps the selection while lines come in, whether in sight or not', async () => {
    const model = await open();
    const chosen = await model.go(12);
    records += 500;
    model.refresh();
    await settled();
    expect(model.get()).toMatchObject({ selected: chosen?.id, selectedRow: 512 });
    expect(await model.reveal()).toBe(true);
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
      const value = records - 1 - Number(id.split('#')[1]);
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
    model.show({ query: 'none', sort: 'newest' });
    expect(model.get().busy).toBe(true);
    await settled();
    expect(model.get()).toMatchObject({ busy: false, shown: { total: 0 }, scroll: { offset: 0 } });
    expect(await model.go(0)).toBeNull();
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
