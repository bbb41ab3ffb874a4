import type { AgentReport } from '../../../../../contract/fleet.ts';
import { openEscalations } from '../../../../state/tabs.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { loggedTime } from '../../../runs/days.ts';
import { useScene } from '../../scene.ts';

/** Decisions of the judge that wait for a person. */
export function ToAnswer({ report: { toAnswer } }: { readonly report: AgentReport }) {
  const { source } = useScene();
  if (toAnswer.length === 0) return null;
  return (
    <section className="ag-part">
      <h3>
        To answer <Badge tone="warn">{formatCount(toAnswer.length)}</Badge>
      </h3>
      <ul className="ov-rows">
        {toAnswer.map(({ path, tool, escalatedAt }) => (
          <li key={path}>
            <button type="button" className="ov-row ag-link" onClick={() => openEscalations(source)}>
              <bdi className="mono truncate">{visibleText(tool)}</bdi>
              <span className="ov-row-end ag-muted">
                {escalatedAt === null ? '' : loggedTime(escalatedAt)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Goals with how far each is. */
export function GoalsBrief({ report: { goals } }: { readonly report: AgentReport }) {
  const { go } = useScene();
  if (goals.length === 0) return null;
  return (
    <section className="ag-part">
      <h3>Goals</h3>
      <ul className="ov-rows">
        {goals.map(({ path, intent, status, deadline, done, of }) => (
          <li key={path}>
            <button type="button" className="ov-row ag-link" onClick={() => go('goals', path)}>
              <bdi className="truncate">{visibleText(intent)}</bdi>
              <span className="ov-row-end ag-muted">
                {visibleText(status.replaceAll('_', ' '))}
                {of > 0 && ` · ${formatCount(done)} of ${formatCount(of)}`}
                {deadline !== null && ` · by ${visibleText(deadline)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
