import { Copy } from 'lucide-react';
import type { HashCheck, NodeDetail } from '../../../contract/vek.ts';
import { copyHash } from '../copy/copy-call.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { IconButton } from '../../ui/button/Button.tsx';
import { formatClock, type Zone } from '../../ui/format.ts';

/** Every hash of a call in full, with what recomputing it gave. */
export function Hashes({
  detail,
  stale,
  zone,
}: {
  readonly detail: NodeDetail;
  readonly stale: boolean;
  readonly zone: Zone;
}) {
  const { record, checks } = detail;
  return (
    <div className="n-hashes">
      <HashRow label="Call" hash={record.hash} check={checks.node} stale={stale} />
      <HashRow label="Input" hash={record.input_hash} check={checks.input} stale={stale} />
      <HashRow label="Output" hash={record.output_hash} check={checks.output} stale={stale} />
      <HashRow label="Parent" hash={record.parent_hash} check={null} stale={stale} />
      {record.merge_parent !== null && (
        <HashRow label="Merge parent" hash={record.merge_parent} check={null} stale={stale} />
      )}
      <p className="n-muted">
        {stale ? 'The store changed since ' : 'Recomputed from the stored bytes at '}
        {formatClock(checks.atMicros, zone)}
        {stale
          ? '; these hashes are being recomputed.'
          : '. The hash of the call covers tool, time, both contents and the parents.'}
      </p>
    </div>
  );
}

type RowProps = {
  readonly label: string;
  readonly hash: string | null;
  readonly check: HashCheck | null;
  readonly stale: boolean;
};

function HashRow({ label, hash, check, stale }: RowProps) {
  return (
    <div className="n-hash-row">
      <div className="n-hash-head">
        <h3>{label}</h3>
        {check !== null && <CheckBadge check={check} stale={stale} />}
        {hash !== null && (
          <IconButton
            icon={Copy}
            size="small"
            className="n-hash-copy"
            label={`Copy the hash of the ${label.toLowerCase()}`}
            onClick={() => void copyHash(hash)}
          />
        )}
      </div>
      {hash === null ? (
        <p className="n-muted">none</p>
      ) : (
        <code className="n-hash-full">{hash === '' ? '(empty text)' : hash}</code>
      )}
      {check?.state === 'mismatch' && (
        <p className="n-bad">
          recomputed: <code className="n-hash-full">{check.computed}</code>
        </p>
      )}
      {check?.state === 'unreadable' && <p className="n-bad">{check.reason}</p>}
    </div>
  );
}

function CheckBadge({ check, stale }: { readonly check: HashCheck; readonly stale: boolean }) {
  switch (check.state) {
    case 'match':
      return stale ? <Badge>changed since</Badge> : <Badge tone="ok">recomputed, equal</Badge>;
    case 'mismatch':
      return <Badge tone="bad">altered</Badge>;
    case 'missing':
      return <Badge tone="bad">missing</Badge>;
    case 'unreadable':
      return <Badge tone="bad">unreadable</Badge>;
    default:
      return check satisfies never;
  }
}
