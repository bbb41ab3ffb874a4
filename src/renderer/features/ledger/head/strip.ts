import type { LedgerOverview, ReportSummary } from '../../../../contract/ledger.ts';
import { formatCount } from '../../../ui/format.ts';
import type { ChainBreak, Trust } from '../chain/trust.ts';

/** A part of the bar, as long as its share of the entries. `cut`: nothing is there any more. */
export type Stretch = { readonly is: 'proved' | 'open' | 'doubted' | 'cut'; readonly share: number };

/** What the chain strip says: parts in order, each with how much of all entries it stands for. */
export type Strip = {
  readonly state: 'unchecked' | 'stale' | 'whole' | 'broken' | 'empty';
  /** the part that was proved, in words; empty: none was */
  readonly verified: string;
  readonly broken: string;
  /** only what AEX does itself, such as deleting an agent */
  readonly mild: boolean;
  readonly rest: string;
  /** from the first entry to the last; between two of them lies a break */
  readonly bar: readonly Stretch[];
  /** the entry that `broken` is about, where it exists */
  readonly seq: number | null;
};

const NOTHING = { verified: '', broken: '', mild: false, rest: '', bar: [], seq: null } as const;

type Overview = Pick<LedgerOverview, 'counts' | 'first' | 'last'>;

/** What is known of the chain by the last check and its findings; never more than that proved. */
export function stripOf(
  { counts, first, last }: Overview,
  report: ReportSummary | null,
  trust: Trust,
): Strip {
  if (counts.events === 0) return { ...NOTHING, state: 'empty' };
  if (report === null) return { ...NOTHING, state: 'unchecked' };
  if (report.stale) return { ...NOTHING, state: 'stale' };
  const [from, to] = [first?.seq ?? 1, last?.seq ?? counts.events];
  const upTo = counts.events - report.newEntries;
  const later =
    report.newEntries > 0 ? `${formatCount(report.newEntries)} written since, not checked yet` : '';
  const { ok, seq } = report.chain;
  const at = (entry: number) => Math.min(0.98, Math.max(0, (entry - from) / Math.max(1, to - from + 1)));
  const before = (entry: number) => (entry > from ? `${span(from, entry - 1)} verified` : '');
  const { doubtedFrom, tail, breaks } = trust;
  if (!ok && seq === null) {
    return { ...NOTHING, state: 'broken', broken: 'The chain does not verify', rest: later };
  }
  if (ok || seq === null) {
    if (doubtedFrom !== null) {
      return {
        ...NOTHING,
        state: 'broken',
        verified: before(doubtedFrom),
        broken: `not to be trusted from ${formatCount(doubtedFrom)} on`,
        rest: 'their hashes fit, which proves nothing',
        bar: stretches([at(doubtedFrom)], 'doubted'),
        seq: doubtedFrom,
      };
    }
    if (tail !== null) {
      return {
        ...NOTHING,
        state: 'broken',
        verified: `${span(from, tail - 1)} verified`,
        broken: `entries from ${formatCount(tail)} on are missing`,
        rest: later,
        bar: [
          { is: 'proved', share: 0.88 },
          { is: 'cut', share: 0.12 },
        ],
      };
    }
    const share = upTo / counts.events;
    return {
      ...NOTHING,
      state: 'whole',
      verified: upTo === 1 ? '1 entry verified' : `All ${formatCount(upTo)} entries verified`,
      rest: later,
      bar: [{ is: 'proved', share }, ...(share < 1 ? [{ is: 'open' as const, share: 1 - share }] : [])],
    };
  }
  const found = breaks.find((one) => one.seq <= seq) ?? { seq, kind: 'chain-broken' };
  const more = breaks.filter((one) => one.seq > seq);
  const rest = Math.max(0, to - Math.max(seq, found.seq) + (found.kind === 'entry-missing' ? 1 : 0));
  return {
    state: 'broken',
    verified: before(found.seq),
    broken: breakWords(found, seq),
    mild: breaks.length > 0 && breaks.every(({ kind }) => kind === 'agent-deleted'),
    rest:
      rest === 0
        ? ''
        : `${formatCount(rest)} after it ${breaks.length === 0 ? 'not proved' : restWords(more.length, rest)}`,
    bar: stretches(
      [found, ...more].slice(0, MOST_BREAKS).map((one) => at(one.seq)),
      'open',
    ),
    seq: found.kind === 'entry-missing' ? seq : found.seq,
  };
}

/** Breaks that are drawn in the bar. */
const MOST_BREAKS = 8;

const span = (from: number, to: number): string =>
  from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`;

const restWords = (breaks: number, entries: number): string =>
  breaks === 0
    ? `${entries === 1 ? 'follows' : 'follow'} the stored hash`
    : `with ${formatCount(breaks)} more ${breaks === 1 ? 'break' : 'breaks'}`;

/** What is so at the first break; `fails` is the first entry that does not verify. */
function breakWords({ kind, seq }: ChainBreak, fails: number): string {
  switch (kind) {
    case 'entry-missing':
      return fails > seq
        ? `${span(seq, fails - 1)} missing`
        : `an entry is missing before ${formatCount(fails)}`;
    case 'entry-replaced':
      return `${formatCount(seq)} was replaced`;
    case 'agent-deleted':
      return `${formatCount(seq)} can’t be recomputed: its agent was deleted`;
    default:
      return `breaks at ${formatCount(seq)}`;
  }
}

/** From the proved part on, one stretch after each break. */
function stretches(at: readonly number[], is: 'open' | 'doubted'): readonly Stretch[] {
  return [
    { is: 'proved', share: at[0] ?? 0 },
    ...at.map((from, index) => ({ is, share: Math.max(0.01, (at[index + 1] ?? 1) - from) })),
  ];
}
