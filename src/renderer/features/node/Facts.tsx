import type { NodeDetail, NodeLink } from '../../../contract/vek.ts';
import { revealCall } from '../../state/selection.ts';
import { useOverview } from '../../state/workspace.ts';
import { LaneBar } from '../../ui/badge/Badge.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import {
  formatCount,
  formatDateTimeExact,
  formatMoney,
  formatSpan,
  shortHash,
  type Zone,
} from '../../ui/format.ts';

/** Children beyond this many are told as a number. */
const MAX_LINKS = 4;

type Props = {
  readonly source: string;
  readonly detail: NodeDetail;
  readonly zone: Zone;
  readonly onOpen?: (hash: string) => void;
};

/** What is known of a call beside its content, as two columns. */
export function Facts({ source, detail, zone, onOpen }: Props) {
  const { row, record, parents, children, childCount } = detail;
  const branches = useOverview(source).value?.branches ?? [];
  const alike = branches.filter((branch) => branch.colour === row.colour);
  const onBadge = row.refs.find((ref) => ref.kind === 'branch');
  const branch = onBadge === undefined ? (alike.length === 1 ? alike[0] : undefined) : undefined;
  const open = onOpen ?? ((hash: string) => revealCall(source, hash));
  const links = { at: row.timeMicros, open };
  return (
    <dl className="n-facts">
      <dt>Time</dt>
      <dd>
        {row.timeMicros === null ? (
          <span className="n-bad">not a time</span>
        ) : (
          <span>
            {formatDateTimeExact(row.timeMicros, zone)}{' '}
            <span className="n-subtle">{zone === 'utc' ? 'UTC' : 'local'}</span>
          </span>
        )}
        <span className="n-stored" title="as stored">
          {record.timestamp}
        </span>
      </dd>
      {branch !== undefined && (
        <>
          <dt>Branch</dt>
          <dd className="n-branch">
            <LaneBar colour={branch.colour} /> <bdi>{visibleText(branch.name)}</bdi>
          </dd>
        </>
      )}
      <dt>{parents.length > 1 ? 'Parents' : 'Parent'}</dt>
      <dd>
        {parents.length === 0 && <span className="n-muted">none: the first call of its history</span>}
        {parents.map((link) => (
          <Link key={`${link.role}-${link.hash}`} link={link} {...links} />
        ))}
      </dd>
      <dt>Came after</dt>
      <dd>
        {children.length === 0 && (
          <span className="n-muted">
            {onBadge === undefined ? 'nothing' : 'nothing yet: tip of its branch'}
          </span>
        )}
        {children.slice(0, MAX_LINKS).map((link) => (
          <Link key={`${link.role}-${link.hash}`} link={link} {...links} />
        ))}
        {childCount > Math.min(children.length, MAX_LINKS) && (
          <span className="n-muted">
            and {formatCount(childCount - Math.min(children.length, MAX_LINKS))} more
          </span>
        )}
      </dd>
      {row.costMicros !== null && (
        <>
          <dt>Cost</dt>
          <dd>
            {formatMoney(row.costMicros)} <span className="n-subtle">as the output states</span>
          </dd>
        </>
      )}
    </dl>
  );
}

function Link({
  link,
  at,
  open,
}: {
  readonly link: NodeLink;
  readonly at: number | null;
  readonly open: (hash: string) => void;
}) {
  const merge = link.role === 'merge' || link.role === 'merge-child' ? 'merged in, ' : '';
  if (!link.present) {
    return (
      <span className="n-link" title={link.hash}>
        <span className="hash">{shortHash(link.hash)}</span>{' '}
        <span className="n-bad">{merge}not in the store</span>
      </span>
    );
  }
  return (
    <button type="button" className="n-link" title={link.hash} onClick={() => open(link.hash)}>
      <span className="hash n-link-hash">{shortHash(link.hash)}</span>
      <span className="n-link-text truncate">
        {merge}
        <span className="mono">{visibleText(link.tool ?? '')}</span>
        {distance(link, at)}
        {link.summary !== null && link.summary.input !== '' && (
          <span className="n-subtle">, {link.summary.input}</span>
        )}
      </span>
    </button>
  );
}

/** `, 1 min 10 s earlier`, where both times are known. */
function distance(link: NodeLink, at: number | null): string {
  const then = link.timestamp === null ? Number.NaN : Date.parse(link.timestamp) * 1000;
  if (at === null || Number.isNaN(then)) return '';
  const span = then - at;
  return span === 0 ? ', at the same time' : `, ${formatSpan(span)} ${span < 0 ? 'earlier' : 'later'}`;
}
