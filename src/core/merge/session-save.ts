import type { Saved, SavedChange } from './session-saved.ts';
import { WHOLE, type Session, type Step, type Steps } from './session.ts';

/** The whole session as JSON text: choices, and all acts for undo and redo. `restoreSession` reads it. */
export function saveSession(session: Session): string {
  const places = numbering(session);
  const past: SavedChange[][] = [];
  for (let at = session.past; at !== null; at = at.rest) past.push(savedStep(at.step, places));
  const ahead = savedAhead(session.future, places);
  const below = session.automatic
    .slice(session.automatic.length - session.below)
    .map(({ document, unit }): Saved['below'][number] =>
      unit === WHOLE ? [places.document(document)] : [places.document(document), places.unit(document, unit)],
    );
  const saved: Saved = { version: 1, documents: places.documents, below, past: past.toReversed(), ahead };
  return JSON.stringify(saved);
}

type Numbering = {
  readonly documents: Saved['documents'];
  readonly document: (document: number) => number;
  readonly unit: (document: number, unit: number) => number;
};

/** Only documents and units that some act is about are saved, numbered as they come. */
function numbering(session: Session): Numbering {
  const documents: Saved['documents'] = [];
  const known = new Map<number, { readonly at: number; readonly units: Map<number, number> }>();
  const entry = (document: number) => {
    const found = known.get(document);
    if (found !== undefined) return found;
    const { id, title, fingerprint } = session.documents[document]!;
    const made = { at: documents.length, units: new Map<number, number>() };
    documents.push({ id, title, fingerprint, units: [] });
    known.set(document, made);
    return made;
  };
  return {
    documents,
    document: (document) => entry(document).at,
    unit: (document, unit) => {
      const { at, units } = entry(document);
      const found = units.get(unit);
      if (found !== undefined) return found;
      const { id, fingerprint } = session.documents[document]!.units[unit]!;
      const { units: saved } = documents[at]!;
      saved.push([id, fingerprint]);
      units.set(unit, saved.length - 1);
      return saved.length - 1;
    },
  };
}

const savedStep = (step: Step, places: Numbering): SavedChange[] =>
  step.map((change) =>
    change.unit === null
      ? [places.document(change.document), change.after]
      : [places.document(change.document), places.unit(change.document, change.unit), change.after],
  );

function savedAhead(future: Steps<Step | 'automatic'>, places: Numbering): Saved['ahead'] {
  let automatic = 0;
  const steps: SavedChange[][] = [];
  for (let at = future; at !== null; at = at.rest) {
    if (at.step === 'automatic') automatic += 1;
    else steps.push(savedStep(at.step, places));
  }
  return { automatic, steps };
}
