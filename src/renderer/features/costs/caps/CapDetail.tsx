import { Check, CircleAlert } from 'lucide-react';
import type { CapGauge } from '../../../../contract/costs.ts';
import type { DayRange } from '../../../../contract/records.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { useAsOf } from '../../../state/agents.ts';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { dayWords } from '../../runs/days.ts';
import { EstimateBadge, Figure } from '../../runs/Figure.tsx';
import { roughMoney } from '../chart/axis.ts';
import type { AgentCaps } from './gauges.ts';
import { WhatIfForm } from './WhatIfForm.tsx';

type Props = {
  readonly source: string;
  readonly today: string;
  readonly range: DayRange;
  readonly caps: AgentCaps;
};

/** Everything about the caps of one agent: where they come from, what fired, and what another cap would have done. */
export function CapDetail({ source, today, range, caps: { agent, gauges } }: Props) {
  const asOf = useAsOf(source);
  const name = visibleText(agent);
  const own = useAnswer(source, JSON.stringify(['caps', agent, asOf, range]), () =>
    api.agents.costs({ source, today: asOf, agent, range, by: 'model', counting: 'logged' }),
  );
  const report = useAnswer(source, JSON.stringify(['fired', agent, asOf]), () =>
    api.agents.agent({ source, today: asOf, agent }),
  );
  const fired = report.value?.fired ?? null;
  const suggested = own.value?.suggested ?? null;
  return (
    <section className="cp-detail" aria-label={`Caps of ${name}`}>
      <div className="cp-facts">
        {gauges.map((gauge) => (
          <CapFacts key={gauge.period} gauge={gauge} />
        ))}
        <div>
          <h4>Days with skipped or fallback runs</h4>
          {fired === null && report.error !== null && <p>{report.error.message}</p>}
          {fired?.length === 0 && <p>None in the logs.</p>}
          {fired !== null && fired.length > 0 && (
            <ul className="cp-days">
              {fired.map((day) => (
                <li key={day.query}>
                  <Figure source={source} query={day.query} className="cx-link">
                    {dayWords(day.day)}
                  </Figure>{' '}
                  {formatCounted(day.lines, 'record')}
                </li>
              ))}
            </ul>
          )}
        </div>
        <div>
          <h4>
            Suggested caps <EstimateBadge />
          </h4>
          {suggested !== null && (
            <p>
              ≈ {roughMoney(suggested.dailyMicros)} a day, ≈ {roughMoney(suggested.monthlyMicros)} a month.{' '}
              {visibleText(suggested.how)}
            </p>
          )}
          {suggested === null && <p>{own.value?.noSuggestion ?? ''}</p>}
        </div>
      </div>
      <WhatIfForm
        key={agent}
        source={source}
        agent={agent}
        today={today}
        range={range}
        gauges={gauges}
        days={own.value?.days ?? []}
        suggested={suggested}
      />
    </section>
  );
}

const PERIOD = { day: 'Daily cap', month: 'Monthly cap' } as const;

/** The cap in force with its source, the ones that are not, and the warnings on the way to it. */
function CapFacts({ gauge }: { readonly gauge: CapGauge }) {
  const { capMicros, capFrom, caps, action, thresholds } = gauge;
  const others = caps.filter(({ inForce }) => !inForce);
  return (
    <div>
      <h4>{PERIOD[gauge.period]}</h4>
      <p>
        {capMicros === null ? (
          'None is in force.'
        ) : (
          <>
            <strong>{roughMoney(capMicros)}</strong> from {visibleText(capFrom ?? 'an unknown file')}; when it
            is reached: <strong>{action}</strong>.
          </>
        )}
      </p>
      {gauge.unknown !== null && <p className="cp-unknown">{visibleText(gauge.unknown)}</p>}
      {others.map((cap) => (
        <p key={cap.from} className="cx-muted">
          {visibleText(cap.from)} says {roughMoney(cap.micros)}, not in force. {visibleText(cap.why)}
        </p>
      ))}
      {capMicros !== null && thresholds.length > 0 && (
        <ul className="cp-thresholds">
          {thresholds.map(({ at, reached, warned }) => (
            <li key={at}>
              {reached ? (
                <CircleAlert className="icon cp-reached" size={12} aria-hidden />
              ) : (
                <Check className="icon" size={12} aria-hidden />
              )}
              {Math.round(at * 100)}% ({roughMoney(at * capMicros)}): {reached ? 'reached' : 'not reached'},{' '}
              {warned ? 'warned' : 'no warning yet'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
