import type { GovernancePart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, shortHash } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { EditButton } from '../../parts/EditButton.tsx';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';

const STATES: Record<GovernancePart['state'], { readonly label: string; readonly tone: Tone }> = {
  NO_GOVERNANCE: { label: 'missing', tone: 'warn' },
  GOVERNANCE_NO_BLOCK: { label: 'without a block', tone: 'warn' },
  GOVERNANCE_INVALID: { label: 'invalid', tone: 'bad' },
  GOVERNANCE_INCOMPLETE: { label: 'without an owner', tone: 'warn' },
  VALID: { label: 'valid', tone: 'ok' },
};

/** Who answers for the agent and what it may do, and requests that were answered once (§2.21, §2.18). */
export function GovernancePage() {
  return <PartGate part="governance">{(part) => <Governance part={part} />}</PartGate>;
}

function Governance({ part }: { readonly part: GovernancePart }) {
  const { label, tone } = STATES[part.state];
  return (
    <>
      <PageHead
        title="Governance"
        badges={<Badge tone={tone}>{label}</Badge>}
        note={visibleText(part.why)}
        actions={
          part.path === null ? (
            <NewButton template="governance">New governance.md…</NewButton>
          ) : (
            <>
              <FileLink path={part.path} />
              <EditButton path={part.path} />
            </>
          )
        }
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="ag-scroll" tabIndex={0} aria-label="Governance">
        <div className="ag-part">
          <h3>What governance.md says</h3>
          {part.fields.length === 0 && (
            <p className="ag-quiet">
              {part.path === null
                ? 'Nothing: nobody is named who answers for this agent, nor what it may do.'
                : 'Nothing that can be read.'}
            </p>
          )}
          <Facts>
            {part.fields.map(({ label: name, value, note, tone: look }) => (
              <Fact key={name} label={name.replaceAll('_', ' ')}>
                <span className={look === 'bad' ? 'ag-bad' : look === 'warn' ? 'ag-warn' : ''}>
                  {visibleText(value)}
                </span>
                {note !== null && <span className="ag-muted"> {visibleText(note)}</span>}
              </Fact>
            ))}
          </Facts>
        </div>
        {part.leases.length > 0 && (
          <div className="ag-part">
            <h3>
              Requests that are answered once{' '}
              <span className="ag-muted">{formatCount(part.leases.length)}</span>
            </h3>
            <ul className="ag-plain-list">
              {part.leases.map((lease) => (
                <li key={lease.path}>
                  <Badge tone={lease.stale ? 'warn' : 'neutral'}>
                    {lease.stale ? 'stale' : visibleText(lease.state.replaceAll('_', ' '))}
                  </Badge>
                  <FileLink path={lease.path}>{leaseName(lease.key, lease.path)}</FileLink>
                  <span className="ag-muted">{visibleText(lease.why)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </>
  );
}

/** The key of a lease; its file is named by a hash. */
const leaseName = (key: string, path: string): string =>
  key === '' ? shortHash(path.split('/').at(-1) ?? path) : key;
