import type { MergeDocument, Side } from '../../../../contract/merge.ts';
import { isByParts, type Session } from '../../../../core/merge/session.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { sideName, type Names } from '../names.ts';

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
      const how = `Whole output of ${sideName(names, whole)}`;
      return [{ document: index, title, tool, how, synthetic: document.synthetic[whole] }];
    }
    if (!isByParts(about)) return [];
    return [
      { document: index, title, tool, how: partsWords(document, session, index, names), synthetic: true },
    ];
  });
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
