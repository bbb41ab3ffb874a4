import type { CSSProperties } from 'react';
import type { CallRow } from '../../../../contract/vek.ts';
import { formatClock, formatDateTime, shortHash, type Zone } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { TOOL_ICONS } from '../../graph/icon-masks.tsx';
import { cutMiddle } from '../../graph/cut.ts';
import { shortModel } from '../../graph/row-text.ts';

type Props = {
  /** null while it is on its way */
  readonly call: CallRow | null;
  /** the lane colour of the run; null for one that is no branch */
  readonly colour: number | null;
  readonly zone: Zone;
};

/** Letters of a line that are laid out at all. */
const MOST = 200;

/** Letters of a text that is never cut for the other one. */
const WHOLE = 12;

/** The room that a text keeps while the other one is cut: all of a short one, the first words of a long one. */
const room = (letters: number, most: number): CSSProperties =>
  letters <= WHOLE ? { flexShrink: 0 } : { minWidth: `min(45%, ${Math.min(letters, most) * 0.44}em)` };

/** One call of a run in its column: tool, what went in and came out, hash, time. */
export function RunCell({ call, colour, zone }: Props) {
  if (call === null) return <span className="cr-call cr-coming" />;
  const { tool, summary, broken, hash, timeMicros } = call;
  const Icon = TOOL_ICONS[summary.kind];
  const bad = broken[0];
  const input = visibleText(summary.input).slice(0, MOST);
  return (
    <span className="cr-call">
      {colour === null ? <span className="cr-no-lane" /> : <LaneBar colour={colour} />}
      <Icon className="icon cr-icon" size={14} aria-hidden />
      <span className="cr-tool mono truncate">
        <bdi>{tool === '' ? '(no name)' : cutMiddle(visibleText(tool), 60)}</bdi>
      </span>
      <span className="cr-text">
        {bad === undefined ? null : <span className="cr-broken">{bad}</span>}
        {summary.input !== '' && (
          <bdi className="cr-in truncate" style={room(input.length, 24)}>
            {summary.kind === 'model' ? shortModel(input) : input}
          </bdi>
        )}
        {summary.output !== '' && (
          <span
            className={`cr-out truncate ${summary.failed ? 'cr-failed' : ''}`}
            style={room(summary.output.length, 18)}
          >
            <span className="cr-arrow">→ </span>
            <bdi>{visibleText(summary.output).slice(0, MOST)}</bdi>
          </span>
        )}
      </span>
      <span className="cr-hash hash" title={hash}>
        {shortHash(hash)}
      </span>
      <span
        className="cr-time"
        title={timeMicros === null ? call.timestamp : formatDateTime(timeMicros, zone)}
      >
        {timeMicros === null ? 'no time' : formatClock(timeMicros, zone)}
      </span>
    </span>
  );
}
