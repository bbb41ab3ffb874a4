import { useRef, useState, type FormEvent } from 'react';
import { beginSet, labelSet } from '../../app/edits.ts';
import { LOOSE, useEdits } from '../../state/edits.ts';
import { closeSetForm, useSetForm, type SetForm } from '../../state/set-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Checkbox } from '../../ui/field/Checkbox.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCounted } from '../../ui/format.ts';

/** Asks how a change set is called. */
export function SetDialog() {
  const open = useSetForm((state) => state.open);
  if (open === null) return null;
  return <Form key={JSON.stringify(open)} {...open} />;
}

/** What fits on one line of a record. */
const LONGEST = 200;

function Form({ source, set }: SetForm) {
  const { sets } = useEdits(source);
  const known = sets.find(({ id }) => id === set);
  const loose = sets.find(({ id }) => id === LOOSE)?.edits.length ?? 0;
  const [label, setLabel] = useState(known?.label ?? '');
  const [along, setAlong] = useState(loose > 0);
  const field = useRef<HTMLInputElement>(null);
  const ready = label.trim() !== '';
  const twice = sets.some(({ id, label: other }) => id !== set && other.trim() === label.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    if (set === null) beginSet(source, label.trim(), along);
    else labelSet(source, set, label.trim());
    closeSetForm();
  };
  return (
    <Dialog
      open
      width={440}
      onClose={closeSetForm}
      title={set === null ? 'New change set' : 'Rename the change set'}
      description={
        set === null
          ? 'What you type from now on stays together in it. Nothing is written until you apply it as one.'
          : 'The label is kept with the write, and with the version of the persona that it makes.'
      }
      initialFocus={field}
      actions={
        <>
          <Button onClick={closeSetForm}>Cancel</Button>
          <Button look="primary" type="submit" form="set-form" disabled={!ready}>
            {set === null ? 'Begin' : 'Rename'}
          </Button>
        </>
      }
    >
      <form id="set-form" className="action-form" onSubmit={submit}>
        <TextField
          ref={field}
          label="Label"
          placeholder="Warmer greeting"
          maxLength={LONGEST}
          value={label}
          onChange={setLabel}
          onFocus={(event) => event.currentTarget.select()}
          hint={
            twice ? 'Another change set has this label already.' : 'What the change is for, in a few words.'
          }
        />
        {set === null && loose > 0 && (
          <Checkbox
            checked={along}
            onChange={setAlong}
            label={`Take the ${formatCounted(loose, 'loose edit')} along`}
            hint="Left where they are, they can be saved one by one."
          />
        )}
      </form>
    </Dialog>
  );
}
