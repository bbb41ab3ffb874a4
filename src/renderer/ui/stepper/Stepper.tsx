import { NumberField } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import { useId } from 'react';
import './stepper.css';

export type StepperProps = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
};

/** A small whole number within limits: typed, by its buttons, or with the arrow keys. */
export function Stepper({ label, value, onChange, min, max, unit }: StepperProps) {
  const id = useId();
  return (
    <NumberField.Root
      id={id}
      className="stepper"
      value={value}
      min={min}
      max={max}
      onValueChange={(next) => next !== null && onChange(Math.round(next))}
    >
      <label htmlFor={id}>{label}</label>
      <div className="stepper-row">
        <NumberField.Group className="stepper-box">
          <NumberField.Decrement className="stepper-button" aria-label={`Smaller: ${label}`}>
            <Minus className="icon" size={14} aria-hidden />
          </NumberField.Decrement>
          <NumberField.Input className="stepper-input" />
          <NumberField.Increment className="stepper-button" aria-label={`Larger: ${label}`}>
            <Plus className="icon" size={14} aria-hidden />
          </NumberField.Increment>
        </NumberField.Group>
        <span className="stepper-unit">
          {unit}, {min} to {max}
        </span>
      </div>
    </NumberField.Root>
  );
}
