import type { LedgerFacet, LedgerFacetKey } from '../../../../contract/ledger.ts';
import { parseLedgerQuery } from '../../../../core/aex/query/query.ts';
import { LEDGER_QUERY_KEYS, type QueryKey } from '../../../../core/aex/query/words.ts';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../../graph/cut.ts';
import type { FilterLanguage } from '../../graph/filter/language.ts';
import type { Suggestion } from '../../graph/filter/suggest.ts';
import { partsOf, plainValue, quoted, termAt } from '../../graph/filter/terms.ts';

/** More of a value does not stand on a chip; its title has the whole. */
const MOST_OF_CHIP = 36;
/** A list longer than this is not read; the rest comes with more letters. */
const MOST = 14;
/** The contract's limit of a query. */
const MAX_QUERY = 10_000;

/** Values of keys that are known, by key. */
export type KnownValues = Readonly<Partial<Record<LedgerFacetKey, readonly LedgerFacet[]>>>;

const KEYS: readonly QueryKey[] = LEDGER_QUERY_KEYS;

/** The language of queries over entries of a ledger, with the values that they have. */
export const ledgerLanguage = (values: KnownValues): FilterLanguage => ({
  label: 'Filter entries',
  placeholder: 'is: type: model: day: or text',
  maxLength: MAX_QUERY,
  lenient: true,
  suggest: (text, caret) => suggestionsAt(text, caret, values),
  chip: chipText,
  errors: (terms) => terms.map(problemOf),
  whole: problemOf,
});

const problemOf = (text: string): string | null => parseLedgerQuery(text).problems[0]?.message ?? null;

/** What fits the term that is being typed, best first. */
export function suggestionsAt(text: string, caret: number, values: KnownValues): readonly Suggestion[] {
  const term = termAt(text, caret);
  const typed = term === null ? '' : text.slice(term.at, caret);
  return suggestionsFor(typed, values)
    .filter((found) => found.term !== term?.text)
    .slice(0, MOST);
}

const suggestion = (term: string, detail: string, done: boolean): Suggestion => ({
  term,
  detail,
  done,
  lane: null,
});

function suggestionsFor(typed: string, values: KnownValues): readonly Suggestion[] {
  const { key, value } = partsOf(typed);
  const bare = key.replace(/^-/, '');
  if (bare === '') return wordTerms(typed, values);
  const known = KEYS.find((one) => one.key === bare);
  if (known === undefined) return [];
  const comma = value.startsWith('"') ? -1 : value.lastIndexOf(',');
  const begun = `${key}:${value.slice(0, comma + 1)}`;
  const wanted = plainValue(value.slice(comma + 1)).toLowerCase();
  const words = known.values
    .filter((word) => word.value.startsWith(wanted))
    .map((word) => suggestion(begun + word.value, word.help, true));
  return [...words, ...facetTerms(known, begun, wanted, values)];
}

function facetTerms(
  { facet, values: words }: QueryKey,
  begun: string,
  wanted: string,
  values: KnownValues,
): readonly Suggestion[] {
  if (facet === null) return [];
  return best(values[facet] ?? [], wanted)
    .filter(({ value }) => !words.some((word) => word.value === value))
    .map(({ value, entries }) =>
      suggestion(begun + quoted(value), formatCounted(entries, 'entry', 'entries'), true),
    );
}

function wordTerms(typed: string, values: KnownValues): readonly Suggestion[] {
  const minus = typed.startsWith('-') ? '-' : '';
  const word = typed.slice(minus.length).toLowerCase();
  const keys = KEYS.filter(({ key }) => key.startsWith(word)).map(({ key, help }) =>
    suggestion(`${minus}${key}:`, minus === '' ? help : `not: ${help}`, false),
  );
  if (word.length < 2 || word.startsWith('"')) return keys;
  // from two letters on a word may be meant as a value
  const meant = (['is', 'agent', 'model', 'outcome', 'type', 'reason', 'tool'] as const).flatMap((key) => {
    const known = KEYS.find((one) => one.key === key);
    if (known === undefined) return [];
    const begun = `${minus}${key}:`;
    const words = known.values
      .filter(({ value }) => value.startsWith(word))
      .map(({ value, help }) => suggestion(begun + value, help, true));
    return words.concat(facetTerms(known, begun, word, values));
  });
  return keys.concat(meant);
}

/** Values that begin with the text, then those that hold it elsewhere. */
function best(all: readonly LedgerFacet[], wanted: string): readonly LedgerFacet[] {
  const holding = all.filter(({ value }) => value !== '' && value.toLowerCase().includes(wanted));
  const begins = ({ value }: LedgerFacet) => value.toLowerCase().startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((facet) => !begins(facet))];
}

/** A term as its chip shows it: the key, and the value in the words of a person. */
export function chipText(term: string): { readonly key: string; readonly value: string } {
  const { key, value } = partsOf(term);
  if (key === '') {
    const excluded = term.startsWith('-"');
    const words = excluded ? plainValue(term.slice(1)) : term;
    return { key: excluded ? 'not' : '', value: cutMiddle(visibleText(words), MOST_OF_CHIP) };
  }
  const plain = visibleText(plainValue(value));
  const bare = key.replace(/^-/, '');
  const short = bare === 'execution' && /^[0-9a-f]{32,}$/.test(plain) ? plain.slice(0, 8) : plain;
  const named = bare === 'is' ? 'is not' : `not ${bare}`;
  return { key: key.startsWith('-') ? named : bare, value: cutMiddle(short, MOST_OF_CHIP) || 'none' };
}
