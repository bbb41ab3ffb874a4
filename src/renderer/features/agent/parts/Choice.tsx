import { ChevronDown } from 'lucide-react';

type Props = {
  /** spoken only */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

/** One of many, closed until it is pressed. */
export function Choice({ label, value, onChange, options }: Props) {
  return (
    <span className="ag-choice">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="icon" size={14} aria-hidden />
    </span>
  );
}
