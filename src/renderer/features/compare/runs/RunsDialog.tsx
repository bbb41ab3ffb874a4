import { useRef, useState, type FormEvent } from 'react';
import { closeRunsForm, useRunsForm, type RunsForm, goToRuns } from '../../../state/runs-form.ts';
import { useOverview } from '../../../state/workspace.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { RunField } from './RunField.tsx';
import { runsOf, textOfRun } from './run-names.ts';
import './runs-form.css';

/** Asks which two runs to compare. */
export function RunsDialog() {
  const open = useRunsForm((state) => state.open);
  if (open === null) return null;
  return <Form key={JSON.stringify(open)} source={open.source} form={open} />;
}

function Form({ source, form }: { readonly source: string; readonly form: RunsForm }) {
  const { value: overview } = useOverview(source);
  const runs = overview === null ? [] : runsOf(overview);
  const [a, setA] = useState(form.a ?? '');
  const [b, setB] = useState(form.b ?? '');
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [one, two] = [textOfRun(a, runs), textOfRun(b, runs)];
  const problem = one !== '' && one === two ? 'These are the same run.' : null;
  const ready = one !== '' && two !== '' && problem === null;
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    closeRunsForm();
    goToRuns(source, one, two);
  };
  return (
    <Dialog
      open
      width={440}
      onClose={closeRunsForm}
      title="Compare two runs"
      description="A run is everything up to a branch, a tag, a checkpoint or a call. The two are put side by side from where they split."
      initialFocus={form.a === null ? first : second}
      actions={
        <>
          <span className="cr-form-problem">{problem}</span>
          <Button onClick={closeRunsForm}>Cancel</Button>
          <Button look="primary" type="submit" form="compare-choose" disabled={!ready}>
            Compare
          </Button>
        </>
      }
    >
      <form id="compare-choose" className="cr-form" onSubmit={go}>
        <RunField label="Compare" runs={runs} value={a} onChange={setA} field={first} />
        <RunField label="with" runs={runs} value={b} onChange={setB} field={second} />
      </form>
    </Dialog>
  );
}
