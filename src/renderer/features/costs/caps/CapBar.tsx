import type { CapGauge } from '../../../../contract/costs.ts';

/** Spending against a cap, with a mark at each threshold. The words beside it say the same. */
export function CapBar({ gauge }: { readonly gauge: CapGauge }) {
  const { spentMicros, capMicros, thresholds, fired } = gauge;
  if (capMicros === null) return null;
  const share = capMicros === 0 ? 1 : Math.min(1, spentMicros / capMicros);
  const warned = thresholds.some(({ reached }) => reached);
  return (
    <span className={`cp-bar ${fired ? 'cp-bar-over' : warned ? 'cp-bar-warn' : ''}`} aria-hidden>
      <span className="cp-fill" style={{ width: `${share * 100}%` }} />
      {thresholds.map(({ at }) => (
        <span key={at} className="cp-mark" style={{ insetInlineStart: `${at * 100}%` }} />
      ))}
    </span>
  );
}
