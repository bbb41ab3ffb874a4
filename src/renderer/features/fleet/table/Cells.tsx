import type { AgentBrief } from '../../../../contract/fleet.ts';
import type { CapGauge } from '../../../../contract/costs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, formatMoney } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { CapBar } from '../../costs/caps/CapBar.tsx';
import { roughMoney } from '../../costs/chart/axis.ts';
import { Figure, Money } from '../../runs/Figure.tsx';
import { dayWords, loggedTime, shortDay } from '../../runs/days.ts';
import { agentQuery } from '../../runs/terms.ts';
import { weekMicros } from '../order.ts';
import { RUNNING, STATES } from '../words.ts';

/** What every cell of a row may need. */
export type CellProps = {
  readonly source: string;
  readonly agent: AgentBrief;
  /** the keys are on the row: its figures are in the tab order */
  readonly active: boolean;
};

const tab = (active: boolean): { readonly tabIndex: number } => ({ tabIndex: active ? 0 : -1 });

export function NameCell({ agent }: CellProps) {
  const running = RUNNING[agent.running.state];
  return (
    <span className="fl-two">
      <bdi className="fl-name truncate" title={visibleText(agent.name)}>
        {visibleText(agent.name)}
      </bdi>
      <span className={`fl-under truncate ${running === '' ? '' : 'fl-running'}`} title={agent.running.how}>
        {running !== '' ? running : formatCounted(agent.records, 'record')}
      </span>
    </span>
  );
}

/** The state in a word, and why. */
export function StateCell({ agent }: CellProps) {
  const state = agent.word === null ? null : STATES[agent.word];
  const why = visibleText(agent.wordWhy);
  return (
    <span className="fl-state">
      {state === null ? <Badge>Log only</Badge> : <Badge tone={state.tone}>{state.label}</Badge>}
      <span className="fl-why" title={why}>
        {why}
      </span>
    </span>
  );
}

export function LastCell({ source, agent, active }: CellProps) {
  const { lastRun } = agent;
  if (lastRun === null) return <span className="fl-none">no run</span>;
  const [day, clock] = loggedTime(lastRun.ts).split(', ');
  return (
    <span className="fl-two">
      <Figure
        source={source}
        query={agentQuery(agent.name)}
        label={`Runs of ${agent.name}, the last ${lastRun.ts}`}
        {...tab(active)}
      >
        {day}
        {clock !== undefined && `, ${clock.slice(0, 5)}`}
      </Figure>
      <span className={`fl-under truncate ${lastRun.status === 'error' ? 'fl-bad' : ''}`}>
        {lastRun.status ?? ''}
      </span>
    </span>
  );
}

/** Spending against a cap: the sum, the cap, a bar; a cap that was reached in words, too. */
export function GaugeCell({ source, active, gauge }: CellProps & { readonly gauge: CapGauge }) {
  const { spentMicros, capMicros, fired, unknown, query, period } = gauge;
  const when = period === 'day' ? 'today' : 'this month';
  const tone = fired || unknown !== null ? 'fl-bad' : '';
  return (
    <span className="fl-two fl-gauge">
      <span className="fl-sum">
        <Figure source={source} query={query} label={`spent ${when}, as the cap counts`} {...tab(active)}>
          <Money micros={spentMicros} />
        </Figure>
        <span className={`fl-under ${tone}`} title={unknown ?? undefined}>
          {unknown !== null
            ? 'not certain'
            : capMicros === null
              ? 'no cap'
              : `${fired ? (spentMicros > capMicros ? 'over' : 'at') : 'of'} ${roughMoney(capMicros)}`}
        </span>
      </span>
      <CapBar gauge={gauge} />
    </span>
  );
}

/** Seven days as bars, each of which opens its records; the highest day fills the height. */
export function WeekCell({ source, agent, active }: CellProps) {
  const most = Math.max(1, ...agent.week.map(({ costMicros }) => costMicros));
  const first = agent.week[0];
  const last = agent.week.at(-1);
  const query =
    first === undefined || last === undefined
      ? null
      : first.query.replace(`day:${first.day}`, `day:${first.day}..${last.day}`);
  return (
    <span className="fl-two">
      <span className="fl-bars">
        {agent.week.map(({ day, costMicros, query: of }) => (
          <Figure
            key={day}
            source={source}
            query={of}
            label={`${dayWords(day)}: ${formatMoney(costMicros)}`}
            className="fl-bar"
            tabIndex={-1}
          >
            <i style={{ height: `${(costMicros / most) * 100}%` }} />
          </Figure>
        ))}
      </span>
      <Figure
        source={source}
        query={query}
        label={first === undefined ? 'seven days' : `since ${shortDay(first.day)}`}
        className="fl-under"
        {...tab(active)}
      >
        <Money micros={weekMicros(agent)} />
      </Figure>
    </span>
  );
}

type CountProps = CellProps & {
  readonly of: { readonly value: number; readonly query: string };
  readonly label: string;
};

/** A count that opens its records; none is quiet. */
export function CountCell({ source, active, of, label }: CountProps) {
  return (
    <Figure
      source={source}
      query={of.query}
      label={label}
      className={of.value === 0 ? 'fl-none' : 'fl-bad'}
      {...tab(active)}
    >
      {formatCount(of.value)}
    </Figure>
  );
}
