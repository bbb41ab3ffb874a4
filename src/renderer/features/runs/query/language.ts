import type { Facet, FacetKey } from '../../../../contract/records.ts';
import { parseQuery } from '../../../../core/records/query.ts';
import { formatCounted } from '../../../ui/format.ts';
import type { FilterLanguage } from '../../graph/filter/language.ts';
import type { Suggestion } from '../../graph/filter/suggest.ts';
import {
  chipOf,
  suggestTerms,
  termLanguage,
  type TermKey,
  type TermWords,
} from '../../graph/filter/term-language.ts';

const KEY_HELP: readonly (readonly [key: string, help: string])[] = [
  ['agent', 'whose log it stands in'],
  ['day', 'a day, or from..to'],
  ['month', 'a month'],
  ['model', 'the model that was called'],
  ['status', 'how it ended'],
  ['is', 'what is special about it'],
  ['trigger', 'what started it'],
  ['primitive', 'what kind of work it was'],
  ['cost', 'dollars: >0.1 or 0.01..0.1'],
  ['tokens', 'in and out: >10000'],
  ['latency', 'milliseconds: >5000'],
  ['tool', 'a tool that was called'],
  ['provider', 'whose model'],
  ['source', 'who is charged: actor, judge, audit'],
  ['run', 'the id of a run'],
  ['parent', 'what a run started'],
  ['conversation', 'the id of a conversation'],
  ['workflow', 'the id of a workflow'],
  ['mandate', 'the permission that was used'],
  ['hour', 'hour of the day, 0 to 23'],
  ['file', 'the day of the file, as guardrails count'],
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

const KEYS = KEY_HELP.map(([key, help]): TermKey<FacetKey> => ({
  key,
  help,
  values: key === 'is' ? IS.map(([value, words]) => ({ value, help: words })) : [],
  facet: isFacet(key) ? key : null,
}));

const wordsWith = (values: KnownValues): TermWords<FacetKey> => ({
  label: 'Query records',
  placeholder: 'agent: day: model: is: or text',
  keys: KEYS,
  meant: ['agent', 'is', 'model', 'status', 'trigger'],
  problem: (query) => parseQuery(query).problems[0]?.message ?? null,
  known: (facet) =>
    (values[facet] ?? []).map(({ value, lines }) => ({ value, count: formatCounted(lines, 'record') })),
});

/** The language of queries over run records, with the values that they have. */
export const recordLanguage = (values: KnownValues): FilterLanguage => termLanguage(wordsWith(values));

/** What fits the term that is being typed, best first. */
export const suggestionsAt = (text: string, caret: number, values: KnownValues): readonly Suggestion[] =>
  suggestTerms(wordsWith(values), text, caret);

/** A term as its chip shows it. */
export const chipText = (term: string): { readonly key: string; readonly value: string } => chipOf(term);
