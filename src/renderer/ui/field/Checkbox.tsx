import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import './field.css';

export type CheckboxProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
};

/** A choice that is on or off, with what it means under it. */
export function Checkbox({ checked, onChange, label, hint, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="check">
      <Base.Root
        className="check-box"
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        id={id}
      >
        <Base.Indicator className="check-mark">
          <Check size={12} strokeWidth={2.4} aria-hidden />
        </Base.Indicator>
      </Base.Root>
      <div>
        <label id={`${id}-label`} htmlFor={id} className="check-label">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="field-hint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
