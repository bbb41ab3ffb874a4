import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import { PartFrame } from './PartFrame.tsx';
import type { TracePart } from './parts.ts';
import { shownText } from './shown-text.ts';
import type { TraceLine } from './trace.ts';

type Run = { readonly library: boolean; readonly lines: readonly TraceLine[] };

/** A stack trace: what went wrong first, then the lines as they stand, frames of libraries folded. */
export function TraceView({ part }: { readonly part: TracePart }) {
  const { trace } = part;
  const { shown, showMore } = useMore(limits.patchLines, limits.moreLines);
  const runs = useMemo(() => runsOf(trace.lines.slice(0, shown)), [trace, shown]);
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Stack trace"
      detail={part.title === null ? trace.language : `${trace.language} stack trace`}
      copy={() => part.text}
      copyLabel="Copy the stack trace"
    >
      {trace.message !== '' && (
        <p className="r-trace-message">
          <bdi>{visibleText(trace.message.slice(0, limits.fieldChars))}</bdi>
        </p>
      )}
      <div className="r-code r-trace">
        {runs.map((run, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a run has no other name than its place
          <RunLines key={i} run={run} />
        ))}
      </div>
      <MoreButton left={trace.lines.length - shown} step={limits.moreLines} noun="lines" onClick={showMore} />
    </PartFrame>
  );
}

/** Runs of library frames and of everything else; one frame alone is not worth folding. */
function runsOf(lines: readonly TraceLine[]): readonly Run[] {
  const runs: { library: boolean; lines: TraceLine[] }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && last.library === line.library) last.lines.push(line);
    else runs.push({ library: line.library, lines: [line] });
  }
  for (const run of runs) if (frames(run) < 2) run.library = false;
  return runs;
}

const frames = (run: Run): number =>
  run.library ? run.lines.filter(({ kind }) => kind === 'frame').length : 0;

const RunLines = ({ run }: { readonly run: Run }) =>
  run.library ? <Library run={run} /> : <Lines lines={run.lines} />;

function Library({ run }: { readonly run: Run }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="r-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="icon r-chevron" size={14} aria-hidden />
        {formatCounted(frames(run), 'library frame')}
      </button>
      {open && <Lines lines={run.lines} />}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly TraceLine[] }) {
  return lines.map((line, i) => (
    <div
      // oxlint-disable-next-line react/no-array-index-key -- a line has no other name than its place
      key={i}
      className={`r-trace-line r-trace-${line.kind} ${line.library ? 'r-library' : ''}`}
      dir="auto"
    >
      <TraceText line={line} />
    </div>
  ));
}

function TraceText({ line: { text, mark } }: { readonly line: TraceLine }) {
  const cut = text.length > limits.chars ? `${text.slice(0, limits.chars)}…` : text;
  if (mark === null) return shownText(cut) || ' ';
  return (
    <>
      {shownText(cut.slice(0, mark[0]))}
      <b>{shownText(cut.slice(mark[0], mark[1]))}</b>
      {shownText(cut.slice(mark[1]))}
    </>
  );
}
