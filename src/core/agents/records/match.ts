import type { Sum } from '../../../contract/records.ts';
import type { QueryProblem } from '../../records/query-terms.ts';
import { meansUndated, parseQuery, type RecordFilter } from '../../records/query.ts';
import { compileTerm } from './match-term.ts';
import { NO_DAY, type AgentRecords, type RecordTables } from './table.ts';

/** The rows of one agent that fit, in order of file and line. */
export type AgentMatches = { readonly records: AgentRecords; readonly rows: Uint32Array };

/** Which records fit a query, and their sum. */
export type Matches = {
  readonly query: string;
  readonly problems: readonly QueryProblem[];
  readonly agents: readonly AgentMatches[];
  readonly total: number;
  readonly sum: Sum;
};

const KEPT = 2;
/** Rows of one agent while they are sifted. */
let scratch = new Uint32Array(0);
const kept = new WeakMap<RecordTables, Map<string, Matches>>();

/** The records of a query. The last few answers are kept as long as the tables stay the same. */
export function matchRecords(tables: RecordTables, query: string): Matches {
  const cache = kept.get(tables) ?? new Map<string, Matches>();
  kept.set(tables, cache);
  const known = cache.get(query);
  if (known !== undefined) {
    cache.delete(query);
    cache.set(query, known);
    return known;
  }
  const { filter, problems } = parseQuery(query);
  const matches = { query, problems, ...matchFilter(tables, filter) };
  cache.set(query, matches);
  if (cache.size > KEPT) cache.delete(cache.keys().next().value!);
  return matches;
}

/** The same for a filter. */
export function matchFilter(
  tables: RecordTables,
  filter: RecordFilter,
): Pick<Matches, 'agents' | 'total' | 'sum'> {
  const undated = meansUndated(filter);
  const agents = tables.agents.map((records) => ({ records, rows: rowsOf(records, filter, undated) }));
  return {
    agents,
    total: agents.reduce((total, { rows }) => total + rows.length, 0),
    sum: sumOf(agents),
  };
}

function rowsOf(records: AgentRecords, filter: RecordFilter, undated: boolean): Uint32Array {
  const { count, day } = records;
  const tests = [];
  for (const term of filter.terms) {
    const test = compileTerm(records, term);
    if (test === 'none') return new Uint32Array(0);
    if (test !== 'all') tests.push(test);
  }
  if (scratch.length < count) scratch = new Uint32Array(count);
  const rows = scratch;
  let n = 0;
  if (undated) for (; n < count; n++) rows[n] = n;
  else for (let row = 0; row < count; row++) if (day[row] !== NO_DAY) rows[n++] = row;
  for (const test of tests) {
    if (n === 0) break;
    n = test(rows, n);
  }
  return rows.slice(0, n);
}

/** The sum over rows; money is rounded once at the end. */
export function sumOf(agents: readonly AgentMatches[]): Sum {
  let lines = 0;
  let input = 0;
  let output = 0;
  let nanos = 0;
  for (const { records, rows } of agents) {
    const { inputTokens, outputTokens, costNanos } = records;
    lines += rows.length;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      input += inputTokens[row]!;
      output += outputTokens[row]!;
      nanos += costNanos[row]!;
    }
  }
  return { lines, inputTokens: input, outputTokens: output, costMicros: microsOf(nanos) };
}

/** Billionths of a dollar as millionths, halves to the even side. */
export function microsOf(nanos: number): number {
  const floor = Math.floor(nanos / 1000);
  const rest = nanos - floor * 1000;
  if (rest === 500) return floor % 2 === 0 ? floor : floor + 1;
  return (rest > 500 ? floor + 1 : floor) + 0;
}
