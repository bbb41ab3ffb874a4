// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeSet, FileEdit } from '../../../../contract/edits.ts';
import type { FileMerge } from '../../../../contract/file-merge.ts';
import type { MergeDocument } from '../../../../contract/merge.ts';
import { patchEdits } from '../../../state/edits.ts';
import { FILE_NAMES } from '../names.ts';
import { actChoose } from './acts.ts';
import { beginEdit, typeEdit } from './edit.ts';
import './follow.ts';
import { readMerge } from './load.ts';
import { addSetWork, dropWorks, setKey, workOf } from './work.ts';

const engine = vi.hoisted(() => ({
  sets: [] as unknown[],
  merge: null as unknown,
  asked: [] as unknown[],
}));
vi.mock('../../../app/engine.ts', () => ({
  api: {
    edits: {
      sets: async () => ({ ok: true, value: engine.sets }),
      mergeOpen: async (question: unknown) => {
        engine.asked.push(question);
        return { ok: true, value: engine.merge };
      },
    },
  },
}));

const edit = (path: string): FileEdit => ({ path, base: 'a'.repeat(64), text: 'mine\n' });
const set = (moved: readonly string[]): ChangeSet => ({
  id: 'one',
  label: 'Calmer',
  edits: [edit('x/a.md'), edit('x/b.md')],
  savedMicros: 1,
  moved,
});
const unit = (id: string, theirs: string): MergeDocument['units'][number] => ({
  id,
  path: id,
  what: 'lines',
  kind: 'text',
  taken: null,
  base: null,
  ours: { text: 'mine\n', bytes: 5, cut: false },
  theirs: { text: theirs, bytes: theirs.length, cut: false },
  at: null,
  fingerprint: `${id} ${theirs}`,
  both: true,
  baseDisputed: false,
});
const merge = (id: string, units: MergeDocument['units']): FileMerge => ({
  merge: id,
  paths: ['x/a.md'],
  conflicts: units.length,
  notes: ['a note'],
  documents: [
    {
      id: 'x/a.md',
      tool: '',
      identity: 'x/a.md',
      title: 'x/a.md',
      fingerprint: id,
      state: 'conflicts',
      base: null,
      ours: null,
      theirs: null,
      synthetic: { base: false, ours: false, theirs: false },
      units,
      opaque: null,
    },
  ],
});

const key = setKey('s', 'one');
const loaded = () => workOf(key)!.loaded!;

beforeEach(async () => {
  engine.asked = [];
  engine.sets = [set(['x/a.md'])];
  engine.merge = merge('m1', [unit('title#1', 'theirs\n'), unit('text#1', 'other\n')]);
  addSetWork('s', 'one');
  await readMerge(key);
});
afterEach(() => dropWorks(() => true));

it('the edits whose files changed on disk are merged, and no others', () => {
  expect(engine.asked).toEqual([{ source: 's', edits: [edit('x/a.md')] }]);
  expect(loaded()).toMatchObject({
    merge: 'm1',
    names: FILE_NAMES,
    preview: null,
    notes: ['a note'],
    edits: [edit('x/a.md')],
    at: { document: 0, unit: 0 },
  });
  expect(loaded().session.open).toBe(2);
});

it('when the disk changes once more, choices that fit still are kept, and the others are told', async () => {
  actChoose(key, { document: 0, unit: 0 }, { take: 'ours' }, 'anywhere');
  actChoose(key, { document: 0, unit: 1 }, { take: 'theirs' }, 'anywhere');
  expect(loaded().session.open).toBe(0);
  engine.merge = merge('m2', [unit('title#1', 'theirs\n'), unit('text#2', 'another\n')]);
  // what the window hears: the sets were read again
  patchEdits('s', { sets: [set(['x/a.md'])] });
  await vi.waitFor(() => expect(loaded().merge).toBe('m2'));
  expect(workOf(key)!.moved).toMatchObject({ kept: 1, dropped: [{ unit: 'text#1' }] });
  expect(loaded().session.states[0]!.entries).toEqual([{ take: 'ours' }, null]);
  expect(loaded().at).toEqual({ document: 0, unit: 1 });
});

it('what is being typed stays, also where the disk changed this very place', async () => {
  beginEdit(key, { document: 0, unit: 1 });
  typeEdit(key, 'half a li', null);
  engine.merge = merge('m2', [unit('title#1', 'theirs\n'), unit('text#2', 'another\n')]);
  await readMerge(key);
  expect(workOf(key)!.editing).toMatchObject({ place: { document: 0, unit: 1 }, text: 'half a li' });
});

it('a file that is again as it was leaves nothing to resolve, and a set that is gone is said to be', async () => {
  engine.sets = [set([])];
  await readMerge(key);
  expect(loaded().documents).toEqual([]);
  engine.sets = [];
  await readMerge(key);
  expect(workOf(key)!.error?.message).toContain('are gone');
});
