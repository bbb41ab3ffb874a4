import { tokens, type Token } from './query-text.ts';
import type { Read } from './query-values.ts';

/** A part of a query that is not understood, or not as it was typed. */
export type QueryProblem = { readonly term: string; readonly message: string };

type Tell = (message: string) => void;

/** Reads a query term by term; what `read` gives null for is left out. */
export function readTerms<T>(
  text: string,
  read: (token: Token, problem: Tell) => T | null,
): { readonly terms: readonly T[]; readonly problems: readonly QueryProblem[] } {
  const terms: T[] = [];
  const problems: QueryProblem[] = [];
  for (const token of tokens(text)) {
    const problem: Tell = (message) => void problems.push({ term: token.raw, message });
    if (token.openQuote) problem('A closing quotation mark is missing; everything up to the end was taken.');
    const one = read(token, problem);
    if (one !== null) terms.push(one);
  }
  return { terms, problems };
}

/** The values that can be read; of the others it is told why not. */
export function readValues<T>(values: readonly string[], read: Read<T>, problem: Tell): readonly T[] {
  return values.flatMap((value) => {
    const result = read(value);
    if (typeof result !== 'string') return [result];
    problem(result);
    return [];
  });
}

/** A term of some values; null where none is left. */
export function orNull<T, R>(any: readonly T[], make: (any: readonly T[]) => R): R | null {
  return any.length === 0 ? null : make(any);
}
