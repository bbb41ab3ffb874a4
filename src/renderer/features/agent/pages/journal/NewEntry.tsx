import { useEffect, useId, useRef, useState } from 'react';
import { askEdit } from '../../../../state/edit-form.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { Kbd } from '../../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../../ui/keyboard.ts';
import { useScene } from '../../scene.ts';
import { entryText, keepEntry } from './entry-text.ts';

const SCOPE = { name: 'journal-entry', label: 'An entry for the journal' };

/** An entry of a person for today: added below what stands there, after it was shown. */
export function NewEntry({ onClose }: { readonly onClose: () => void }) {
  const { source, agent, go } = useScene();
  const id = useId();
  const [text, setText] = useState(() => entryText(source, agent));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const type = (next: string) => {
    setText(next);
    keepEntry(source, agent, next);
  };
  const empty = text.trim() === '';
  const add = () => {
    if (empty) return;
    askEdit({
      source,
      change: { do: 'journal', agent, text },
      done: (edit) => {
        keepEntry(source, agent, '');
        go('journal', edit.files[0]?.path ?? null);
      },
    });
  };
  useShortcuts(SCOPE, [
    { keys: 'mod+Enter', label: 'Add the entry', fields: true, run: add },
    { keys: 'Escape', label: 'Leave the entry', fields: true, run: onClose },
  ]);
  return (
    <section className="jn-new" aria-label="New entry" data-key-scope={SCOPE.name}>
      <label htmlFor={id} className="jn-label">
        An entry for today
      </label>
      <textarea
        ref={field}
        id={id}
        className="jn-text"
        dir="auto"
        value={text}
        placeholder="What the agent should read with its next run"
        aria-describedby={`${id}-note`}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <p id={`${id}-note`} className="field-hint">
        Markdown. It is added below what stands in today’s entry, and nothing before it changes. The newest
        entry is sent with every run.
      </p>
      <div className="jn-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={empty} onClick={add} end={<Kbd keys="mod+Enter" />}>
          Add…
        </Button>
      </div>
    </section>
  );
}
