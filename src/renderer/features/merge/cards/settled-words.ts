import type { MergeUnit } from '../../../../contract/merge.ts';
import type { UnitEntry } from '../../../../core/merge/session.ts';
import { choiceWords, said, type Names } from '../names.ts';

/** How a unit was settled, in words: by a choice, or automatically. */
export function settledWords(unit: MergeUnit, entry: UnitEntry, names: Names): string {
  if (entry !== null && entry !== 'reopened') return choiceWords(names, entry);
  switch (unit.taken) {
    case 'both':
      return 'Same on both sides';
    case 'ours':
    case 'theirs':
      return `Taken automatically from ${said(names[unit.taken])}`;
    default:
      return '';
  }
}
