// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Result } from '../../../../contract/failure.ts';
import type {
  MergeDocument,
  MergePreview,
  MergeUnit,
  OpenMerge,
  UnitValue,
} from '../../../../contract/merge.ts';
import { canonicalText } from '../../../../core/json/canonical.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { canKeepBoth } from '../../../../core/merge/choices.ts';
import { fingerprintOf } from '../../../../core/merge/fingerprint.ts';
import { mergeJson } from '../../../../core/merge/merge.ts';
import { actAll, actBoth, actChoose, actHistory, actWhole, goOpen, keepEdit } from './acts.ts';
import { beginEdit, editAs, typeEdit } from './edit.ts';
import { keepNow } from './keep.ts';
import { readMerge } from './load.ts';
import { addWork, dropWorks, patchWork, workKey, workOf } from './work.ts';

type Saved = { readonly progress: string; readonly settled: number; readonly open: number };
const engine = vi.hoisted(() => ({
  open: (): Promise<unknown> => Promise.reject(new Error('not asked for')),
  saved: [] as unknown[],
}));
vi.mock('../../../app/engine.ts', () => ({
  api: {
    merge: {
      open: () => engine.open(),
      save: (saved: unknown) => {
        engine.saved.push(saved);
        return Promise.resolve({ ok: true, value: null });
      },
    },
  },
}));

const node = (text: string): JsonNode => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.node;
};

const valueOf = (what: MergeUnit['what'], value: JsonNode | undefined): UnitValue | null => {
  if (value === undefined) return null;
  const canonical = canonicalText(value);
  const text = what === 'lines' && value.kind === 'string' ? value.value : canonical.ok ? canonical.text : '';
  return { text, bytes: text.length, cut: false };
};

/** A document as the engine answers it, merged by the real core. */
function documentOf(id: string, [base, ours, theirs]: readonly [string, string, string]): MergeDocument {
  const units = mergeJson(node(base), node(ours), node(theirs)).units.map((unit): MergeUnit => ({
    id: unit.id,
    path: unit.path,
    what: unit.what,
    kind: unit.kind,
    taken: unit.taken,
    base: valueOf(unit.what, unit.base),
    ours: valueOf(unit.what, unit.ours),
    theirs: valueOf(unit.what, unit.theirs),
    at: unit.at,
    fingerprint: fingerprintOf(unit),
    both: canKeepBoth(unit),
    baseDisputed: unit.baseDisputed,
  }));
  return {
    id,
    tool: 't',
    identity: `"${id}"`,
    title: id,
    fingerprint: `${base}${ours}${theirs}`,
    state: units.some(({ taken }) => taken === null) ? 'conflicts' : 'merged',
    base: null,
    ours: null,
    theirs: null,
    synthetic: { base: false, ours: false, theirs: false },
    units,
    opaque: null,
  };
}

const preview = (merge: string, tips: readonly [string, string]): MergePreview => ({
  merge,
  into: { name: 'main', tip: tips[0], colour: 1, head: true, calls: 1 },
  from: { name: 'fork', tip: tips[1], colour: 2, head: false, calls: 1 },
  already: false,
  unrelated: false,
  bases: [],
  documents: { ours: 0, theirs: 0, same: 0, merged: 0, conflicted: 1 },
  conflicts: 2,
  rules: [],
  notes: [],
  progress: null,
  blocked: null,
});

const BASE = '{"n":1,"note":"a\\nb\\n","s":"x","t":1}';
const OURS = '{"n":2,"note":"a\\nB\\n","s":"y","t":1}';
const THEIRS = '{"n":3,"note":"a\\nC\\n","s":"z","t":2}';
const key = workKey('s', 'main', 'fork');

const answers = (open: OpenMerge): void => {
  engine.open = async (): Promise<Result<OpenMerge>> => ({ ok: true, value: open });
};
const first = (progress: string | null = null): OpenMerge => ({
  preview: preview('m1', ['a', 'b']),
  documents: [documentOf('doc', [BASE, OURS, THEIRS])],
  progress,
});

const loaded = () => workOf(key)!.loaded!;
const placeOf = (path: string) => ({
  document: 0,
  unit: loaded().documents[0]!.units.findIndex((unit) => unit.path === path),
});
const entryAt = (path: string) => loaded().session.states[0]!.entries[placeOf(path).unit];
const lastSaved = () => engine.saved.at(-1) as Saved;

beforeEach(async () => {
  vi.useFakeTimers();
  engine.saved = [];
  answers(first());
  addWork('s', 'main', 'fork');
  await readMerge(key);
});
afterEach(() => {
  dropWorks(() => true);
  vi.useRealTimers();
});

it('a merge opens at its first conflict, and a choice leads to the next one', () => {
  expect(loaded().session.open).toBe(3);
  expect(loaded().at).toEqual(placeOf('/n'));
  actChoose(key, loaded().at, { take: 'theirs' }, 'anywhere');
  expect(loaded().at).toEqual(placeOf('/note'));
  actBoth(key, loaded().at);
  expect([entryAt('/note'), loaded().at]).toEqual([{ take: 'both', first: 'ours' }, placeOf('/note')]);
  actBoth(key, loaded().at);
  expect(entryAt('/note')).toEqual({ take: 'both', first: 'theirs' });
  goOpen(key, 1);
  expect(loaded().at).toEqual(placeOf('/s'));
  actHistory(key, 'undo');
  expect([entryAt('/note'), loaded().at]).toEqual([{ take: 'both', first: 'ours' }, placeOf('/note')]);
});

it('acts are kept together shortly after the last of them, and are there again after a restart', async () => {
  actChoose(key, placeOf('/n'), { take: 'theirs' }, 'anywhere');
  actChoose(key, placeOf('/s'), { take: 'edit', text: '"typed"' }, 'anywhere');
  expect(engine.saved).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(400);
  expect(engine.saved).toHaveLength(1);
  expect(lastSaved()).toMatchObject({ settled: 2, open: 1 });
  const at = loaded().at;
  dropWorks(() => true);
  addWork('s', 'main', 'fork');
  answers(first(lastSaved().progress));
  await readMerge(key);
  expect(entryAt('/s')).toEqual({ take: 'edit', text: '"typed"' });
  expect(loaded().at).toEqual(at);
  expect(workOf(key)!.moved).toBeNull();
  actHistory(key, 'undo');
  expect(loaded().session.open).toBe(2);
});

it('when a branch moves, what fits is kept, what does not is told, and what is typed stays', async () => {
  actChoose(key, placeOf('/n'), { take: 'theirs' }, 'anywhere');
  actChoose(key, placeOf('/note'), { take: 'ours' }, 'anywhere');
  beginEdit(key, placeOf('/s'));
  typeEdit(key, 'half', null);
  answers({
    preview: preview('m2', ['a', 'c']),
    documents: [
      documentOf('new', ['1', '2', '3']),
      documentOf('doc', [BASE, OURS, THEIRS.replace('3', '4')]),
    ],
    progress: 'of somebody else',
  });
  await readMerge(key);
  const { moved, editing } = workOf(key)!;
  expect(moved).toMatchObject({
    branches: [{ name: 'fork', before: 'b', after: 'c' }],
    kept: 1,
    dropped: [{ document: 'doc', unit: '/n' }],
    unreadable: false,
  });
  expect(editing).toMatchObject({ place: { document: 1 }, text: 'half' });
  const { documents, session } = loaded();
  expect(documents[1]!.units[editing!.place.unit]!.path).toBe('/s');
  expect(session.open).toBe(3);
});

it('progress that nobody can read begins anew and says so', async () => {
  dropWorks(() => true);
  addWork('s', 'main', 'fork');
  answers(first('{"no":"line"}'));
  await readMerge(key);
  expect(workOf(key)!.moved).toMatchObject({ unreadable: true, kept: 0 });
  expect(loaded().session.open).toBe(3);
});

it('an edit is kept only where it can stand, as the value it means', () => {
  beginEdit(key, placeOf('/n'));
  expect(workOf(key)!.editing).toMatchObject({ what: 'json', text: '2', problem: null });
  typeEdit(key, '12 x', 'wrong');
  expect(keepEdit(key)).toBe(false);
  typeEdit(key, '1.50', null);
  expect(keepEdit(key)).toBe(true);
  expect(entryAt('/n')).toEqual({ take: 'edit', text: '1.50' });
  beginEdit(key, placeOf('/s'));
  expect(workOf(key)!.editing).toMatchObject({ what: 'text', text: 'y' });
  typeEdit(key, 'say "y"', null);
  editAs(key, 'json');
  expect(workOf(key)!.editing).toMatchObject({ what: 'json', text: '"say \\"y\\""' });
  keepEdit(key);
  expect(entryAt('/s')).toEqual({ take: 'edit', text: '"say \\"y\\""' });
  beginEdit(key, placeOf('/note'));
  expect(workOf(key)!.editing).toMatchObject({ what: 'text', text: 'B\n' });
  typeEdit(key, 'C and D\n', null);
  keepEdit(key);
  expect(entryAt('/note')).toEqual({ take: 'edit', text: 'C and D\n' });
  expect(loaded().session.open).toBe(0);
});

it('whole sides and all at once are one act each', () => {
  actWhole(key, 0, 'theirs', 'stay');
  expect(loaded().session.open).toBe(0);
  actHistory(key, 'undo');
  expect(loaded().session.open).toBe(3);
  actAll(key, 'ours', null);
  expect(loaded().session.open).toBe(0);
  actHistory(key, 'undo');
  expect(loaded().session.open).toBe(3);
});

it('a merge that was written is decided: nothing changes it, nothing is kept of it', async () => {
  patchWork(key, {
    written: {
      id: '1',
      title: '',
      action: { kind: 'merge', into: 'main', from: 'fork', resolved: 1 },
      refs: [],
      head: null,
      atMicros: 0,
      state: 'done',
      undoBlocked: null,
      own: true,
    },
  });
  actChoose(key, placeOf('/n'), { take: 'theirs' }, 'anywhere');
  expect(loaded().session.open).toBe(3);
  await keepNow(key);
  expect(engine.saved).toHaveLength(0);
});

it('a failure leaves what was read in place', async () => {
  actChoose(key, placeOf('/n'), { take: 'theirs' }, 'anywhere');
  engine.open = async () => ({ ok: false, error: { kind: 'not-found', message: 'gone', hint: '' } });
  await readMerge(key);
  expect(workOf(key)!.error?.message).toBe('gone');
  expect(loaded().session.open).toBe(2);
  answers(first());
  await readMerge(key);
  expect(workOf(key)!.error).toBeNull();
  expect(loaded().session.open).toBe(2);
});
