/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells of a grid whose rows are not all drawn */
import { ArrowLeft, Copy, FileCheck2, ListFilter } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { BadLine } from '../../../../contract/records.ts';
import { api } from '../../../app/engine.ts';
import { copyText } from '../../../app/capabilities.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { selectRecord, setRuns } from '../../../state/agents.ts';
import { toastFailure } from '../../../state/toasts.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { TextField } from '../../../ui/field/TextField.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { RowGrid, useRowGrid } from '../../../ui/grid/RowGrid.tsx';
import type { MenuEntry } from '../../../ui/menu/Menu.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { BAD_LINE_WORDS } from '../words.ts';

const SCOPE = { name: 'bad-lines', label: 'Lines that could not be read' };

/** Every line of the logs that is no usable record: where it stands, why, and how it begins. */
export function BadLines({ source }: { readonly source: string }) {
  const { value, error, again } = useAnswer(source, 'bad-lines', () =>
    api.agents.badLines({ source, agent: null }),
  );
  return (
    <section className="ru-view" aria-label="Lines that could not be read">
      {value !== null ? (
        <Lines source={source} lines={value} />
      ) : error === null ? (
        <SkeletonRows rows={8} label="Reading the logs" />
      ) : (
        <FailureState
          error={error}
          actions={
            <Button size="small" onClick={again}>
              Read again
            </Button>
          }
        />
      )}
    </section>
  );
}

type LinesProps = { readonly source: string; readonly lines: readonly BadLine[] };

function Lines({ source, lines }: LinesProps) {
  const [filter, setFilter] = useState('');
  const back = (
    <Button look="quiet" icon={ArrowLeft} onClick={() => setRuns(source, { bad: false })}>
      All records
    </Button>
  );
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    return lines.filter((line) => {
      const text = [line.agent, line.path, line.why, line.text].join('\n').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [lines, filter]);
  const grid = useRowGrid({
    scope: SCOPE,
    count: shown.length,
    keyOf: (index) => lineId(shown[index]) ?? index,
    keys: (index) => [{ keys: 'Enter', label: 'Show the whole line', run: () => open(shown[index]) }],
    menuLabel: 'What you can do with the line',
  });
  const open = (line: BadLine | undefined) => {
    const id = lineId(line);
    if (id !== null) selectRecord(source, id);
  };
  const entries = (): readonly MenuEntry[] => {
    const line = shown[grid.at];
    if (line === undefined) return [];
    return [
      { label: 'Show the whole line', keys: 'Enter', run: () => open(line) },
      { label: 'Copy its beginning', icon: Copy, run: () => void copy(line.text) },
      { label: 'Copy where it stands', icon: Copy, run: () => void copy(placeOf(line)) },
    ];
  };
  if (lines.length === 0) {
    return (
      <EmptyState icon={FileCheck2} title="Every line of every log is a record" actions={back}>
        <p>A line that can’t be read is listed here, with its file and the reason.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <div className="ru-bar">
        {back}
        <TextField
          label="Filter lines"
          hideLabel
          placeholder="Filter by agent, file, reason or text"
          icon={ListFilter}
          value={filter}
          onChange={setFilter}
          className="ru-bad-filter"
        />
        <output className="ru-bar-end ru-bad-count">
          {shown.length === lines.length
            ? formatCounted(lines.length, 'line')
            : `${formatCount(shown.length)} of ${formatCounted(lines.length, 'line')}`}
        </output>
      </div>
      <p className="ru-bad-note">
        These lines are in no figure. The logs stay as they are: an agent only ever adds to them.
      </p>
      <RowGrid
        grid={grid}
        id="bad-line"
        label="Lines that could not be read"
        className="ru-bad-grid"
        none="No line holds these words."
        entries={entries}
        onOpen={(index) => open(shown[index])}
        head={
          <>
            <span role="columnheader">File</span>
            <span role="columnheader" className="ru-end">
              Line
            </span>
            <span role="columnheader" className="ru-end">
              Offset
            </span>
            <span role="columnheader">Why</span>
            <span role="columnheader">Text</span>
          </>
        }
      >
        {(index) => {
          const line = shown[index];
          return line === undefined ? null : <Cells line={line} />;
        }}
      </RowGrid>
    </>
  );
}

const copy = async (text: string): Promise<void> => {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
};

/** The id of a line, as of a record. */
const lineId = (line: BadLine | undefined): string | null =>
  line === undefined ? null : `${line.agent}/${line.path}#${line.offset}`;

const fileOf = (line: BadLine): string => `${line.agent}/${line.path}`;

const placeOf = (line: BadLine): string => `${fileOf(line)}, line ${line.line}, offset ${line.offset}`;

function Cells({ line }: { readonly line: BadLine }) {
  return (
    <>
      <span role="gridcell" className="pane-cell ru-file" title={hintText(fileOf(line))}>
        <MiddleText text={fileOf(line)} />
      </span>
      <span role="gridcell" className="pane-cell ru-end ru-number">
        {formatCount(line.line)}
      </span>
      <span role="gridcell" className="pane-cell ru-end ru-number">
        {formatCount(line.offset)}
      </span>
      <span role="gridcell" className="pane-cell ru-why" title={line.why}>
        <Badge tone={line.kind === 'being-written' ? 'neutral' : 'warn'}>{BAD_LINE_WORDS[line.kind]}</Badge>
        <span className="truncate">{line.why}</span>
      </span>
      <span role="gridcell" className="pane-cell ru-text truncate" title={hintText(line.text)}>
        <bdi>{visibleText(line.text)}</bdi>
      </span>
    </>
  );
}
