import type { ChangeSet, FileEdit } from '../../contract/edits.ts';
import { activeSet, editsOf, forgetEdits, LOOSE, NO_EDITS, patchEdits } from '../state/edits.ts';
import { kindOf, onEditsChanged, onSourceChanged, useWorkspaceStore } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

/** How long typing rests before it is kept in the app folder, in ms. */
const KEEP_MS = 400;

const reading = new Map<string, 'once' | 'again'>();
/** sets that were typed in and are not kept yet, by source */
const dirty = new Map<string, Set<string>>();
const timers = new Map<string, number>();

/** Reads what was written into a folder and what is kept to be written; a request during that leads to one more. */
export async function refreshEdits(source: string): Promise<void> {
  if (kindOf(source) !== 'agents') return;
  if (reading.has(source)) {
    reading.set(source, 'again');
    return;
  }
  reading.set(source, 'once');
  const [sets, written] = await Promise.all([
    attempt(api.edits.sets({ source })),
    attempt(api.edits.list({ source })),
  ]);
  const again = reading.get(source) === 'again';
  reading.delete(source);
  const before = editsOf(source);
  const error = (sets.ok ? null : sets.error) ?? (written.ok ? null : written.error);
  patchEdits(source, {
    error,
    ...(sets.ok ? { sets: merged(source, before.sets, sets.value) } : {}),
    ...(written.ok ? { written: written.value } : {}),
  });
  if (again) await refreshEdits(source);
}

/** What is being typed at this moment stands above what was kept a moment ago. */
function merged(source: string, here: readonly ChangeSet[], kept: readonly ChangeSet[]): ChangeSet[] {
  const typed = dirty.get(source) ?? new Set();
  const of = (id: string): ChangeSet | undefined => {
    const known = kept.find((set) => set.id === id);
    const mine = here.find((set) => set.id === id);
    return typed.has(id) && mine !== undefined ? { ...mine, moved: known?.moved ?? mine.moved } : known;
  };
  const named = kept.filter(({ id }) => id !== LOOSE).map(({ id }) => of(id)!);
  const fresh = here.filter(({ id }) => id !== LOOSE && typed.has(id) && !kept.some((set) => set.id === id));
  return [of(LOOSE) ?? NO_EDITS.sets[0]!, ...fresh, ...named];
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
  patchEdits(source, { sets: [...sets, made], active: id });
  if (withLoose) patchSet(source, LOOSE, () => ({ edits: [] }));
  touch(source, id);
  return id;
}

export const labelSet = (source: string, id: string, label: string): void =>
  patchSet(source, id, () => ({ label }));

/** Goes on typing in another set. */
export const activateSet = (source: string, id: string): void => patchEdits(source, { active: id });

/** Forgets a set with everything in it. */
export async function forgetSet(source: string, id: string): Promise<void> {
  const { sets, active } = editsOf(source);
  dirty.get(source)?.delete(id);
  patchEdits(source, {
    sets: sets.flatMap((set) => (set.id !== id ? [set] : id === LOOSE ? [{ ...set, edits: [] }] : [])),
    active: active === id ? LOOSE : active,
  });
  const answer = await attempt(api.edits.dropSet({ source, id }));
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
  let kept = true;
  for (const id of typed) {
    const set = editsOf(source).sets.find((one) => one.id === id);
    if (set === undefined) continue;
    const { label, edits } = set;
    const answer = await attempt(api.edits.saveSet({ source, set: { id, label, edits: [...edits] } }));
    if (answer.ok) continue;
    kept = false;
    dirty.get(source)?.add(id);
    patchEdits(source, { unsaved: `${answer.error.message} ${answer.error.hint}`.trim() });
  }
  if (kept) patchEdits(source, { unsaved: null });
  return kept;
}

/** The files of the active set that are typed in. */
export const draftsOf = (source: string): readonly FileEdit[] => activeSet(editsOf(source)).edits;

function keepAll(): void {
  for (const source of dirty.keys()) void keepNow(source);
}

/** Keeps edits in step with what is written by others, and reads them when a folder is opened. */
export function followEdits(): () => void {
  window.addEventListener('pagehide', keepAll);
  document.addEventListener('visibilitychange', keepAll);
  const ends = [
    onEditsChanged((source) => void refreshEdits(source)),
    onSourceChanged((source) => void refreshEdits(source)),
    useWorkspaceStore.subscribe(({ workspace }, before) => {
      if (workspace?.id === before.workspace?.id) return;
      keepAll();
      forgetEdits();
      for (const { id } of workspace?.sources ?? []) void refreshEdits(id);
    }),
  ];
  return () => {
    window.removeEventListener('pagehide', keepAll);
    document.removeEventListener('visibilitychange', keepAll);
    for (const end of ends) end();
  };
}
