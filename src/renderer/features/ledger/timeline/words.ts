import type { ReservationBar } from '../../../../contract/ledger-timeline.ts';
import {
  formatClock,
  formatCounted,
  formatDate,
  formatDateTime,
  formatDateTimeExact,
  formatMoney,
  formatSpan,
  type Zone,
} from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { Cluster, MarkKind } from './clusters.ts';
import type { Span } from './span.ts';

const ONE: Readonly<Record<MarkKind, readonly [string, string]>> = {
  finding: ['finding', 'findings'],
  overrun: ['overrun', 'overruns'],
  denied: ['denial', 'denials'],
  failed: ['failure', 'failures'],
  lifecycle: ['change of state', 'changes of state'],
};

/** The name of a kind of mark, for the legend. */
export const MARK_NAMES: Readonly<Record<MarkKind, string>> = {
  finding: 'finding',
  overrun: 'overrun',
  denied: 'denied',
  failed: 'failed',
  lifecycle: 'state changed',
};

/** A window in words: `14:29:00 to 14:45:10`, with days where it has more than one. */
export function spanWords({ from, to }: Span, zone: Zone): string {
  const short = to - from < 3e6;
  const day = formatDate(from, zone);
  if (day === formatDate(to, zone)) {
    const clock = (at: number) =>
      short ? formatDateTimeExact(at, zone).split(', ')[1]?.slice(0, -3) : formatClock(at, zone);
    return `${day}, ${clock(from)} to ${clock(to)}`;
  }
  return to - from > 3 * 86_400e6
    ? `${day} to ${formatDate(to, zone)}`
    : `${formatDateTime(from, zone)} to ${formatDateTime(to, zone)}`;
}

/** A mark or several in words, with what Enter does. */
export function clusterWords(cluster: Cluster, zone: Zone): string {
  const when = formatDateTime(cluster.mark?.atMicros ?? cluster.from, zone);
  if (cluster.mark !== null) return `${sentence(cluster.mark.text)} Entry ${cluster.mark.seq}, ${when}.`;
  const parts = cluster.kinds.map(({ kind, count }) => formatCounted(count, ...ONE[kind]));
  return `${parts.join(', ')}, from ${when}.`;
}

const sentence = (text: string): string => {
  const shown = visibleText(text.slice(0, 300));
  return /[.?]$/.test(shown) ? shown : `${shown}.`;
};

/** One reservation in words. */
export function barWords(bar: ReservationBar, zone: Zone): string {
  const from = formatDateTime(bar.fromMicros, zone);
  const held = bar.toMicros === null ? '' : `, held ${formatSpan(bar.toMicros - bar.fromMicros)}`;
  return `${formatMoney(bar.estimatedMicro)} reserved ${from}${held}. ${outcomeWords(bar)}`;
}

/** How a reservation ended. */
export function outcomeWords(bar: ReservationBar): string {
  switch (bar.outcome) {
    case 'spent':
      return `${formatMoney(bar.costMicro ?? 0)} spent${bar.overrun ? ', more than was reserved' : ''}.`;
    case 'released':
      return 'Released, nothing spent.';
    case 'expired':
      return 'Still open, past its expiry.';
    case 'open':
      return 'Still open.';
    default:
      return bar.outcome satisfies never;
  }
}
