import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { applyEdits } from '../../../core/agents/forms/edits.ts';
import { Skeleton, useSlow } from '../../ui/skeleton/Skeleton.tsx';
import type { TextLanguage } from '../agent/text/text-editor.ts';
import type { EditText } from './edit-handle.ts';

type Props = {
  /** names the text, so that its undo steps are found again */
  readonly name: string;
  /** as it is when the editor opens */
  readonly text: string;
  readonly language: TextLanguage;
  readonly label: string;
  readonly onChange: (text: string) => void;
  readonly onCursor: (line: number) => void;
  /** F8: to the next finding, or the one before */
  readonly onStep: (by: 1 | -1) => void;
  readonly onReady: (text: EditText | null) => void;
  /** what takes the focus when Esc leaves the text */
  readonly leaveTo: RefObject<HTMLElement | null>;
};

/** The text of a file to type in: Monaco, and a plain field where that can't be loaded. */
export function EditPane({
  name,
  text,
  language,
  label,
  onChange,
  onCursor,
  onStep,
  onReady,
  leaveTo,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'waiting' | 'ready' | 'plain'>('waiting');
  const [handle, setHandle] = useState<EditText | null>(null);
  const latest = useRef({ text, onChange, onCursor, onStep, onReady });
  useEffect(() => {
    latest.current = { text, onChange, onCursor, onStep, onReady };
  });
  useEffect(() => {
    let open: EditText | null = null;
    let gone = false;
    const begin = async () => {
      const { openEditText } = await import('./edit-text.ts');
      if (gone || host.current === null) return;
      open = openEditText(host.current, name, latest.current.text, language, {
        change: (next) => latest.current.onChange(next),
        cursor: (line) => latest.current.onCursor(line),
        step: (by) => latest.current.onStep(by),
        leave: () => leaveTo.current?.focus(),
      });
      setHandle(open);
      setState('ready');
      latest.current.onReady(open);
    };
    void begin().catch(() => setState('plain'));
    return () => {
      gone = true;
      latest.current.onReady(null);
      open?.dispose();
    };
  }, [name, language, leaveTo]);
  useEffect(() => handle?.setLabel(label), [handle, label]);
  return (
    <div className="ag-editor ew-text">
      <div ref={host} className="ag-editor-host" />
      {state === 'waiting' && <Waiting />}
      {state === 'plain' && <PlainField text={text} label={label} onChange={onChange} onReady={onReady} />}
    </div>
  );
}

type PlainProps = Pick<Props, 'text' | 'label' | 'onChange' | 'onReady'>;

/** A field of the browser, where Monaco can't be loaded: everything works in it but colours and marks. */
function PlainField({ text: first, label, onChange, onReady }: PlainProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(first);
  const latest = useRef({ onChange, onReady });
  useEffect(() => {
    latest.current = { onChange, onReady };
  });
  useLayoutEffect(() => {
    const value = () => field.current?.value ?? '';
    const change = (next: string) => {
      setText(next);
      latest.current.onChange(next);
    };
    const reveal = (line: number, focus: boolean) => {
      const at = value()
        .split('\n')
        .slice(0, line - 1)
        .reduce((sum, one) => sum + one.length + 1, 0);
      field.current?.setSelectionRange(at, at);
      if (focus) field.current?.focus();
    };
    latest.current.onReady({
      text: value,
      sync: setText,
      edit: (edits) => change(applyEdits(value(), edits)),
      undo: () => undefined,
      redo: () => undefined,
      mark: () => undefined,
      reveal,
      focus: () => field.current?.focus(),
      setLabel: () => undefined,
      dispose: () => undefined,
    });
  }, []);
  return (
    <textarea
      ref={field}
      className="ew-plain"
      aria-label={label}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}

const WIDTHS = ['22%', '58%', '41%', '63%', '35%'];

function Waiting() {
  const slow = useSlow();
  if (!slow) return null;
  return (
    <div className="ag-editor-waiting" aria-hidden>
      {WIDTHS.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
