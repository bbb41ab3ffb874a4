import type { MergeDocument, Side } from '../../../../contract/merge.ts';
import { isByParts, type Session, type UnitEntry } from '../../../../core/merge/session.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { sideName, wholeName, type Names } from '../names.ts';

/** How a document comes out of a merge, for the last look before it is written. */
export type SettledDocument = {
  readonly document: number;
  readonly title: string;
  readonly tool: string;
  /** `Whole output of main`, `2 from main, 1 typed` */
  readonly how: string;
  /** no tool returned the result */
  readonly synthetic: boolean;
};

/** The documents that a person decided about, or that both branches changed, in the order of the list. */
export function settledDocuments(
  documents: readonly MergeDocument[],
  session: Session,
  names: Names,
): readonly SettledDocument[] {
  return documents.flatMap((document, index) => {
    const about = session.documents[index]!;
    const { entry } = session.states[index]!;
    const { title, tool } = document;
    const whole = entry === null || entry === 'reopened' ? null : entry;
    if (whole !== null) {
      const how = `Whole ${wholeName(names)} of ${sideName(names, whole)}`;
      return [{ document: index, title, tool, how, synthetic: document.synthetic[whole] }];
    }
    if (!isByParts(about)) return [];
    const same = allFrom(document, session.states[index]!.entries);
    const how =
      same === null
        ? partsWords(document, session, index, names)
        : `Every part from ${sideName(names, same)}`;
    return [{ document: index, title, tool, how, synthetic: same === null || document.synthetic[same] }];
  });
}

/** The side that every settled part of a document is from, so that the result is its whole output; null where none is. */
export function allFrom(document: MergeDocument, entries: readonly UnitEntry[]): 'base' | Side | null {
  let from: 'base' | Side | null = null;
  for (const [unit, { taken }] of document.units.entries()) {
    const entry = entries[unit] ?? null;
    const side = entry === null ? taken : entry === 'reopened' ? null : entry.take;
    if (side === null || side === 'edit' || (side === 'both' && entry !== null)) return null;
    // what both sides did alike is in either output
    if (side === 'both') {
      if (from === 'base') return null;
      continue;
    }
    if (from !== null && from !== side) return null;
    from = side;
  }
  const alike = document.units.some(
    ({ taken }, unit) => taken === 'both' && (entries[unit] ?? null) === null,
  );
  return from === 'base' && alike ? null : from;
}

/** What the parts of a document were taken from, counted. */
function partsWords(document: MergeDocument, session: Session, index: number, names: Names): string {
  const { entries } = session.states[index]!;
  const counts = { base: 0, ours: 0, theirs: 0, both: 0, edit: 0, automatic: 0 };
  for (const [unit, { taken }] of document.units.entries()) {
    const entry = entries[unit] ?? null;
    if (entry !== null && entry !== 'reopened') counts[entry.take] += 1;
    else if (taken !== null) counts.automatic += 1;
  }
  const side = (of: 'base' | Side) =>
    counts[of] === 0 ? [] : [`${formatCount(counts[of])} from ${sideName(names, of)}`];
  const words = [
    ...side('ours'),
    ...side('theirs'),
    ...(counts.both === 0 ? [] : [`${formatCount(counts.both)} both`]),
    ...side('base'),
    ...(counts.edit === 0 ? [] : [`${formatCount(counts.edit)} typed`]),
    ...(counts.automatic === 0 ? [] : [`${formatCount(counts.automatic)} taken automatically`]),
  ];
  return words.length === 0 ? formatCounted(document.units.length, 'place') : words.join(', ');
}
