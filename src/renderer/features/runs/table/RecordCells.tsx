/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells of a grid whose rows are not all drawn */
import type { RecordMark, RecordRow } from '../../../../contract/records.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount, formatSpan } from '../../../ui/format.ts';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { loggedTime } from '../days.ts';
import { Money } from '../Figure.tsx';
import { MARK_WORDS, statusTone } from '../words.ts';

/** Marks that stand in a row; the inspector has all. */
const MAX_MARKS = 2;
/** Marks that nearly every record of a folder may have say nothing in its row. */
const QUIET: ReadonlySet<RecordMark> = new Set(['differs', 'naive']);

/** The cells of one record. */
export function RecordCells({ row }: { readonly row: RecordRow }) {
  const tokens = row.inputTokens + row.outputTokens;
  return (
    <>
      <span
        role="gridcell"
        className="ru-when"
        title={row.ts === null ? 'no time was logged' : hintText(row.ts)}
      >
        {row.ts === null ? '–' : visibleText(loggedTime(row.ts)).slice(0, 40)}
      </span>
      <span role="gridcell" className="ru-agent truncate">
        <bdi>{visibleText(row.agent)}</bdi>
      </span>
      <span role="gridcell" className="ru-kind truncate" title={kindTitle(row)}>
        <bdi>{visibleText(row.trigger ?? row.primitive ?? '–')}</bdi>
      </span>
      <span role="gridcell" className={`ru-status truncate ru-status-${statusTone(row.status)}`}>
        <bdi>{visibleText(row.status ?? '–')}</bdi>
      </span>
      <span
        role="gridcell"
        className="ru-model truncate"
        title={row.model === null ? '' : hintText(row.model)}
      >
        <bdi>{row.model === null || row.model === 'n/a' ? '' : visibleText(row.model)}</bdi>
      </span>
      <span role="gridcell" className="ru-summary">
        <bdi className="truncate" title={hintText(row.summary)}>
          {visibleText(summaryOf(row))}
        </bdi>
        <Marks marks={row.marks} />
      </span>
      <span role="gridcell" className="ru-tokens">
        {tokens === 0 ? '' : formatCount(tokens)}
      </span>
      <span role="gridcell" className="ru-latency">
        {row.latencyMs === null ? '' : formatSpan(row.latencyMs * 1000)}
      </span>
      <span role="gridcell" className="ru-cost">
        <Money micros={row.costMicros} />
      </span>
    </>
  );
}

/** The tool stands before the summary unless that names it. */
const summaryOf = ({ tool, summary }: RecordRow): string =>
  tool === null || summary.includes(tool) ? summary : [tool, summary].filter(Boolean).join(': ');

const kindTitle = ({ trigger, primitive }: RecordRow): string =>
  [trigger === null ? '' : `trigger ${trigger}`, primitive === null ? '' : `primitive ${primitive}`]
    .filter(Boolean)
    .map(hintText)
    .join(', ');

function Marks({ marks }: { readonly marks: readonly RecordMark[] }) {
  const shown = marks.filter((mark) => !QUIET.has(mark));
  const more = shown.slice(MAX_MARKS);
  return (
    <>
      {shown.slice(0, MAX_MARKS).map((mark) => {
        const { word, tone, means } = MARK_WORDS[mark];
        return (
          <Badge key={mark} tone={tone} title={means}>
            {word}
          </Badge>
        );
      })}
      {more.length > 0 && (
        <Badge title={more.map((mark) => MARK_WORDS[mark].word).join(', ')}>+{more.length}</Badge>
      )}
    </>
  );
}
