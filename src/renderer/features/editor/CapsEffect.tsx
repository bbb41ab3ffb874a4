import type { CapGauge } from '../../../contract/costs.ts';
import { formatCount, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { capMoney } from '../agent/parts/cap-money.ts';

/** Periods that are listed; those in which a cap is reached come first. */
const LISTED = 6;

/** What was spent against the caps as they are typed: whether an agent would be stopped at once (§2.3, §6). */
export function CapsEffect({ caps }: { readonly caps: readonly CapGauge[] }) {
  const capped = caps
    .filter(({ capMicros }) => capMicros !== null)
    .toSorted((a, b) => Number(reached(b)) - Number(reached(a)));
  if (caps.length === 0) return null;
  return (
    <ul className="ew-caps" aria-label="Spending against these caps">
      {capped.length === 0 && <li>With this text no cap holds.</li>}
      {capped.slice(0, LISTED).map((gauge) => (
        <li key={`${gauge.agent} ${gauge.period}`} className={reached(gauge) ? 'ew-bad' : ''}>
          {words(gauge)}
        </li>
      ))}
      {capped.length > LISTED && <li>{formatCount(capped.length - LISTED)} more</li>}
    </ul>
  );
}

const checked = ({ caps }: CapGauge): boolean => caps.some(({ inForce }) => inForce);
const reached = (gauge: CapGauge): boolean => gauge.fired && checked(gauge);

function words(gauge: CapGauge): string {
  const { agent, period, spentMicros, capMicros, action } = gauge;
  const when = period === 'day' ? 'today' : 'this month';
  const sum = `${visibleText(agent)} ${when}: ${formatMoney(spentMicros)} of ${capMoney(capMicros ?? 0)}`;
  if (!checked(gauge)) return `${sum}, not checked: its guardrails are off`;
  if (!gauge.fired) return sum;
  return `${sum}: the cap is reached, ${ACTIONS[action] ?? visibleText(action)}`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  skip: 'the next run would be skipped',
  fallback: 'the next run would use the fallback model',
  alert: 'the next run would only be warned about',
};
