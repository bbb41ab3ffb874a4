import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Operation, Plan } from '../../../../contract/operations.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';

/** The plan of a merge that nobody has to decide anything about; it goes on to be written, or not. */
export type MergePlanState =
  | { readonly phase: 'none' }
  | { readonly phase: 'planning' }
  | { readonly phase: 'planned'; readonly plan: Plan }
  | { readonly phase: 'writing'; readonly plan: Plan }
  | { readonly phase: 'failed'; readonly error: Failure };

const LOST = {
  message: 'The connection broke before the answer came, so it is not known whether the merge was written.',
  hint: 'Look at Operations once it is back: what was written stands there, and can be undone.',
};

/** Plans the merge of that analysis without a decision; null plans nothing. Planning writes nothing. */
export function useMergePlan(
  source: string,
  merge: string | null,
  onDone: (operation: Operation) => void,
): { readonly state: MergePlanState; readonly commit: () => void; readonly again: () => void } {
  const [round, setRound] = useState(0);
  const key = `${round} ${merge}`;
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: MergePlanState } | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    if (merge === null) return undefined;
    let current = true;
    const plan = async () => {
      const made = await attempt(api.merge.plan({ source, merge, decisions: [] }));
      if (!current) return;
      const state: MergePlanState = made.ok
        ? { phase: 'planned', plan: made.value }
        : { phase: 'failed', error: made.error };
      setAnswer({ key, state });
    };
    void plan();
    return () => {
      current = false;
    };
  }, [source, merge, key]);

  const known = answer !== null && answer.key === key ? answer.state : PLANNING;
  const state = merge === null ? NONE : known;
  const write = async (plan: Plan) => {
    setAnswer({ key, state: { phase: 'writing', plan } });
    const written = await attempt(api.operations.apply({ source, plan: plan.id }), LOST);
    if (written.ok) done.current(written.value);
    else setAnswer({ key, state: { phase: 'failed', error: written.error } });
  };
  const commit = () => {
    if (merge !== null && state.phase === 'planned') void write(state.plan);
  };
  return { state, commit, again: () => setRound((before) => before + 1) };
}

const NONE: MergePlanState = { phase: 'none' };
const PLANNING: MergePlanState = { phase: 'planning' };
