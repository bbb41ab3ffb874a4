import type { QueuePart } from '../../../../../contract/agent-parts.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCounted, formatDateTime } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';

type Item = QueuePart['projects'][number]['items'][number];

const TONES: Record<Item['state'], Tone> = {
  queued: 'neutral',
  claimed: 'accent',
  done: 'ok',
  'dead-letter': 'bad',
  recovered: 'warn',
};

/** Work items of the projects of a cascade system (§2.23). */
export function QueuePage() {
  return <PartGate part="queue">{(part) => <Queue part={part} />}</PartGate>;
}

function Queue({ part }: { readonly part: QueuePart }) {
  const zone = useSettings((state) => state.time);
  const count = part.projects.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <>
      <PageHead
        title="Queue"
        note={`${formatCounted(count, 'work item')} of the cascade systems in this folder, which all agents share`}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="ag-scroll" tabIndex={0} aria-label="Queue">
        {part.projects.map(({ system, project, roles, items }) => (
          <div key={`${system} ${project}`} className="ag-part">
            <h3>
              {visibleText(system)} / {visibleText(project)}
              <span className="ag-muted"> {roles.map(visibleText).join(', ')}</span>
            </h3>
            <ul className="ag-plain-list">
              {items.map((item) => (
                <li key={item.path}>
                  <Badge tone={TONES[item.state]}>{item.state}</Badge>
                  <FileLink path={item.path}>{item.path.split('/').at(-1)}</FileLink>
                  <span className="ag-muted">
                    {[item.role, item.lease, formatDateTime(item.modifiedMicros, zone), item.reason]
                      .filter((word) => word !== null)
                      .map((word) => visibleText(word ?? ''))
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  );
}
