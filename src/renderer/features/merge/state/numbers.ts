import { isByParts, WHOLE, type Place, type SessionDocument } from '../../../../core/merge/session.ts';

/** Which conflict a place is, counted from 1 through all documents; null for what was taken automatically. */
export type Numbers = { readonly total: number; readonly of: (place: Place) => number | null };

/** Numbers all conflicts of a merge. */
export function numberConflicts(documents: readonly SessionDocument[]): Numbers {
  let total = 0;
  const numbers = documents.map((document) => {
    if (!isByParts(document)) {
      if (document.taken === null) total += 1;
      return document.taken === null ? total : null;
    }
    const counts = new Int32Array(document.units.length);
    for (const [unit, { taken }] of document.units.entries()) {
      if (taken === null) total += 1;
      counts[unit] = taken === null ? total : 0;
    }
    return { counts };
  });
  return {
    total,
    of: ({ document, unit }) => {
      const known = numbers[document] ?? null;
      if (known === null || typeof known === 'number') return unit === WHOLE ? known : null;
      const number = known.counts[unit] ?? 0;
      return number === 0 ? null : number;
    },
  };
}
