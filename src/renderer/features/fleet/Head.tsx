import type { ReactNode } from 'react';
import type { AgentsOverview, FleetReport } from '../../../contract/fleet.ts';
import { openEscalations } from '../../state/tabs.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { Figure, Money } from '../runs/Figure.tsx';
import { dayWords } from '../runs/days.ts';
import { setFleetForm } from './state.ts';
import { BANDS } from './words.ts';

type Props = {
  readonly source: string;
  readonly overview: AgentsOverview;
  readonly report: FleetReport;
};

/** The key figures of all agents. Each opens what it is made of. */
export function Head({ source, overview, report }: Props) {
  const { fleet, loggedOnce, today, attention } = report;
  const open = attention.filter(({ state }) => state === 'open').length;
  const words = stateCounts(report);
  return (
    <header className="fl-figures">
      <KeyFigure
        name="Fleet health"
        note={`${fleet.coverage.part} of ${fleet.coverage.whole} have all three axes`}
      >
        <button
          type="button"
          className="figure"
          onClick={() => setFleetForm(source, { tab: 'scores' })}
          title="Show the scores"
        >
          {fleet.shown ?? 'no score'}
          <span className="visually-hidden"> Show the scores of all agents</span>
        </button>
        {fleet.band !== null && <Badge tone={BANDS[fleet.band]}>{fleet.band}</Badge>}
      </KeyFigure>
      <KeyFigure name={report.agents.length === 1 ? 'Agent' : 'Agents'} note={words}>
        {formatCount(report.agents.length)}
      </KeyFigure>
      <KeyFigure name="Needs attention" note={attentionNote(attention.length, open)}>
        <button
          type="button"
          className="figure"
          onClick={() => {
            setFleetForm(source, { tab: 'attention' });
            document.querySelector<HTMLElement>('#fleet-attention')?.focus();
          }}
        >
          {formatCount(open)}
          <span className="visually-hidden"> Go to the queue</span>
        </button>
      </KeyFigure>
      <KeyFigure name="To answer" note={overview.toAnswer === 0 ? 'no escalation waits' : 'escalations wait'}>
        <button type="button" className="figure" onClick={() => openEscalations(source)}>
          {formatCount(overview.toAnswer)}
          <span className="visually-hidden"> Show the escalations</span>
        </button>
      </KeyFigure>
      <KeyFigure name={`Spent on ${dayWords(today)}`} note="delegated runs once">
        <Figure source={source} query={`day:${today} -is:mirror`} label="Show the records of the day">
          <Money micros={overview.spentTodayMicros} />
        </Figure>
      </KeyFigure>
      <KeyFigure
        name="Spent in all, delegated runs once"
        note={
          loggedOnce.doubledMicros === 0 ? (
            formatCounted(loggedOnce.all.lines, 'record')
          ) : (
            <>
              <Figure source={source} query="" label="Show every record, as logged">
                <Money micros={loggedOnce.all.costMicros} />
              </Figure>{' '}
              as logged,{' '}
              <Figure source={source} query="is:mirror" label="Show the records that are counted twice">
                <Money micros={loggedOnce.doubledMicros} />
              </Figure>{' '}
              twice
            </>
          )
        }
      >
        <Figure source={source} query="-is:mirror" label="Show the records, delegated runs once">
          <Money micros={loggedOnce.once.costMicros} />
        </Figure>
      </KeyFigure>
    </header>
  );
}

type KeyProps = { readonly name: string; readonly note: ReactNode; readonly children: ReactNode };

function KeyFigure({ name, note, children }: KeyProps) {
  return (
    <div className="fl-figure">
      <p className="fl-figure-name">{name}</p>
      <p className="fl-figure-value">{children}</p>
      <p className="fl-figure-note">{note}</p>
    </div>
  );
}

const attentionNote = (all: number, open: number): string =>
  all === 0
    ? 'nothing is open'
    : all === open
      ? 'worst first below'
      : `${formatCount(all - open)} more acknowledged or snoozed`;

/** `1 error, 2 warnings, 1 OK`. */
function stateCounts({ agents }: FleetReport): string {
  const count = (word: string | null) => agents.filter((agent) => agent.word === word).length;
  const parts = [
    [count('ERROR'), 'error', 'errors'],
    [count('WARN'), 'warning', 'warnings'],
    [count('STALE'), 'stale', 'stale'],
    [count('OK'), 'OK', 'OK'],
    [count(null), 'log only', 'log only'],
  ] as const;
  return parts
    .filter(([value]) => value > 0)
    .map(([value, one, many]) => formatCounted(value, one, many))
    .join(', ');
}
