import { useEffect, useRef, useState } from 'react';
import type { FieldSpec, FieldValue } from '../../../../core/agents/forms/form.ts';
import { checkField } from '../../../../core/agents/forms/check.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { FormField } from './FormField.tsx';

type Props = {
  readonly rowName: string;
  readonly specs: readonly FieldSpec[];
  /** words where it can't be added */
  readonly onAdd: (values: Readonly<Record<string, FieldValue>>) => string | null;
  readonly onCancel: () => void;
};

/** A row that is not in the text yet; it comes in whole. */
export function NewRow({ rowName, specs, onAdd, onCancel }: Props) {
  const [values, setValues] = useState<Readonly<Record<string, FieldValue>>>({});
  const [refused, setRefused] = useState<string | null>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  const add = () => {
    const missing = specs.find((spec) => spec.required && (values[spec.id] ?? null) === null);
    const wrong = specs.find((spec) => checkField(spec, values[spec.id] ?? null) !== null);
    if (missing !== undefined) {
      setRefused(`${missing.label} is needed.`);
      return;
    }
    if (wrong !== undefined) {
      setRefused(`${wrong.label}: ${checkField(wrong, values[wrong.id] ?? null)}`);
      return;
    }
    setRefused(onAdd(values));
  };
  return (
    <fieldset ref={box} className="fo-row fo-new">
      <legend>New {rowName}</legend>
      {specs.map((spec) => (
        <FormField
          key={spec.id}
          spec={spec}
          value={values[spec.id] ?? null}
          problem={null}
          locked={null}
          onSet={(value) => {
            setValues((before) => ({ ...before, [spec.id]: value }));
            return null;
          }}
        />
      ))}
      {refused !== null && (
        <p className="fo-problem" role="alert">
          {visibleText(refused)}
        </p>
      )}
      <div className="fo-row-actions">
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" onClick={add}>
          Add the {rowName}
        </Button>
      </div>
    </fieldset>
  );
}
