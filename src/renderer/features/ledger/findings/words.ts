import type { LedgerFinding, LedgerFindingKind, Sureness } from '../../../../contract/ledger-report.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { moneyWords } from '../told.ts';

type About = {
  readonly entry: string;
  /** with their verb */
  readonly entries: string;
  /** where they are more than one */
  readonly several: string | null;
  /** how many, where they are all there were */
  readonly all: number | null;
  readonly expected: string | null;
  readonly agent: string;
  readonly execution: string;
};

const ANY_ENTRY = 'An entry';
const ANY_CALL = 'a call';

/** What is so, in a few words; the evidence follows it in the finding's own message. */
const TITLES: Readonly<Record<LedgerFindingKind, (about: About) => string>> = {
  'entry-altered': ({ entry, several }) =>
    several === null
      ? `${entry} was changed after it was written`
      : `${several} were changed after they were written`,
  'entry-respelled': ({ entry }) => `The text of ${lower(entry)} was respelled; no value changed`,
  'entry-replaced': ({ entry }) => `${entry} was replaced and hashed anew`,
  'entry-missing': ({ entries }) => `${entries} missing`,
  'tail-missing': ({ entries, all }) =>
    all === null
      ? `${entries} missing at the end`
      : `All ${formatCounted(all, 'entry', 'entries')} were removed`,
  'entries-reordered': ({ entry }) =>
    `Entries stand in another order than they were written in, at ${lower(entry)}`,
  'chain-broken': ({ entry }) => `The chain breaks at ${lower(entry)}`,
  'agent-deleted': () => 'An agent was deleted, which broke the chain',
  'amount-differs': ({ entry }) => `${entry} contradicts the other records of its call`,
  'agent-differs': ({ entry, several, agent, execution }) =>
    entry === ANY_ENTRY
      ? `The agent ${agent} has several names`
      : several === null
        ? `${entry} names another agent than its execution`
        : `Execution ${execution} was given to another agent`,
  'time-differs': ({ entry }) => `${entry} has another time than the other records of its call`,
  'clock-back': ({ entry, several }) =>
    several === null
      ? `${entry} is dated before the one it follows`
      : `${several} are dated ahead of those around them`,
  'execution-differs': ({ execution, expected }) => {
    if (/^(completion tokens|prompt tokens|model|answer) /.test(expected ?? ''))
      return `The stored answer of execution ${execution} was changed`;
    if (expected?.startsWith('state ') === true) return `The state of execution ${execution} was changed`;
    return `Execution ${execution} contradicts the other records of its call`;
  },
  'reservation-differs': ({ execution }) =>
    `The reservation of ${execution} contradicts the other records of its call`,
  'row-missing': ({ execution }) =>
    execution === ANY_CALL ? 'Records are missing' : `A record of ${execution} is missing`,
  'stream-differs': () => 'The older event stream disagrees with the chained log',
  'budget-differs': ({ agent }) => `The budget of ${agent} is not the one that a denial proves`,
  'spent-differs': ({ agent }) => `What ${agent} spent is not what its entries add up to`,
  'reserved-differs': ({ agent }) => `What ${agent} has reserved is not what its entries add up to`,
  'tokens-differ': ({ agent }) => `The tokens of ${agent} are not what its entries add up to`,
  'lifecycle-differs': ({ agent }) => `The state of ${agent} is not what its transitions lead to`,
  'rate-window-differs': ({ agent }) => `The rate window of ${agent} is not what its requests allow`,
  'limit-differs': ({ agent }) => `The rate limit of ${agent} is not the one a refusal names`,
  'activity-differs': ({ agent }) => `The last activity of ${agent} is not its last entry`,
  'price-differs': ({ entry }) => `The cost of ${lower(entry)} is not tokens times price`,
  'identity-differs': ({ execution }) =>
    execution === ANY_CALL
      ? 'A hash is not the one that can be computed again'
      : `A hash of ${execution} is not the one that can be computed again`,
  'entry-unknown': ({ entry }) => `${entry} is not one that AEX 2.0 writes there`,
  'value-unreadable': ({ entry }) => `A value of ${lower(entry)} can’t be read`,
  'seen-longer': () => 'The ledger was longer when it was last seen',
  'seen-other': () => 'The ledger had other entries when it was last seen',
  'seen-restored': () => 'An older copy of the ledger was put back',
  'invariant-failed': () => 'A check of AEX itself fails',
  'reservation-open': ({ execution }) => `The reservation of ${execution} is open`,
  'reservation-expired': ({ execution }) => `The reservation of ${execution} is open past its expiry`,
  'execution-interrupted': ({ execution }) => `Execution ${execution} was interrupted`,
  'spent-unrecorded': ({ agent }) => `Calls of ${agent} may have been paid for without being charged to it`,
  'file-damaged': ({ expected }) =>
    expected === null ? 'The file itself is damaged' : `The ${expected} is missing`,
  more: () => 'More of the same',
};

/** Something without an entry, agent or execution is still named. */
export function findingTitle({ kind, seq, executionId, agent, range, expected }: LedgerFinding): string {
  const entry = seq === null ? ANY_ENTRY : `Entry ${formatCount(seq)}`;
  const several = range === undefined || range.from === range.to ? null : rangeWords(range);
  return TITLES[kind]({
    entry,
    entries: several === null ? `${entry} is` : `${several} are`,
    several,
    all: range === undefined || range.from !== 1 || range.to === 1 ? null : range.to,
    expected,
    agent: agent === null ? 'an agent' : short(agent, 40),
    execution:
      executionId === null ? (seq === null ? ANY_CALL : `entry ${formatCount(seq)}`) : short(executionId, 12),
  });
}

const rangeWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `Entries ${formatCount(from)} ${to === from + 1 ? 'and' : 'to'} ${formatCount(to)}`;

/** Notices by their titles, so that what they are about is known without opening them: the first ones, with how many of each. */
export function noticeWords(notices: readonly LedgerFinding[]): string {
  const counts = new Map<string, number>();
  for (const finding of notices.slice(0, MOST_NOTICES)) {
    const title = findingTitle(finding);
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts]
    .slice(0, 3)
    .map(([title, count]) => (count === 1 ? title : `${title} (${formatCount(count)})`))
    .join(' · ');
}

const MOST_NOTICES = 200;

/** The evidence of a finding: its message without a beginning that only says its title again. */
export function findingEvidence(finding: LedgerFinding): string {
  const message = moneyWords(finding.message);
  const title = plain(findingTitle(finding));
  for (const end of ['. ', ': ']) {
    const at = message.indexOf(end);
    if (at < 0 || plain(message.slice(0, at)) !== title) continue;
    const rest = message.slice(at + 2).trim();
    return rest.charAt(0).toUpperCase() + rest.slice(1);
  }
  return message;
}

/** After these nothing that follows can be trusted either; of other findings only the entry itself is concerned. */
const FROM_HERE: ReadonlySet<LedgerFindingKind> = new Set([
  'entry-replaced',
  'entry-missing',
  'tail-missing',
  'chain-broken',
  'amount-differs',
  'seen-longer',
  'seen-other',
]);
const ONLY_HERE: ReadonlySet<LedgerFindingKind> = new Set([
  'entry-altered',
  'entry-respelled',
  'agent-differs',
  'time-differs',
  'price-differs',
  'entry-unknown',
  'value-unreadable',
]);

/** Which entries can't be trusted: from one on, or one alone; null where no entry is concerned. */
export function doubtOf({
  kind,
  since,
  range,
  onward = false,
}: LedgerFinding): { readonly seq: number; readonly words: string } | null {
  if (since === null) return null;
  if (onward || FROM_HERE.has(kind)) return { seq: since, words: `From entry ${formatCount(since)} on` };
  if (!ONLY_HERE.has(kind)) return null;
  const several = range === undefined || range.from === range.to ? null : rangeWords(range);
  return { seq: since, words: `${several ?? `Entry ${formatCount(since)}`} alone` };
}

/** A sentence without what only its form makes different. */
const plain = (text: string): string => text.toLowerCase().replaceAll(',', '');

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** An id that is a hash loses its end, as everywhere; a name that a caller chose keeps more of it. */
function short(text: string, most: number): string {
  if (/^[0-9a-f]{32,}$/.test(text)) return text.slice(0, 8);
  const seen = Array.from(visibleText(text.slice(0, 400)));
  return seen.length > most ? `${seen.slice(0, most - 1).join('')}…` : seen.join('');
}

export const SURE_WORDS: Readonly<Record<Sureness, string>> = {
  proved: 'Proved: it was recomputed, and nothing else fits',
  likely: 'Likely: most records say so',
  possible: 'Possible: it may have another reason',
};
