import type { MergeDocument } from '../../../../contract/merge.ts';
import type { SessionDocument } from '../../../../core/merge/session.ts';

const RANKS = { conflicts: 0, merged: 1, ours: 2, theirs: 2, same: 3 } as const;

/** Documents as they are worked through: conflicts, then what was merged or taken, then what both sides did alike. */
export const inOrder = (documents: readonly MergeDocument[]): readonly MergeDocument[] =>
  documents.toSorted((a, b) => RANKS[a.state] - RANKS[b.state]);

/** What the session of resolving needs of a document. */
export function sessionDocument({ id, title, fingerprint, state, units }: MergeDocument): SessionDocument {
  const taken = state === 'conflicts' || state === 'merged' ? null : state;
  return {
    id,
    title,
    fingerprint,
    taken,
    units:
      taken === null
        ? units.map((unit) => ({ id: unit.id, fingerprint: unit.fingerprint, taken: unit.taken }))
        : [],
  };
}
