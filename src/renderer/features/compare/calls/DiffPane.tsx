import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import type { Code } from '../../node/code/editor.ts';
import type { Lines } from './changes.ts';
import type { DiffEditor } from './diff-editor.ts';

/** A place to bring into view; a new object does it again. */
export type Reveal = { readonly old: Lines | null; readonly now: Lines | null; readonly focus: boolean };

type Props = {
  readonly old: Code;
  readonly now: Code;
  readonly columns: boolean;
  readonly wrap: boolean;
  readonly labels: { readonly old: string; readonly now: string };
  /** what stands above the two columns */
  readonly heads: { readonly old: ReactNode; readonly now: ReactNode };
  readonly reveal: Reveal | null;
  readonly onLeave: () => void;
  readonly onStep: (by: 1 | -1) => void;
};

/** Two texts in Monaco, which is fetched when the first one is shown. */
export function DiffPane({ old, now, columns, wrap, labels, heads, reveal, onLeave, onStep }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [diff, setDiff] = useState<DiffEditor | null>(null);
  const [failed, setFailed] = useState(false);
  const [split, setSplit] = useState<number | null>(null);
  const start = useRef({ columns, wrap });
  const on = useRef({ onLeave, onStep });
  useEffect(() => {
    on.current = { onLeave, onStep };
  });
  useEffect(() => {
    let open: DiffEditor | null = null;
    let gone = false;
    const begin = async () => {
      const { openDiff } = await import('./diff-editor.ts');
      if (gone || host.current === null) return;
      open = openDiff(host.current, start.current.columns, start.current.wrap, {
        leave: () => on.current.onLeave(),
        step: (by) => on.current.onStep(by),
        split: setSplit,
      });
      setDiff(open);
    };
    void begin().catch(() => setFailed(true));
    return () => {
      gone = true;
      open?.dispose();
    };
  }, []);
  useEffect(() => diff?.show(old, now), [diff, old, now]);
  useEffect(() => diff?.setColumns(columns), [diff, columns]);
  useEffect(() => diff?.setWrap(wrap), [diff, wrap]);
  useEffect(() => diff?.setLabels(labels.old, labels.now), [diff, labels.old, labels.now]);
  useEffect(() => {
    if (reveal !== null) diff?.reveal(reveal.old, reveal.now, reveal.focus);
  }, [diff, reveal]);

  if (failed) {
    return (
      <div className="cc-plain">
        <pre aria-label={labels.old}>{old.text}</pre>
        <pre aria-label={labels.now}>{now.text}</pre>
      </div>
    );
  }
  const style = split === null || !columns ? {} : ({ '--split': `${split}px` } as CSSProperties);
  return (
    <div className="cc-diff">
      <div className={`cc-columns ${columns ? '' : 'cc-one'}`} style={style}>
        <div className="cc-column">{heads.old}</div>
        <div className="cc-column">{heads.now}</div>
      </div>
      <div className="cc-diff-area">
        <div ref={host} className="cc-diff-host" />
        {diff === null && <Waiting />}
      </div>
    </div>
  );
}

const WIDTHS = ['24%', '38%', '31%', '44%', '28%', '35%'];

function Waiting() {
  const slow = useSlow();
  if (!slow) return null;
  return (
    <div className="cc-waiting" aria-hidden>
      {WIDTHS.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
