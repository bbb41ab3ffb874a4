import { useEffect, useMemo, useRef, useState } from 'react';
import type { Template } from '../../../contract/drafts.ts';
import { setDraft } from '../../app/edits.ts';
import { openAgent } from '../../state/agents.ts';
import { askEdit } from '../../state/edit-form.ts';
import { closeNewFileForm } from '../../state/new-file-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { openFileOf } from '../agent/open-file.ts';
import { answer, forgetAnswers } from './answers.ts';
import { FieldInput } from './FieldInput.tsx';
import { problemsByLabel } from './group-words.ts';
import { MadePreview } from './MadePreview.tsx';
import { useMade } from './use-made.ts';

type Props = {
  readonly place: { readonly source: string; readonly agent: string | null };
  readonly template: Template;
  readonly values: Readonly<Record<string, string>>;
  readonly onBack: () => void;
};

/** How long a closed dialog takes to give the focus back, in ms. */
const HANDOVER_MS = 60;
const INPUTS = '.nf-fields input, .nf-fields textarea, .nf-fields select';
const SCOPE = { name: 'new-file-form', label: 'A new file' };

/** The answers that a template asks for, beside what they make. */
export function TemplateForm({ place, template, values, onBack }: Props) {
  const { source } = place;
  const all = useMemo(
    () => Object.fromEntries(template.fields.map(({ key, value }) => [key, values[key] ?? value])),
    [template, values],
  );
  const made = useMade(place, template.id, all);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const problems = useMemo(
    () => problemsByLabel(made.error?.kind === 'bad-request' ? made.error.message : ''),
    [made.error],
  );
  const edits = made.fresh ? made.edits : null;
  const several = template.group === 'agent';
  // what was asked for while the answers were still on their way
  const asked = useRef<'write' | 'edit' | null>(null);
  /** True where there is nothing to go on with: yet, or until an answer is changed. */
  const stop = (wish: 'write' | 'edit'): boolean => {
    if (!made.fresh) {
      asked.current = wish;
      return true;
    }
    if (edits !== null) return false;
    setTried(true);
    const bad = template.fields.find(({ label }) => problems.has(label));
    const at = bad === undefined ? -1 : template.fields.indexOf(bad);
    const inputs = form.current?.querySelectorAll<HTMLElement>(INPUTS);
    inputs?.[at]?.focus();
    return true;
  };
  const opened = () => {
    forgetAnswers(place, template.id);
    const path = edits?.[0]?.path ?? '';
    if (template.id === 'agent') openAgent(source, all['name']?.trim() ?? '');
    else openFileOf(source, path);
  };
  const write = () => {
    if (stop('write') || edits === null) return;
    closeNewFileForm();
    const label = several
      ? `New ${template.title.toLowerCase()} ${(all['name'] ?? all['id'] ?? '').trim()}`
      : null;
    // the focus goes back to where it was first, so that the next dialog knows whom to give it back to
    window.setTimeout(
      () => askEdit({ source, change: { do: 'save', edits: [...edits], label }, done: opened }),
      HANDOVER_MS,
    );
  };
  const edit = () => {
    if (stop('edit') || edits === null) return;
    closeNewFileForm();
    for (const one of edits) setDraft(source, one);
    forgetAnswers(place, template.id);
    const path = edits[0]?.path ?? '';
    window.setTimeout(() => openFileOf(source, path, 'edit'), HANDOVER_MS);
  };
  useEffect(() => form.current?.querySelector<HTMLElement>(INPUTS)?.focus(), []);
  useEffect(() => {
    const wish = asked.current;
    if (wish === null || !made.fresh) return;
    asked.current = null;
    if (wish === 'write') write();
    else edit();
  });
  useShortcuts(SCOPE, [
    { keys: 'mod+Enter', label: 'Write…', fields: true, run: write },
    { keys: 'mod+e', label: 'Open in the editor', fields: true, when: () => !several, run: edit },
  ]);
  return (
    <div ref={form} className="nf-form" tabIndex={-1} data-key-scope={SCOPE.name}>
      <div className="nf-fields">
        {template.fields.length === 0 && <p className="field-hint">It asks for nothing.</p>}
        {template.fields.map((field) => {
          const shown =
            tried || left.has(field.key) || (all[field.key] !== field.value && all[field.key] !== '');
          return (
            <FieldInput
              key={field.key}
              field={field}
              value={all[field.key] ?? ''}
              problem={shown ? (problems.get(field.label) ?? null) : null}
              onChange={(value) => answer(place, template.id, field.key, value)}
              onLeave={() => setLeft((before) => new Set(before).add(field.key))}
            />
          );
        })}
      </div>
      <MadePreview made={made} missing={template.fields.filter(({ label }) => problems.has(label))} />
      <div className="nf-actions">
        <Button look="quiet" className="nf-back" onClick={onBack}>
          Back
        </Button>
        <Button onClick={closeNewFileForm}>Cancel</Button>
        {!several && (
          <Button onClick={edit} end={<Kbd keys="mod+e" />}>
            Open in the editor
          </Button>
        )}
        <Button look="primary" onClick={write} end={<Kbd keys="mod+Enter" />}>
          Write…
        </Button>
      </div>
    </div>
  );
}
