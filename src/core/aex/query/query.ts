import type { Outcome } from '../../../contract/ledger.ts';
import { daysText, instantText } from '../../records/query-format.ts';
import { orNull, readTerms, readValues, type QueryProblem } from '../../records/query-terms.ts';
import { quotedText, quotedValue, type Token } from '../../records/query-text.ts';
import { days, instant, type Read } from '../../records/query-values.ts';
import { withoutTerm, type DayTerm, type InstantTerm } from '../../records/query.ts';
import { NUMBER_KEYS, numbersText, readNumbers, type NumberKey, type NumberRange } from './numbers.ts';
import {
  IS_WORDS,
  isIs,
  isLedgerKey,
  isOutcome,
  LEDGER_QUERY_KEYS,
  type Is,
  type LedgerKey,
} from './words.ts';

/**
 * The language in which entries of a ledger are asked for, such as
 * `agent:coder is:overrun cost:>0.01 -model:mini day:2026-03-02..2026-03-05 "rate limit"`. Terms are joined by *and*,
 * values of one key parted by commas by *or*, a minus sign excludes, and what has no key is searched in types, details,
 * agents and execution ids. An empty value in quotes means that there is none.
 */

/** Keys whose values are compared letter by letter. `type`: an event type, or the word of its kind. */
export const NAME_KEYS = ['agent', 'type', 'model', 'reason', 'tool'] as const;
export type NameKey = (typeof NAME_KEYS)[number];

/** An id, or (`exact` false) the first six or more letters of one. */
export type ExecutionValue = { readonly text: string; readonly exact: boolean };

/** An abbreviated execution id has at least so many letters; a shorter one is taken as a whole id. */
export const LEAST_PREFIX = 6;

export type LedgerTerm = { readonly negated: boolean } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'is'; readonly any: readonly Is[] }
  /** `absent`: entries without an execution are meant too */
  | { readonly kind: 'outcome'; readonly absent: boolean; readonly any: readonly Outcome[] }
  | { readonly kind: 'name'; readonly key: NameKey; readonly any: readonly string[] }
  | { readonly kind: 'execution'; readonly any: readonly ExecutionValue[] }
  /** days since 1970, both ends included */
  | { readonly kind: 'day'; readonly any: readonly DayTerm[] }
  /** microseconds, the later end excluded */
  | { readonly kind: 'at'; readonly any: readonly InstantTerm[] }
  /** `absent`: entries without such a number are meant too */
  | {
      readonly kind: 'number';
      readonly key: NumberKey;
      readonly absent: boolean;
      readonly any: readonly NumberRange[];
    }
);

/** An entry fits when it fits every term. */
export type LedgerFilter = { readonly terms: readonly LedgerTerm[] };
export type ParsedLedgerQuery = {
  readonly filter: LedgerFilter;
  readonly problems: readonly QueryProblem[];
};

const isName = (key: LedgerKey): key is NameKey => (NAME_KEYS as readonly string[]).includes(key);
const isNumber = (key: LedgerKey): key is NumberKey => (NUMBER_KEYS as readonly string[]).includes(key);

/**
 * Reads a query. Whatever is typed has a meaning; what is not understood is left out, or searched as text, and stands
 * in `problems`.
 */
export function parseLedgerQuery(text: string): ParsedLedgerQuery {
  const { terms, problems } = readTerms(text, readTerm);
  return { filter: { terms }, problems };
}

function readTerm(token: Token, problem: (message: string) => void): LedgerTerm | null {
  const { key, negated } = token;
  if (key === null || !isLedgerKey(key)) {
    if (key !== null)
      problem(
        `“${key}:” is no key, so the whole is searched as text. Keys are ${LEDGER_QUERY_KEYS.map((one) => one.key).join(', ')}.`,
      );
    return token.text === '' ? null : { kind: 'text', negated, text: token.text };
  }
  const values = token.values.filter((value) => value.text !== '' || value.quoted);
  if (values.length === 0) {
    problem(`“${key}:” needs a value. It was left out.`);
    return null;
  }
  if (isName(key)) return { kind: 'name', key, negated, any: values.map((value) => value.text) };
  if (key === 'execution') {
    const any = values.map(({ text, quoted }) => ({ text, exact: quoted || text.length < LEAST_PREFIX }));
    return { kind: 'execution', negated, any };
  }
  const plain = values.filter((value) => value.text !== '').map((value) => value.text);
  const absent = plain.length < values.length;
  if (key === 'is') {
    const any = known(plain, isIs, (word) =>
      problem(`An entry can’t be “${word}”. Known are ${IS_WORDS.map(({ value }) => value).join(', ')}.`),
    );
    if (absent) problem('“is:” needs a value.');
    return orNull<Is, LedgerTerm>(any, () => ({ kind: 'is', negated, any }));
  }
  if (key === 'outcome') {
    const any = known(plain, isOutcome, (word) =>
      problem(`“${word}” is no outcome. Known are spent, released, denied, failed, open, unknown.`),
    );
    return any.length === 0 && !absent ? null : { kind: 'outcome', negated, absent, any };
  }
  const take = <T>(read: Read<T>): readonly T[] => readValues(plain, read, problem);
  if (isNumber(key)) {
    const any = take(readNumbers(key));
    return any.length === 0 && !absent ? null : { kind: 'number', key, negated, absent, any };
  }
  if (absent) problem(`“${key}:” needs a value; entries without a readable time are “is:undated”.`);
  if (key === 'at' || key === 'since' || key === 'until') {
    const any = take((value) => stretch(key, value));
    return orNull(any, () => ({ kind: 'at', negated, any }));
  }
  const any = take(days);
  return orNull(any, () => ({ kind: 'day', negated, any }));
}

/** `since` and `until` are stretches of time without an end. */
function stretch(key: 'at' | 'since' | 'until', value: string): InstantTerm | string {
  if (key === 'at') return instant(value);
  if (value.includes('..')) return `“${key}:” takes one time; “at:${value}” takes two.`;
  const read = instant(key === 'since' ? `${value}..` : `..${value}`);
  return typeof read === 'string' ? `“${value}” is no time such as 2026-06-07T14:03.` : read;
}

function known<T extends string>(
  words: readonly string[],
  is: (word: string) => word is T,
  tell: (word: string) => void,
): readonly T[] {
  return words.flatMap((typed) => {
    const word: string = typed.toLowerCase();
    if (is(word)) return [word];
    tell(word);
    return [];
  });
}

/** The text of a filter; `parseLedgerQuery` reads the same filter from it. */
export function formatLedgerQuery(filter: LedgerFilter): string {
  return filter.terms.map((one) => (one.negated ? '-' : '') + termBody(one)).join(' ');
}

function termBody(one: LedgerTerm): string {
  switch (one.kind) {
    case 'text':
      return quotedText(one.text);
    case 'is':
      return `is:${one.any.join(',')}`;
    case 'outcome':
      return `outcome:${[...absentText(one.absent), ...one.any].join(',')}`;
    case 'name':
      return `${one.key}:${one.any.map(quotedValue).join(',')}`;
    case 'execution':
      return `execution:${one.any.map(executionText).join(',')}`;
    case 'day':
      return `day:${one.any.map(daysText).join(',')}`;
    case 'at':
      return `at:${one.any.map(instantText).join(',')}`;
    case 'number':
      return `${one.key}:${[...absentText(one.absent), ...one.any.map((range) => numbersText(one.key, range))].join(',')}`;
  }
}

const absentText = (absent: boolean): readonly string[] => (absent ? ['""'] : []);
const alwaysQuoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
const executionText = ({ text, exact }: ExecutionValue): string =>
  exact ? alwaysQuoted(text) : quotedValue(text);

/** One term as it is written: `ledgerTerm('model', 'n/a')`. Null: entries that have no such value. */
export function ledgerTerm(key: LedgerKey, value: string | null): string {
  return `${key}:${valueText(key, value)}`;
}

// an id in quotes is compared as a whole: `run-1` is not the beginning of `run-10`
const valueText = (key: LedgerKey, value: string | null): string =>
  key === 'execution' ? alwaysQuoted(value ?? '') : quotedValue(value ?? '');

/** The term of a stretch of time, in whole microseconds since 1970; the later end is excluded. Null: no end there. */
export function timeTerm(fromMicros: number | null, toMicros: number | null): string {
  if (fromMicros === null && toMicros === null) return '';
  return `at:${instantText({ from: fromMicros, to: toMicros })}`;
}

/** Terms beside each other; empty and absent ones are left out. */
export function ledgerQuery(...terms: readonly (string | null)[]): string {
  return terms.filter((one) => one !== null && one !== '').join(' ');
}

/** A query with this term in place of all others of the key that exclude nothing. */
export function withLedgerTerm(query: string, key: LedgerKey, value: string | null): string {
  return ledgerQuery(withoutTerm(query, key), ledgerTerm(key, value));
}

/** A query without the terms of a key; terms that exclude stay, and so does the text of all others. */
export function withoutLedgerTerm(query: string, key: LedgerKey): string {
  return withoutTerm(query, key);
}
