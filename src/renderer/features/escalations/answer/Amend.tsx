import { useEffect, useId, useMemo, useRef } from 'react';
import type { Escalation } from '../../../../contract/escalations.ts';
import { REVERSIBILITIES } from '../../../../core/agents/text/amendment.ts';
import { TextField } from '../../../ui/field/TextField.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { Choice } from '../../agent/parts/Choice.tsx';
import { JsonText } from '../detail/JsonText.tsx';
import { AMEND_FIELDS, argsText, type AmendForm, type AmendKey, type Composed } from './compose.ts';

type Props = {
  readonly one: Escalation;
  readonly form: AmendForm;
  readonly composed: Composed;
  /** it takes the keys when it is there */
  readonly takes: boolean;
  readonly onChange: (form: AmendForm) => void;
};

const WORDS: Readonly<Record<string, string>> = {
  reversible: 'Reversible',
  reversible_with_artifact: 'Reversible with a kept copy',
  irreversible: 'Irreversible',
};

/** What is changed of a proposal, beside exactly what would be done then. */
export function Amend({ one, form, composed, takes, onChange }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takes) field.current?.focus();
  }, [takes]);
  const first = useMemo(() => argsText(one.argumentsText), [one.argumentsText]);
  const args = form.args ?? first;
  const setField = (key: AmendKey, value: string) =>
    onChange({ ...form, fields: { ...form.fields, [key]: value } });
  const { problem, begun } = composed;
  const wrong = problem !== null && begun;
  return (
    <div className="an-amend">
      <div className="an-sides">
        <div className="field an-side">
          <label htmlFor={id} className="field-label">
            Arguments, as YAML or JSON
          </label>
          <textarea
            ref={field}
            id={id}
            className="an-args"
            spellCheck={false}
            value={args}
            rows={Math.min(14, Math.max(4, args.split('\n').length))}
            aria-invalid={wrong}
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              const next = event.currentTarget.value;
              onChange({ ...form, args: next === first ? null : next });
            }}
          />
        </div>
        <div className="field an-side">
          <p className="field-label">What would be done</p>
          {wrong ? (
            <p className="an-none">Nothing: the runtime would refuse it as it stands.</p>
          ) : (
            <>
              <p className="an-tool mono">{visibleText(composed.tool ?? one.tool ?? '')}</p>
              <JsonText
                text={composed.argumentsText ?? one.argumentsText ?? ''}
                label="Arguments that the tool would be called with"
              />
            </>
          )}
        </div>
      </div>
      <output id={`${id}-note`} className={wrong ? 'field-error' : 'field-hint'}>
        {problem === null
          ? 'The runtime reads it as it stands on the right.'
          : visibleText(`${problem.message} ${problem.hint}`)}
      </output>
      <details className="an-more">
        <summary>Change more than the arguments</summary>
        <div className="an-grid">
          {AMEND_FIELDS.map(([key, label, hint]) => (
            <TextField
              key={key}
              label={label}
              value={form.fields[key] ?? ''}
              onChange={(value) => setField(key, value)}
              {...(hint === '' ? {} : { hint })}
            />
          ))}
          <div className="field">
            <span className="field-label">Can it be undone?</span>
            <Choice
              label="Can it be undone?"
              value={form.fields.reversibility ?? ''}
              onChange={(value) => setField('reversibility', value)}
              options={[
                { value: '', label: 'As proposed' },
                ...REVERSIBILITIES.map((value) => ({ value, label: WORDS[value] ?? value })),
              ]}
            />
          </div>
          <TextField
            label="Evidence: where it stands"
            value={form.fields.evidence ?? ''}
            onChange={(value) => setField('evidence', value)}
          />
          <TextField
            label="Evidence: what it says"
            value={form.fields.claim ?? ''}
            onChange={(value) => setField('claim', value)}
          />
        </div>
      </details>
    </div>
  );
}
