import type { Facet, FacetKey } from '../../../../contract/records.ts';
import { parseQuery } from '../../../../core/records/query.ts';
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

const KEYS: readonly (readonly [key: string, detail: string])[] = [
  ['agent:', 'whose log it stands in'],
  ['day:', 'a day, or from..to'],
  ['month:', 'a month'],
  ['model:', 'the model that was called'],
  ['status:', 'how it ended'],
  ['is:', 'what is special about it'],
  ['trigger:', 'what started it'],
  ['primitive:', 'what kind of work it was'],
  ['cost:', 'dollars: >0.1 or 0.01..0.1'],
  ['tokens:', 'in and out: >10000'],
  ['latency:', 'milliseconds: >5000'],
  ['tool:', 'a tool that was called'],
  ['provider:', 'whose model'],
  ['source:', 'who is charged: actor, judge, audit'],
  ['run:', 'the id of a run'],
  ['parent:', 'what a run started'],
  ['conversation:', 'the id of a conversation'],
  ['workflow:', 'the id of a workflow'],
  ['mandate:', 'the permission that was used'],
  ['hour:', 'hour of the day, 0 to 23'],
  ['file:', 'the day of the file, as guardrails count'],
];

const IS: readonly (readonly [value: string, detail: string])[] = [
  ['primary', 'started by nothing that is logged'],
  ['failed', 'ended in an error'],
  ['blocked', 'kept from running'],
  ['skipped', 'not run, at a cap'],
  ['helper', 'a helper of a run'],
  ['tool', 'a tool call'],
  ['judge', 'a judgment'],
  ['delegated', 'work given to another agent'],
  ['mirror', 'the coordinator’s copy of a delegated run'],
  ['mirror-alone', 'such a copy, without the run’s own line'],
  ['cached', 'read from the cache'],
  ['capture', 'a note that was to be stored'],
  ['child', 'names the run that started it'],
  ['orphan', 'that run has no line'],
  ['unpriced', 'its model has no price'],
  ['estimated', 'logged with the highest rates'],
  ['differs', 'logged and recomputed cost differ'],
  ['fallback', 'used the fallback model'],
  ['critical', 'went past the caps'],
  ['misfiled', 'of another day than its file'],
  ['naive', 'a time without an offset'],
  ['undated', 'a time that can’t be read'],
  ['bad-cost', 'a cost that is no number'],
  ['negative', 'a cost below zero'],
];

/** Values of keys that are known, by key. */
export type KnownValues = Readonly<Partial<Record<FacetKey, readonly Facet[]>>>;

const FACETS: readonly string[] = [
  'agent',
  'model',
  'provider',
  'trigger',
  'primitive',
  'status',
  'source',
  'day',
  'month',
  'tool',
] satisfies readonly FacetKey[];

const isFacet = (key: string): key is FacetKey => FACETS.includes(key);

/** The language of queries over run records, with the values that they have. */
export const recordLanguage = (values: KnownValues): FilterLanguage => ({
  label: 'Query records',
  placeholder: 'agent: day: model: is: or text',
  maxLength: MAX_QUERY,
  lenient: true,
  suggest: (text, caret) => suggestionsAt(text, caret, values),
  chip: chipText,
  errors: (terms) => terms.map(problemOf),
  whole: problemOf,
});

function problemOf(text: string): string | null {
  const problem = parseQuery(text).problems[0];
  return problem === undefined ? null : problem.message;
}

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
  const comma = value.startsWith('"') ? -1 : value.lastIndexOf(',');
  const before = value.slice(0, comma + 1);
  const wanted = plainValue(value.slice(comma + 1)).toLowerCase();
  if (bare === 'is') {
    return IS.filter(([word]) => word.startsWith(wanted)).map(([word, detail]) =>
      suggestion(`${key}:${before}${word}`, detail, true),
    );
  }
  if (!isFacet(bare)) return [];
  return best(values[bare] ?? [], wanted).map((facet) =>
    suggestion(`${key}:${before}${quoted(facet.value)}`, formatCounted(facet.lines, 'record'), true),
  );
}

function wordTerms(typed: string, values: KnownValues): readonly Suggestion[] {
  const minus = typed.startsWith('-') ? '-' : '';
  const word = typed.slice(minus.length).toLowerCase();
  const keys = KEYS.filter(([key]) => key.startsWith(word)).map(([key, detail]) =>
    suggestion(minus + key, minus === '' ? detail : `not: ${detail}`, false),
  );
  if (word.length < 2 || word.startsWith('"')) return keys;
  // from two letters on a word may be meant as a name
  const named = (key: FacetKey) =>
    best(values[key] ?? [], word).map((facet) =>
      suggestion(`${minus}${key}:${quoted(facet.value)}`, formatCounted(facet.lines, 'record'), true),
    );
  const special = IS.filter(([is]) => is.startsWith(word)).map(([is, detail]) =>
    suggestion(`${minus}is:${is}`, detail, true),
  );
  return [...keys, ...named('agent'), ...special, ...named('model'), ...named('status'), ...named('trigger')];
}

/** Values that begin with the text, then those that hold it elsewhere. */
function best(all: readonly Facet[], wanted: string): readonly Facet[] {
  const holding = all.filter(({ value }) => value !== '' && value.toLowerCase().includes(wanted));
  const begins = ({ value }: Facet) => value.toLowerCase().startsWith(wanted);
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
  const shown = cutMiddle(visibleText(plainValue(value)), MOST_OF_CHIP) || 'none';
  const bare = key.replace(/^-/, '');
  const named = bare === 'is' ? 'is not' : `not ${bare}`;
  return { key: key.startsWith('-') ? named : bare, value: shown };
}
