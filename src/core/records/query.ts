import { instant, months, numbers, days, type Read } from './query-values.ts';
import { quotedText, quotedValue, tokens, type Token } from './query-text.ts';
import { orNull, readTerms, readValues, type QueryProblem } from './query-terms.ts';
import { daysText, instantText, monthsText, numbersText } from './query-format.ts';

/** Keys whose values are compared letter by letter; an empty value means that a record has none. */
export const NAME_KEYS = [
  'agent',
  'model',
  'provider',
  'trigger',
  'primitive',
  'status',
  'source',
  'run',
  'parent',
  'tool',
  'mandate',
  'conversation',
  'workflow',
] as const;
export type NameKey = (typeof NAME_KEYS)[number];

export const NUMBER_KEYS = ['cost', 'tokens', 'latency', 'hour'] as const;
export type NumberKey = (typeof NUMBER_KEYS)[number];

/** What a record can be, for `is:`. */
export const IS = [
  'primary',
  'child',
  'mirror',
  'mirror-alone',
  'helper',
  'judge',
  'tool',
  'capture',
  'delegated',
  'failed',
  'blocked',
  'skipped',
  'unpriced',
  'estimated',
  'fallback',
  'critical',
  'misfiled',
  'naive',
  'undated',
  'dated',
  'stray',
  'bad-cost',
  'negative',
  'orphan',
  'differs',
  'cached',
] as const;
export type Is = (typeof IS)[number];

/** Both ends are included; null: no end on that side. */
export type DayTerm = { readonly from: number | null; readonly to: number | null };
/** Months since year 0: `year * 12 + month - 1`. */
export type MonthTerm = DayTerm;
/** Microseconds; the later end is excluded. */
export type InstantTerm = DayTerm;
/** `over`, `under`: the end itself is excluded. Cost in billionths of a dollar. */
export type NumberTerm = DayTerm & { readonly over: boolean; readonly under: boolean };

export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'is'; readonly any: readonly Is[] }
  | { readonly kind: 'name'; readonly key: NameKey; readonly any: readonly string[] }
  | { readonly kind: 'day'; readonly key: 'day' | 'file'; readonly any: readonly DayTerm[] }
  | { readonly kind: 'month'; readonly any: readonly MonthTerm[] }
  | { readonly kind: 'at'; readonly any: readonly InstantTerm[] }
  | {
      readonly kind: 'number';
      readonly key: NumberKey;
      /** records without such a number are meant too */
      readonly absent: boolean;
      readonly any: readonly NumberTerm[];
    }
);

/** A record fits when it fits every term. */
export type RecordFilter = { readonly terms: readonly Term[] };

export type ParsedQuery = { readonly filter: RecordFilter; readonly problems: readonly QueryProblem[] };

/** All keys that a query may have, `is` included. */
export const QUERY_KEYS: readonly string[] = [
  ...NAME_KEYS,
  'day',
  'month',
  'file',
  'at',
  ...NUMBER_KEYS,
  'is',
];

const isName = (key: string): key is NameKey => (NAME_KEYS as readonly string[]).includes(key);
const isNumber = (key: string): key is NumberKey => (NUMBER_KEYS as readonly string[]).includes(key);
const isIs = (text: string): text is Is => (IS as readonly string[]).includes(text);

/**
 * Reads a query such as `agent:quill day:2026-06-01..2026-06-08 cost:>0.1 -is:mirror "late invoice"`. Whatever is
 * typed has a meaning; what is not understood is left out, or searched as text, and stands in `problems`.
 */
export function parseQuery(text: string): ParsedQuery {
  const { terms, problems } = readTerms(text, readTerm);
  return { filter: { terms }, problems };
}

function readTerm(token: Token, problem: (message: string) => void): Term | null {
  const { key, negated } = token;
  if (key === null || !QUERY_KEYS.includes(key)) {
    if (key !== null) problem(`“${key}:” is no key, so the whole is searched as text.`);
    return token.text === '' ? null : { kind: 'text', negated, text: token.text };
  }
  const values = token.values.filter((value) => value.text !== '' || value.quoted);
  if (values.length === 0) {
    problem(`“${key}:” needs a value. It was left out.`);
    return null;
  }
  if (isName(key)) return { kind: 'name', key, negated, any: values.map((value) => value.text) };
  if (key === 'is') {
    const any = values.map((value) => value.text.toLowerCase());
    const known = any.filter(isIs);
    for (const text of any)
      if (!isIs(text)) problem(`A record can’t be “${text}”. Known are ${IS.join(', ')}.`);
    return known.length === 0 ? null : { kind: 'is', negated, any: known };
  }
  const plain = values.filter((value) => value.text !== '').map((value) => value.text);
  const take = <T>(read: Read<T>): readonly T[] => readValues(plain, read, problem);
  if (isNumber(key)) {
    const absent = plain.length < values.length;
    const any = take(numbers(key));
    return any.length === 0 && !absent ? null : { kind: 'number', key, negated, absent, any };
  }
  if (plain.length < values.length)
    problem(`“${key}:” needs a value; records without a date are “is:undated”.`);
  if (key === 'month') return orNull(take(months), (any) => ({ kind: 'month', negated, any }));
  if (key === 'at') return orNull(take(instant), (any) => ({ kind: 'at', negated, any }));
  return orNull(take(days), (any) => ({ kind: 'day', key: key as 'day' | 'file', negated, any }));
}

/** The text of a filter; `parseQuery` reads the same filter from it. */
export function formatQuery(filter: RecordFilter): string {
  return filter.terms.map(formatTerm).join(' ');
}

function formatTerm(one: Term): string {
  return (one.negated ? '-' : '') + termBody(one);
}

function termBody(one: Term): string {
  switch (one.kind) {
    case 'text':
      return quotedText(one.text);
    case 'is':
      return `is:${one.any.join(',')}`;
    case 'name':
      return `${one.key}:${one.any.map(quotedValue).join(',')}`;
    case 'day':
      return `${one.key}:${one.any.map(daysText).join(',')}`;
    case 'month':
      return `month:${one.any.map(monthsText).join(',')}`;
    case 'at':
      return `at:${one.any.map(instantText).join(',')}`;
    case 'number':
      return `${one.key}:${[...(one.absent ? ['""'] : []), ...one.any.map((range) => numbersText(one.key, range))].join(',')}`;
  }
}

/** One term as it is written: `term('model', 'n/a')`. Null: records that have no such value. */
export function term(key: string, value: string | null): string {
  return `${key}:${quotedValue(value ?? '')}`;
}

/** Several alternatives of one key. */
export function anyTerm(key: string, values: readonly (string | null)[]): string {
  return `${key}:${values.map((value) => quotedValue(value ?? '')).join(',')}`;
}

/** A query with this term in place of all others of the key that exclude nothing. */
export function withTerm(query: string, key: string, value: string | null): string {
  return `${withoutTerm(query, key)} ${term(key, value)}`.trim();
}

/** A query without the terms of a key; terms that exclude stay, and so does the text of all others. */
export function withoutTerm(query: string, key: string): string {
  return tokens(query)
    .filter((token) => token.key !== key || token.negated)
    .map((token) => (token.openQuote ? `${token.raw}"` : token.raw))
    .join(' ');
}

/**
 * Whether a filter means records without a readable date too. They are in no figure (formats/atomic-agents.md §7),
 * so only a filter that names them, or a file's place, has them.
 */
export function meansUndated(filter: RecordFilter): boolean {
  return filter.terms.some(
    (one) =>
      !one.negated &&
      ((one.kind === 'is' && (one.any.includes('undated') || one.any.includes('stray'))) ||
        (one.kind === 'day' && one.key === 'file')),
  );
}
