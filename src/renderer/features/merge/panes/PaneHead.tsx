import { History } from 'lucide-react';
import type { CallRow } from '../../../../contract/vek.ts';
import { Badge, LaneBar } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatClock, shortHash, type Zone } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { said, type SideName } from '../names.ts';

type SideHeadProps = {
  /** null: the base */
  readonly side: SideName | null;
  /** what the base is called */
  readonly base: string;
  /** the call whose output it is */
  readonly call: CallRow | null;
  /** made by an earlier merge, returned by no tool */
  readonly synthetic: boolean;
  readonly zone: Zone;
  readonly keys: string;
  /** this side is what the current unit has now */
  readonly pressed: boolean;
  /** why it can't be taken; null where it can */
  readonly blocked: string | null;
  readonly onUse: () => void;
};

/** Above one of the three sources: whose text it is, and the button that takes the current unit from there. */
export function SideHead({
  side,
  base,
  call,
  synthetic,
  zone,
  keys,
  pressed,
  blocked,
  onUse,
}: SideHeadProps) {
  const name = side === null ? base : said(side);
  return (
    <header className="mp-head">
      <span className="mp-name">
        {side === null ? (
          <History className="icon" size={14} aria-hidden />
        ) : (
          <LaneBar colour={side.colour} />
        )}
        {side === null ? <span>{base}</span> : <MiddleText text={side.name} />}
      </span>
      {call !== null && (
        <span className="mp-call">
          <span className="hash" title={call.hash}>
            {shortHash(call.hash)}
          </span>
          {call.timeMicros !== null && <span className="mp-time">{formatClock(call.timeMicros, zone)}</span>}
        </span>
      )}
      {synthetic && (
        <Badge tone="neutral" title="An earlier merge made this output; no tool returned it">
          merged before
        </Badge>
      )}
      <Button
        size="small"
        look="quiet"
        className="mp-use"
        pressed={pressed}
        disabled={blocked !== null}
        title={blocked ?? `Take the current place from ${name}`}
        end={<Kbd keys={keys} />}
        onClick={onUse}
      >
        {pressed ? 'Used' : 'Use'}
      </Button>
    </header>
  );
}
