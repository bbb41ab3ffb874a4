import type { ChangeSet, EditPlan } from '../../../contract/edits.ts';
import type { Draft } from '../../../contract/drafts.ts';
import type { Failure, Result } from '../../../contract/failure.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { useAnswer, type Answer } from '../../app/use-answer.ts';
import { LOOSE } from '../../state/edits.ts';

/** What a set would write; or, where it can't be planned as it is, why, and what is known of it all the same. */
export type SetPlan =
  | { readonly set: string; readonly plan: EditPlan }
  | { readonly set: string; readonly plan: null; readonly why: Failure; readonly draft: Draft | null };

const numbers = new WeakMap<object, number>();
let next = 1;

/** A number for a list of edits: their texts may be long, and change only with the list. */
function numberOf(edits: ChangeSet['edits']): number {
  const known = numbers.get(edits) ?? next++;
  numbers.set(edits, known);
  return known;
}

/** What a set would write, asked again as it or the folder changes. */
export function useSetPlan(source: string, today: string | null, set: ChangeSet): Answer<SetPlan> {
  const answer = useAnswer(source, `set ${set.id} ${today ?? ''} ${numberOf(set.edits)}`, () =>
    planOf(source, today, set),
  );
  // what is known of another set is not shown for this one
  return answer.value?.set === set.id ? answer : { ...answer, value: null };
}

async function planOf(source: string, today: string | null, set: ChangeSet): Promise<Result<SetPlan>> {
  const edits = [...set.edits];
  const label = set.id === LOOSE ? null : set.label;
  const plan = await attempt(api.edits.plan({ source, today, change: { do: 'save', edits, label } }));
  if (plan.ok) return { ok: true, value: { set: set.id, plan: plan.value } };
  const draft = await attempt(api.edits.draft({ source, today, edits }));
  const known = draft.ok ? draft.value : null;
  return { ok: true, value: { set: set.id, plan: null, why: plan.error, draft: known } };
}
