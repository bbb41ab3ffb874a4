import type { Facet, FacetKey } from '../../../contract/records.ts';
import { withTerm } from '../../records/query.ts';
import { NO_DAY, textFromDays } from '../../records/time.ts';
import { providerOf } from '../prices.ts';
import { matchRecords, microsOf, type AgentMatches } from './match.ts';
import { hourOf } from './match-term.ts';
import type { RecordTables } from './table.ts';

const byName = (a: Facet, b: Facet): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

type Group = { lines: number; input: number; output: number; nanos: number };

/** How the records of a query are spread over the values of a key; an empty value: the record has none. */
export function facets(tables: RecordTables, query: string, key: FacetKey): readonly Facet[] {
  const groups = new Map<string, Group>();
  for (const matches of matchRecords(tables, query).agents) addGroups(groups, matches, key);
  const found = [...groups].map(([value, group]) => ({
    value,
    query: withTerm(query, key, value),
    lines: group.lines,
    inputTokens: group.input,
    outputTokens: group.output,
    costMicros: microsOf(group.nanos),
  }));
  const inOrder = key === 'day' || key === 'month';
  if (key === 'hour') return found.sort((a, b) => Number(a.value) - Number(b.value));
  return found.sort((a, b) => (inOrder ? 0 : b.lines - a.lines) || byName(a, b));
}

function addGroups(groups: Map<string, Group>, { records, rows }: AgentMatches, key: FacetKey): void {
  const groupOf = (value: string): Group => {
    const known = groups.get(value);
    if (known !== undefined) return known;
    const made = { lines: 0, input: 0, output: 0, nanos: 0 };
    groups.set(value, made);
    return made;
  };
  const byNumber = new Map<number, Group>();
  const numberOf = numbers(records, key);
  const textOf = texts(records, key);
  const { inputTokens, outputTokens, costNanos } = records;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const number = numberOf(row);
    if (Number.isNaN(number) || number === NO_DAY) continue;
    let group = byNumber.get(number);
    if (group === undefined) {
      group = groupOf(textOf(number));
      byNumber.set(number, group);
    }
    group.lines += 1;
    group.input += inputTokens[row]!;
    group.output += outputTokens[row]!;
    group.nanos += costNanos[row]!;
  }
}

/** Records without a date are in no day, month or hour. */
function numbers(records: AgentMatches['records'], key: FacetKey): (row: number) => number {
  switch (key) {
    case 'agent':
      return () => 0;
    case 'day':
    case 'month':
      return (row) => records.day[row]!;
    case 'hour':
      return (row) => hourOf(records.micros[row]!, records.offsetMinutes[row]!);
    case 'provider':
      return (row) => records.model.ids[row]!;
    case 'source':
      return (row) => records.costSource.ids[row]!;
    default:
      return (row) => records[key].ids[row]!;
  }
}

function texts(records: AgentMatches['records'], key: FacetKey): (number: number) => string {
  switch (key) {
    case 'agent':
      return () => records.agent;
    case 'day':
      return textFromDays;
    case 'month':
      return (day) => textFromDays(day).slice(0, 7);
    case 'hour':
      return String;
    case 'provider':
      return (id) => providerOf(records.model.names[id] ?? null);
    case 'source':
      return (id) => records.costSource.names[id] ?? 'actor';
    default:
      return (id) => records[key].names[id] ?? '';
  }
}
