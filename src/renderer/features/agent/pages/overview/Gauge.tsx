import type { CapGauge } from '../../../../../contract/costs.ts';
import { capMoney } from '../../parts/cap-money.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure, Money } from '../../../runs/Figure.tsx';
import { useScene } from '../../scene.ts';

/** What was spent of a day's or month's cap, with the thresholds of warnings (§6). */
export function Gauge({ gauge }: { readonly gauge: CapGauge }) {
  const { source } = useScene();
  const { capMicros, spentMicros, thresholds, fired } = gauge;
  // with its guardrails off the runtime looks at no cap, whatever the files say
  const checked = gauge.caps.length === 0 || gauge.caps.some(({ inForce }) => inForce);
  const share = capMicros === null || capMicros === 0 ? null : spentMicros / capMicros;
  const reached = thresholds.some((threshold) => threshold.reached);
  const tone = !checked ? 'off' : fired ? 'bad' : reached ? 'warn' : 'plain';
  const name = gauge.period === 'day' ? 'Today' : 'This month';
  return (
    <div className={`ov-gauge ov-gauge-${tone}`}>
      <div className="ov-gauge-line">
        <span>{name}</span>
        <span className="ov-gauge-sum">
          <Figure source={source} query={gauge.query} label={`${name}: the records`}>
            <Money micros={spentMicros} />
          </Figure>
          <span className="ag-muted">
            {' '}
            {capMicros === null
              ? 'no cap'
              : `of ${capMoney(capMicros)}${checked ? '' : ', which is not checked'}`}
          </span>
        </span>
      </div>
      {capMicros !== null && (
        <div className="ov-gauge-track" aria-hidden>
          <span style={{ width: `${Math.min(100, (share ?? 1) * 100)}%` }} />
          {thresholds.map(({ at }) => (
            <i key={at} style={{ insetInlineStart: `${Math.min(100, at * 100)}%` }} />
          ))}
        </div>
      )}
      <p className="ov-gauge-note">
        {share !== null && `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % of the cap. `}
        {capMicros !== null && checked && `At the cap: ${visibleText(gauge.action)}. `}
        {gauge.capFrom !== null && `From ${visibleText(gauge.capFrom)}.`}
      </p>
      {gauge.caps
        .filter(({ inForce }) => !inForce)
        .map(({ from, micros, why }) => (
          <p key={from} className="ov-gauge-note">
            {visibleText(from)}: {capMoney(micros)}, not in force: {visibleText(why)}
          </p>
        ))}
      {fired && checked && <p className="ag-bad">The cap was reached.</p>}
      {gauge.unknown !== null && <p className="ag-warn">{visibleText(gauge.unknown)}</p>}
    </div>
  );
}
