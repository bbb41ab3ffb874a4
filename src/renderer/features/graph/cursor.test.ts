// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { ok } from '../../../core/result.ts';
import { clearSelection, getSelection, select } from '../../state/selection.ts';
import { createCursor } from './cursor.ts';
import { fakeWindow } from './fake-store.ts';
import { createGraphModel, type GraphModel } from './model.ts';

/** The store behind the engine: h1 is the root, the newest stands on top. */
const store = vi.hoisted(() => ({
  indexed: 0,
  locate: (_n: number): unknown => null,
}));
vi.mock('../../app/engine.ts', () => ({
  api: {
    vek: {
      locate: ({ hash }: { readonly hash: string }) => store.locate(Number(hash.slice(1))),
      step: ({ hash, to }: { readonly hash: string; readonly to: 'parent' | 'child' }) =>
        store.locate(Number(hash.slice(1)) + (to === 'child' ? 1 : -1)),
    },
  },
}));
store.locate = (n) =>
  Promise.resolve(ok({ hash: `h${n}`, row: n > store.indexed ? null : store.indexed - n, folded: false }));

const later = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const selected = (): string | undefined => getSelection()?.hash;

/** What the window shows is read when the test says so: `model.refresh()`. */
async function open(total: number, filter = ''): Promise<GraphModel> {
  grow(total);
  const model = createGraphModel(
    {
      rows: (_view, start, count) =>
        Promise.resolve(ok(fakeWindow({ total: store.indexed, start, count, revision: store.indexed }))),
      locate: (_view, hash) => Promise.resolve(ok({ hash, row: null, folded: false })),
    },
    { filter, focus: [] },
    { offset: 0, height: 700 },
  );
  model.refresh();
  await later();
  return model;
}

const grow = (total: number): void => {
  store.indexed = total;
};

beforeEach(() => clearSelection());

it('a call that the engine has and the window not yet is selected, not the one in its row', async () => {
  const model = await open(100);
  select('s', 'h100');
  const cursor = createCursor('s', model, () => {});
  grow(101);
  expect(await cursor.jump('h101')).toBeNull();
  expect(selected()).toBe('h101');
  model.refresh();
  await later();
  expect([selected(), cursor.current()?.row]).toEqual(['h101', 0]);
});

it('a step to a call that the window has not yet selects that call', async () => {
  const model = await open(100);
  select('s', 'h100');
  const cursor = createCursor('s', model, () => {});
  grow(102);
  await cursor.step('child');
  expect(selected()).toBe('h101');
  model.refresh();
  await later();
  expect(cursor.current()?.row).toBe(1);
});

it('a call that the index does not know yet is selected and shown once it does, with no word of a filter', async () => {
  const model = await open(5000);
  const cursor = createCursor('s', model, () => {});
  expect(await cursor.jump('h1')).toBeNull();
  await later();
  expect(model.get().scroll.offset).toBeGreaterThan(100_000);
  expect(await cursor.jump('h5001')).toBeNull();
  expect(selected()).toBe('h5001');
  grow(5001);
  model.refresh();
  await later();
  expect([cursor.current()?.hash, model.get().scroll.offset]).toEqual(['h5001', 0]);
});

it('what the filter hides is said, and selected all the same', async () => {
  const model = await open(100, 'tool:search');
  const cursor = createCursor('s', model, () => {});
  expect(await cursor.jump('h101')).toContain('hidden by the filter');
  expect(selected()).toBe('h101');
});

it('a choice made while a row is read is left alone', async () => {
  const model = await open(5000);
  const cursor = createCursor('s', model, () => {});
  await cursor.jump('h1');
  select('s', 'h7');
  const { offset } = model.get().scroll;
  await later();
  expect([selected(), model.get().scroll.offset]).toEqual(['h7', offset]);
});
