import { ArrowLeftRight } from 'lucide-react';
import type { NodeDetail } from '../../../../contract/vek.ts';
import { openNodeTab } from '../../../state/tabs.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { IconButton } from '../../../ui/button/Button.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { formatDateTime, shortHash, type Zone } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { TOOL_ICONS } from '../../graph/icon-masks.tsx';
import { shortName } from '../../node/CallLink.tsx';

type Props = {
  readonly source: string;
  readonly a: NodeDetail;
  readonly b: NodeDetail;
  readonly zone: Zone;
  readonly onSwap: () => void;
};

/** The two calls that are compared: branch, tool, hash, time. */
export function CallEnds({ source, a, b, zone, onSwap }: Props) {
  return (
    <div className="cc-ends">
      <End source={source} call={a} zone={zone} word="First call" />
      <IconButton icon={ArrowLeftRight} label="Swap the two calls (X)" onClick={onSwap} />
      <End source={source} call={b} zone={zone} word="Second call" />
    </div>
  );
}

type EndProps = {
  readonly source: string;
  readonly call: NodeDetail;
  readonly zone: Zone;
  readonly word: string;
};

function End({ source, call, zone, word }: EndProps) {
  const { row, record, branch } = call;
  const Icon = TOOL_ICONS[row.summary.kind];
  const name = shortName(row.tool);
  return (
    <section className="cc-end" aria-label={word}>
      <div className="cc-end-tool">
        <Icon className="icon" size={16} aria-hidden />
        <button
          type="button"
          className="cc-end-name mono truncate"
          title={`Open ${name} as a tab`}
          onClick={() => openNodeTab(source, row.hash, row.tool)}
        >
          <bdi>{name}</bdi>
        </button>
        <span className="hash" title={row.hash}>
          {shortHash(row.hash)}
        </span>
        <CopyButton text={() => row.hash} label={`Copy the hash of the ${word.toLowerCase()}`} />
      </div>
      <div className="cc-end-where">
        {branch === null ? (
          <span>on no branch</span>
        ) : (
          <span className="cc-branch">
            <LaneBar colour={branch.colour} />
            <MiddleText text={branch.name} />
          </span>
        )}
        <span title={`stored as ${record.timestamp}`}>
          {row.timeMicros === null ? 'not a time' : formatDateTime(row.timeMicros, zone)}
        </span>
      </div>
    </section>
  );
}
