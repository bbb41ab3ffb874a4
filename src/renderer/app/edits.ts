import type { ChangeSet, Edit, FileEdit } from '../../contract/edits.ts';
import { editsOf, forgetEdits, LOOSE, NO_EDITS, patchEdits } from '../state/edits.ts';
import { countWrite } from '../state/operations.ts';
import { loadPart, savePart } from '../state/persist.ts';
import { kindOf, onEditsChanged, onSourceChanged, useWorkspaceStore } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

/** How long typing rests before it is kept in the app folder, in ms. */
const KEEP_MS = 400;

const reading = new Map<string, 'once' | 'again'>();
/** sets that were typed in and are not kept yet, by source */
const dirty = new Map<string, Set<string>>();
/** sets that are being kept now, or wait for their turn */
const keeping = new Map<string, readonly ReadonlySet<string>[]>();
/** sets that are being dropped: what was read before that has them still */
const dropping = new Set<string>();
const timers = new Map<string, number>();
/** how many sets of a source were kept or dropped: what was read before that is no longer so */
const turns = new Map<string, number>();
/** what is sent to the engine about the sets of a source goes one after the other */
const last = new Map<string, Promise<unknown>>();

function inTurn<T>(source: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(source) ?? Promise.resolve()).then(work);
  last.set(source, mine);
  return mine;
}
const turnOf = (source: string): number => turns.get(source) ?? 0;
const nextTurn = (source: string): void => void turns.set(source, turnOf(source) + 1);

/** Reads what was written into a folder and what is kept to be written; a request during that leads to one more. */
export async function refreshEdits(source: string): Promise<void> {
  if (kindOf(source) !== 'agents') return;
  if (reading.has(source)) {
    reading.set(source, 'again');
    return;
  }
  reading.set(source, 'once');
  // what could not be kept before a connection broke
  if ((dirty.get(source)?.size ?? 0) > 0) void keepNow(source);
  const turn = turnOf(source);
  const [sets, written] = await Promise.all([
    attempt(api.edits.sets({ source })),
    attempt(api.edits.list({ source })),
  ]);
  const again = reading.get(source) === 'again' || turn !== turnOf(source);
  reading.delete(source);
  const error = (sets.ok ? null : sets.error) ?? (written.ok ? null : written.error);
  patchEdits(source, { error, ...(written.ok ? { written: written.value } : {}) });
  if (sets.ok && turn === turnOf(source)) takeSets(source, sets.value);
  if (again) await refreshEdits(source);
}

function takeSets(source: string, kept: readonly ChangeSet[]): void {
  const before = editsOf(source);
  const there = kept.filter(({ id }) => !dropping.has(`${source} ${id}`));
  const sets = merged(source, before.sets, there);
  const wanted = before.active === LOOSE ? (loadPart(activePart(source)) ?? LOOSE) : before.active;
  // a set that is gone, dropped or applied in another window, leaves typing to the loose edits
  patchEdits(source, { sets, active: sets.some(({ id }) => id === wanted) ? wanted : LOOSE });
}

/** What is being typed at this moment stands above what was kept a moment ago. */
function merged(source: string, here: readonly ChangeSet[], kept: readonly ChangeSet[]): ChangeSet[] {
  const typed = new Set(dirty.get(source));
  for (const ids of keeping.get(source) ?? []) for (const id of ids) typed.add(id);
  const of = (id: string): ChangeSet | undefined => {
    const known = kept.find((set) => set.id === id);
    const mine = here.find((set) => set.id === id);
    return typed.has(id) && mine !== undefined ? { ...mine, moved: known?.moved ?? mine.moved } : known;
  };
  // each stays in its place, whichever was kept last
  const known = here.flatMap(({ id }) => (id === LOOSE ? [] : (of(id) ?? [])));
  const fresh = kept.filter(({ id }) => id !== LOOSE && !here.some((set) => set.id === id));
  return [of(LOOSE) ?? NO_EDITS.sets[0]!, ...known, ...fresh];
}

/** Puts a text into the active set; it is kept in the app folder a moment later. */
export function setDraft(source: string, edit: FileEdit): void {
  changeSet(source, editsOf(source).active, (edits) => {
    const at = edits.findIndex(({ path }) => path === edit.path);
    return at < 0 ? [...edits, edit] : edits.with(at, edit);
  });
}

/** Forgets what was typed for files in a set: the active one unless named. */
export function dropDrafts(
  source: string,
  paths: readonly string[],
  id: string = editsOf(source).active,
): void {
  changeSet(source, id, (edits) => edits.filter(({ path }) => !paths.includes(path)));
}

/** Changes the edits of a set. */
export function changeSet(
  source: string,
  id: string,
  change: (edits: readonly FileEdit[]) => readonly FileEdit[],
): void {
  patchSet(source, id, ({ edits }) => ({ edits: [...change(edits)] }));
}

/** Changes some of a set; nothing where it is gone. */
function patchSet(source: string, id: string, patch: (set: ChangeSet) => Partial<ChangeSet>): void {
  const { sets } = editsOf(source);
  const at = sets.findIndex((set) => set.id === id);
  const set = sets[at];
  if (set === undefined) return;
  patchEdits(source, { sets: sets.with(at, { ...set, ...patch(set) }) });
  touch(source, id);
}

/** Begins a named set, and goes on in it. Takes the loose edits along where `withLoose`. */
export function beginSet(source: string, label: string, withLoose: boolean): string {
  const id = crypto.randomUUID();
  const { sets } = editsOf(source);
  const loose = withLoose ? (sets.find((set) => set.id === LOOSE)?.edits ?? []) : [];
  const made: ChangeSet = { id, label, edits: loose, savedMicros: Date.now() * 1000, moved: [] };
  patchEdits(source, { sets: [...sets, made] });
  activateSet(source, id);
  if (withLoose) patchSet(source, LOOSE, () => ({ edits: [] }));
  touch(source, id);
  return id;
}

export const labelSet = (source: string, id: string, label: string): void =>
  patchSet(source, id, () => ({ label }));

const activePart = (source: string): string => `change-set ${source}`;

/** Goes on typing in another set, also when the folder is opened again. */
export function activateSet(source: string, id: string): void {
  savePart(activePart(source), id === LOOSE ? '' : id);
  patchEdits(source, { active: id });
}

/** Puts a set back that was dropped. Loose edits of files that were typed in again since stay as they are. */
export function restoreSet(source: string, set: ChangeSet, active: boolean): void {
  const { sets } = editsOf(source);
  if (sets.some(({ id }) => id === set.id)) {
    changeSet(source, set.id, (edits) => [
      ...edits,
      ...set.edits.filter(({ path }) => !edits.some((edit) => edit.path === path)),
    ]);
  } else {
    patchEdits(source, { sets: [...sets, set] });
    touch(source, set.id);
  }
  if (active) activateSet(source, set.id);
}

/** Lists a write of this window at once, and counts it; the record is read anew behind it. */
export function noteEdit(source: string, edit: Edit): void {
  const { written } = editsOf(source);
  patchEdits(source, { written: [edit, ...(written ?? []).filter(({ id }) => id !== edit.id)] });
  countWrite();
  void refreshEdits(source);
}

/** Forgets a set with everything in it. */
export async function forgetSet(source: string, id: string): Promise<void> {
  const { sets, active } = editsOf(source);
  dirty.get(source)?.delete(id);
  patchEdits(source, {
    sets: sets.flatMap((set) => (set.id !== id ? [set] : id === LOOSE ? [{ ...set, edits: [] }] : [])),
  });
  if (active === id) activateSet(source, LOOSE);
  dropping.add(`${source} ${id}`);
  const answer = await inTurn(source, async () => {
    const dropped = await attempt(api.edits.dropSet({ source, id }));
    nextTurn(source);
    dropping.delete(`${source} ${id}`);
    return dropped;
  });
  if (!answer.ok && answer.error.kind !== 'not-found') patchEdits(source, { error: answer.error });
}

function touch(source: string, id: string): void {
  const typed = dirty.get(source) ?? new Set();
  typed.add(id);
  dirty.set(source, typed);
  window.clearTimeout(timers.get(source));
  timers.set(
    source,
    window.setTimeout(() => void keepNow(source), KEEP_MS),
  );
}

/** Keeps at once what was typed. Returns whether it is kept. */
export async function keepNow(source: string): Promise<boolean> {
  window.clearTimeout(timers.get(source));
  const typed = dirty.get(source);
  if (typed === undefined || typed.size === 0) return true;
  dirty.set(source, new Set());
  // as they stand now: a moment later another folder may be open
  const sets = editsOf(source).sets.filter(({ id }) => typed.has(id));
  const ids = new Set(sets.map(({ id }) => id));
  keeping.set(source, [...(keeping.get(source) ?? []), ids]);
  return inTurn(source, async () => {
    let kept = true;
    for (const { id, label, edits } of sets) {
      const answer = await attempt(api.edits.saveSet({ source, set: { id, label, edits: [...edits] } }));
      if (answer.ok) continue;
      kept = false;
      dirty.get(source)?.add(id);
      patchEdits(source, { unsaved: `${answer.error.message} ${answer.error.hint}`.trim() });
    }
    nextTurn(source);
    keeping.set(source, keeping.get(source)?.filter((other) => other !== ids) ?? []);
    if (kept) patchEdits(source, { unsaved: null });
    return kept;
  });
}

/** Keeps what was typed in any source; the window goes. */
export async function keepAll(): Promise<void> {
  await Promise.all([...dirty.keys()].map(keepNow));
}
const keepAllNow = (): void => void keepAll();

/** Keeps edits in step with what is written by others, and reads them when a folder is opened. */
export function followEdits(): () => void {
  window.addEventListener('pagehide', keepAllNow);
  document.addEventListener('visibilitychange', keepAllNow);
  const ends = [
    onEditsChanged((source) => void refreshEdits(source)),
    onSourceChanged((source) => void refreshEdits(source)),
    useWorkspaceStore.subscribe(({ workspace }, before) => {
      if (workspace?.id === before.workspace?.id) return;
      keepAllNow();
      forgetEdits();
      for (const { id } of workspace?.sources ?? []) void refreshEdits(id);
    }),
  ];
  return () => {
    window.removeEventListener('pagehide', keepAllNow);
    document.removeEventListener('visibilitychange', keepAllNow);
    for (const end of ends) end();
  };
}
