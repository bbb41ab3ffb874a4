import { formatCount } from '../format.ts';
import './filters.css';

export type FilterOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly count: number;
};

export type FiltersProps<Value extends string> = {
  /** spoken only */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly FilterOption<Value>[];
  readonly onChange: (value: Value) => void;
};

/** What a list is narrowed to, each choice with how many it lets through. */
export function Filters<Value extends string>({ label, value, options, onChange }: FiltersProps<Value>) {
  return (
    <fieldset className="filters" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="filter"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label} <span className="filter-count">{formatCount(option.count)}</span>
        </button>
      ))}
    </fieldset>
  );
}
