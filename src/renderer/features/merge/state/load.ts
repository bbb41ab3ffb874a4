import { firstOpen } from '../../../../core/merge/session-walk.ts';
import { WHOLE, type Place, type SessionDocument } from '../../../../core/merge/session.ts';
import { inOrder, sessionDocument } from './order.ts';
import { placeOf, readProgress, writeProgress, type ProgressHead } from './progress.ts';
import { keepSoon } from './keep.ts';
import { openWork, type OpenWork } from './kinds.ts';
import { patchWork, workOf, type Editing, type Loaded, type Moved, type Tips } from './work.ts';

/** A question about a merge that is on its way, and whether it has to be asked once more. */
const asking = new Map<string, 'once' | 'again'>();

/** Reads a merge: for the first time with what was kept of it, else again with the decisions that fit still. */
export async function readMerge(key: string): Promise<void> {
  const work = workOf(key);
  if (work === null || work.written !== null) return;
  if (asking.has(key)) {
    asking.set(key, 'again');
    return;
  }
  asking.set(key, 'once');
  patchWork(key, { reading: true });
  const answer = await openWork(work);
  const again = asking.get(key) === 'again';
  asking.delete(key);
  if (answer.ok) adopt(key, answer.value);
  else patchWork(key, { error: answer.error, reading: false });
  if (again) await readMerge(key);
}

function adopt(key: string, { documents, progress, ...about }: OpenWork): void {
  const work = workOf(key);
  if (work === null || work.written !== null) return;
  const before = work.loaded;
  if (before?.merge === about.merge) {
    patchWork(key, { loaded: { ...before, ...about }, error: null, reading: false });
    return;
  }
  const ordered = inOrder(documents);
  const known = ordered.map(sessionDocument);
  const kept = before === null ? progress : progressOf(before);
  const read = readProgress(kept, known);
  const { session, head } = read;
  const begin = firstOpen(session) ?? { document: 0, unit: WHOLE };
  const at =
    before?.preview === null ? placeOfEdits(before, head, known, begin) : (placeOf(head, known) ?? begin);
  const branches = movedSince(head, about.tips);
  const editing = before === null ? null : editingIn(work.editing, before, known);
  const told =
    read.dropped.length > 0 || read.unreadable || (branches.length > 0 && read.kept > 0) || before !== null;
  const moved: Moved | null = told
    ? { branches, kept: read.kept, dropped: read.dropped, unreadable: read.unreadable }
    : null;
  patchWork(key, {
    loaded: { ...about, documents: ordered, session, at },
    error: null,
    reading: false,
    editing,
    moved: moved ?? work.moved,
  });
  if (moved !== null) keepSoon(key);
}

const progressOf = ({ session, tips, at }: Loaded): string =>
  writeProgress(session, { into: tips.into.tip, from: tips.from.tip }, at);

/** What is being typed goes on where its place is still there. */
function editingIn(
  editing: Editing | null,
  { session }: Loaded,
  documents: readonly SessionDocument[],
): Editing | null {
  if (editing === null) return null;
  const { document, unit } = editing.place;
  const about = session.documents[document];
  const index = documents.findIndex(({ id }) => id === about?.id);
  const id = about?.units[unit]?.id;
  const now = documents[index]?.units ?? [];
  const same = now.findIndex((one) => one.id === id);
  const part = same < 0 ? standsFor(about?.units ?? [], unit, now) : same;
  return part < 0 ? null : { ...editing, place: { document: index, unit: part } };
}

/**
 * Where a person stands in edits that were read again: at an open place where they stood at one that is gone, or where
 * all fitted together and no place was shown.
 */
function placeOfEdits(
  before: Loaded,
  head: ProgressHead | null,
  known: readonly SessionDocument[],
  begin: Place,
): Place {
  const place = before.session.contested === 0 ? null : placeOf(head, known);
  return place === null || (place.unit === WHOLE && before.at.unit !== WHOLE) ? begin : place;
}

/**
 * Where a place is now whose values are others: that of a file is named by its path and what stands there, so it is the
 * one of its path that comes as the same. −1: none.
 */
function standsFor(
  before: readonly { readonly id: string }[],
  unit: number,
  now: readonly { readonly id: string }[],
): number {
  const path = pathOf(before[unit]?.id ?? '');
  const places = now.flatMap(({ id }, index) => (pathOf(id) === path ? [index] : []));
  const nth = before.slice(0, unit).filter(({ id }) => pathOf(id) === path).length;
  return places[Math.min(nth, places.length - 1)] ?? -1;
}

const pathOf = (id: string): string => id.replace(/#[^#]*$/, '');

/** Which sides stand elsewhere than when progress was kept. */
function movedSince(head: ProgressHead | null, { into, from }: Tips): Moved['branches'] {
  if (head === null) return [];
  return [
    { name: into.name, before: head.into, after: into.tip },
    { name: from.name, before: head.from, after: from.tip },
  ].filter(({ before, after }) => before !== after);
}
