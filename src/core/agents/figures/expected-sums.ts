import type { AgentRecords } from '../records/table.ts';
import { addTo, cellsOf } from './cells.ts';
import { textOf } from './days.ts';
import { digestOf } from './digest.ts';
import { dollarsOfNanos } from './numbers.ts';
import type { Adding } from './sums.ts';

/** A sum with the names and units of `expected.json`. */
export type ExpectedSum = {
  readonly lines: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
};

export type SumKey = 'day' | 'month' | 'model' | 'trigger' | 'source' | 'day-model';

/** A sum in the form of `expected.json`. */
export function expectedSum(sum: Adding): ExpectedSum {
  return {
    lines: sum.lines,
    input_tokens: sum.input,
    output_tokens: sum.output,
    cost_usd: dollarsOfNanos(sum.nanos),
  };
}

/** What a record without such a text is counted under, as upstream does. */
const ABSENT = { model: 'n/a', trigger: 'unknown', source: 'actor' } as const;

/** All sums of an agent, from three passes over its columns. */
export type AgentSums = Readonly<Record<SumKey, ReadonlyMap<string, Adding>>>;

const ALWAYS = { from: -Infinity, to: Infinity };

export function agentSums(records: AgentRecords): AgentSums {
  const sums = {
    day: new Map<string, Adding>(),
    month: new Map<string, Adding>(),
    model: new Map<string, Adding>(),
    trigger: new Map<string, Adding>(),
    source: new Map<string, Adding>(),
    'day-model': new Map<string, Adding>(),
  };
  const { days } = digestOf(records);
  for (const { text, day, sum } of cellsOf(records, records.model, ALWAYS).entries()) {
    const on = textOf(days[day]!);
    const model = records.model.names[text] ?? ABSENT.model;
    addTo(sums.day, on, sum);
    addTo(sums.month, on.slice(0, 7), sum);
    addTo(sums.model, model, sum);
    addTo(sums['day-model'], `${on}|${model}`, sum);
  }
  for (const [key, column] of [
    ['trigger', records.trigger],
    ['source', records.costSource],
  ] as const) {
    for (const { text, sum } of cellsOf(records, column, ALWAYS).entries()) {
      addTo(sums[key], column.names[text] ?? ABSENT[key], sum);
    }
  }
  return sums;
}

/** Sums of several agents by a key, rising. */
export function sumsOf(agents: readonly AgentSums[], key: SumKey): Record<string, ExpectedSum> {
  const all = new Map<string, Adding>();
  for (const sums of agents) for (const [name, sum] of sums[key]) addTo(all, name, sum);
  const rising = [...all].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(rising.map(([name, sum]) => [name, expectedSum(sum)]));
}
