import type { DocumentDecision } from '../../contract/merge.ts';
import { isByParts, type Session } from './session.ts';

/** What was decided about one document, for planning and for the texts of its panes. */
export function decisionOf(session: Session, index: number): DocumentDecision {
  const document = session.documents[index]!;
  const { entry, entries } = session.states[index]!;
  const whole = entry === 'reopened' ? null : entry;
  if (!isByParts(document))
    return { document: document.id, whole, reopened: entry === 'reopened', choices: [] };
  const reopened: string[] = [];
  const choices: DocumentDecision['choices'] = [];
  if (whole === null) {
    for (const [unit, made] of entries.entries()) {
      const { id } = document.units[unit]!;
      if (made === 'reopened') reopened.push(id);
      else if (made !== null) choices.push({ unit: id, choice: made });
    }
  }
  return { document: document.id, whole, reopened, choices };
}

/** Everything that was decided; documents about which nobody decided anything are left out. */
export function toDecisions(session: Session): readonly DocumentDecision[] {
  return session.documents.flatMap((_document, index) => {
    const { entry, entries } = session.states[index]!;
    if (entry === null && !entries.some((made) => made !== null)) return [];
    return [decisionOf(session, index)];
  });
}
