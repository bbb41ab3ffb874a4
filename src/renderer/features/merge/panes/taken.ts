import type { Choice, DocumentDecision, MergeUnit } from '../../../../contract/merge.ts';

/** What a unit has now: a side, base, `both`, `edit`; null where it is open. */
export type Taken = Choice['take'] | null;

/** What a unit has by what was decided, or taken automatically. */
export function takenIn(unit: MergeUnit, decision: DocumentDecision): Taken {
  if (decision.whole !== null) return decision.whole;
  const choice = choiceOf(unit.id, decision);
  if (choice !== null) return choice.take;
  const { reopened } = decision;
  const open = typeof reopened === 'boolean' ? reopened : reopened.includes(unit.id);
  return open ? null : unit.taken;
}

/** The choice of a unit; null where none was made. */
export const choiceOf = (unit: string, { choices }: DocumentDecision): Choice | null =>
  choices.find((made) => made.unit === unit)?.choice ?? null;

/** Both sides of a unit, `ours` first; the other order where that is so already. */
export function nextBoth(unit: string, decision: DocumentDecision): Choice {
  const choice = choiceOf(unit, decision);
  const first = choice?.take === 'both' && choice.first === 'ours' ? 'theirs' : 'ours';
  return { take: 'both', first };
}
