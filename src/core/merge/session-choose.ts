import type { Choice, Side } from '../../contract/merge.ts';
import { draftOf, withStep } from './session-draft.ts';
import {
  isByParts,
  isOpenEntry,
  openOf,
  WHOLE,
  type Change,
  type DocumentEntry,
  type Place,
  type Session,
  type UnitEntry,
} from './session.ts';

/** What a whole side can be. */
export type Whole = 'base' | Side;

/** Settles a unit. Where a whole side was taken for its document, the document is merged by its parts again. */
export const choose = (session: Session, place: Place, choice: Choice): Session =>
  decide(session, place, choice);

/** Opens a place again: a conflict without its choice, an automatic decision as if it were a conflict. */
export function reopen(session: Session, place: Place): Session {
  const document = session.documents[place.document];
  if (document === undefined) return session;
  if (place.unit === WHOLE)
    return setWhole(session, place.document, document.taken === null ? null : 'reopened');
  const taken = document.units[place.unit]?.taken ?? null;
  return decide(session, place, taken === null ? null : 'reopened');
}

/** Leaves a place as it was taken automatically; a conflict becomes open. */
export function leaveAutomatic(session: Session, place: Place): Session {
  return place.unit === WHOLE ? setWhole(session, place.document, null) : decide(session, place, null);
}

/** Takes the whole output of one side for a document; null goes back to its parts, or to what was automatic. */
export const takeWhole = (session: Session, document: number, side: Whole | null): Session =>
  setWhole(session, document, side);

/** Settles everything that is open, in one document or in all, by one side: one act. */
export function takeAllOpen(session: Session, side: Whole, within: number | null = null): Session {
  const draft = draftOf(session);
  const changes: (Change | null)[] = [];
  for (
    let index = within ?? 0;
    index < (within === null ? session.documents.length : within + 1);
    index += 1
  ) {
    const document = session.documents[index];
    const state = session.states[index];
    if (document === undefined || state === undefined || openOf(document, state) === 0) continue;
    if (!isByParts(document)) {
      changes.push(draft.whole(index, side));
      continue;
    }
    for (const [unit, part] of document.units.entries()) {
      if (isOpenEntry(part, state.entries[unit] ?? null))
        changes.push(draft.unit(index, unit, { take: side }));
    }
  }
  return withStep(session, changes, draft.finish());
}

function decide(session: Session, { document, unit }: Place, after: UnitEntry): Session {
  const draft = draftOf(session);
  const whole = session.states[document]?.entry ?? null;
  const freed = whole === null ? null : draft.whole(document, null);
  return withStep(session, [freed, draft.unit(document, unit, after)], draft.finish());
}

function setWhole(session: Session, document: number, after: DocumentEntry): Session {
  const draft = draftOf(session);
  return withStep(session, [draft.whole(document, after)], draft.finish());
}
