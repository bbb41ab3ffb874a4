import type { CapGauge } from '../../../../contract/costs.ts';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Figure } from '../../runs/Figure.tsx';
import { roughMoney } from '../chart/axis.ts';
import { monthWord } from '../ranges.ts';
import { CapBar } from './CapBar.tsx';
import { CapDetail } from './CapDetail.tsx';
import { byNeed, gaugesOf, unknownOf } from './gauges.ts';
import './caps.css';

type Props = {
  readonly source: string;
  readonly today: string;
  readonly caps: readonly CapGauge[];
  readonly range: { readonly from: string; readonly to: string };
  /** the agent whose caps are open */
  readonly open: string | null;
  readonly onOpen: (agent: string | null) => void;
};

/** Spending of each agent against its caps, nearest to a cap first; one of them can be opened to try another cap. */
export function CapGrid({ source, today, caps, range, open, onOpen }: Props) {
  const agents = byNeed(gaugesOf(caps));
  const alone = agents.length === 1;
  const shown = alone ? (agents[0] ?? null) : (agents.find(({ agent }) => agent === open) ?? null);
  const periods = { day: 'Today', month: monthWord(today) };
  if (agents.length === 0) return <p className="cx-lead">No agent here has settings to read caps from.</p>;
  return (
    <>
      <ul className="cp-grid">
        {agents.map((one) => (
          <li key={one.agent} className={one === shown ? 'cp-open' : ''}>
            <p className="cp-name">
              <bdi className="truncate" title={visibleText(one.agent)}>
                {visibleText(one.agent)}
              </bdi>
              {!alone && (
                <button
                  type="button"
                  className="cx-link"
                  aria-expanded={one === shown}
                  onClick={() => onOpen(one === shown ? null : one.agent)}
                >
                  {one === shown ? 'Close' : 'Try another cap'}
                  <span className="visually-hidden"> of {visibleText(one.agent)}</span>
                </button>
              )}
            </p>
            {one.gauges.map((gauge) => (
              <Gauge key={gauge.period} source={source} gauge={gauge} name={periods[gauge.period]} />
            ))}
            {unknownOf(one) !== null && <p className="cp-unknown">{visibleText(unknownOf(one) ?? '')}</p>}
          </li>
        ))}
      </ul>
      {shown !== null && <CapDetail source={source} today={today} range={range} caps={shown} />}
      <p className="visually-hidden">{formatCount(agents.length)} agents</p>
    </>
  );
}

/** One cap: what is spent of it, as a bar and in words. */
export function Gauge({ source, gauge, name }: { source: string; gauge: CapGauge; name: string }) {
  const { spentMicros, capMicros, fired, query } = gauge;
  return (
    <div className="cp-gauge">
      <p>
        <span>{name}</span>
        {gauge.unknown !== null && <Badge tone="warn">unknown</Badge>}
        {fired && <Badge tone="bad">{gauge.action}</Badge>}
        <span className={`cp-spent ${fired ? 'cx-over' : ''}`}>
          <Figure source={source} query={query} label="Show the records that the cap counts">
            {roughMoney(spentMicros)}
          </Figure>
          {capMicros === null ? ', no cap' : ` of ${roughMoney(capMicros)}`}
        </span>
      </p>
      <CapBar gauge={gauge} />
    </div>
  );
}
