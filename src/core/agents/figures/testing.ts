import type { Sum } from '../../../contract/records.ts';
import { matchRecords } from '../records/match.ts';
import type { RecordTables } from '../records/table.ts';

/** A figure of a report whose query gives something else. */
export type Disagreement = {
  readonly at: string;
  readonly query: string;
  readonly said: unknown;
  readonly is: unknown;
};

type Bag = Readonly<Record<string, unknown>>;

/** What each kind of figure says, and what its records should come to. */
function claims(bag: Bag, sum: Sum): readonly (readonly [string, unknown, unknown])[] {
  const said: (readonly [string, unknown, unknown])[] = [];
  const claim = (key: string, is: number): void => {
    if (typeof bag[key] === 'number') said.push([key, bag[key], is]);
  };
  if ('sum' in bag)
    return Object.entries(bag['sum'] as Sum).map(([key, value]) => [key, value, sum[key as keyof Sum]]);
  claim('inputTokens', sum.inputTokens);
  claim('outputTokens', sum.outputTokens);
  claim('costMicros', sum.costMicros);
  claim('lines', sum.lines);
  claim('value', sum.lines);
  // the guardrails take a sum they can't read as 0, and the records of the file are shown all the same
  if (!isBlind(bag)) claim('spentMicros', sum.costMicros);
  claim('loggedMicros', sum.costMicros);
  return said;
}

/** Walks a report and asks the records of every figure in it for what the figure says. */
export function disagreements(tables: RecordTables, report: unknown, at = ''): Disagreement[] {
  if (typeof report !== 'object' || report === null) return [];
  const bag = report as Bag;
  const inside = Object.entries(bag).flatMap(([key, value]) => disagreements(tables, value, `${at}.${key}`));
  const { query } = bag;
  if (typeof query !== 'string') return inside;
  const { sum, problems } = matchRecords(tables, query);
  const wrong = isMetric(bag) ? metricClaim(bag, sum) : claims(bag, sum);
  return [
    ...inside,
    ...problems.map(({ message }) => ({ at, query, said: 'a query without problems', is: message })),
    ...wrong
      .filter(([, said, is]) => said !== is)
      .map(([key, said, is]) => ({ at: `${at}.${key}`, query, said, is })),
  ];
}

const isBlind = (bag: Bag): boolean => typeof bag['unknown'] === 'string' && bag['spentMicros'] === 0;

const isMetric = (bag: Bag): boolean => 'floor' in bag && 'arrow' in bag;

function metricClaim(bag: Bag, sum: Sum): ReturnType<typeof claims> {
  const of = bag['of'] as { readonly part: number } | null;
  return of === null ? [] : [['of.part', of.part, sum.lines]];
}

/** How many figures of a report have a query. */
export function figuresIn(report: unknown): number {
  if (typeof report !== 'object' || report === null) return 0;
  const inside = Object.values(report).reduce((sum: number, value) => sum + figuresIn(value), 0);
  return inside + (typeof (report as Bag)['query'] === 'string' ? 1 : 0);
}
