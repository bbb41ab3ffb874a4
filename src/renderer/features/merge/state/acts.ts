import { MAX_EDIT, type Choice, type MergeUnit } from '../../../../contract/merge.ts';
import {
  choose,
  leaveAutomatic,
  reopen,
  takeAllOpen,
  takeWhole,
  type Whole,
} from '../../../../core/merge/session-choose.ts';
import { redo, undo } from '../../../../core/merge/session-history.ts';
import { findOpen } from '../../../../core/merge/session-walk.ts';
import { WHOLE, type Place, type Session } from '../../../../core/merge/session.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { choiceWords, sideName, wholeName, type Names } from '../names.ts';
import { keepSoon } from './keep.ts';
import { patchLoaded, patchWork, workOf, type Loaded, type Work } from './work.ts';

/** How a person goes on after a choice: to the next open place anywhere, in the same document only, or not at all. */
export type Advance = 'anywhere' | 'here' | 'stay';

/** Settles a place, keeps that, and goes on to the next open one. */
export function actChoose(key: string, place: Place, choice: Choice, advance: Advance): void {
  act(key, place, advance, (session, names) => {
    const next =
      place.unit !== WHOLE
        ? choose(session, place, choice)
        : choice.take === 'both' || choice.take === 'edit'
          ? session
          : takeWhole(session, place.document, choice.take);
    const words = place.unit === WHOLE ? wholeWords(names, choice.take as Whole) : choiceWords(names, choice);
    return { next, words };
  });
}

/** The other order where both are kept already, else both with the branch that is merged into first. */
export function actBoth(key: string, place: Place): void {
  const entry = workOf(key)?.loaded?.session.states[place.document]?.entries[place.unit] ?? null;
  const first =
    entry !== null && entry !== 'reopened' && entry.take === 'both' && entry.first === 'ours'
      ? 'theirs'
      : 'ours';
  actChoose(key, place, { take: 'both', first }, 'stay');
}

/** The whole output of one side for a document; null: merged by its parts again. */
export function actWhole(key: string, document: number, side: Whole | null, advance: Advance): void {
  act(key, { document, unit: WHOLE }, advance, (session, names) => ({
    next: takeWhole(session, document, side),
    words: side === null ? 'Merged by its parts' : wholeWords(names, side),
  }));
}

const wholeWords = (names: Names, side: Whole): string =>
  `Whole ${wholeName(names)} of ${sideName(names, side)}`;

/** Opens a place again. */
export function actReopen(key: string, place: Place): void {
  act(key, place, 'stay', (session) => ({ next: reopen(session, place), words: 'Open again' }));
}

/** Leaves a place as it was taken automatically. */
export function actAutomatic(key: string, place: Place): void {
  act(key, place, 'stay', (session) => ({
    next: leaveAutomatic(session, place),
    words: 'As it was taken automatically',
  }));
}

/** Settles everything open by one side, in a document or everywhere. */
export function actAll(key: string, side: Whole, within: number | null): void {
  const at = workOf(key)?.loaded?.at;
  if (at === undefined) return;
  act(key, at, within === null ? 'stay' : 'anywhere', (session, names) => {
    const next = takeAllOpen(session, side, within);
    const count = session.open - next.open;
    return { next, words: `${formatCounted(count, 'conflict')} settled from ${sideName(names, side)}` };
  });
}

/** Takes the last act back, or does it again, and goes to where it was. */
export function actHistory(key: string, way: 'undo' | 'redo'): void {
  const loaded = writable(key);
  if (loaded === null) return;
  const moved = (way === 'undo' ? undo : redo)(loaded.session);
  if (moved === null) {
    announce(way === 'undo' ? 'Nothing is left to undo' : 'Nothing is left to redo');
    return;
  }
  patchWork(key, { editing: null });
  patchLoaded(key, { session: moved.session, at: moved.at });
  keepSoon(key);
  const what = moved.automatic
    ? way === 'undo'
      ? 'Opened what was taken automatically'
      : 'Taken automatically again'
    : `${way === 'undo' ? 'Undone' : 'Done again'}${moved.changes > 1 ? `, ${formatCounted(moved.changes, 'change')}` : ''}`;
  announce(`${what}. ${leftWords(moved.session)}`);
}

/** Goes to a place, without deciding anything. */
export function goTo(key: string, at: Place): void {
  const loaded = workOf(key)?.loaded ?? null;
  if (loaded === null || (loaded.at.document === at.document && loaded.at.unit === at.unit)) return;
  patchLoaded(key, { at });
}

/** Goes to the nearest open place behind or before; says where there is none. */
export function goOpen(key: string, way: 1 | -1): void {
  const loaded = workOf(key)?.loaded ?? null;
  if (loaded === null) return;
  const at = findOpen(loaded.session, loaded.at, way);
  if (at === null) announce('Nothing is open');
  else patchLoaded(key, { at });
}

/** Keeps what is typed as the choice of its place, where it can be kept. Returns whether it could. */
export function keepEdit(key: string): boolean {
  const editing = workOf(key)?.editing ?? null;
  if (editing === null || editing.problem !== null || editing.text.length > MAX_EDIT) return false;
  const unit = unitAt(key, editing.place);
  if (unit === null) return false;
  patchWork(key, { editing: null });
  actChoose(
    key,
    editing.place,
    { take: 'edit', text: asStored(unit, editing.what, editing.text) },
    'anywhere',
  );
  return true;
}

/** What stands for the typed text in a choice: lines as they are, of a value its JSON. */
export const asStored = (unit: MergeUnit, what: 'json' | 'text', text: string): string =>
  what === 'text' && unit.what !== 'lines' ? JSON.stringify(text) : text;

/** The unit of a place; null for a document as a whole. */
export function unitAt(key: string, { document, unit }: Place): MergeUnit | null {
  return workOf(key)?.loaded?.documents[document]?.units[unit] ?? null;
}

type Made = { readonly next: Session; readonly words: string };

function act(
  key: string,
  place: Place,
  advance: Advance,
  make: (session: Session, names: Names) => Made,
): void {
  const loaded = writable(key);
  if (loaded === null) return;
  const { next, words } = make(loaded.session, loaded.names);
  const changed = next !== loaded.session;
  const at = changed ? placeAfter(next, place, advance) : place;
  patchLoaded(key, { session: next, at });
  if (!changed) return;
  keepSoon(key);
  announce(`${words}. ${leftWords(next)}`);
}

/** A merge that was written is decided. */
function writable(key: string): Loaded | null {
  const work: Work | null = workOf(key);
  return work === null || work.written !== null ? null : work.loaded;
}

function placeAfter(session: Session, place: Place, advance: Advance): Place {
  if (advance === 'stay') return place;
  const next = findOpen(session, place, 1);
  return next === null || (advance === 'here' && next.document !== place.document) ? place : next;
}

const leftWords = ({ open }: Session): string =>
  open === 0 ? 'Everything is resolved' : `${formatCount(open)} open`;
