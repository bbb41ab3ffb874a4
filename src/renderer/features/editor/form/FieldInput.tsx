import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { FieldSpec, FieldValue } from '../../../../core/agents/forms/form.ts';
import { visibleText } from '../../../ui/visible-text.ts';

type Props = {
  readonly id: string;
  readonly spec: FieldSpec;
  readonly value: FieldValue;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: FieldValue) => void;
  readonly onLeave: () => void;
};

/** What a field is typed or chosen with, by its type. */
export function FieldInput(props: Props) {
  const { spec } = props;
  switch (spec.type) {
    case 'bool':
      return <YesNo {...props} />;
    case 'lines':
      return <Lines {...props} />;
    case 'multiline':
      return <Multiline {...props} />;
    case 'choice':
    case 'model':
    case 'agent':
    case 'file':
      return spec.open || spec.options.length === 0 ? <OneLine {...props} /> : <Choice {...props} />;
    case 'text':
    case 'number':
    case 'money':
    case 'date':
      return <OneLine {...props} />;
    default:
      return spec.type satisfies never;
  }
}

const textOf = (value: FieldValue): string => (typeof value === 'string' ? value : '');

const common = ({ id, spec, invalid, disabled, onLeave }: Props) => ({
  id,
  disabled,
  'aria-invalid': invalid,
  'aria-required': spec.required,
  'aria-describedby': `${id}-notes`,
  onBlur: onLeave,
});

const PLACEHOLDERS: Partial<Record<FieldSpec['type'], string>> = { date: 'YYYY-MM-DD' };

function OneLine(props: Props) {
  const { id, spec, value, onChange } = props;
  const list = spec.options.length > 0 ? `${id}-options` : undefined;
  return (
    <div className="field-box fo-box" data-invalid={props.invalid || undefined}>
      {spec.type === 'money' && <span className="field-prefix">$</span>}
      <input
        {...common(props)}
        type="text"
        className="field-input"
        autoComplete="off"
        spellCheck={spec.type === 'text'}
        dir="auto"
        list={list}
        placeholder={PLACEHOLDERS[spec.type]}
        inputMode={spec.type === 'number' || spec.type === 'money' ? 'decimal' : undefined}
        value={textOf(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {list !== undefined && (
        <datalist id={list}>
          {spec.options.map((option) => (
            <option key={option.value} value={option.value}>
              {visibleText(option.label)}
            </option>
          ))}
        </datalist>
      )}
    </div>
  );
}

function Choice(props: Props) {
  const { spec, value, onChange } = props;
  const text = textOf(value);
  const known = text === '' || spec.options.some((option) => option.value === text);
  return (
    <span className="ag-choice fo-choice">
      <select
        {...common(props)}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      >
        {(!spec.required || text === '') && <option value="">Not said</option>}
        {!known && <option value={text}>{`${visibleText(text)} (not a known value)`}</option>}
        {spec.options.map((option) => (
          <option key={option.value} value={option.value}>
            {visibleText(option.help === '' ? option.label : `${option.label}: ${option.help}`)}
          </option>
        ))}
      </select>
      <ChevronDown className="icon" size={14} aria-hidden />
    </span>
  );
}

function YesNo(props: Props) {
  const { spec, value, onChange } = props;
  return (
    <span className="ag-choice fo-choice">
      <select
        {...common(props)}
        value={value === null ? '' : value === true ? 'yes' : 'no'}
        onChange={(event) =>
          onChange(event.currentTarget.value === '' ? null : event.currentTarget.value === 'yes')
        }
      >
        {(!spec.required || value === null) && <option value="">Not said</option>}
        <option value="yes">Yes</option>
        <option value="no">No</option>
      </select>
      <ChevronDown className="icon" size={14} aria-hidden />
    </span>
  );
}

function Lines(props: Props) {
  const { value, onChange, onLeave } = props;
  const list = Array.isArray(value) ? (value as readonly string[]) : [];
  // empty lines stand while they are typed; they are no items
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? list.join('\n');
  return (
    <textarea
      {...common(props)}
      className="fo-area"
      rows={Math.min(12, Math.max(2, text.split('\n').length + 1))}
      placeholder="One per line"
      spellCheck={false}
      dir="auto"
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        onChange(
          next
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        );
      }}
      onBlur={() => {
        setTyped(null);
        onLeave();
      }}
    />
  );
}

function Multiline(props: Props) {
  const { value, onChange } = props;
  const text = textOf(value);
  return (
    <textarea
      {...common(props)}
      className="fo-area"
      rows={Math.min(16, Math.max(3, text.split('\n').length + 1))}
      dir="auto"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
