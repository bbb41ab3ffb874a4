import { useEffect, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Plan } from '../../../../contract/operations.ts';
import { toDecisions } from '../../../../core/merge/session-decisions.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { refreshMerges } from '../../../app/merges.ts';
import { finishAction } from '../../actions/finish.ts';
import { keepNow } from '../state/keep.ts';
import { patchWork, workOf } from '../state/work.ts';

export type CommitState =
  | { readonly phase: 'planning' }
  | { readonly phase: 'planned'; readonly plan: Plan }
  | { readonly phase: 'writing'; readonly plan: Plan }
  | { readonly phase: 'failed'; readonly error: Failure };

const LOST = {
  message: 'The connection broke before the answer came, so it is not known whether the merge was written.',
  hint: 'Look at Operations once it is back: what was written stands there, and can be undone.',
};

/** Plans the merge as it is decided, and writes exactly that plan when told to. Planning writes nothing. */
export function useCommit(
  key: string,
  onDone: () => void,
): { readonly state: CommitState; readonly commit: () => void } {
  const [state, setState] = useState<CommitState>({ phase: 'planning' });
  useEffect(() => {
    let current = true;
    const plan = async () => {
      const work = workOf(key);
      if (work === null || work.loaded === null) return;
      const { merge, session } = work.loaded;
      const decisions = [...toDecisions(session)];
      const made = await attempt(api.merge.plan({ source: work.source, merge, decisions }));
      if (!current) return;
      setState(made.ok ? { phase: 'planned', plan: made.value } : { phase: 'failed', error: made.error });
    };
    void plan();
    return () => {
      current = false;
    };
  }, [key]);
  const write = async (plan: Plan) => {
    const work = workOf(key);
    if (work === null) return;
    setState({ phase: 'writing', plan });
    // an undo of the merge brings back what was kept last
    await keepNow(key);
    const done = await attempt(api.operations.apply({ source: work.source, plan: plan.id }), LOST);
    if (!done.ok) {
      setState({ phase: 'failed', error: done.error });
      return;
    }
    patchWork(key, { written: done.value, editing: null, moved: null });
    onDone();
    finishAction(work.source, done.value);
    void refreshMerges(work.source);
  };
  const commit = () => {
    if (state.phase === 'planned') void write(state.plan);
  };
  return { state, commit };
}
