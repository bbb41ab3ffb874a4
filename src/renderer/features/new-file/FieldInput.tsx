import { useId } from 'react';
import type { TemplateField } from '../../../contract/drafts.ts';
import { TextField } from '../../ui/field/TextField.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { Choice } from '../agent/parts/Choice.tsx';

type Props = {
  readonly field: TemplateField;
  readonly value: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
};

/** One answer with its label, what it means, and what is wrong with it. */
export function FieldInput({ field, value, problem, onChange, onLeave }: Props) {
  const label = field.required ? field.label : `${field.label} (optional)`;
  const error = problem === null ? null : visibleText(problem);
  if (field.type === 'choice') return <ChoiceField {...{ field, value, error, onChange, onLeave, label }} />;
  if (field.type === 'lines') return <LinesField {...{ field, value, error, onChange, onLeave, label }} />;
  return (
    <TextField
      label={label}
      type={field.type === 'date' ? 'date' : 'text'}
      value={value}
      onChange={onChange}
      onBlur={onLeave}
      hint={field.help}
      error={error}
      required={field.required}
    />
  );
}

type InnerProps = Omit<Props, 'problem'> & { readonly label: string; readonly error: string | null };

/** A text of several lines; it grows with them. */
function LinesField({ field, value, error, onChange, onLeave, label }: InnerProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <textarea
        id={id}
        className="nf-lines"
        dir="auto"
        rows={Math.max(2, Math.min(10, value.split('\n').length))}
        value={value}
        spellCheck={false}
        required={field.required}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <p id={`${id}-note`} className={error === null ? 'field-hint' : 'field-error'}>
        {error ?? field.help}
      </p>
    </div>
  );
}

function ChoiceField({ field, value, error, onChange, label }: InnerProps) {
  const options = field.options.map((option) => ({ value: option, label: visibleText(option) }));
  return (
    <div className="field nf-choice">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <Choice
        label={label}
        value={value}
        onChange={onChange}
        options={field.required ? options : [{ value: '', label: 'none' }, ...options]}
      />
      <p className={error === null ? 'field-hint' : 'field-error'}>{error ?? field.help}</p>
    </div>
  );
}
