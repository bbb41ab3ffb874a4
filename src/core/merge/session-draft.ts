import {
  contestedOf,
  isByParts,
  isContestedEntry,
  isOpenEntry,
  openOf,
  sameEntry,
  type Change,
  type DocumentEntry,
  type DocumentState,
  type Session,
  type Step,
  type UnitEntry,
} from './session.ts';

type Open = { entry: DocumentEntry; entries: UnitEntry[]; open: number; contested: number };

/** Many changes of a session at once: each document that is touched is copied once, and counts are kept in step. */
export type Draft = {
  /** sets what a unit is; the change, or null where it was so already or there is no such place */
  readonly unit: (document: number, unit: number, after: UnitEntry) => Change | null;
  /** sets what a document as a whole is */
  readonly whole: (document: number, after: DocumentEntry) => Change | null;
  readonly finish: () => Session;
};

/** Begins to change a session; the session itself stays as it is. */
export function draftOf(session: Session): Draft {
  const { documents } = session;
  const touched = new Map<number, Open>();
  const own = (document: number): Open | null => {
    const known = touched.get(document);
    if (known !== undefined) return known;
    const state = session.states[document];
    if (state === undefined) return null;
    const copy = { ...state, entries: state.entries.slice() };
    touched.set(document, copy);
    return copy;
  };
  return {
    unit: (document, unit, after) => {
      const part = documents[document]?.units[unit];
      const state = own(document);
      if (part === undefined || state === null || !isByParts(documents[document]!)) return null;
      const before = state.entries[unit] ?? null;
      if (sameEntry(before, after)) return null;
      state.entries[unit] = after;
      state.open += Number(isOpenEntry(part, after)) - Number(isOpenEntry(part, before));
      state.contested += Number(isContestedEntry(part, after)) - Number(isContestedEntry(part, before));
      return { document, unit, before, after };
    },
    whole: (document, after) => {
      const state = own(document);
      if (state === null || state.entry === after) return null;
      const before = state.entry;
      state.entry = after;
      return { document, unit: null, before, after };
    },
    finish: () => {
      let { open, contested } = session;
      const states = session.states.slice();
      for (const [document, state] of touched) {
        const about = documents[document]!;
        const before: DocumentState = session.states[document]!;
        open += openOf(about, state) - openOf(about, before);
        contested += contestedOf(about, state) - contestedOf(about, before);
        states[document] = state;
      }
      return { ...session, states, open, contested };
    },
  };
}

/** Makes the changes of a step, or takes them back. */
export function applyStep(session: Session, step: Step, way: 'before' | 'after'): Session {
  const draft = draftOf(session);
  for (const change of way === 'after' ? step : step.toReversed()) {
    if (change.unit === null) draft.whole(change.document, change[way]);
    else draft.unit(change.document, change.unit, change[way]);
  }
  return draft.finish();
}

/** The session after a new act: it can be undone, and what was undone before can't be done again. */
export function withStep(session: Session, changes: readonly (Change | null)[], next: Session): Session {
  const step = changes.filter((change) => change !== null);
  if (step.length === 0) return session;
  return { ...next, past: { step, rest: session.past }, future: null };
}
