import { Popover } from '@base-ui/react/popover';
import { EyeOff, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Ignore } from '../../../../contract/compare.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { Checkbox } from '../../../ui/field/Checkbox.tsx';
import { TextField } from '../../../ui/field/TextField.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { MOST_FIELDS, NOTHING_IGNORED, rulesWords, sameRules, withField, withoutField } from './rules.ts';

type Props = {
  readonly rules: Ignore;
  /** calls that are the same only because of the rules */
  readonly ignored: number;
  readonly busy: boolean;
  readonly onRules: (rules: Ignore) => void;
};

/** What does not count as a difference: times, ids, fields by name. Remembered for the repository. */
export function IgnoreMenu({ rules, ignored, busy, onRules }: Props) {
  const [field, setField] = useState('');
  const none = sameRules(rules, NOTHING_IGNORED);
  const full = rules.fields.length >= MOST_FIELDS;
  const add = (event: FormEvent) => {
    event.preventDefault();
    const next = withField(rules, field.trim());
    if (next !== rules) onRules(next);
    setField('');
  };
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button size="small" look="quiet" icon={EyeOff} pressed={!none}>
            {rulesWords(rules)}
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={4} align="end">
          <Popover.Popup className="menu cr-ignore" data-surface="raised">
            <Popover.Title className="cr-ignore-title">What does not count as a difference</Popover.Title>
            <Checkbox
              label="Times and durations"
              hint="Fields such as timestamp, created_at, duration_ms; texts that are a moment with a time of day"
              checked={rules.times}
              onChange={(times) => onRules({ ...rules, times })}
            />
            <Checkbox
              label="Ids made anew each time"
              hint="Fields such as request_id, trace_id; other ids where they look random; UUIDs anywhere"
              checked={rules.ids}
              onChange={(ids) => onRules({ ...rules, ids })}
            />
            <form className="cr-ignore-add" onSubmit={add}>
              <TextField
                label="Fields by name"
                placeholder="seed"
                mono
                maxLength={200}
                value={field}
                onChange={setField}
                disabled={full}
                hint={full ? 'No more fields can be ignored.' : 'The exact name, wherever it stands'}
              />
              <Button type="submit" disabled={field.trim() === '' || full}>
                Add
              </Button>
            </form>
            {rules.fields.length > 0 && (
              <ul className="cr-ignore-fields" aria-label="Ignored fields">
                {rules.fields.map((name) => (
                  <li key={name}>
                    <bdi className="mono truncate">{visibleText(name)}</bdi>
                    <IconButton
                      icon={X}
                      size="small"
                      label={`Count ${visibleText(name)} again`}
                      onClick={() => onRules(withoutField(rules, name))}
                    />
                  </li>
                ))}
              </ul>
            )}
            <p className="cr-ignore-foot">
              <output>{countWords(none, busy, ignored)}</output>
              <Button size="small" look="link" disabled={none} onClick={() => onRules(NOTHING_IGNORED)}>
                Ignore nothing
              </Button>
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function countWords(none: boolean, busy: boolean, ignored: number): string {
  if (none) return 'Every difference counts.';
  if (busy) return 'Comparing…';
  if (ignored === 0) return 'No call differs only in what is ignored.';
  const calls = formatCounted(ignored, 'call');
  return `${calls} ${ignored === 1 ? 'differs' : 'differ'} only in what is ignored.`;
}
