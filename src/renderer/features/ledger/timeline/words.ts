import type { GoneRow } from '../../../../contract/ledger-chain.ts';
import type { FindingRef } from '../../../../contract/ledger-report.ts';
import type { RecordState, ReservationBar } from '../../../../contract/ledger-timeline.ts';
import { stretchWord } from '../../../../core/aex/check/chain-words.ts';
import {
  formatClock,
  formatCount,
  formatCounted,
  formatDate,
  formatDateTime,
  formatDateTimeExact,
  formatMoney,
  formatSpan,
  type Zone,
} from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { goneSteps, goneWhich } from '../statement/gone-words.ts';
import type { Cluster, MarkKind } from './clusters.ts';
import type { RecordRun } from './record.ts';
import type { Span } from './span.ts';

const ONE: Readonly<Record<MarkKind, readonly [string, string]>> = {
  finding: ['finding', 'findings'],
  missing: ['gap', 'gaps'],
  overrun: ['overrun', 'overruns'],
  denied: ['denial', 'denials'],
  failed: ['failure', 'failures'],
  lifecycle: ['change of state', 'changes of state'],
};

/** The name of a kind of mark, for the legend. */
export const MARK_NAMES: Readonly<Record<MarkKind, string>> = {
  finding: 'finding',
  missing: 'missing',
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
  if (cluster.mark?.gone !== undefined) return `${goneWords(cluster.mark.gone)} About ${when}.`;
  if (cluster.mark !== null) return `${sentence(cluster.mark.text)} Entry ${cluster.mark.seq}, ${when}.`;
  const parts = cluster.kinds.map(({ kind, count }) =>
    kind === 'missing' && cluster.goneCount > 0
      ? `${formatCounted(cluster.goneCount, 'entry', 'entries')} missing${count > 1 ? ` in ${count} places` : ''}`
      : formatCounted(count, ...ONE[kind]),
  );
  return `${parts.join(', ')}, from ${when}.`;
}

/** What is missing at a place, and what it was as far as that is known. */
function goneWords(gone: GoneRow): string {
  const told = goneSteps(gone);
  const known = gone.entries.length > 0 && gone.entries.every(({ hash }) => hash !== null);
  const many = gone.count === 1 ? 'Entry' : gone.to < gone.from ? '' : 'Entries';
  const which = `${many} ${goneWhich(gone)}`.trim();
  if (told.length === 0) return `${which}; no other record says what stood there.`;
  return `${which}; ${known ? 'proved to be' : 'by other records'}: ${told.slice(0, 3).join('; ')}.`;
}

/** A stretch of the record in words: `Entries 7 to 13: hashed anew, not trusted.` */
export function runWords(run: RecordRun, zone: Zone): string {
  const { firstSeq, lastSeq, from } = run;
  const which =
    firstSeq === lastSeq
      ? `Entry ${formatCount(firstSeq)}`
      : `Entries ${formatCount(firstSeq)} to ${formatCount(lastSeq)}`;
  return `${which}: ${recordWord(run)}, from ${formatDateTime(from, zone)}.`;
}

/** What is so of entries, in the words of the chain's bar. */
export const recordWord = ({ is, by }: RecordState): string =>
  is === 'open' ? 'not checked yet' : stretchWord(is, by).replaceAll("'", '\u2019');

/** Stretches that are told one by one to who cannot see the band. */
const MOST_RUNS = 8;

/** The band of the record as one sentence. */
export function recordWords(runs: readonly RecordRun[]): string {
  if (runs.length === 0) return '';
  const told = runs.slice(0, MOST_RUNS).map((run) => {
    const { firstSeq, lastSeq } = run;
    const which =
      firstSeq === lastSeq ? formatCount(firstSeq) : `${formatCount(firstSeq)} to ${formatCount(lastSeq)}`;
    return `${which} ${recordWord(run)}`;
  });
  const more = runs.length - told.length;
  return `Chain, by entries: ${told.join('; ')}${more > 0 ? `; and ${formatCounted(more, 'more stretch', 'more stretches')}` : ''}.`;
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

/** Where a finding is, in a few words: `entry 6`, `missing entry 7`, `the budget of solo`. */
export function placeOfFinding({ kind, seq, agent }: FindingRef): string {
  const whose = agent === null ? '' : ` of ${visibleText(agent).slice(0, 40)}`;
  switch (kind) {
    case 'entry-missing':
      return `what is missing at ${seq === null ? 'a gap' : formatCount(seq)}`;
    case 'tail-missing':
      return `what is missing from ${seq === null ? 'the end' : formatCount(seq)} on`;
    case 'budget-differs':
      return `the budget${whose}`;
    case 'spent-differs':
      return `the spent counter${whose}`;
    case 'reserved-differs':
      return `the reserved counter${whose}`;
    case 'seen-longer':
    case 'seen-other':
    case 'seen-restored':
      return 'an earlier look at this file';
    default:
      return seq === null ? `a finding${whose}` : `entry ${formatCount(seq)}`;
  }
}
