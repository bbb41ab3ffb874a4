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
): { readonly state: MergePlanState; readonly commit: () => void } {
  const [answer, setAnswer] = useState<{ readonly merge: string; readonly state: MergePlanState } | null>(
    null,
  );
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
      setAnswer({ merge, state });
    };
    void plan();
    return () => {
      current = false;
    };
  }, [source, merge]);

  const known = answer !== null && answer.merge === merge ? answer.state : PLANNING;
  const state = merge === null ? NONE : known;
  const write = async (of: string, plan: Plan) => {
    setAnswer({ merge: of, state: { phase: 'writing', plan } });
    const written = await attempt(api.operations.apply({ source, plan: plan.id }), LOST);
    if (written.ok) done.current(written.value);
    else setAnswer({ merge: of, state: { phase: 'failed', error: written.error } });
  };
  const commit = () => {
    if (merge !== null && state.phase === 'planned') void write(merge, state.plan);
  };
  return { state, commit };
}

const NONE: MergePlanState = { phase: 'none' };
const PLANNING: MergePlanState = { phase: 'planning' };
