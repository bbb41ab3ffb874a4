import type { LedgerColumns } from '../columns.ts';
import { parseLedgerQuery, type LedgerFilter } from '../query/query.ts';
import type { LedgerFacts } from './facts.ts';
import type { Test } from './keep.ts';
import { compileTerm } from './match-term.ts';

/** Rows while they are sifted. */
let scratch = new Uint32Array(0);

/** The entries of an agent (null: of all) that fit a filter, as rows in the order of seq. */
export function matchRows(
  columns: LedgerColumns,
  agent: string | null,
  filter: LedgerFilter,
  facts: LedgerFacts,
): Uint32Array {
  const { count } = columns;
  const terms: LedgerFilter['terms'] =
    agent === null
      ? filter.terms
      : [{ kind: 'name', key: 'agent', negated: false, any: [agent] }, ...filter.terms];
  const tests: Test[] = [];
  for (const term of terms) {
    const test = compileTerm(columns, term, facts);
    if (test === 'none') return new Uint32Array(0);
    if (test !== 'all') tests.push(test);
  }
  if (scratch.length < count) scratch = new Uint32Array(count);
  const rows = scratch;
  for (let row = 0; row < count; row++) rows[row] = row;
  let n = count;
  for (const test of tests) {
    if (n === 0) break;
    n = test(rows, n);
  }
  return rows.slice(0, n);
}

/** The same for the text of a query; what of it was not understood is left out. */
export function rowsOfQuery(
  columns: LedgerColumns,
  query: string,
  facts: LedgerFacts,
  agent: string | null = null,
): Uint32Array {
  return matchRows(columns, agent, parseLedgerQuery(query).filter, facts);
}
