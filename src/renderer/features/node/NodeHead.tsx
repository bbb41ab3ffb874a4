import type { ReactNode } from 'react';
import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { Failure } from '../../../contract/failure.ts';
import type { NodeDetail } from '../../../contract/vek.ts';
import { Badge, RefBadge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { shortHash, type Zone } from '../../ui/format.ts';
import { TOOL_ICONS } from '../graph/icon-masks.tsx';
import { shortName } from './CallLink.tsx';
import { verificationOf } from './verification.ts';

const SHIELDS = { ok: ShieldCheck, bad: ShieldAlert, neutral: ShieldQuestion };
/** Names of one call that stand in the head; a call may have hundreds. */
const MAX_BADGES = 6;

type Props = {
  readonly detail: NodeDetail;
  readonly stale: boolean;
  readonly zone: Zone;
  readonly error: Failure | null;
  readonly marked: boolean;
  readonly onIntegrity: () => void;
  readonly end?: ReactNode;
};

/** Tool, hash, badges, and whether the hashes were just recomputed. */
export function NodeHead({ detail, stale, zone, error, marked, onIntegrity, end }: Props) {
  const { row } = detail;
  const Icon = TOOL_ICONS[row.summary.kind];
  const verification = verificationOf(detail, stale, zone);
  const name = shortName(row.tool);
  const more = row.refs.slice(MAX_BADGES);
  return (
    <header className="n-head">
      <div className="n-title">
        <Icon className="icon" size={16} aria-hidden />
        <h2 className="mono truncate" title={name}>
          <bdi>{name}</bdi>
        </h2>
        {end !== undefined && <span className="n-title-end">{end}</span>}
      </div>
      <div className="n-badges">
        <span className="hash" title={row.hash}>
          {shortHash(row.hash)}
        </span>
        {row.refs.slice(0, MAX_BADGES).map((ref) => (
          <RefBadge key={ref.name} badge={ref} />
        ))}
        {more.length > 0 && (
          <Badge title={more.map((ref) => shortName(ref.label)).join(', ')}>{more.length} more names</Badge>
        )}
        {row.summary.failed && <Badge tone="bad">failed</Badge>}
        {marked && <Badge tone="accent">marked</Badge>}
        <Badge tone={verification.tone} icon={SHIELDS[verification.tone]}>
          {verification.text}
        </Badge>
      </div>
      {verification.findings.length > 0 && (
        <ul className="n-findings">
          {verification.findings.map((text) => (
            <li key={text}>{text}</li>
          ))}
          <li>
            <Button size="small" look="link" onClick={onIntegrity}>
              What this means, and what can be done
            </Button>
          </li>
        </ul>
      )}
      {error !== null && <p className="n-unread">This is what was read before. {error.message}</p>}
    </header>
  );
}
