import type { LucideIcon } from 'lucide-react';
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';
import './field.css';

export type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'size'> & {
  readonly label: string;
  /** the label is spoken only; a placeholder or the place says the same to the eye */
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly icon?: LucideIcon;
  /** before the text, such as `tag/` */
  readonly prefix?: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly end?: ReactNode;
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
};

/** One line of text with its label, a hint, and what is wrong with it in words. */
export function TextField({
  label,
  hideLabel = false,
  value,
  onChange,
  icon: Icon,
  prefix,
  hint,
  error = null,
  end,
  mono = false,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`field ${className ?? ''}`}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      <div className="field-box" data-invalid={error !== null || undefined}>
        {Icon !== undefined && <Icon className="icon" size={14} aria-hidden />}
        {prefix !== undefined && <span className="field-prefix mono">{prefix}</span>}
        <input
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          dir="auto"
          {...rest}
          className={`field-input ${mono ? 'mono' : ''}`}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-invalid={error !== null}
          {...(note === undefined ? {} : { 'aria-describedby': `${id}-note` })}
        />
        {end}
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className={error === null ? 'field-hint' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
