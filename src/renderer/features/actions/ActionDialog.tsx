import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { closeAction, useActionForm, type ActionForm } from '../../state/action-form.ts';
import { useOverview } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { CopyDetails } from '../../ui/empty/FailureState.tsx';
import { Checkbox } from '../../ui/field/Checkbox.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { shortHash } from '../../ui/format.ts';
import { HashText } from '../../ui/hash/HashText.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { finishAction } from './finish.ts';
import { PlanPreview } from './PlanPreview.tsx';
import { usePlan, type PlanState } from './use-plan.ts';
import { actionOf, firstFields, needsName, offersHead, titleOf, verbOf } from './words.ts';
import './actions.css';

/** The dialog of every write; open when an action was asked for. */
export function ActionDialog() {
  const open = useActionForm((state) => state.open);
  if (open === null) return null;
  return <OpenAction key={JSON.stringify(open)} source={open.source} form={open.form} />;
}

/** What is said to Enter that came before the preview. */
const EARLY = {
  waits: 'The preview is being made. It is confirmed with it, unless it holds a warning.',
  'look first': 'Read the preview, then confirm.',
};

type OpenActionProps = { readonly source: string; readonly form: ActionForm };

function OpenAction({ source, form }: OpenActionProps) {
  const [fields, setFields] = useState(() => firstFields(form));
  const named = needsName(form);
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const action = actionOf(form, fields);
  const danger = form.kind === 'delete-branch';
  const { state, early, confirm, again } = usePlan(
    source,
    action,
    { typed: named, alone: blocked === null && !danger },
    (done) => {
      closeAction();
      finishAction(source, done);
    },
  );
  const first = useRef<HTMLInputElement>(null);
  const primary = useRef<HTMLButtonElement>(null);
  const ready = state.phase === 'preview';
  useEffect(() => {
    if (ready && !named && !danger) primary.current?.focus();
  }, [ready, named, danger]);
  const whole = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blocked === null) confirm();
  };
  // while its button waits for the preview, a form is deaf for Enter
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    const onField = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (!onField && event.target !== event.currentTarget) return;
    event.preventDefault();
    if (!event.repeat && blocked === null) confirm();
  };
  return (
    <Dialog
      open
      onClose={closeAction}
      title={visibleText(titleOf(form))}
      description={state.phase === 'failed' ? undefined : 'Nothing is written until you confirm.'}
      {...(named ? { initialFocus: first } : danger ? {} : { initialFocus: whole })}
      actions={
        <>
          {blocked !== null && <p className="action-blocked">{blocked}</p>}
          <Button onClick={closeAction}>Cancel</Button>
          {state.phase === 'failed' ? (
            <Button look="primary" onClick={again}>
              Preview again
            </Button>
          ) : (
            <Button
              ref={primary}
              type="submit"
              form="action-form"
              look={danger ? 'danger-solid' : 'primary'}
              disabled={state.phase !== 'preview' || blocked !== null}
            >
              {state.phase === 'applying' ? 'Writing' : verbOf(form)}
            </Button>
          )}
        </>
      }
    >
      {state.phase === 'failed' ? (
        <Failed state={state} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter of its fields
        <form
          ref={whole}
          id="action-form"
          className="action-form"
          tabIndex={-1}
          aria-label={visibleText(titleOf(form))}
          onSubmit={submit}
          onKeyDown={onKeyDown}
        >
          {named && (
            <TextField
              ref={first}
              label={form.kind === 'tag' ? 'Name of the tag' : 'Name of the branch'}
              value={fields.name}
              onChange={(name) => setFields({ ...fields, name })}
              onFocus={(event) => event.currentTarget.select()}
              {...(form.kind === 'tag' ? { prefix: 'tag/' } : {})}
              {...(form.kind === 'fork' ? { placeholder: `fork-${shortHash(form.at)}` } : {})}
              hint={nameHint(form)}
              error={state.phase === 'refused' ? `${state.error.message} ${state.error.hint}` : null}
              mono
            />
          )}
          {offersHead(form) && (
            <Checkbox
              checked={fields.head}
              onChange={(head) => setFields({ ...fields, head })}
              label="Switch HEAD here"
              hint="The next call of an agent that runs in this folder would land on the new branch."
            />
          )}
          <PlanPreview state={state} named={named} />
          <output className="action-early">{early === null ? null : EARLY[early]}</output>
        </form>
      )}
    </Dialog>
  );
}

function nameHint(form: ActionForm): string | undefined {
  if (form.kind === 'fork') return `Left empty it is fork-${shortHash(form.at)}.`;
  return undefined;
}

/** What stopped the writing: nothing was written, and what can be done. */
function Failed({ state }: { readonly state: Extract<PlanState, { phase: 'failed' }> }) {
  const { error } = state;
  return (
    <div className="action-failed" role="alert">
      <TriangleAlert className="icon" size={20} aria-hidden />
      <p className="action-failed-title">
        <HashText text={error.message} />
      </p>
      <p>{error.hint}</p>
      <CopyDetails error={error} />
    </div>
  );
}
