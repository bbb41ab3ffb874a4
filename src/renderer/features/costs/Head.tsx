import { useState, type ReactNode } from 'react';
import type { CapGauge, CostReport } from '../../../contract/costs.ts';
import { formatCounted } from '../../ui/format.ts';
import { EstimateBadge, Figure, Money } from '../runs/Figure.tsx';
import { CapBar } from './caps/CapBar.tsx';
import { roughMoney } from './chart/axis.ts';
import { daysOf, monthWord } from './ranges.ts';

type Props = {
  readonly source: string;
  readonly report: CostReport;
  /** of the stretch that is brushed, else the same */
  readonly inner: CostReport;
  readonly children: ReactNode;
};

/** The key figures: today, the month, where the month is going, what the cache saved. Each opens its records. */
export function Head({ source, report, inner, children }: Props) {
  const [how, setHow] = useState(false);
  const { todaySum, month, lastMonth, forecast, noForecast } = report;
  const name = monthWord(month.name);
  const ofDay = report.caps.filter(({ period }) => period === 'day');
  const ofMonth = report.caps.filter(({ period }) => period === 'month');
  const { cache } = inner;
  return (
    <header className="cx-head">
      <dl className="cx-figures">
        <Item label="Today">
          <Big source={source} query={todaySum.query} micros={todaySum.costMicros} />
          <CapLine source={source} gauges={ofDay} otherwise={formatCounted(todaySum.lines, 'record')} />
        </Item>
        <Item label={`${name} so far`}>
          <Big source={source} query={month.query} micros={month.costMicros} />
          <CapLine
            source={source}
            gauges={ofMonth}
            otherwise={
              lastMonth.lines === 0 ? (
                formatCounted(month.lines, 'record')
              ) : (
                <>
                  {monthWord(lastMonth.name)}:{' '}
                  <Figure source={source} query={lastMonth.query}>
                    <Money micros={lastMonth.costMicros} />
                  </Figure>
                </>
              )
            }
          />
        </Item>
        <Item label={`${name} forecast`} badge={forecast !== null && <EstimateBadge how={forecast.how} />}>
          {forecast === null ? (
            <>
              <span className="cx-big cx-none">–</span>
              <p className="cx-sub">{noForecast}</p>
            </>
          ) : (
            <>
              <span className="cx-big">
                <Figure source={source} query={month.query} label={`Show the records of ${name} so far`}>
                  ≈ {roughMoney(forecast.micros)}
                </Figure>
              </span>
              <p className="cx-sub">
                between {roughMoney(forecast.lowMicros)} and {roughMoney(forecast.highMicros)}
              </p>
              <p className="cx-sub">
                <button
                  type="button"
                  className="cx-how"
                  aria-expanded={how}
                  onClick={() => setHow((now) => !now)}
                >
                  {how ? 'Hide how' : 'How it is made'}
                </button>
              </p>
            </>
          )}
        </Item>
        <Item
          label="Saved by cache"
          badge={<EstimateBadge how="Cached tokens at nine tenths of the input price" />}
        >
          <span className="cx-big">
            <Figure source={source} query={cache.hit === 0 ? null : cache.query}>
              <Money micros={cache.savedMicros} estimate />
            </Figure>
          </span>
          <p className="cx-sub">
            {cache.hitPercent === null
              ? 'no cacheable tokens'
              : `${cache.hitPercent.toFixed(1)}% of cacheable tokens`}
          </p>
          <p className="cx-sub">{formatCounted(daysOf(inner.range), 'day')}</p>
        </Item>
      </dl>
      {children}
      {how && forecast !== null && <p className="cx-how-text">{forecast.how}</p>}
    </header>
  );
}

type ItemProps = { readonly label: string; readonly badge?: ReactNode; readonly children: ReactNode };

function Item({ label, badge, children }: ItemProps) {
  return (
    <div className="cx-figure">
      <dt>
        {label}
        {badge}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Big({ source, query, micros }: { source: string; query: string; micros: number }) {
  return (
    <span className="cx-big">
      <Figure source={source} query={query}>
        <Money micros={micros} />
      </Figure>
    </span>
  );
}

const PERIOD = { day: 'daily', month: 'monthly' } as const;

/** Goes to the caps further down, and puts the focus there. */
function showCaps(): void {
  const first = document.querySelector<HTMLElement>('[aria-labelledby="cx-caps"] button');
  first?.focus();
  first?.closest('section')?.scrollIntoView({ block: 'start' });
}

type CapLineProps = {
  readonly source: string;
  readonly gauges: readonly CapGauge[];
  readonly otherwise: ReactNode;
};

/** Of one agent its cap; of several how many have reached theirs. Caps are per agent: there is none of all together. */
function CapLine({ source, gauges, otherwise }: CapLineProps) {
  const capped = gauges.filter(({ capMicros }) => capMicros !== null);
  const only = gauges.length === 1 ? capped[0] : undefined;
  if (only !== undefined) {
    return (
      <>
        <p className={`cx-sub ${only.fired ? 'cx-over' : ''}`}>
          <Figure source={source} query={only.query} label="Show the records that the cap counts">
            {roughMoney(only.spentMicros)}
          </Figure>{' '}
          of {roughMoney(only.capMicros ?? 0)} {PERIOD[only.period]} cap
        </p>
        <CapBar gauge={only} />
      </>
    );
  }
  if (capped.length === 0) return <p className="cx-sub">{otherwise}</p>;
  const over = capped.filter(({ fired }) => fired);
  return (
    <>
      <p className="cx-sub">{otherwise}</p>
      <p className={`cx-sub ${over.length > 0 ? 'cx-over' : ''}`}>
        <button type="button" className="figure" title="Show the caps" onClick={showCaps}>
          {over.length === 0
            ? `no agent is at its ${PERIOD[capped[0]?.period ?? 'day']} cap`
            : `${over.length} of ${gauges.length} agents at the ${PERIOD[capped[0]?.period ?? 'day']} cap`}
        </button>
      </p>
    </>
  );
}
