import { useEffect, useRef, useState, type RefObject } from 'react';
import { Skeleton, useSlow } from '../../ui/skeleton/Skeleton.tsx';
import type { Code, CodeEditor } from './code/editor.ts';
import { toggleReadMode, type CodeAct } from './read/mode.ts';

type Props = {
  readonly code: Code;
  /** the spot, for the remembered scroll position: `inspector-input` */
  readonly place: string;
  readonly label: string;
  readonly wrap: boolean;
  /** where Esc leads */
  readonly panel: RefObject<HTMLElement | null>;
  /** what to do once the text is there: bring a line into view, or open the search; a new object does it again */
  readonly act?: CodeAct | null;
  /** hears how tall the whole text is, in px */
  readonly onHeight: (pixels: number) => void;
};

const LINE = 18;
const PAD = 8;

/** A text in Monaco, which is fetched when the first text is shown. As tall as its text where there is room. */
export function CodeView({ code, place, label, wrap, panel, act = null, onHeight }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const [failed, setFailed] = useState(false);
  const [height, setHeight] = useState(() => Math.min(60, lines(code.text)) * LINE + PAD);
  const start = useRef({ wrap, place });

  useEffect(() => {
    let open: CodeEditor | null = null;
    let gone = false;
    const begin = async () => {
      try {
        const { openEditor } = await import('./code/editor.ts');
        if (gone || host.current === null) return;
        open = openEditor(host.current, start.current.place, start.current.wrap, {
          height: setHeight,
          leave: () => panel.current?.focus(),
          turn: toggleReadMode,
        });
        setEditor(open);
      } catch {
        setFailed(true);
      }
    };
    void begin();
    return () => {
      gone = true;
      open?.dispose();
    };
  }, [panel]);

  useEffect(() => onHeight(height), [onHeight, height]);
  useEffect(() => editor?.show(code), [editor, code]);
  useEffect(() => {
    if (act === 'find') editor?.find();
    else if (act !== null) editor?.reveal(act.line);
  }, [editor, act]);
  useEffect(() => editor?.setWrap(wrap), [editor, wrap]);
  useEffect(() => editor?.setLabel(label), [editor, label]);

  if (failed) {
    return (
      <pre className="n-plain" aria-label={label}>
        {code.text}
      </pre>
    );
  }
  return (
    <div className="n-code" style={{ flexBasis: height }}>
      <div ref={host} className="n-code-host" />
      {editor === null && <Waiting />}
    </div>
  );
}

function Waiting() {
  const slow = useSlow();
  if (!slow) return null;
  return (
    <div className="n-code-waiting" aria-hidden>
      <Skeleton width="20%" />
      <Skeleton width="55%" />
      <Skeleton width="40%" />
    </div>
  );
}

function lines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0 && count < 60; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
