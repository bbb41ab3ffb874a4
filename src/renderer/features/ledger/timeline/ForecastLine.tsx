import { useState } from 'react';
import type { FindingRef } from '../../../../contract/ledger-report.ts';
import type { BurnEstimate } from '../../../../contract/ledger.ts';
import { findingKey, showEntries } from '../../../state/ledgers.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCounted, formatDateTime, formatMoney, type Zone } from '../../../ui/format.ts';
import { roughMoney } from '../../costs/chart/axis.ts';
import { Findings } from './ProvedLine.tsx';
import type { Forecast } from './whole.ts';

type Props = {
  readonly source: string;
  readonly agent: string | null;
  readonly forecast: Forecast;
  readonly zone: Zone;
  /** findings that stand beside it already */
  readonly named: readonly FindingRef[];
};

/** A pace that was measured before that is no more than what was then, in microseconds. */
const LONG_AGO = 24 * 3600e6;

/** How fast money went lately and when it would be gone: an estimate that says so, what it rests on, and what touches that. */
export function ForecastLine({ source, agent, forecast: { burn, leftMicro }, zone, named }: Props) {
  const { doubts = [] } = burn;
  const unnamed = doubts.filter((one) => !named.some((other) => findingKey(other) === findingKey(one)));
  const [nowMicros] = useState(() => Date.now() * 1000);
  return (
    <p>
      <Badge>estimate</Badge> ≈ {roughMoney(burn.microPerHour)} an hour by{' '}
      <button type="button" className="figure" onClick={() => showEntries(source, burn.query, agent)}>
        {formatCounted(burn.settlements, 'settlement')}
      </button>{' '}
      in {roughSpan(burn.toMicros - burn.fromMicros)} up to {minute(burn.toMicros, zone)};{' '}
      {endWords(burn, leftMicro, zone, nowMicros)}
      {doubts.length > 0 && (
        <span className="lt-doubt">
          {' '}
          Basis doubted
          {unnamed.length > 0 && (
            <>
              : <Findings source={source} findings={unnamed} count={unnamed.length} />
            </>
          )}
          .
        </span>
      )}
    </p>
  );
}

/** When what is left would be gone, or of a ledger that nothing wrote lately how long it would have lasted. */
export function endWords(
  { exhaustedAtMicros: ends, toMicros }: Pick<BurnEstimate, 'exhaustedAtMicros' | 'toMicros'>,
  leftMicro: number,
  zone: Zone,
  nowMicros: number,
): string {
  const left = formatMoney(Math.max(0, leftMicro));
  if (ends === null) return `${left} would last for more than a hundred years.`;
  if (nowMicros - toMicros > LONG_AGO)
    return `at that pace ${left} would have lasted ≈ ${roughSpan(ends - toMicros)}.`;
  return `at that pace ${left} is gone ≈ ${minute(ends, zone)}.`;
}

const UNITS = [
  ['year', 365.25 * 86_400e6],
  ['day', 86_400e6],
  ['hour', 3600e6],
  ['minute', 60e6],
  ['second', 1e6],
] as const;

/** A stretch of time in one unit, as an estimate has it: `56 minutes`. */
export function roughSpan(micros: number): string {
  const [name, length] = UNITS.find(([, one]) => micros >= 2 * one) ?? UNITS.at(-1)!;
  return formatCounted(Math.max(0, Math.round(micros / length)), name);
}

const minute = (micros: number, zone: Zone): string => formatDateTime(micros, zone).replace(/:\d\d$/, '');
