import { useState, type ReactNode } from 'react';
import type { NodeDetail, NodeLink } from '../../../contract/vek.ts';
import { LaneBar } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatDateTimeExact, zoneName, type Zone } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { CallLink } from './CallLink.tsx';
import { factLines, type FactLine } from './facts.ts';

/** Calls that came after, listed at first. */
const FIRST_LINKS = 3;
/** Characters of a stated text that are shown. */
const MAX_FACT = 120;

type Props = {
  readonly detail: NodeDetail;
  readonly zone: Zone;
  readonly open: (hash: string) => void;
};

/** What is known of a call beside its content, as two columns. */
export function Facts({ detail, zone, open }: Props) {
  const { row, record, parents } = detail;
  const onBadge = row.refs.some((ref) => ref.kind === 'branch');
  const branch = onBadge ? null : detail.branch;
  return (
    <dl className="n-facts">
      <Fact label="Time">
        {row.timeMicros === null ? (
          <>
            <span className="n-bad">not a time</span> <span className="n-stored">{record.timestamp}</span>
          </>
        ) : (
          <span title={`stored as ${record.timestamp}`}>
            {formatDateTimeExact(row.timeMicros, zone)}{' '}
            <span className="n-subtle">{zone === 'local' ? 'local' : zoneName(zone)}</span>
          </span>
        )}
      </Fact>
      {branch !== null && (
        <Fact label="Branch">
          <span className="n-branch">
            <LaneBar colour={branch.colour} /> <bdi className="truncate">{visibleText(branch.name)}</bdi>
          </span>
        </Fact>
      )}
      <Fact label={parents.length > 1 ? 'Parents' : 'Parent'}>
        {parents.length === 0 && <span className="n-muted">none: the first call of its history</span>}
        {parents.map((link) => (
          <CallLink key={`${link.role}-${link.hash}`} link={link} at={row.timeMicros} open={open} />
        ))}
      </Fact>
      <Fact label="Came after">
        <CameAfter key={row.hash} detail={detail} tip={onBadge} open={open} />
      </Fact>
      {factLines(detail.facts).map((line) => (
        <Fact key={line.label} label={line.label}>
          <Stated line={line} />
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="n-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type CameAfterProps = {
  readonly detail: NodeDetail;
  readonly tip: boolean;
  readonly open: (hash: string) => void;
};

/** What came after a call: the first few, and all that are known on demand. */
function CameAfter({ detail, tip, open }: CameAfterProps) {
  const [all, setAll] = useState(false);
  const { children, childCount, row } = detail;
  if (children.length === 0) {
    return <span className="n-muted">{tip ? 'nothing yet: tip of its branch' : 'nothing'}</span>;
  }
  const shown: readonly NodeLink[] = all ? children : children.slice(0, FIRST_LINKS);
  return (
    <>
      {shown.map((link) => (
        <CallLink key={`${link.role}-${link.hash}`} link={link} at={row.timeMicros} open={open} />
      ))}
      {children.length > shown.length && (
        <Button size="small" look="link" onClick={() => setAll(true)}>
          and {formatCount(childCount - shown.length)} more
        </Button>
      )}
      {all && childCount > children.length && (
        <span className="n-muted">
          and {formatCount(childCount - children.length)} older ones, in the graph
        </span>
      )}
    </>
  );
}

/** What the record states itself; where it does on hover. */
function Stated({ line }: { readonly line: FactLine }) {
  return line.parts.map(({ text, from }, index) => (
    <span key={from} title={`${text.slice(0, 2000)}, ${from}`}>
      {index > 0 && ', '}
      <bdi>{visibleText(text.length > MAX_FACT ? `${text.slice(0, MAX_FACT).toWellFormed()}…` : text)}</bdi>
      {line.label === 'Cost' && <span className="n-subtle"> {from.replace(/ at .*$/, '')}</span>}
    </span>
  ));
}
