import { useCallback, useEffect, useRef, useState } from 'react';
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

export type Planned = {
  readonly state: PlanState;
  /** what goes on with an Enter that came before the preview; null when nothing waits */
  readonly early: 'waits' | 'look first' | null;
  /** applies what is previewed, or notes the wish while the preview is being made */
  readonly confirm: () => void;
  readonly again: () => void;
};

/**
 * Plans an action whenever it changes, and applies the plan that is shown. Planning writes nothing. `typed`: the person
 * is typing a part of it, so planning waits for a rest. A wish that came before the preview is granted with it, unless
 * the preview holds a warning, the action has changed since, or `alone` is false: then a person has to look first.
 */
export function usePlan(
  source: string,
  action: Action | null,
  { typed, alone }: { readonly typed: boolean; readonly alone: boolean },
  onDone: (operation: Operation) => void,
): Planned {
  const [round, setRound] = useState(0);
  const json = action === null ? null : JSON.stringify(action);
  const key = `${round} ${source} ${json}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: PlanState } | null>(null);
  const [wish, setWish] = useState<string | null>(null);
  const latest = useRef({ wish, alone, onDone });
  useEffect(() => {
    latest.current = { wish, alone, onDone };
  });

  const apply = useCallback(
    async (of: string, plan: Plan) => {
      setAnswer({ key: of, state: { phase: 'applying', plan } });
      const done = await attempt(api.operations.apply({ source, plan: plan.id }), LOST);
      if (done.ok) latest.current.onDone(done.value);
      else setAnswer({ key: of, state: { phase: 'failed', plan, error: done.error } });
    },
    [source],
  );

  useEffect(() => {
    if (json === null) return undefined;
    let current = true;
    const plan = async () => {
      const made = await attempt(api.operations.plan({ source, action: JSON.parse(json) as Action }));
      if (!current) return;
      const wished = latest.current.wish === key && latest.current.alone;
      if (made.ok && wished && made.value.warnings.length === 0) {
        await apply(key, made.value);
        return;
      }
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
  }, [source, json, key, typed, apply]);

  const state: PlanState =
    json === null ? { phase: 'incomplete' } : answer?.key === key ? answer.state : { phase: 'planning' };
  const confirm = () => {
    if (state.phase === 'preview') void apply(key, state.plan);
    else if (state.phase === 'planning') setWish(key);
  };
  const again = () => setRound((before) => before + 1);
  const waits = state.phase === 'planning' ? 'waits' : state.phase === 'preview' ? 'look first' : null;
  return { state, early: wish === key ? waits : null, confirm, again };
}
