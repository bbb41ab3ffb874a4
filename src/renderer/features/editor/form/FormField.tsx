import { Lock } from 'lucide-react';
import { useId, useState } from 'react';
import type { FieldSpec, FieldValue } from '../../../../core/agents/forms/form.ts';
import { checkField } from '../../../../core/agents/forms/check.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { FieldInput } from './FieldInput.tsx';

/** A value that went into the text; `there`: it has come back from it. */
type Sent = { readonly value: string; readonly there: boolean };

type Props = {
  readonly spec: FieldSpec;
  readonly value: FieldValue;
  readonly problem: string | null;
  readonly locked: string | null;
  /** takes a value over; words where that does not work */
  readonly onSet: (value: FieldValue) => string | null;
};

/**
 * One field of a file. What is typed goes into the text as soon as it is valid; until then it stays in the field, with
 * what is wrong with it.
 */
export function FormField({ spec, value, problem, locked, onSet }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<FieldValue | undefined>(undefined);
  const [error, setError] = useState<string | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  // what was typed stays as it was typed until the text says something else, as it does after an undo
  const now = JSON.stringify(value);
  if (sent !== null && !sent.there && now === sent.value) setSent({ ...sent, there: true });
  else if (sent !== null && sent.there && now !== sent.value) {
    setSent(null);
    setTyped(undefined);
    setError(null);
  }
  const set = (next: FieldValue) => {
    const cleared = next === '' || (Array.isArray(next) && next.length === 0) ? null : next;
    const wrong = cleared === null && spec.required ? 'It can’t be empty.' : checkField(spec, cleared);
    const refused = wrong ?? onSet(cleared);
    setTyped(next);
    setError(refused);
    setSent(refused === null ? { value: JSON.stringify(cleared), there: false } : null);
  };
  const said = error ?? (typed === undefined ? problem : null);
  return (
    <div className={`fo-field fo-${spec.type}`}>
      <div className="fo-label">
        <label htmlFor={id}>{visibleText(spec.label)}</label>
        {spec.required && (
          <span className="fo-required" aria-hidden>
            needed
          </span>
        )}
        {locked !== null && <Lock className="icon" size={12} aria-hidden />}
      </div>
      <FieldInput
        id={id}
        spec={spec}
        value={typed === undefined ? value : typed}
        invalid={said !== null}
        disabled={locked !== null}
        onChange={set}
        onLeave={() => {
          if (error === null) setTyped(undefined);
        }}
      />
      <div className="fo-notes" id={`${id}-notes`}>
        {said !== null && <p className="fo-problem">{visibleText(said)}</p>}
        {locked !== null && <p className="fo-note">{visibleText(locked)}</p>}
        {spec.help !== '' && <p className="fo-note">{visibleText(spec.help)}</p>}
        {spec.fallback !== null && value === null && (
          <p className="fo-note">When it is left out: {visibleText(spec.fallback)}.</p>
        )}
      </div>
    </div>
  );
}
