import type { StretchKind } from '../../../../contract/ledger-chain.ts';
import type { LedgerOverview, ReportSummary } from '../../../../contract/ledger.ts';
import { chainWords, type ChainWord } from '../../../../core/aex/check/chain-words.ts';
import { formatCount } from '../../../ui/format.ts';

/** A part of the bar, with how much of it. `open`: not checked yet. */
export type BarPart = { readonly is: StretchKind | 'open'; readonly share: number };

/** What the chain strip says. */
export type Strip = {
  readonly state: 'unchecked' | 'stale' | 'empty' | 'checked';
  /** in the order of entries */
  readonly words: readonly ChainWord[];
  readonly bar: readonly BarPart[];
};

type Overview = Pick<LedgerOverview, 'counts'>;

/** The least share of a part that nobody may overlook. */
const LEAST = 0.012;
/** Of what was cut off behind all entries, however much that was. */
const MOST_MISSING = 0.25;

/** What is known of the chain by all findings of the last check; never more than that proved. */
export function stripOf({ counts }: Overview, report: ReportSummary | null): Strip {
  if (counts.events === 0 && (report?.picture.stretches.length ?? 0) === 0)
    return { state: 'empty', words: [], bar: [] };
  if (report === null) return { state: 'unchecked', words: [], bar: [] };
  if (report.stale) return { state: 'stale', words: [], bar: [] };
  const { picture, newEntries } = report;
  const later: readonly ChainWord[] =
    newEntries === 0
      ? []
      : [{ text: `${formatCount(newEntries)} written since, not checked yet`, tone: 'note', seq: null }];
  const all = Math.max(1, counts.events);
  const bar = picture.stretches.map(({ is, entries }): BarPart => {
    const share = entries / all;
    if (is === 'missing') return { is, share: Math.min(MOST_MISSING, Math.max(LEAST * 2, share)) };
    return { is, share: Math.max(LEAST, share) };
  });
  return {
    state: 'checked',
    words: [...words(report).map(({ text, tone, seq }) => ({ text: curly(text), tone, seq })), ...later],
    bar: filled(newEntries === 0 ? bar : [...bar, { is: 'open', share: Math.max(LEAST, newEntries / all) }]),
  };
}

/** With shares that come to the whole bar. */
function filled(bar: readonly BarPart[]): readonly BarPart[] {
  const sum = bar.reduce((all, { share }) => all + share, 0);
  return bar.map(({ is, share }) => ({ is, share: share / sum }));
}

/** Where every hash fits and something is wrong all the same, it is of what no hash covers: then nothing is called verified. */
function words({ picture, errors }: ReportSummary): readonly ChainWord[] {
  const [only] = picture.stretches;
  if (errors === 0 || picture.stretches.length !== 1 || only?.is !== 'verified') return chainWords(picture);
  const text = `All ${formatCount(only.entries)} hashes fit, but they do not cover what is wrong`;
  return [{ text, tone: 'note', seq: null }];
}

const curly = (text: string): string => text.replaceAll("'", '’');
