import { isByParts, isOpen, openOf, WHOLE, type Place, type Session } from './session.ts';

/**
 * The nearest open place behind (1) or before (-1) a place, around the ends; the place itself where it alone is open,
 * null where nothing is.
 */
export function findOpen(session: Session, from: Place, way: 1 | -1): Place | null {
  const { documents, states } = session;
  if (session.open === 0) return null;
  const count = documents.length;
  for (let turn = 0; turn <= count; turn += 1) {
    const document = (((from.document + way * turn) % count) + count) % count;
    const about = documents[document];
    const state = states[document];
    if (about === undefined || state === undefined || openOf(about, state) === 0) continue;
    const last = about.units.length - 1;
    if (!isByParts(about)) {
      if (turn > 0 || from.unit < WHOLE) return { document, unit: WHOLE };
      continue;
    }
    const begin = turn === 0 ? from.unit + way : way === 1 ? 0 : last;
    for (let unit = Math.max(begin, way === 1 ? 0 : begin); unit >= 0 && unit <= last; unit += way) {
      if (isOpen(session, { document, unit })) return { document, unit };
    }
  }
  return null;
}

/** The first open place, or null. */
export const firstOpen = (session: Session): Place | null =>
  findOpen(session, { document: 0, unit: WHOLE - 1 }, 1);
