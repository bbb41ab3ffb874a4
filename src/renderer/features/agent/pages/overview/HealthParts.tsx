import type { AgentReport, Metric } from '../../../../../contract/fleet.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { useScene } from '../../scene.ts';

const BANDS: Record<string, Tone> = { green: 'ok', amber: 'warn', red: 'bad' };
const ROWS: Record<string, string> = { ok: 'ag-ok', warn: 'ag-warn', crit: 'ag-bad' };
const AXES = { cost: 'Cost', quality: 'Quality', reliability: 'Reliability' } as const;
const ARROWS = {
  better: 'better than the week before',
  worse: 'worse than the week before',
  same: '',
} as const;

/** The health score with its parts and, behind each, the records it is made of (§8). */
export function HealthParts({ report }: { readonly report: AgentReport }) {
  const { health } = report;
  return (
    <section className="ag-part">
      <h3>
        Health{' '}
        {health.shown === null ? (
          <span className="ag-muted">no score</span>
        ) : (
          <Badge tone={BANDS[health.band ?? ''] ?? 'neutral'}>{health.shown}</Badge>
        )}
      </h3>
      {health.capped && health.cappedBy !== null && (
        <p className="ag-warn ov-small">Held down: {visibleText(health.cappedBy)}</p>
      )}
      <table className="ov-health">
        <tbody>
          {health.axes.map((axis) => [
            <tr key={axis.name} className="ov-axis">
              <th scope="row">
                {AXES[axis.name]} <span className="ag-muted">weight {Math.round(axis.weight * 100)} %</span>
              </th>
              <td className="ag-end">{axis.points === null ? '' : axis.points.toFixed(1)}</td>
            </tr>,
            ...(axis.missing === null
              ? []
              : [
                  <tr key={`${axis.name} missing`}>
                    <td colSpan={2} className="ag-muted">
                      {visibleText(axis.missing)}
                    </td>
                  </tr>,
                ]),
            ...axis.metrics.map((metric) => (
              <MetricRow key={`${axis.name} ${metric.name}`} metric={metric} />
            )),
          ])}
        </tbody>
      </table>
      {health.how.length > 0 && (
        <details className="ov-how-list">
          <summary>How the score comes about</summary>
          <ul>
            {health.how.map((line) => (
              <li key={line}>{visibleText(line)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function MetricRow({ metric }: { readonly metric: Metric }) {
  const { source } = useScene();
  const arrow = metric.arrow === null ? '' : ARROWS[metric.arrow];
  return (
    <tr>
      <th scope="row" className="ov-metric">
        <span>{visibleText(metric.name.replaceAll('_', ' '))}</span>
        <p className="ov-metric-how">
          <Figure source={source} query={metric.query}>
            {visibleText(metric.how)}
          </Figure>
          {arrow !== '' && metric.value !== null && ` ${arrow}`}
        </p>
      </th>
      <td className={`ag-end ${ROWS[metric.row ?? ''] ?? ''}`}>
        {metric.points === null ? <span className="ag-muted">missing</span> : metric.points.toFixed(1)}
      </td>
    </tr>
  );
}
