import { applyStep, draftOf } from './session-draft.ts';
import { WHOLE, type Place, type Session, type Step } from './session.ts';

/** A session one act further back or on. `at` is where it changed first, of `changes` places. */
export type Moved = {
  readonly session: Session;
  readonly at: Place;
  readonly changes: number;
  /** it was a decision that nobody had made: taken automatically */
  readonly automatic: boolean;
};

/** Takes the last act back; when none is left, the last automatic decision, and so on to the first. Null at the end. */
export function undo(session: Session): Moved | null {
  const { past, below, automatic } = session;
  if (past !== null) {
    const back = applyStep(session, past.step, 'before');
    const future = { step: past.step, rest: session.future };
    return moved({ ...back, past: past.rest, future }, past.step);
  }
  const at = automatic[automatic.length - 1 - below];
  if (at === undefined) return null;
  const reopened = setAutomatic(session, at, 'reopened');
  return {
    session: { ...reopened, below: below + 1, future: { step: 'automatic', rest: session.future } },
    at,
    changes: 1,
    automatic: true,
  };
}

/** Does again what was undone last. Null where nothing was, or a person has decided something since. */
export function redo(session: Session): Moved | null {
  const { future, below, automatic } = session;
  if (future === null) return null;
  if (future.step === 'automatic') {
    const at = automatic[automatic.length - below]!;
    const taken = setAutomatic(session, at, null);
    return { session: { ...taken, below: below - 1, future: future.rest }, at, changes: 1, automatic: true };
  }
  const on = applyStep(session, future.step, 'after');
  return moved({ ...on, past: { step: future.step, rest: session.past }, future: future.rest }, future.step);
}

/** Whether undo has something to take back: an act, or an automatic decision. */
export const canUndo = ({ past, below, automatic }: Session): boolean =>
  past !== null || below < automatic.length;

/** Whether redo has something to do again. */
export const canRedo = ({ future }: Session): boolean => future !== null;

function setAutomatic(session: Session, { document, unit }: Place, entry: 'reopened' | null): Session {
  const draft = draftOf(session);
  if (unit === WHOLE) draft.whole(document, entry);
  else draft.unit(document, unit, entry);
  return draft.finish();
}

function moved(session: Session, step: Step): Moved {
  const first = step.find(({ unit }) => unit !== null) ?? step[0]!;
  return {
    session,
    at: { document: first.document, unit: first.unit ?? WHOLE },
    changes: step.length,
    automatic: false,
  };
}
