import type { AgentReport } from '../../../../../contract/fleet.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure, Money, RunLink } from '../../../runs/Figure.tsx';
import { loggedTime } from '../../../runs/days.ts';
import { agentQuery } from '../../../runs/terms.ts';
import { useScene } from '../../scene.ts';

/** The newest records of any kind, each a way to its record. */
export function RecentRuns({ report: { recent } }: { readonly report: AgentReport }) {
  const { source, agent } = useScene();
  return (
    <section className="ag-part">
      <h3>
        Newest records{' '}
        <Figure source={source} query={agentQuery(agent)} className="ag-link ov-all">
          All records
        </Figure>
      </h3>
      {recent.length === 0 && <p className="ag-quiet">No run is logged.</p>}
      <ul className="ov-runs">
        {recent.map((row) => (
          <li key={row.id}>
            <span className="ag-muted ov-time" title={row.ts ?? ''}>
              {row.ts === null ? 'no time' : loggedTime(row.ts)}
            </span>
            <RunLink source={source} row={row} />
            {row.status !== null && row.status !== 'ok' ? (
              <Badge tone={row.status === 'error' ? 'bad' : 'neutral'}>
                {visibleText(row.status.replaceAll('_', ' '))}
              </Badge>
            ) : (
              <span />
            )}
            <span className="ov-cost">
              <Money micros={row.costMicros} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
