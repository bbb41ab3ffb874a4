/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can not say why one of its options can't be chosen */
import { Search } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Template } from '../../../contract/drafts.ts';
import { closeNewFileForm } from '../../state/new-file-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { GROUP_WORDS, listed } from './group-words.ts';

type Props = {
  readonly templates: readonly Template[];
  /** the one that is chosen first */
  readonly first: Template | null;
  readonly agent: string | null;
  /** whose files can be made beside those of the folder */
  readonly agents: readonly string[];
  readonly onAgent: (agent: string | null) => void;
  readonly onChoose: (template: Template) => void;
};

const SCOPE = { name: 'new-file', label: 'A new file' };

/** What can be made, by group; typing narrows it, arrows choose, Enter goes on. */
export function TemplateList({ templates, first, agent, agents, onAgent, onChoose }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [wantedId, setWanted] = useState(first?.id ?? null);
  const field = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => listed(templates, text), [templates, text]);
  const at =
    shown.find((one) => one.id === wantedId) ??
    shown.find(({ blocked }) => blocked === null) ??
    shown[0] ??
    null;
  const move = (by: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, (at === null ? 0 : shown.indexOf(at)) + by))];
    if (next !== undefined) setWanted(next.id);
  };
  const choose = (template: Template | null) => {
    if (template?.blocked === null) onChoose(template);
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next', fields: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Previous', fields: true, run: () => move(-1) },
    { keys: 'PageDown', label: 'Down a page', fields: true, hidden: true, run: () => move(6) },
    { keys: 'PageUp', label: 'Up a page', fields: true, hidden: true, run: () => move(-6) },
    { keys: 'Enter', label: 'Choose', fields: true, run: () => choose(at) },
  ]);
  const row = at === null ? null : `${id}-${at.id}`;
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (row !== null) document.getElementById(row)?.scrollIntoView({ block: 'nearest' });
  }, [row]);
  return (
    <div className="nf-choose" data-key-scope={SCOPE.name}>
      <TextField
        ref={field}
        label="Search what can be made"
        hideLabel
        icon={Search}
        placeholder="Note, goal, skill, mandate…"
        value={text}
        onChange={setText}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(row === null ? {} : { 'aria-activedescendant': row })}
      />
      {agents.length > 0 && (
        <Segmented<string>
          label="Whose"
          value={agent ?? ''}
          onChange={(value) => onAgent(value === '' ? null : value)}
          options={[
            ...agents.map((name) => ({ value: name, label: visibleText(name) })),
            { value: '', label: 'All agents' },
          ]}
        />
      )}
      <div id={`${id}-list`} role="listbox" aria-label="What can be made" className="nf-list" tabIndex={-1}>
        {shown.length === 0 && (
          <div role="option" aria-selected={false} tabIndex={-1} className="nf-none">
            Nothing fits “{visibleText(text)}”.
          </div>
        )}
        {shown.map((template, index) => (
          <div key={template.id} role="presentation">
            {template.group !== shown[index - 1]?.group && (
              <div role="presentation" className="nf-group">
                {GROUP_WORDS[template.group]}
              </div>
            )}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are in the window's registry */}
            <div
              id={`${id}-${template.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={template === at}
              aria-disabled={template.blocked !== null}
              className="nf-row"
              onClick={() => setWanted(template.id)}
              onDoubleClick={() => choose(template)}
            >
              <span className="nf-title">{template.title}</span>
              <span className="nf-about">{visibleText(template.blocked ?? template.about)}</span>
            </div>
          </div>
        ))}
      </div>
      <div className="nf-actions">
        {at !== null && at.blocked !== null && <p className="nf-blocked">{visibleText(at.blocked)}</p>}
        <Button onClick={closeNewFileForm}>Cancel</Button>
        <Button look="primary" disabled={at === null || at.blocked !== null} onClick={() => choose(at)}>
          Continue
        </Button>
      </div>
    </div>
  );
}
