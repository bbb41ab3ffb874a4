/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold a moving window of a million rows */
import type { Node, NodeProps } from '@xyflow/react';
import { memo, type CSSProperties } from 'react';
import type { GraphRow } from '../../../contract/vek.ts';
import { RefBadge } from '../../ui/badge/Badge.tsx';
import { formatClock, formatMoney, shortHash, type Zone } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { badgesThatFit } from './columns.ts';
import { dayAndTime } from './row-text.ts';

export type CallNode = Node<
  { readonly call: GraphRow; readonly newDay: boolean; readonly zone: Zone; readonly room: number },
  'call'
>;
export type SkeletonNode = Node<{ readonly seed: number }, 'skeleton'>;

/**
 * One call. The cells are children of xyflow's own element, which is the row of the grid, and the lanes are drawn
 * by one layer over all rows: six elements a row keep a fast scroll at full frame rate.
 */
export const CallRow = memo(
  function CallRow({ data }: NodeProps<CallNode>) {
    const { call, newDay, zone, room } = data;
    const broken = call.broken.length > 0;
    const output = [...call.broken, call.summary.output].filter((text) => text !== '').join(' · ');
    const { input } = call.summary;
    const badges = badgesThatFit(call.refs, room);
    const hidden = call.refs.slice(badges);
    return (
      <>
        <span role="gridcell" className="g-tool" data-kind={call.summary.kind} title={call.tool}>
          {call.tool === '' ? '(no name)' : visibleText(call.tool)}
        </span>
        {call.refs.slice(0, badges).map((ref) => (
          <RefBadge key={ref.name} badge={ref} />
        ))}
        {hidden.length > 0 && (
          <span className="g-more" title={hidden.map((ref) => ref.label).join(', ')}>
            +{hidden.length}
          </span>
        )}
        {input !== '' && (
          <span
            role="gridcell"
            className="g-in"
            title={input}
            style={{ minWidth: `${Math.min(input.length * 0.8, 5)}ch` }}
          >
            {input}
          </span>
        )}
        <span
          role="gridcell"
          className={broken || call.summary.failed ? 'g-out g-bad' : 'g-out'}
          title={output}
          style={{
            flexBasis: `min(${output.length * 0.9 + 2}ch, ${call.refs.length > 0 ? '96px' : 'var(--g-out)'})`,
          }}
        >
          {output}
        </span>
        <span role="gridcell" className="g-hash" title={call.hash}>
          {shortHash(call.hash)}
        </span>
        {call.costMicros !== null && (
          <span role="gridcell" className="g-cost">
            {formatMoney(call.costMicros)}
          </span>
        )}
        <span
          role="gridcell"
          className={newDay ? 'g-time g-new-day' : 'g-time'}
          title={`stored: ${call.timestamp}`}
        >
          {timeText(call, newDay, zone)}
        </span>
      </>
    );
  },
  (a, b) => a.data === b.data,
);

function timeText(call: GraphRow, newDay: boolean, zone: Zone): string {
  if (call.timeMicros === null) return call.timestamp;
  return newDay ? dayAndTime(call.timeMicros, zone) : formatClock(call.timeMicros, zone);
}

/** A row that is still being read, in the real geometry. Shows after 150 ms only. */
export const SkeletonRow = memo(function SkeletonRow({ data }: NodeProps<SkeletonNode>) {
  const style = { '--a': `${48 + ((data.seed * 37) % 50)}px`, '--b': `${12 + ((data.seed * 53) % 24)}%` };
  return <span className="g-skeleton" style={style as CSSProperties} />;
});
