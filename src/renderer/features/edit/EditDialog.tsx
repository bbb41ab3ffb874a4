import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Change } from '../../../contract/edits.ts';
import { closeEditForm, useEditForm, type EditForm } from '../../state/edit-form.ts';
import { openFileMerge } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { EditPreview } from './EditPreview.tsx';
import { EditFailed } from './EditFailed.tsx';
import { finishEdit, setOfEdits } from './finish.ts';
import { useEditPlan, type EditState } from './use-edit-plan.ts';
import { waitForRun } from './wait-for-run.ts';
import { titleOfChange, verbOfChange } from './words.ts';
import './edit.css';

/** Shows exactly what a change would write, and writes it when the person says so. */
export function EditDialog() {
  const open = useEditForm((state) => state.open);
  const [shown, setShown] = useState<{ readonly form: EditForm | null; readonly round: number }>({
    form: null,
    round: 0,
  });
  // each request is a dialog of its own, with nothing of the one before
  if (shown.form !== open) setShown({ form: open, round: shown.round + 1 });
  if (open === null || shown.form !== open) return null;
  return <OpenEdit key={shown.round} form={open} />;
}

const SCOPE = { name: 'edit-dialog', label: 'A change before it is written' };

function OpenEdit({ form }: { readonly form: EditForm }) {
  const { source } = form;
  const [label, setLabel] = useState(form.change.do === 'save' ? form.change.label : null);
  const change = useMemo<Change>(
    () => (form.change.do === 'save' && label !== null ? { ...form.change, label } : form.change),
    [form.change, label],
  );
  const { state, apply, again } = useEditPlan(source, change, (edit) => {
    closeEditForm();
    finishEdit(source, form.change, edit);
    form.done?.(edit);
  });
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => holdFocus(whole), []);
  const plan = 'plan' in state ? state.plan : null;
  const resolve = resolver(form, state);
  useShortcuts(SCOPE, [{ keys: 'mod+Enter', label: 'Write', fields: true, run: resolve ?? apply }]);
  return (
    <Dialog
      open
      onClose={closeEditForm}
      width={920}
      initialFocus={whole}
      title={visibleText(plan?.title ?? titleOfChange(form.change))}
      description={state.phase === 'failed' ? undefined : 'Nothing is written until you confirm.'}
      actions={<Actions form={form} state={state} onWrite={apply} onAgain={again} />}
    >
      <div ref={whole} className="ed-body" tabIndex={-1} data-key-scope={SCOPE.name}>
        {label !== null && (
          <TextField
            label="What this change is called"
            value={label}
            onChange={setLabel}
            hint="It stands in the history of every file and names this version of the agent."
          />
        )}
        {state.phase === 'refused' || state.phase === 'failed' ? (
          <EditFailed error={state.error} />
        ) : (
          <EditPreview plan={plan} />
        )}
      </div>
    </Dialog>
  );
}

/** The way to the three-way view, where the files changed on disk meanwhile and the edits are kept in a set. */
function resolver({ source, change }: EditForm, state: EditState): (() => void) | null {
  const failed = state.phase === 'refused' || state.phase === 'failed' ? state.error : null;
  const set = change.do === 'save' ? setOfEdits(source, change.edits) : null;
  if (failed?.kind !== 'conflict' || set === null) return null;
  return () => {
    closeEditForm();
    openFileMerge(source, set);
  };
}

/** A menu or a dialog that closes as this one opens gives the focus back a moment later: it is taken again. */
function holdFocus(to: RefObject<HTMLElement | null>): () => void {
  const timers = [0, 60, 250].map((wait) =>
    window.setTimeout(() => {
      const at = document.activeElement?.closest('[role="dialog"]') ?? null;
      if (at === null) to.current?.focus();
    }, wait),
  );
  return () => timers.forEach((timer) => window.clearTimeout(timer));
}

type ActionsProps = {
  readonly form: EditForm;
  readonly state: EditState;
  readonly onWrite: () => void;
  readonly onAgain: () => void;
};

function Actions({ form, state, onWrite, onAgain }: ActionsProps) {
  const { change } = form;
  const blocked = state.phase === 'preview' ? state.plan.blocked : null;
  if (state.phase === 'refused' || state.phase === 'failed') {
    const resolve = resolver(form, state);
    return (
      <>
        <Button onClick={closeEditForm}>Close</Button>
        <Button look={resolve === null ? 'primary' : 'secondary'} onClick={onAgain}>
          Read again
        </Button>
        {resolve !== null && (
          <Button look="primary" onClick={resolve} end={<Kbd keys="mod+Enter" />}>
            Resolve…
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      {blocked !== null && <p className="ed-blocked">{visibleText(blocked)}</p>}
      <Button onClick={closeEditForm}>Cancel</Button>
      {blocked !== null && (
        <>
          <Button onClick={onAgain}>Look again</Button>
          <Button
            onClick={() => {
              closeEditForm();
              waitForRun(form, titleOfChange(change));
            }}
          >
            Save when the run has ended
          </Button>
        </>
      )}
      <Button
        look="primary"
        disabled={state.phase !== 'preview' || blocked !== null}
        onClick={onWrite}
        end={<Kbd keys="mod+Enter" />}
      >
        {state.phase === 'applying' ? 'Writing' : verbOfChange(change)}
      </Button>
    </>
  );
}
