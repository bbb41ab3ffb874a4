import type { AgentBrief, Axis, FleetReport, Health, Metric } from '../../../../contract/fleet.ts';
import { openAgent } from '../../../state/agents.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Figure } from '../../runs/Figure.tsx';
import { openEvals } from '../open.ts';
import { ARROWS, AXES, BANDS, METRICS, metricValue, percent, STATES, targetWords } from '../words.ts';

type Props = {
  readonly source: string;
  readonly brief: AgentBrief | null;
  readonly health: Health | null;
  readonly report: FleetReport;
};

/** The state of one agent and its score with all its parts, each of which leads to the rows it is made of (§8). */
export function HealthOf({ source, health, brief, report }: Props) {
  if (brief === null) return <p className="fl-quiet fl-pad">Choose an agent of the table.</p>;
  const reliability = report.reliability.find((one) => one.agent === brief.name)?.of ?? null;
  return (
    <div className="fl-health">
      <p className="fl-score">
        <span className="fl-score-number">{health?.shown ?? 'no score'}</span>
        {health !== null && health.band !== null && <Badge tone={BANDS[health.band]}>{health.band}</Badge>}
        {reliability !== null && (
          <Figure
            source={source}
            query={reliability.primaryRuns.query}
            label="Show the primary runs of 31 days"
            className="fl-runs"
          >
            {formatCounted(reliability.primaryRuns.value, 'primary run')}
          </Figure>
        )}
        <Button look="link" size="small" onClick={() => openAgent(source, brief.name)}>
          Open {visibleText(brief.name)}
        </Button>
      </p>
      <Notes brief={brief} health={health} />
      {health !== null && (
        <>
          <table className="fl-table fl-metrics">
            <thead>
              <tr>
                <th scope="col">Part</th>
                <th scope="col" className="fl-end">
                  Value
                </th>
                <th scope="col">Full points</th>
                <th scope="col">Week</th>
                <th scope="col" className="fl-end">
                  Points
                </th>
              </tr>
            </thead>
            {health.axes.map((axis) => (
              <AxisRows key={axis.name} source={source} axis={axis} agent={health.agent} />
            ))}
          </table>
          <details className="fl-how">
            <summary>How the score comes about</summary>
            <ul>
              {health.how.map((line) => (
                <li key={line}>{visibleText(line)}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </div>
  );
}

/** What the table has no room to say in full. */
function Notes({ brief, health }: { readonly brief: AgentBrief; readonly health: Health | null }) {
  const { word, wordWhy, running, today, month } = brief;
  const unknown = [
    { name: 'today', why: today.unknown },
    { name: 'this month', why: month.unknown },
  ];
  return (
    <ul className="fl-notes">
      <li>
        <strong>{word === null ? 'Log only' : STATES[word].label}</strong>: {visibleText(wordWhy)}
      </li>
      {health !== null && health.cappedBy !== null && word !== 'ERROR' && (
        <li className="fl-bad">The score is held down: {visibleText(health.cappedBy)}.</li>
      )}
      {running.how !== '' && <li>{visibleText(running.how)}</li>}
      {unknown.map(
        ({ name, why }) =>
          why !== null && (
            <li key={name} className="fl-bad">
              What was spent {name} is not certain: {visibleText(why)}
            </li>
          ),
      )}
    </ul>
  );
}

type AxisProps = { readonly source: string; readonly axis: Axis; readonly agent: string };

function AxisRows({ source, axis, agent }: AxisProps) {
  return (
    <tbody>
      <tr className="fl-axis">
        <th scope="rowgroup">{AXES[axis.name]}</th>
        <td colSpan={3} className="fl-quiet">
          {axis.missing === null
            ? `weight ${percent(axis.weight)}`
            : `Left out: ${visibleText(axis.missing)}`}
        </td>
        <td className="fl-end">
          {axis.points === null ? <span className="fl-quiet">missing</span> : axis.points.toFixed(1)}
        </td>
      </tr>
      {axis.missing === null &&
        axis.metrics.map((metric) => (
          <MetricRows key={metric.name} source={source} metric={metric} agent={agent} />
        ))}
    </tbody>
  );
}

const ROWS = { ok: '', warn: 'fl-warn', crit: 'fl-bad' } as const;
const ROW_WORDS = { ok: '', warn: 'low, ', crit: 'very low, ' } as const;

type MetricProps = { readonly source: string; readonly metric: Metric; readonly agent: string };

function MetricRows({ source, metric, agent }: MetricProps) {
  const row = metric.row ?? 'ok';
  const arrow = metric.arrow === null || metric.value === null ? '' : ARROWS[metric.arrow];
  return (
    <>
      <tr className="fl-metric">
        <th scope="row">{METRICS[metric.name] ?? visibleText(metric.name)}</th>
        <td className="fl-end">
          <Value source={source} metric={metric} agent={agent} />
        </td>
        <td>{targetWords(metric)}</td>
        <td className={`fl-arrow ${arrow !== '' && metric.arrow === 'worse' ? 'fl-warn' : ''}`}>{arrow}</td>
        <td className={`fl-end ${ROWS[row]}`}>
          {ROW_WORDS[row]}
          {metric.points === null ? <span className="fl-quiet">missing</span> : metric.points.toFixed(1)}
        </td>
      </tr>
      <tr className="fl-metric-how">
        <td colSpan={5}>
          {visibleText(metric.how)} The target is {sourceWords(metric.targetFrom)}.
        </td>
      </tr>
    </>
  );
}

/** The value of a metric, which opens what it is made of: records, or evals. */
function Value({ source, metric, agent }: MetricProps) {
  const value = metricValue(metric);
  if (value === '') return <span className="fl-quiet">missing</span>;
  if (metric.query !== null) {
    return (
      <Figure source={source} query={metric.query} label="Show the records">
        {value}
      </Figure>
    );
  }
  return (
    <button type="button" className="figure" onClick={() => openEvals(source, agent)}>
      {value}
      <span className="visually-hidden"> Show the evals</span>
    </button>
  );
}

/** Where a target stands. */
const sourceWords = (from: string): string =>
  from === 'default' ? 'the default' : `from ${visibleText(from)}`;
