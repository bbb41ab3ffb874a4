import { NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import { monthOf, textOf } from './days.ts';
import { dollarsOfNanos } from './numbers.ts';
import { addRow, groupIn } from './sums.ts';
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

/** The dated records by a key, rising. */
export function sumsOf(agents: readonly AgentRecords[], key: SumKey): Record<string, ExpectedSum> {
  const groups = new Map<string, Adding>();
  for (const records of agents) {
    const keyOf = keyReader(records, key);
    for (let row = 0; row < records.count; row++) {
      if (records.day[row] === NO_DAY) continue;
      addRow(groupIn(groups, keyOf(row)), records, row);
    }
  }
  return Object.fromEntries(
    [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => [name, expectedSum(sum)]),
  );
}

function keyReader(records: AgentRecords, key: SumKey): (row: number) => string {
  if (key === 'day' || key === 'month') return dayReader(records, key === 'day' ? textOf : monthOf);
  if (key === 'day-model') {
    const day = dayReader(records, textOf);
    const model = keyReader(records, 'model');
    return (row) => `${day(row)}|${model(row)}`;
  }
  const column = { model: records.model, trigger: records.trigger, source: records.costSource }[key];
  return (row) => column.names[column.ids[row]!] ?? ABSENT[key];
}

/** The text of a row's day, made anew only where the day changes. */
function dayReader(records: AgentRecords, text: (day: number) => string): (row: number) => string {
  let before = NO_DAY;
  let made = '';
  return (row) => {
    const day = records.day[row]!;
    if (day !== before) {
      before = day;
      made = text(day);
    }
    return made;
  };
}
