import { useCallback, useEffect, useRef, useState } from 'react';
import type { Change, Edit, EditPlan } from '../../../contract/edits.ts';
import type { Failure } from '../../../contract/failure.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { asOfDay } from '../../state/agents.ts';

/** How far a change has come. */
export type EditState =
  | { readonly phase: 'planning' }
  | { readonly phase: 'refused'; readonly error: Failure }
  | { readonly phase: 'preview'; readonly plan: EditPlan }
  | { readonly phase: 'applying'; readonly plan: EditPlan }
  | { readonly phase: 'failed'; readonly plan: EditPlan; readonly error: Failure };

const LOST = {
  message: 'The connection broke before the answer came, so it is not known whether this was written.',
  hint: 'Look at the history of the file once it is back: what was written stands there, and can be undone.',
};

/** How long typing of the label rests before the preview follows, in ms. */
const REST_MS = 250;

/**
 * The day that a change is planned for. What writes a date is planned for today; the rest for the day that the view
 * shows, so that the effect on prompts agrees with it.
 */
export const dayOf = (source: string, change: Change): string | null =>
  change.do === 'save' || change.do === 'restore' || change.do === 'undo' ? asOfDay(source) : null;

type Planned = {
  readonly state: EditState;
  readonly apply: () => void;
  /** plans anew */
  readonly again: () => void;
};

/** Plans a change, and applies the plan that is shown. Planning writes nothing. */
export function useEditPlan(source: string, change: Change, onDone: (edit: Edit) => void): Planned {
  const [state, setState] = useState<EditState>({ phase: 'planning' });
  const [asked, setAsked] = useState({ change, round: 0 });
  if (asked.change !== change) setAsked({ change, round: asked.round });
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  const first = useRef(true);
  useEffect(() => {
    let current = true;
    const plan = async () => {
      const made = await attempt(
        api.edits.plan({ source, today: dayOf(source, asked.change), change: asked.change }),
      );
      if (!current) return;
      setState(made.ok ? { phase: 'preview', plan: made.value } : { phase: 'refused', error: made.error });
    };
    const timer = window.setTimeout(() => void plan(), first.current ? 0 : REST_MS);
    first.current = false;
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [source, asked]);
  const apply = useCallback(async () => {
    if (state.phase !== 'preview' || state.plan.blocked !== null) return;
    const { plan } = state;
    setState({ phase: 'applying', plan });
    const answer = await attempt(api.edits.apply({ source, plan: plan.id }), LOST);
    if (answer.ok) done.current(answer.value);
    else setState({ phase: 'failed', plan, error: answer.error });
  }, [source, state]);
  const again = useCallback(() => {
    setState({ phase: 'planning' });
    setAsked((before) => ({ ...before, round: before.round + 1 }));
  }, []);
  return { state, apply: () => void apply(), again };
}
