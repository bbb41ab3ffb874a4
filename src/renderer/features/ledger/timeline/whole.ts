import type { Account, BurnEstimate } from '../../../../contract/ledger.ts';
import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import { momentAt, shownBefore, type Span } from './span.ts';

/** How much of the picture lies behind the last entry: a little, or what a forecast needs. */
const MARGIN = 0.015;
const FORECAST_MARGIN = 0.12;

/** The whole window: all entries, a margin, and room for a forecast where there is one. */
export function wholeSpan(timeline: LedgerTimeline, forecast: Forecast | null): Span | null {
  const { wholeFromMicros: from, wholeToMicros: to, stretches } = timeline;
  if (from === null || to === null) return null;
  const shown = Math.max(1_000_000, shownBefore(stretches, to) - shownBefore(stretches, from));
  const end = shownBefore(stretches, to);
  const toEnd = forecast === null ? 0 : (forecast.available / forecast.microPerHour) * 3600e6;
  const after = Math.max(shown * MARGIN, Math.min(shown * FORECAST_MARGIN, toEnd * 1.1));
  return {
    from: momentAt(stretches, shownBefore(stretches, from) - shown * MARGIN),
    to: momentAt(stretches, end + after),
  };
}

/** A forecast that can be drawn: an estimate from the last settlements. */
export type Forecast = {
  readonly microPerHour: number;
  readonly atMicros: number;
  readonly available: number;
  /** what the end of the money is estimated from: by the row of the account */
  readonly leftMicro: number;
  readonly burn: BurnEstimate;
};

/** The forecast of one account; null where it can't be known: nothing was spent lately, or several accounts are shown. */
export function forecastOf(
  accounts: readonly Account[],
  agent: string | null,
  timeline: LedgerTimeline,
): Forecast | null {
  const account =
    agent === null
      ? accounts.length === 1
        ? accounts[0]
        : undefined
      : accounts.find(({ name }) => name === agent);
  const burn = account?.burn ?? null;
  const end = timeline.wholeToMicros;
  if (account === undefined || burn === null || burn.microPerHour <= 0 || end === null) return null;
  const spent = account.replayed ?? account;
  const available = account.budgetMicro - spent.spentMicro - spent.reservedMicro;
  const leftMicro = account.budgetMicro - account.spentMicro - account.reservedMicro;
  return available <= 0
    ? null
    : { microPerHour: burn.microPerHour, atMicros: end, available, leftMicro, burn };
}

/** From the first entry to the last one, without the margins of the picture. */
export const recordSpan = ({ wholeFromMicros, wholeToMicros }: LedgerTimeline, span: Span): Span => ({
  from: wholeFromMicros ?? span.from,
  // the last second is the one it ends with
  to: wholeToMicros === null ? span.to : Math.max(wholeFromMicros ?? 0, wholeToMicros - 1_000_000),
});
