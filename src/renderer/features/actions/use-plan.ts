import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { Action, Operation, Plan } from '../../../contract/operations.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';

/** How far an action has come. `plan` belongs to the action as it is now; typing makes it `planning` again. */
export type PlanState =
  | { readonly phase: 'incomplete' }
  | { readonly phase: 'planning' }
  | { readonly phase: 'refused'; readonly error: Failure }
  | { readonly phase: 'preview'; readonly plan: Plan }
  | { readonly phase: 'applying'; readonly plan: Plan }
  | { readonly phase: 'failed'; readonly plan: Plan; readonly error: Failure };

const LOST = {
  message: 'The connection broke before the answer came, so it is not known whether this was written.',
  hint: 'Look at Operations once it is back: what was written stands there, and can be undone.',
};

/** How long typing must rest before the preview follows, in ms. */
const REST_MS = 180;

/**
 * Plans an action whenever it changes, and applies the plan that is shown. Planning writes nothing. `typed`: the person
 * is typing a part of it, so planning waits for a rest.
 */
export function usePlan(
  source: string,
  action: Action | null,
  typed: boolean,
  onDone: (operation: Operation) => void,
) {
  const [round, setRound] = useState(0);
  const json = action === null ? null : JSON.stringify(action);
  const key = `${round} ${source} ${json}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: PlanState } | null>(null);

  useEffect(() => {
    if (json === null) return undefined;
    let current = true;
    const plan = async () => {
      const made = await attempt(api.operations.plan({ source, action: JSON.parse(json) as Action }));
      if (!current) return;
      const state: PlanState = made.ok
        ? { phase: 'preview', plan: made.value }
        : { phase: 'refused', error: made.error };
      setAnswer({ key, state });
    };
    const timer = window.setTimeout(() => void plan(), typed ? REST_MS : 0);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [source, json, key, typed]);

  const state: PlanState =
    json === null ? { phase: 'incomplete' } : answer?.key === key ? answer.state : { phase: 'planning' };
  const apply = async () => {
    if (state.phase !== 'preview') return;
    const { plan } = state;
    setAnswer({ key, state: { phase: 'applying', plan } });
    const done = await attempt(api.operations.apply({ source, plan: plan.id }), LOST);
    if (done.ok) onDone(done.value);
    else setAnswer({ key, state: { phase: 'failed', plan, error: done.error } });
  };
  const again = () => setRound((before) => before + 1);
  return { state, apply, again };
}
