import { Tag } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { CutOffPart } from '../../../contract/problem.ts';
import { useOverview } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { CopyDetails } from '../../ui/empty/FailureState.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { finishAction } from '../actions/finish.ts';
import { PlanPreview } from '../actions/PlanPreview.tsx';
import { usePlan } from '../actions/use-plan.ts';
import { rescueName } from './actions.ts';

export type RescueTagProps = {
  readonly source: string;
  readonly part: CutOffPart;
};

/** The repair of a break, previewed in its place: a tag that holds the older part, written by the one way for writes. */
export function RescueTag({ source, part }: RescueTagProps) {
  const [name, setName] = useState(() => rescueName());
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const action = name === '' || blocked !== null ? null : ({ kind: 'tag', name, at: part.hash } as const);
  const { state, confirm, again } = usePlan(source, action, { typed: true, alone: true }, (operation) =>
    finishAction(source, operation),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm();
  };
  return (
    <section className="fi-part" aria-labelledby="fi-rescue">
      <h3 id="fi-rescue">Tag the older part</h3>
      <p>Writes one row to refs, so that gc keeps these calls. Nothing else changes, and undo removes it.</p>
      {blocked === null ? (
        <form className="fi-form" onSubmit={submit}>
          <TextField
            label="Name of the tag"
            hideLabel
            prefix="tag/"
            mono
            value={name}
            onChange={setName}
            error={state.phase === 'refused' ? `${state.error.message} ${state.error.hint}` : null}
          />
          {state.phase === 'failed' ? (
            <div role="alert">
              <p>{`${state.error.message} ${state.error.hint}`}</p>
              <CopyDetails error={state.error} />
            </div>
          ) : (
            <PlanPreview state={state} named />
          )}
          <div className="fi-form-actions">
            {state.phase === 'failed' ? (
              <Button onClick={again}>Preview again</Button>
            ) : (
              <Button look="primary" type="submit" icon={Tag} disabled={state.phase !== 'preview'}>
                {state.phase === 'applying' ? 'Writing' : 'Write tag'}
              </Button>
            )}
          </div>
        </form>
      ) : (
        <p className="in-blocked">{blocked}</p>
      )}
    </section>
  );
}
