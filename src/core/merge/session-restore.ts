import { draftOf, type Draft } from './session-draft.ts';
import { readSaved, type Saved, type SavedChange } from './session-saved.ts';
import {
  isByParts,
  startSession,
  WHOLE,
  type Change,
  type DocumentEntry,
  type Place,
  type Session,
  type SessionDocument,
  type Step,
  type Steps,
  type UnitEntry,
} from './session.ts';

/** A decision that no longer fits: what it was about has other values now, or is gone. `unit` null: the document. */
export type Dropped = {
  readonly document: string;
  readonly title: string;
  readonly unit: string | null;
  readonly entry: UnitEntry | DocumentEntry;
};

export type Restored = {
  readonly session: Session;
  /** decisions that fit still */
  readonly kept: number;
  readonly dropped: readonly Dropped[];
  /** the text was no progress of this version: nothing of it could be used */
  readonly unreadable: boolean;
};

/**
 * A session with everything of the saved one that fits: a decision about a place holds where the place is there with
 * the same fingerprint. Where all fits, undo and redo go as far as before; else what was undone is forgotten.
 */
export function restoreSession(json: string, documents: readonly SessionDocument[]): Restored {
  const fresh = startSession(documents);
  const saved = readSaved(json);
  if (saved === null) return { session: fresh, kept: 0, dropped: [], unreadable: true };
  const find = finder(saved, documents);
  const { kept, dropped } = tally(saved, find);
  const draft = draftOf(fresh);
  const { below, steps: first } = reopenedBelow(saved, fresh, draft, find);
  let past: Steps<Step> = first.length === 0 ? null : { step: first, rest: null };
  for (const changes of saved.past) {
    const step = replay(changes, draft, documents, find);
    if (step.length > 0) past = { step, rest: past };
  }
  const session = { ...draft.finish(), below, past };
  const same = dropped.length === 0 && below === saved.below.length;
  return { session: same ? withAhead(session, saved, find) : session, kept, dropped, unreadable: false };
}

type Find = (change: SavedChange | Saved['below'][number]) => Place | null;

/** Where a saved place is now; null where it is gone or has other values. */
function finder(saved: Saved, documents: readonly SessionDocument[]): Find {
  const indexes = new Map(documents.map(({ id }, index) => [id, index]));
  const found = saved.documents.map(({ id, fingerprint, units }) => {
    const document = indexes.get(id);
    if (document === undefined) return null;
    const about = documents[document]!;
    const wanted = new Map(units.map(([unit, print]) => [unit, print]));
    const places = new Map<string, number>();
    if (isByParts(about)) {
      for (const [unit, part] of about.units.entries()) {
        if (wanted.get(part.id) === part.fingerprint) places.set(part.id, unit);
      }
    }
    return {
      document,
      whole: about.fingerprint === fingerprint,
      units: units.map(([unit]) => places.get(unit) ?? null),
    };
  });
  return (change) => {
    const about = found[change[0]] ?? null;
    if (about === null) return null;
    const second = change[1];
    if (typeof second !== 'number') return about.whole ? { document: about.document, unit: WHOLE } : null;
    const unit = about.units[second] ?? null;
    return unit === null ? null : { document: about.document, unit };
  };
}

/** The last word about each place, counted: what fits, and what does not. */
function tally(saved: Saved, find: Find): { readonly kept: number; readonly dropped: readonly Dropped[] } {
  const last = new Map<string, SavedChange>();
  const put = (change: SavedChange) => {
    last.set(change.length === 3 ? `${change[0]} ${change[1]}` : `${change[0]}`, change);
  };
  for (const [document, unit] of saved.below) {
    put(unit === undefined ? [document, 'reopened'] : [document, unit, 'reopened']);
  }
  for (const step of saved.past) for (const change of step) put(change);
  let kept = 0;
  const dropped: Dropped[] = [];
  for (const change of last.values()) {
    const entry = change.length === 3 ? change[2] : change[1];
    if (entry === null) continue;
    const about = saved.documents[change[0]];
    if (find(change) !== null) kept += 1;
    else if (about !== undefined) {
      const unit = change.length === 3 ? (about.units[change[1]]?.[0] ?? null) : null;
      dropped.push({ document: about.id, title: about.title, unit, entry });
    }
  }
  return { kept, dropped };
}

/** Reopens what undo had reopened. Where that is no longer the end of what is automatic, it is an act like others. */
function reopenedBelow(
  saved: Saved,
  fresh: Session,
  draft: Draft,
  find: Find,
): { readonly below: number; readonly steps: Step } {
  const { automatic, documents } = fresh;
  const places = saved.below.map(find);
  const from = automatic.length - places.length;
  const same = places.every((place, index) => {
    const at = automatic[from + index];
    return place !== null && at?.document === place.document && at.unit === place.unit;
  });
  const steps = places.flatMap((place) => {
    if (place === null) return [];
    const change =
      place.unit === WHOLE
        ? putWhole(draft, documents, place.document, 'reopened')
        : putUnit(draft, documents, place, 'reopened');
    return change === null ? [] : [change];
  });
  return same ? { below: places.length, steps: [] } : { below: 0, steps };
}

/** One saved act as it is now, without what does not fit. */
function replay(
  changes: readonly SavedChange[],
  draft: Draft,
  documents: readonly SessionDocument[],
  find: Find,
): Step {
  return changes.flatMap((change) => {
    const place = find(change);
    if (place === null) return [];
    const made =
      change.length === 3
        ? putUnit(draft, documents, place, change[2])
        : putWhole(draft, documents, place.document, change[1]);
    return made === null ? [] : [made];
  });
}

/** Nothing that was open from the beginning can be reopened. */
function putUnit(
  draft: Draft,
  documents: readonly SessionDocument[],
  { document, unit }: Place,
  entry: UnitEntry,
): Change | null {
  const conflict = documents[document]?.units[unit]?.taken === null;
  return draft.unit(document, unit, entry === 'reopened' && conflict ? null : entry);
}

function putWhole(
  draft: Draft,
  documents: readonly SessionDocument[],
  document: number,
  entry: DocumentEntry,
): Change | null {
  const conflict = documents[document]?.taken === null;
  return draft.whole(document, entry === 'reopened' && conflict ? null : entry);
}

/** What redo would do, found by doing it on a copy. */
function withAhead(session: Session, { ahead }: Saved, find: Find): Session {
  const { automatic, below, documents } = session;
  if (ahead.automatic > below) return session;
  const draft = draftOf(session);
  const steps: (Step | 'automatic')[] = [];
  for (let done = 0; done < ahead.automatic; done += 1) {
    const { document, unit } = automatic[automatic.length - below + done]!;
    if (unit === WHOLE) draft.whole(document, null);
    else draft.unit(document, unit, null);
    steps.push('automatic');
  }
  for (const changes of ahead.steps) {
    const step = replay(changes, draft, documents, find);
    if (step.length !== changes.length) return session;
    steps.push(step);
  }
  let future: Steps<Step | 'automatic'> = null;
  for (const step of steps.toReversed()) future = { step, rest: future };
  return { ...session, future };
}
