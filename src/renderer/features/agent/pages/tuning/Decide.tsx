import { useState } from 'react';
import type { TuningPart } from '../../../../../contract/agent-parts.ts';
import type { TuningDecision } from '../../../../../contract/edits.ts';
import { askEdit } from '../../../../state/edit-form.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { useScene } from '../../scene.ts';

type Report = TuningPart['reports'][number];
type Props = { readonly report: Report; readonly proposal: Report['proposals'][number] };

const DECISIONS: readonly { readonly decision: TuningDecision; readonly label: string }[] = [
  { decision: 'accepted', label: 'Accept' },
  { decision: 'rejected', label: 'Decline' },
  { decision: 'deferred', label: 'Defer' },
  { decision: 'pending', label: 'Leave open' },
];

/** The decision of a person about a proposal, and why; only these two lines of the report are written (§2.16). */
export function Decide({ report, proposal }: Props) {
  const { source } = useScene();
  const [chosen, setChosen] = useState<TuningDecision | null>(null);
  const [notes, setNotes] = useState(proposal.notes);
  const name = visibleText(proposal.id);
  const review = () => {
    if (chosen === null) return;
    askEdit({
      source,
      change: {
        do: 'decide',
        path: report.path,
        shown: report.sha256,
        proposal: proposal.id,
        decision: chosen,
        notes: notes === proposal.notes ? null : notes,
      },
      done: () => setChosen(null),
    });
  };
  return (
    <div className="tu-decide">
      <fieldset className="tu-decisions">
        <legend className="visually-hidden">Decision about {name}</legend>
        {DECISIONS.filter(({ decision }) => decision !== proposal.decision).map(({ decision, label }) => (
          <Button
            key={decision}
            size="small"
            pressed={chosen === decision}
            onClick={() => {
              setNotes(proposal.notes);
              setChosen(chosen === decision ? null : decision);
            }}
          >
            {label}
          </Button>
        ))}
      </fieldset>
      {chosen !== null && (
        <form
          className="tu-form"
          onSubmit={(event) => {
            event.preventDefault();
            review();
          }}
        >
          <TextField
            label="Notes (optional)"
            value={notes}
            onChange={setNotes}
            maxLength={4000}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for with the button before it
            autoFocus
          />
          <Button type="submit" size="small" look="primary">
            Review decision…
          </Button>
        </form>
      )}
    </div>
  );
}
