import type { LedgerFacet, LedgerFacetKey } from '../../../../contract/ledger.ts';
import { parseLedgerQuery } from '../../../../core/aex/query/query.ts';
import { LEDGER_QUERY_KEYS } from '../../../../core/aex/query/words.ts';
import { formatCounted } from '../../../ui/format.ts';
import type { FilterLanguage } from '../../graph/filter/language.ts';
import type { Suggestion } from '../../graph/filter/suggest.ts';
import { chipOf, suggestTerms, termLanguage, type TermWords } from '../../graph/filter/term-language.ts';

/** Values of keys that are known, by key. */
export type KnownValues = Readonly<Partial<Record<LedgerFacetKey, readonly LedgerFacet[]>>>;

const wordsWith = (values: KnownValues): TermWords<LedgerFacetKey> => ({
  label: 'Filter entries',
  placeholder: 'is: type: model: day: or text',
  keys: LEDGER_QUERY_KEYS,
  meant: ['is', 'agent', 'model', 'outcome', 'type', 'reason', 'tool'],
  problem: (query) => parseLedgerQuery(query).problems[0]?.message ?? null,
  known: (facet) =>
    (values[facet] ?? []).map(({ value, entries }) => ({
      value,
      count: formatCounted(entries, 'entry', 'entries'),
    })),
  short: shortValue,
});

/** The hash of an execution loses its end. */
const shortValue = (key: string, value: string): string =>
  key === 'execution' && /^[0-9a-f]{32,}$/.test(value) ? value.slice(0, 8) : value;

/** The language of queries over entries of a ledger, with the values that they have. */
export const ledgerLanguage = (values: KnownValues): FilterLanguage => termLanguage(wordsWith(values));

/** What fits the term that is being typed, best first. */
export const suggestionsAt = (text: string, caret: number, values: KnownValues): readonly Suggestion[] =>
  suggestTerms(wordsWith(values), text, caret);

/** A term as its chip shows it. */
export const chipText = (term: string): { readonly key: string; readonly value: string } =>
  chipOf(term, shortValue);
