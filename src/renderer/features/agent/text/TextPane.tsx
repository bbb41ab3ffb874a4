import { useEffect, useRef, useState } from 'react';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import type { TextEditor, TextLanguage } from './text-editor.ts';

/** A line to bring into view; a new object does it again. */
export type ToLine = { readonly line: number };

type Props = {
  readonly path: string;
  readonly text: string;
  readonly language: TextLanguage;
  readonly label: string;
  readonly to?: ToLine | null;
};

/** The text of a file, read-only, in Monaco, which is fetched when the first text is shown. Fills its box. */
export function TextPane({ path, text, language, label, to = null }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<TextEditor | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let open: TextEditor | null = null;
    let gone = false;
    const begin = async () => {
      const { openText } = await import('./text-editor.ts');
      if (gone || host.current === null) return;
      open = openText(host.current, () => box.current?.focus());
      setEditor(open);
    };
    void begin().catch(() => setFailed(true));
    return () => {
      gone = true;
      open?.dispose();
    };
  }, []);
  useEffect(() => editor?.show(path, text, language), [editor, path, text, language]);
  useEffect(() => editor?.setLabel(label), [editor, label]);
  useEffect(() => {
    if (to !== null) editor?.reveal(to.line);
  }, [editor, to]);
  if (failed) {
    return (
      <pre className="ag-plain" aria-label={label}>
        {text}
      </pre>
    );
  }
  return (
    <div ref={box} className="ag-editor" tabIndex={-1}>
      <div ref={host} className="ag-editor-host" />
      {editor === null && <Waiting />}
    </div>
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
