import { visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../cut.ts';
import type { FilterLanguage } from './language.ts';
import type { Suggestion } from './suggest.ts';
import { partsOf, plainValue, quoted, termAt } from './terms.ts';

/** More of a value does not stand on a chip; its title has the whole. */
const MOST_OF_CHIP = 36;
/** A list longer than this is not read; the rest comes with more letters. */
const MOST = 14;
/** The contract's limit of a query. */
const MAX_QUERY = 10_000;

/** A key of terms `key:value`, for suggestions. `values`: the words it can have; `facet`: where others come from. */
export type TermKey<Facet extends string> = {
  readonly key: string;
  readonly help: string;
  readonly values: readonly { readonly value: string; readonly help: string }[];
  readonly facet: Facet | null;
};

/** A language of terms `key:value` in which every text has a meaning. */
export type TermWords<Facet extends string> = {
  readonly label: string;
  readonly placeholder: string;
  readonly keys: readonly TermKey<Facet>[];
  /** keys whose values a word without a key may mean, in the order in which they are offered */
  readonly meant: readonly string[];
  /** what is not understood of a query, in words; null: all is */
  readonly problem: (query: string) => string | null;
  /** the values of a key that are known, with how many have each */
  readonly known: (facet: Facet) => readonly { readonly value: string; readonly count: string }[];
  /** a value as its chip shows it, where that is shorter */
  readonly short?: (key: string, value: string) => string;
};

/** The language of a filter field from its words. */
export const termLanguage = <Facet extends string>(words: TermWords<Facet>): FilterLanguage => ({
  label: words.label,
  placeholder: words.placeholder,
  maxLength: MAX_QUERY,
  lenient: true,
  suggest: (text, caret) => suggestTerms(words, text, caret),
  chip: (term) => chipOf(term, words.short),
  errors: (terms) => terms.map((term) => words.problem(term)),
  whole: words.problem,
});

/** What fits the term that is being typed, best first. */
export function suggestTerms<Facet extends string>(
  words: TermWords<Facet>,
  text: string,
  caret: number,
): readonly Suggestion[] {
  const term = termAt(text, caret);
  const typed = term === null ? '' : text.slice(term.at, caret);
  return suggestionsFor(words, typed)
    .filter((found) => found.term !== term?.text)
    .slice(0, MOST);
}

const suggestion = (term: string, detail: string, done: boolean): Suggestion => ({
  term,
  detail,
  done,
  lane: null,
});

function suggestionsFor<Facet extends string>(words: TermWords<Facet>, typed: string): readonly Suggestion[] {
  const { key, value } = partsOf(typed);
  const bare = key.replace(/^-/, '');
  if (bare === '') return wordTerms(words, typed);
  const comma = value.startsWith('"') ? -1 : value.lastIndexOf(',');
  const begun = `${key}:${value.slice(0, comma + 1)}`;
  return valueTerms(words, bare, begun, plainValue(value.slice(comma + 1)).toLowerCase());
}

/** The words that a key can have and the values that it is known to have, behind what is typed of the term. */
function valueTerms<Facet extends string>(
  { keys, known }: TermWords<Facet>,
  key: string,
  begun: string,
  wanted: string,
): readonly Suggestion[] {
  const found = keys.find((one) => one.key === key);
  if (found === undefined) return [];
  const { values, facet } = found;
  const words = values
    .filter(({ value }) => value.startsWith(wanted))
    .map(({ value, help }) => suggestion(begun + value, help, true));
  const others = best(facet === null ? [] : known(facet), wanted)
    .filter(({ value }) => !values.some((word) => word.value === value))
    .map(({ value, count }) => suggestion(begun + quoted(value), count, true));
  return [...words, ...others];
}

function wordTerms<Facet extends string>(words: TermWords<Facet>, typed: string): readonly Suggestion[] {
  const minus = typed.startsWith('-') ? '-' : '';
  const word = typed.slice(minus.length).toLowerCase();
  const keys = words.keys
    .filter(({ key }) => `${key}:`.startsWith(word))
    .map(({ key, help }) => suggestion(`${minus}${key}:`, minus === '' ? help : `not: ${help}`, false));
  if (word.length < 2 || word.startsWith('"')) return keys;
  // from two letters on a word may be meant as a value
  return [...keys, ...words.meant.flatMap((key) => valueTerms(words, key, `${minus}${key}:`, word))];
}

/** Values that begin with the text, then those that hold it elsewhere. */
function best<Value extends { readonly value: string }>(
  all: readonly Value[],
  wanted: string,
): readonly Value[] {
  const holding = all.filter(({ value }) => value !== '' && value.toLowerCase().includes(wanted));
  const begins = ({ value }: Value) => value.toLowerCase().startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((one) => !begins(one))];
}

/** A term as its chip shows it: the key, and the value in the words of a person. */
export function chipOf(
  term: string,
  short: TermWords<string>['short'] = (_key, value) => value,
): { readonly key: string; readonly value: string } {
  const { key, value } = partsOf(term);
  if (key === '') {
    const excluded = term.startsWith('-"');
    const words = excluded ? plainValue(term.slice(1)) : term;
    return { key: excluded ? 'not' : '', value: cutMiddle(visibleText(words), MOST_OF_CHIP) };
  }
  const bare = key.replace(/^-/, '');
  const shown = cutMiddle(short(bare, visibleText(plainValue(value))), MOST_OF_CHIP) || 'none';
  const named = bare === 'is' ? 'is not' : `not ${bare}`;
  return { key: key.startsWith('-') ? named : bare, value: shown };
}
