import type { Choice, Side } from '../../contract/merge.ts';

/** One place of a document: a conflict where `taken` is null, else settled automatically by that side. */
export type SessionUnit = {
  readonly id: string;
  /** the same as long as the three values at the place are */
  readonly fingerprint: string;
  readonly taken: Side | 'both' | null;
};

/**
 * One document that is merged. `taken` is the side that alone changed it, or `same`; null where both did: then its
 * units decide, and without units the document as a whole is one conflict. Units of a document with `taken` don't count.
 */
export type SessionDocument = {
  readonly id: string;
  readonly title: string;
  /** the same as long as the document is on all three sides */
  readonly fingerprint: string;
  readonly taken: Side | 'same' | null;
  readonly units: readonly SessionUnit[];
};

/** Where something is decided, by positions. `unit` is `WHOLE` for the document itself. */
export type Place = { readonly document: number; readonly unit: number };
export const WHOLE = -1;

/** What a person made of a unit; null: as it was taken, open where it is a conflict. */
export type UnitEntry = Choice | 'reopened' | null;
/** What a person made of a document as a whole; null: as it was taken, or by its units. */
export type DocumentEntry = 'base' | Side | 'reopened' | null;

/** One thing that a step changed. */
export type Change =
  | {
      readonly document: number;
      readonly unit: null;
      readonly before: DocumentEntry;
      readonly after: DocumentEntry;
    }
  | {
      readonly document: number;
      readonly unit: number;
      readonly before: UnitEntry;
      readonly after: UnitEntry;
    };

/** What one act of a person changed; undone and done again as one. */
export type Step = readonly Change[];

/** Steps, the latest first. `automatic` stands for one automatic decision that an undo reopened. */
export type Steps<T> = { readonly step: T; readonly rest: Steps<T> } | null;

/** The decisions about one document. `open` and `contested` count its units as if no whole side were taken. */
export type DocumentState = {
  readonly entry: DocumentEntry;
  readonly entries: readonly UnitEntry[];
  readonly open: number;
  readonly contested: number;
};

/**
 * How far a person has come in resolving a merge. A value: every act gives a new session. It knows nothing of where
 * the documents come from.
 */
export type Session = {
  readonly documents: readonly SessionDocument[];
  /** what was decided automatically, in the order in which undo goes back through it, from its end */
  readonly automatic: readonly Place[];
  readonly states: readonly DocumentState[];
  /** how many automatic decisions, from the end, undo has reopened */
  readonly below: number;
  readonly past: Steps<Step>;
  readonly future: Steps<Step | 'automatic'>;
  /** places that block the merge */
  readonly open: number;
  /** conflicts, and automatic decisions that a person took up: `contested` − `open` are resolved */
  readonly contested: number;
};

/** A session in which nobody has decided anything. */
export function startSession(documents: readonly SessionDocument[]): Session {
  const states = documents.map(({ units, taken }): DocumentState => {
    const conflicts = taken === null ? units.filter((unit) => unit.taken === null).length : 0;
    return {
      entry: null,
      entries: Array.from(units, () => null),
      open: conflicts,
      contested: conflicts,
    };
  });
  let open = 0;
  let contested = 0;
  for (const [index, document] of documents.entries()) {
    open += openOf(document, states[index]!);
    contested += contestedOf(document, states[index]!);
  }
  return {
    documents,
    automatic: automaticPlaces(documents),
    states,
    below: 0,
    past: null,
    future: null,
    open,
    contested,
  };
}

/** Equal documents, then those of one side, then parts: as they were decided, so that undo meets parts first. */
function automaticPlaces(documents: readonly SessionDocument[]): readonly Place[] {
  const same: Place[] = [];
  const sides: Place[] = [];
  const units: Place[] = [];
  for (const [document, { taken, units: parts }] of documents.entries()) {
    if (taken === 'same') same.push({ document, unit: WHOLE });
    else if (taken !== null) sides.push({ document, unit: WHOLE });
    else {
      for (const [unit, part] of parts.entries()) if (part.taken !== null) units.push({ document, unit });
    }
  }
  return [...same, ...sides, ...units];
}

/** True where the units of a document decide about it. */
export const isByParts = ({ taken, units }: SessionDocument): boolean => taken === null && units.length > 0;

const isWhole = (entry: DocumentEntry): boolean => entry !== null && entry !== 'reopened';

/** How many places of a document block the merge. */
export function openOf(document: SessionDocument, state: DocumentState): number {
  if (isWhole(state.entry)) return 0;
  if (isByParts(document)) return state.open;
  return document.taken === null || state.entry === 'reopened' ? 1 : 0;
}

/** How many places of a document are conflicts, or automatic decisions that a person took up. */
export function contestedOf(document: SessionDocument, state: DocumentState): number {
  if (isByParts(document)) return state.contested;
  return document.taken === null || state.entry !== null ? 1 : 0;
}

/** Whether a unit with this entry blocks the merge. */
export const isOpenEntry = (unit: SessionUnit, entry: UnitEntry): boolean =>
  entry === 'reopened' || (entry === null && unit.taken === null);

/** Whether a unit with this entry counts as contested. */
export const isContestedEntry = (unit: SessionUnit, entry: UnitEntry): boolean =>
  unit.taken === null || entry !== null;

/** Whether this place blocks the merge. */
export function isOpen(session: Session, { document, unit }: Place): boolean {
  const about = session.documents[document];
  const state = session.states[document];
  if (about === undefined || state === undefined) return false;
  if (unit === WHOLE) return !isByParts(about) && openOf(about, state) > 0;
  const part = about.units[unit];
  if (part === undefined || !isByParts(about) || isWhole(state.entry)) return false;
  return isOpenEntry(part, state.entries[unit] ?? null);
}

/** Whether two entries are the same decision. */
export function sameEntry(a: UnitEntry | DocumentEntry, b: UnitEntry | DocumentEntry): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return false;
  if (a.take !== b.take) return false;
  if (a.take === 'both') return b.take === 'both' && a.first === b.first;
  if (a.take === 'edit') return b.take === 'edit' && a.text === b.text;
  return true;
}
