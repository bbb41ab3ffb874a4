/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold a moving window of a million rows */
import type { Node, NodeProps } from '@xyflow/react';
import { memo, type CSSProperties } from 'react';
import type { FoldedStretch, GraphRow } from '../../../contract/vek.ts';
import { formatMoney, formatSpan, shortHash, type Zone } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { fitBadges, toolSigns, type FittedBadge } from './columns.ts';
import { cutEnd, cutMiddle } from './cut.ts';
import { foldRange, foldSpan, foldTools } from './fold-text.ts';
import { farText, isolated, shortModel, timeText } from './row-text.ts';

export type CallData = {
  readonly call: GraphRow;
  readonly newDay: boolean;
  readonly zone: Zone;
  /** widths of the call and the tool column in px at the normal size of text */
  readonly room: number;
  readonly tool: number;
  /** of a merge whose second parent is far: how many rows below (positive) or above it stands */
  readonly far: number | null;
};
/** A row that is still being read. */
export type WaitingData = { readonly call: null; readonly seed: number };
export type RowNode = Node<CallData | WaitingData, 'call'>;

/** No row of any width shows more of a text than this; a longer one costs time to lay out. */
const MOST_SIGNS = 400;
/** Below this width of the call column the name of a model gives way to what was said to it. */
const SHORT_MODEL_ROOM = 380;

/**
 * One call, or the stretch of calls that is folded into its newest one. The cells are children of xyflow's own
 * element, which is the row of the grid, and the lanes are drawn by one layer over all rows: few elements a row keep
 * a fast scroll at full frame rate.
 */
export const CallRow = memo(
  function CallRow({ data }: NodeProps<RowNode>) {
    if (data.call === null) return <Skeleton seed={data.seed} />;
    return data.call.fold === null ? (
      <CallCells {...data} />
    ) : (
      <FoldCells call={data.call} fold={data.call.fold} newDay={data.newDay} zone={data.zone} />
    );
  },
  (a, b) => a.data === b.data,
);

function CallCells({ call, newDay, zone, room, tool, far }: CallData) {
  const broken = call.broken.length > 0;
  const output = cutEnd(
    [...call.broken, call.summary.output].filter((text) => text !== '').join(' · '),
    MOST_SIGNS,
  );
  const stated = cutEnd(call.summary.input, MOST_SIGNS);
  const input = call.summary.kind === 'model' && room < SHORT_MODEL_ROOM ? shortModel(stated) : stated;
  // how a command ended are its output's first words; what it was needs the room
  const brief = call.refs.length > 0 || call.summary.kind === 'shell';
  const badges = fitBadges(call.refs, room);
  const more = call.refs.length - badges.length;
  return (
    <>
      <span
        role="gridcell"
        className="g-tool"
        data-kind={call.summary.kind}
        title={far === null ? cutEnd(call.tool, MOST_SIGNS) : farText(far)}
      >
        {call.tool === '' ? '(no name)' : cutMiddle(visibleText(call.tool), toolSigns(tool))}
      </span>
      {badges.map((fitted) => (
        <NameBadge key={fitted.badge.name} {...fitted} />
      ))}
      {more > 0 && (
        <span role="gridcell" className="g-more" title={`${more} more names; a click shows all`}>
          +{more}
        </span>
      )}
      {input !== '' && (
        <span
          role="gridcell"
          className="g-in"
          title={stated}
          style={{ minWidth: `${Math.min(input.length * 0.8, 5)}ch` }}
        >
          {isolated(input)}
        </span>
      )}
      <span
        role="gridcell"
        className={broken || call.summary.failed ? 'g-out g-bad' : 'g-out'}
        title={output}
        style={{
          flexBasis: `min(${output.length * 0.9 + 2}ch, ${brief ? '96px' : 'var(--g-out)'})`,
        }}
      >
        {isolated(output)}
      </span>
      <span role="gridcell" className="g-hash" title={call.hash}>
        {shortHash(call.hash)}
      </span>
      {call.costMicros !== null && (
        <span role="gridcell" className="g-cost">
          {formatMoney(call.costMicros)}
        </span>
      )}
      <Time call={call} newDay={newDay} zone={zone} />
    </>
  );
}

type FoldProps = {
  readonly call: GraphRow;
  readonly fold: FoldedStretch;
  readonly newDay: boolean;
  readonly zone: Zone;
};

function FoldCells({ call, fold, newDay, zone }: FoldProps) {
  return (
    <>
      <span
        role="gridcell"
        className="g-fold-sign"
        aria-expanded={false}
        aria-label="Run"
        title="Unfold (Space)"
      />
      <span role="gridcell" className="g-fold-text" title={foldRange(fold, zone)}>
        {foldSpan(fold)}
      </span>
      <span role="gridcell" className="g-fold-tools" title={foldTools(fold, Infinity)}>
        {foldTools(fold, 24)}
      </span>
      {fold.costMicros !== null && fold.costed > 0 && (
        <span role="gridcell" className="g-cost" title={`${fold.costed} of ${fold.calls} calls state a cost`}>
          {formatMoney(fold.costMicros)}
        </span>
      )}
      <Time call={call} newDay={newDay} zone={zone} />
    </>
  );
}

function Time({ call, newDay, zone }: Pick<FoldProps, 'call' | 'newDay' | 'zone'>) {
  const text = timeText(call, newDay, zone);
  const idle = call.idleMicros === null ? '' : `\nafter ${formatSpan(call.idleMicros)} without calls`;
  return (
    <span
      role="gridcell"
      className={text.includes('\n') ? 'g-time g-two-lines' : 'g-time'}
      title={`stored: ${cutEnd(call.timestamp, MOST_SIGNS)}${idle}`}
    >
      {text}
    </span>
  );
}

/** One element for each, with the bar or icon as its border or background. The name of the row has the kind. */
function NameBadge({ badge, label }: FittedBadge) {
  const title = `${badge.kind} ${cutMiddle(visibleText(badge.name), MOST_SIGNS)}${badge.head ? ', HEAD is here' : ''}`;
  const style =
    badge.kind === 'branch' ? ({ '--lane': `var(--lane-${badge.colour})` } as CSSProperties) : undefined;
  const name = (
    <bdi
      className="g-badge"
      data-kind={badge.kind}
      {...(badge.kind === 'branch' ? { 'data-branch': badge.name } : {})}
      title={title}
      style={style}
    >
      {label}
    </bdi>
  );
  if (!badge.head) return name;
  return (
    <span className="g-badge-head">
      {name}
      <span title={title}>HEAD</span>
    </span>
  );
}

/** A row that is still being read, in the real geometry. Shows after 150 ms only. */
function Skeleton({ seed }: { readonly seed: number }) {
  const style = { '--a': `${48 + ((seed * 37) % 50)}px`, '--b': `${12 + ((seed * 53) % 24)}%` };
  return <span className="g-skeleton" style={style as CSSProperties} />;
}
