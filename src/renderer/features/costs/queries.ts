import type { CostDimension } from '../../../contract/costs.ts';
import type { DayRange } from '../../../contract/records.ts';
import { anyTerm, formatQuery, parseQuery, withTerm } from '../../../core/records/query.ts';

/** The records of a report that are of other days. */
export const dayQuery = (query: string, { from, to }: DayRange): string =>
  withTerm(query, 'day', from === to ? from : `${from}..${to}`);

/** The records of a query that belong to some groups of a dimension. */
export const keysQuery = (query: string, by: CostDimension, keys: readonly string[]): string =>
  `${query} ${anyTerm(by, keys)}`.trim();

/** The records of a report as the logs have them, with delegated runs once, and what is apart. */
export function countedQueries(query: string): {
  readonly logged: string;
  readonly once: string;
  readonly doubled: string;
} {
  const terms = parseQuery(query).filter.terms.filter(
    (term) => !(term.kind === 'is' && term.any.length === 1 && term.any[0] === 'mirror'),
  );
  const of = (negated: boolean) =>
    formatQuery({ terms: [...terms, { kind: 'is', negated, any: ['mirror'] }] });
  return { logged: formatQuery({ terms }), once: of(true), doubled: of(false) };
}
