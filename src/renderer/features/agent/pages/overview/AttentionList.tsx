import type { AgentReport } from '../../../../../contract/fleet.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { SEVERITY } from '../../../fleet/words.ts';
import { loggedTime } from '../../../runs/days.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { useScene } from '../../scene.ts';

/** What asks for a person, worst first, each with what made it (§9). */
export function AttentionList({ report }: { readonly report: AgentReport }) {
  const { source } = useScene();
  const { attention, recommendations } = report;
  return (
    <section className="ag-part">
      <h3>Attention</h3>
      {attention.length === 0 && <p className="ag-quiet">Nothing asks for you.</p>}
      <ul className="ov-list">
        {attention.map((entry) => (
          <li key={entry.alertKey} className={entry.state === 'open' ? '' : 'ov-known'}>
            <Badge tone={SEVERITY[entry.severity].tone}>{SEVERITY[entry.severity].label}</Badge>
            <div className="ov-words">
              <p className="ov-what">
                {visibleText(entry.title)}
                {entry.state !== 'open' && (
                  <span className="ag-muted">
                    {' · '}
                    {entry.state === 'acked'
                      ? 'acknowledged'
                      : `snoozed until ${entry.snoozedUntil === null ? 'later' : loggedTime(entry.snoozedUntil)}`}
                  </span>
                )}
              </p>
              <p className="ov-small ag-muted">{visibleText(entry.means)}</p>
              <p className="ov-small ag-muted">
                <Figure source={source} query={entry.query}>
                  {visibleText(entry.how)}
                </Figure>{' '}
                {entry.path !== null && <FileLink path={entry.path} />}
              </p>
            </div>
          </li>
        ))}
        {recommendations.map((entry) => (
          <li key={`${entry.kind} ${entry.title}`}>
            <Badge>Advice</Badge>
            <div className="ov-words">
              <p className="ov-what">{visibleText(entry.title)}</p>
              {entry.reasons.map(({ text, ok }) => (
                <p key={text} className={`ov-small ${ok ? 'ag-muted' : 'ag-warn'}`}>
                  {visibleText(text)}
                </p>
              ))}
              {entry.query !== null && (
                <p className="ov-small">
                  <Figure source={source} query={entry.query}>
                    Show the records
                  </Figure>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
