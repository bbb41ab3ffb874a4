import { showEntries } from '../../../state/ledgers.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCounted, formatDateTime, type Zone } from '../../../ui/format.ts';
import { roughMoney } from '../../costs/chart/axis.ts';
import type { Forecast } from './whole.ts';

type Props = {
  readonly source: string;
  readonly agent: string | null;
  readonly forecast: Forecast;
  readonly zone: Zone;
};

/** How fast money went lately and when it would be gone: an estimate that says so. */
export function ForecastLine({ source, agent, forecast: { burn }, zone }: Props) {
  return (
    <p className="lt-forecast">
      <span>
        ≈ {roughMoney(burn.microPerHour)} an hour by the last{' '}
        <button type="button" className="figure" onClick={() => showEntries(source, burn.query, agent)}>
          {formatCounted(burn.settlements, 'settlement')}
        </button>
        {burn.exhaustedAtMicros === null
          ? ', which would last for more than a hundred years'
          : `; at that rate money ends ≈ ${formatDateTime(burn.exhaustedAtMicros, zone).replace(/:\d\d$/, '')}`}
      </span>
      <Badge>estimate</Badge>
    </p>
  );
}
