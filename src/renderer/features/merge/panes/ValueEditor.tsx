import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { UnitWhat } from '../../../../contract/merge.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import { useDebounced } from '../../../app/hooks.ts';
import { announce } from '../../../ui/announce.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { keepLineEndings } from './line-endings.ts';
import './value-editor.css';
import type { ValueText } from './value-editor.ts';
import { problemOf, type EditProblem } from './validity.ts';

export type ValueEditorProps = {
  /** JSON (any form; it is shown indented), or a text. A new one from outside replaces what is being typed. */
  readonly value: string;
  readonly what: 'json' | 'text';
  /** what it stands for: elements of a list are typed as a list */
  readonly unit?: UnitWhat;
  /** what is edited, for screen readers: `/people[0]/role` */
  readonly label: string;
  /** hears every change; `problem` says why the text can't be kept */
  readonly onChange: (text: string, problem: string | null) => void;
  /** Ctrl+Enter on a text that can be kept */
  readonly onCommit: () => void;
  /** Esc */
  readonly onCancel: () => void;
};

/** The tallest that the text gets before it scrolls, in px. */
const MAX_HEIGHT = 320;
/** How long typing rests before a screen reader hears what is wrong, in ms. */
const SAY_MS = 700;

/**
 * An editor for one value or text, inside a card. It has the focus from its first moment: until Monaco is there, and
 * where it can't be loaded, a plain text field takes what is typed.
 */
export function ValueEditor(props: ValueEditorProps) {
  const { value, what, unit, label, onChange, onCommit, onCancel } = props;
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => shownForm(value, what));
  const [editor, setEditor] = useState<ValueText | null>(null);
  const [height, setHeight] = useState<number | null>(null);
  const [problem, setProblem] = useState<EditProblem | null>(() => problemOf(what, text, unit));
  const said = useRef(value);
  const latest = useRef({ value, what, unit, label, text, problem, onChange, onCommit, onCancel });
  useEffect(() => {
    latest.current = { value, what, unit, label, text, problem, onChange, onCommit, onCancel };
  });

  const change = useRef((next: string) => {
    const now = latest.current;
    if (next === now.text) return;
    const found = problemOf(now.what, next, now.unit);
    const kept = now.what === 'text' ? keepLineEndings(now.value, next) : next;
    latest.current = { ...now, text: next, problem: found };
    said.current = kept;
    setText(next);
    setProblem(found);
    now.onChange(kept, found === null ? null : whereAndWhat(found, next));
  });
  const commit = useRef(() => {
    const { problem: found, text: now } = latest.current;
    if (found === null) latest.current.onCommit();
    else announce(`This can’t be kept. ${whereAndWhat(found, now)}`);
  });

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let open: ValueText | null = null;
    let gone = false;
    const begin = async () => {
      const { openValueText } = await import('./value-editor.ts');
      if (gone || host.current === null) return;
      const now = latest.current;
      const typed = field.current;
      const at =
        typed !== null && document.activeElement === typed
          ? ([typed.selectionStart, typed.selectionEnd] as const)
          : null;
      const made = openValueText(host.current, now.text, now.what, now.label, {
        change: () => change.current(made.text()),
        height: (pixels) => setHeight(Math.min(MAX_HEIGHT, pixels)),
        commit: () => commit.current(),
        cancel: () => latest.current.onCancel(),
      });
      open = made;
      made.mark(now.problem);
      // the plain field goes at once, so that there are never two with one name
      flushSync(() => setEditor(made));
      if (at !== null) made.focus(...at);
    };
    // without Monaco the plain field stays, and everything works in it
    void begin().catch(() => undefined);
    return () => {
      gone = true;
      open?.dispose();
    };
  }, []);

  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    const next = shownForm(value, latest.current.what);
    const found = problemOf(latest.current.what, next, latest.current.unit);
    latest.current = { ...latest.current, text: next, problem: found };
    setText(next);
    setProblem(found);
    editor?.setText(next);
  }, [value, editor]);
  useEffect(() => editor?.mark(problem), [editor, problem]);
  useEffect(() => editor?.setLabel(label), [editor, label]);

  return (
    <div className={`ve ${problem === null ? '' : 've-wrong'}`}>
      <div className="ve-box" style={height === null ? {} : { height }}>
        <div ref={host} className="ve-host" />
        {editor === null && (
          <textarea
            ref={field}
            className="ve-field"
            aria-label={label}
            aria-invalid={problem !== null}
            rows={Math.min(16, text.split('\n').length)}
            spellCheck={false}
            value={text}
            onChange={(event) => change.current(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onCancel();
              else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit.current();
              else return;
              event.preventDefault();
            }}
          />
        )}
      </div>
      <State problem={problem} what={what} text={text} />
    </div>
  );
}

type StateProps = {
  readonly problem: EditProblem | null;
  readonly what: 'json' | 'text';
  readonly text: string;
};

/** Whether the text can be kept, and the keys. */
function State({ problem, what, text }: StateProps) {
  const words = problem === null ? null : whereAndWhat(problem, text);
  const settled = useDebounced(words, SAY_MS);
  return (
    <div className="ve-state">
      {words === null ? (
        <span className="ve-ok">{what === 'json' ? 'Valid JSON' : 'Text'}</span>
      ) : (
        <span className="ve-problem">
          <TriangleAlert className="icon" size={14} aria-hidden /> {words}
        </span>
      )}
      <output className="visually-hidden">{settled ?? ''}</output>
      <span className="ve-keys">
        <span>
          Keep <Kbd keys="mod+Enter" />
        </span>
        <span>
          Cancel <Kbd keys="Escape" />
        </span>
      </span>
    </div>
  );
}

const whereAndWhat = ({ line, message }: EditProblem, text: string): string =>
  text.includes('\n') ? `Line ${line}: ${message}` : message;

/** What is put into the editor: JSON indented, texts with one kind of line break. */
function shownForm(value: string, what: 'json' | 'text'): string {
  if (what === 'text') return value.replaceAll(/\r\n?/g, '\n');
  const parsed = parseJson(value);
  return parsed.ok ? prettyJson(parsed.node).text : value;
}
