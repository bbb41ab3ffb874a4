// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import type { ChangeSet, ChangeSetInput, FileEdit } from '../../contract/edits.ts';
import { activeSet, editsOf, forgetEdits, LOOSE, setName, unsavedCount } from '../state/edits.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import {
  activateSet,
  beginSet,
  dropDrafts,
  forgetSet,
  keepNow,
  refreshEdits,
  restoreSet,
  setDraft,
} from './edits.ts';

/** What the engine keeps, and answers that are held back until a test lets them go. */
const engine = vi.hoisted(() => ({
  kept: new Map<string, ChangeSet>(),
  hold: null as Promise<void> | null,
  fails: false,
}));
vi.mock('./engine.ts', () => ({
  api: {
    app: { saveState: () => Promise.resolve({ ok: true, value: null }) },
    edits: {
      sets: async () => {
        const value = [...engine.kept.values()];
        await engine.hold;
        return { ok: true, value };
      },
      list: () => Promise.resolve({ ok: true, value: [] }),
      saveSet: async ({ set }: { readonly set: ChangeSetInput }) => {
        await engine.hold;
        if (engine.fails) return { ok: false, error: { kind: 'io', message: 'The disk is full.', hint: '' } };
        const kept = { ...set, savedMicros: 1, moved: [] };
        if (set.id === 'loose' && set.edits.length === 0) engine.kept.delete(set.id);
        else engine.kept.set(set.id, kept);
        return { ok: true, value: kept };
      },
      dropSet: ({ id }: { readonly id: string }) => {
        engine.kept.delete(id);
        return Promise.resolve({ ok: true, value: null });
      },
    },
  },
}));

const A = 'agents-a';
const edit = (path: string, text: string): FileEdit => ({ path, base: null, text });
const texts = (set: { readonly edits: readonly FileEdit[] } | undefined) =>
  Object.fromEntries((set?.edits ?? []).map(({ path, text }) => [path, text]));

beforeEach(() => {
  engine.kept.clear();
  engine.hold = null;
  engine.fails = false;
  forgetEdits();
  useWorkspaceStore.setState({
    workspace: {
      id: 'w',
      name: 'w',
      path: '/w',
      sources: [{ id: A, kind: 'agents', name: 'a', path: '/w', state: 'ok', summary: '', problems: [] }],
      messages: [],
    },
  });
  activateSet(A, LOOSE);
});

it('keeps what is typed in the set that is active', async () => {
  setDraft(A, edit('q/persona/SOUL.md', 'one'));
  const id = beginSet(A, 'Warmer', false);
  setDraft(A, edit('q/tools.md', 'two'));
  setDraft(A, edit('q/tools.md', 'three'));
  expect(await keepNow(A)).toBe(true);
  expect(texts(engine.kept.get(LOOSE))).toEqual({ 'q/persona/SOUL.md': 'one' });
  expect(texts(engine.kept.get(id))).toEqual({ 'q/tools.md': 'three' });
  expect(setName(activeSet(editsOf(A)))).toBe('Warmer');
  expect(unsavedCount(editsOf(A))).toBe(2);
});

it('takes loose edits along into a new set only when asked', async () => {
  setDraft(A, edit('q/a.md', 'a'));
  const id = beginSet(A, 'Both', true);
  await keepNow(A);
  expect(texts(engine.kept.get(id))).toEqual({ 'q/a.md': 'a' });
  expect(engine.kept.has(LOOSE)).toBe(false);
});

it('never puts a text that was kept before above one that is being kept', async () => {
  setDraft(A, edit('q/a.md', 'old'));
  await keepNow(A);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  engine.hold = promise;
  setDraft(A, edit('q/a.md', 'new'));
  const keeping = keepNow(A);
  const reading = refreshEdits(A);
  expect(texts(activeSet(editsOf(A)))).toEqual({ 'q/a.md': 'new' });
  release();
  engine.hold = null;
  await Promise.all([keeping, reading]);
  expect(texts(activeSet(editsOf(A)))).toEqual({ 'q/a.md': 'new' });
  expect(texts(engine.kept.get(LOOSE))).toEqual({ 'q/a.md': 'new' });
});

it('a set that is dropped while it is being kept stays dropped, and comes back when that is undone', async () => {
  const id = beginSet(A, 'Warmer', false);
  setDraft(A, edit('q/a.md', 'a'));
  const set = activeSet(editsOf(A));
  void keepNow(A);
  await forgetSet(A, id);
  expect([...engine.kept.keys()]).toEqual([]);
  expect(editsOf(A).active).toBe(LOOSE);
  await refreshEdits(A);
  expect(editsOf(A).sets).toHaveLength(1);
  restoreSet(A, set, true);
  await keepNow(A);
  expect(texts(engine.kept.get(id))).toEqual({ 'q/a.md': 'a' });
  expect(editsOf(A).active).toBe(id);
});

it('putting loose edits back leaves what was typed since', () => {
  setDraft(A, edit('q/a.md', 'first'));
  setDraft(A, edit('q/b.md', 'b'));
  const set = activeSet(editsOf(A));
  dropDrafts(A, ['q/a.md', 'q/b.md']);
  setDraft(A, edit('q/a.md', 'second'));
  restoreSet(A, set, false);
  expect(texts(activeSet(editsOf(A)))).toEqual({ 'q/a.md': 'second', 'q/b.md': 'b' });
});

it('goes on with the set of last time when the folder is opened again', async () => {
  const id = beginSet(A, 'Warmer', false);
  setDraft(A, edit('q/a.md', 'a'));
  await keepNow(A);
  forgetEdits();
  await refreshEdits(A);
  expect(editsOf(A).active).toBe(id);
  expect(texts(activeSet(editsOf(A)))).toEqual({ 'q/a.md': 'a' });
  engine.kept.delete(id);
  await refreshEdits(A);
  expect(editsOf(A).active).toBe(LOOSE);
});

it('says why what is typed could not be kept, holds it, and keeps it once that is possible', async () => {
  engine.fails = true;
  setDraft(A, edit('q/a.md', 'a'));
  expect(await keepNow(A)).toBe(false);
  expect(editsOf(A).unsaved).toBe('The disk is full.');
  engine.fails = false;
  await refreshEdits(A);
  await keepNow(A);
  expect(texts(engine.kept.get(LOOSE))).toEqual({ 'q/a.md': 'a' });
  await vi.waitFor(() => expect(editsOf(A).unsaved).toBeNull());
});
