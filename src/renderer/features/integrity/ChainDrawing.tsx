import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Chain, ChainCall, Finding } from '../../../contract/integrity.ts';
import type { CutOffPart } from '../../../contract/problem.ts';
import { useSettings } from '../../state/settings.ts';
import { formatCounted, formatDateTime, shortHash, type Zone } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

export type ChainDrawingProps = {
  readonly chain: Chain;
  readonly finding: Finding;
  readonly part: CutOffPart | null;
};

/** The calls before and after a break, newest first: what the branch reaches, where it stops, what likely came before. */
export function ChainDrawing({ chain, finding, part }: ChainDrawingProps) {
  const zone = useSettings((state) => state.time);
  const { tip, newer, call, parent, older, ref } = chain;
  const altered = finding.kind === 'node-altered' || finding.kind === 'cycle';
  const merged = finding.kind === 'merge-parent-missing' ? (finding.facts?.named ?? null) : null;
  const gone = merged ?? (parent !== null && parent.present === null ? parent.hash : null);
  return (
    <ol className="in-chain" aria-label="The chain around the break, newest first">
      {tip !== null && (
        <Link mark="dot" hash={tip.hash}>
          newest of <bdi>{visibleText(ref ?? '')}</bdi>
        </Link>
      )}
      {newer > 0 && <Link mark="dot">{formatCounted(newer, 'call')} between</Link>}
      <Link mark={altered ? 'broken' : 'dot'} hash={call.hash} cut={gone !== null}>
        {callWords(call, zone)}
        {tip === null && ref !== null && (
          <>
            , newest of <bdi>{visibleText(ref)}</bdi>
          </>
        )}
      </Link>
      {gone !== null && (
        <Link mark="missing" hash={gone} cut>
          not in the store
        </Link>
      )}
      {part !== null && (
        <>
          <Link mark="ring" hash={part.hash}>
            {merged === null
              ? 'likely the call before, by the order of recording'
              : 'likely the side that was merged'}
          </Link>
          {part.calls > 1 && <Link mark="ring">{formatCounted(part.calls - 1, 'call')} before it</Link>}
        </>
      )}
      {merged === null && parent?.present !== null && parent !== null && (
        <>
          <Link mark="dot" hash={parent.hash}>
            {callWords(parent.present, zone)}
          </Link>
          {older > 0 && <Link mark="dot">{formatCounted(older, 'call')} before it</Link>}
        </>
      )}
    </ol>
  );
}

function callWords({ tool, timestamp }: ChainCall, zone: Zone): string {
  const time = Date.parse(timestamp);
  const when = Number.isNaN(time) ? visibleText(timestamp) : formatDateTime(time * 1000, zone);
  return `${tool === '' ? 'no tool' : visibleText(tool)}, ${when}`;
}

type LinkProps = {
  /** solid: a branch reaches it; ring: none does; broken: it was altered; missing: it is gone */
  readonly mark: 'dot' | 'ring' | 'broken' | 'missing';
  readonly hash?: string;
  /** the line below is broken off */
  readonly cut?: boolean;
  readonly children: ReactNode;
};

function Link({ mark, hash, cut = false, children }: LinkProps) {
  return (
    <li className={`in-link in-link-${mark} ${cut ? 'in-link-cut' : ''}`}>
      <span className="in-link-mark" aria-hidden>
        {(mark === 'missing' || mark === 'broken') && <X size={14} strokeWidth={2.2} />}
      </span>
      {hash !== undefined && (
        <span className="in-link-hash" title={hash}>
          {/^[0-9a-f]{64}$/.test(hash) ? shortHash(hash) : visibleText(hash.slice(0, 16))}
        </span>
      )}
      <span className="in-link-words">{children}</span>
    </li>
  );
}
