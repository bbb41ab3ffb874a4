import { useId, useState } from 'react';
import type { CapGauge, CostDay, CostReport, WhatIf } from '../../../../contract/costs.ts';
import type { DayRange } from '../../../../contract/records.ts';
import { api } from '../../../app/engine.ts';
import { useDebounced } from '../../../app/hooks.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { openRuns, useAsOf } from '../../../state/agents.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatMoney } from '../../../ui/format.ts';
import { dayWords } from '../../runs/days.ts';
import { Money } from '../../runs/Figure.tsx';
import { roughMoney } from '../chart/axis.ts';
import { monthYear, rangeWords } from '../ranges.ts';
import { RowTable, type Column } from '../tables/RowTable.tsx';
import { dollarsOf, microsOf, sliderTop } from './amounts.ts';

type Props = {
  readonly source: string;
  readonly agent: string;
  readonly today: string;
  readonly range: DayRange;
  readonly gauges: readonly CapGauge[];
  readonly days: readonly CostDay[];
  readonly suggested: CostReport['suggested'];
};

/** What another cap would have done to the days that were: a cap for the day and one for the month, either may be none. */
export function WhatIfForm({ source, agent, range, gauges, days, suggested }: Props) {
  const asOf = useAsOf(source);
  const inForce = (period: 'day' | 'month') =>
    gauges.find((gauge) => gauge.period === period)?.capMicros ?? null;
  const [daily, setDaily] = useState(() => firstOf(gauges, 'day'));
  const [monthly, setMonthly] = useState(() => firstOf(gauges, 'month'));
  const asked = useDebounced(JSON.stringify([daily, monthly]), 150);
  const { value, error, stale } = useAnswer(
    source,
    JSON.stringify(['what-if', agent, asOf, range.from, range.to, asked]),
    () => {
      const [dailyCapMicros, monthlyCapMicros] = JSON.parse(asked) as [number | null, number | null];
      return api.agents.whatIf({ source, today: asOf, agent, range, dailyCapMicros, monthlyCapMicros });
    },
  );
  const spent = days.map(({ costMicros }) => costMicros);
  const dearest = Math.max(0, ...spent);
  const all = spent.reduce((sum, cost) => sum + cost, 0);
  return (
    <div className="cp-whatif">
      <h4>With another cap, {rangeWords(range)}</h4>
      <div className="cp-fields">
        <CapField
          label="Daily cap"
          value={daily}
          top={sliderTop(dearest, inForce('day'))}
          onChange={setDaily}
        />
        <CapField
          label="Monthly cap"
          value={monthly}
          top={sliderTop(all, inForce('month'))}
          onChange={setMonthly}
        />
        <div className="cp-presets">
          <Button
            size="small"
            onClick={() => {
              setDaily(inForce('day'));
              setMonthly(inForce('month'));
            }}
          >
            Caps in force
          </Button>
          {suggested !== null && (
            <Button
              size="small"
              onClick={() => {
                setDaily(suggested.dailyMicros);
                setMonthly(suggested.monthlyMicros);
              }}
            >
              Suggested caps
            </Button>
          )}
        </div>
      </div>
      {error !== null && <p className="cx-over">{`${error.message} ${error.hint}`}</p>}
      {value !== null && <Outcome source={source} value={value} stale={stale} />}
    </div>
  );
}

/** Where the form begins: with the cap in force, else with one that stands in a file and is switched off. */
function firstOf(gauges: readonly CapGauge[], period: CapGauge['period']): number | null {
  const gauge = gauges.find((one) => one.period === period);
  return gauge?.capMicros ?? gauge?.caps[0]?.micros ?? null;
}

type CapFieldProps = {
  readonly label: string;
  readonly value: number | null;
  /** the right end of the slider */
  readonly top: number;
  readonly onChange: (micros: number | null) => void;
};

/** A cap as a slider and as a number; an empty number is no cap. */
function CapField({ label, value, top, onChange }: CapFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? '' : dollarsOf(value));
  const wrong = microsOf(text) === 'wrong';
  return (
    <div className="cp-field">
      <label htmlFor={id}>{label}</label>
      <input
        type="range"
        aria-label={`${label}, slider`}
        aria-valuetext={value === null ? 'no cap' : roughMoney(value)}
        min={0}
        max={top}
        step={Math.max(1, Math.round(top / 200))}
        value={value ?? top}
        onChange={(event) => {
          setTyped(null);
          onChange(Number(event.currentTarget.value));
        }}
      />
      <span className="cp-number" data-invalid={wrong || undefined}>
        <span aria-hidden>$</span>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder="no cap"
          value={text}
          aria-invalid={wrong}
          onChange={(event) => {
            const next = event.currentTarget.value;
            const micros = microsOf(next);
            setTyped(next);
            if (micros !== 'wrong') onChange(micros);
          }}
          onBlur={() => setTyped(null)}
        />
      </span>
      <Button size="small" look="quiet" disabled={value === null} onClick={() => onChange(null)}>
        No cap
      </Button>
      {wrong && <p className="cx-over cp-wrong">A sum in dollars is needed, such as 0.45, or nothing.</p>}
    </div>
  );
}

type Day = WhatIf['days'][number];

const COLUMNS: readonly Column<Day>[] = [
  { key: 'day', label: 'Day', width: 'minmax(88px, 1fr)', renderCell: ({ day }) => dayWords(day) },
  {
    key: 'spent',
    label: 'Spent',
    width: 'calc(var(--ui) * 6.6)',
    end: true,
    strong: true,
    renderCell: (row) => <Money micros={row.spentMicros} />,
  },
  {
    key: 'over',
    label: 'After the cap',
    width: 'calc(var(--ui) * 6.6)',
    end: true,
    renderCell: (row) => <Money micros={row.overMicros} />,
  },
  {
    key: 'runs',
    label: 'Runs that meet it',
    width: 'calc(var(--ui) * 7.6)',
    end: true,
    renderCell: ({ runs }) => formatCount(runs),
  },
];

function Outcome({ source, value, stale }: { source: string; value: WhatIf; stale: boolean }) {
  const { daysHit, runsHit, overMicros, monthsHit, days, how } = value;
  const hit = days.filter((day) => day.hit).toReversed();
  if (value.dailyCapMicros === null && value.monthlyCapMicros === null) {
    return <p className="cp-outcome">Without a cap no run is stopped.</p>;
  }
  return (
    <div className="cp-outcome" aria-busy={stale}>
      <p aria-live="polite">
        {daysHit === 0 && monthsHit.length === 0 ? (
          'No day and no month would have reached the cap.'
        ) : (
          <>
            <strong>{formatCounted(daysHit, 'day')}</strong> would have reached the daily cap,{' '}
            <strong>{formatCounted(runsHit, 'run')}</strong> would have met it, and{' '}
            <strong>{formatMoney(overMicros)}</strong> came after it.
          </>
        )}
        {monthsHit.map(({ month, day, overMicros: over }) => (
          <span key={month}>
            {' '}
            {monthYear(month)} would have reached the monthly cap on {dayWords(day)}, {formatMoney(over)}{' '}
            before its end.
          </span>
        ))}
      </p>
      <p className="cx-muted">{how}</p>
      {hit.length > 0 && (
        <RowTable
          id="cost-what-if"
          label="Days that would have reached the cap"
          columns={COLUMNS}
          rows={hit}
          keyOf={({ day }) => day}
          open={({ query }) =>
            () =>
              openRuns(source, query)
            }
          most={10}
          none=""
        />
      )}
    </div>
  );
}
