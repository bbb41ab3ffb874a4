import type { Term } from '../../records/query.ts';
import { isTest } from './match-is.ts';
import { nameTest } from './match-name.ts';
import { textTest } from './match-text.ts';
import { FLAG, NO_DAY, type AgentRecords } from './table.ts';

/** Keeps the rows that fit at the beginning of `rows` and returns how many they are. */
export type Test = (rows: Uint32Array, n: number) => number;

/** A term made ready for one agent; `all` and `none` need no look at its rows. */
export function compileTerm(records: AgentRecords, term: Term): Test | 'all' | 'none' {
  const { negated } = term;
  switch (term.kind) {
    case 'text':
      return textTest(records, term.text, negated);
    case 'is':
      return isTest(records, term.any, negated);
    case 'name':
      if (term.key === 'agent') return term.any.includes(records.agent) !== negated ? 'all' : 'none';
      return nameTest(records, term.key, term.any, negated);
    case 'day': {
      if (term.key === 'file') return fileTest(records, term.any, negated);
      return numberTest(records.day, term.any.map(closed), negated, (day) => day !== NO_DAY);
    }
    case 'month':
      return numberTest(
        records.day,
        term.any.map(({ from, to }) => closed(monthDays(from, to))),
        negated,
        (day) => day !== NO_DAY,
      );
    case 'at':
      return numberTest(
        records.micros,
        term.any.map((range) => ({ ...range, over: false, under: true })),
        negated,
      );
    case 'number':
      return numberTermTest(records, term);
  }
}

type Range = {
  readonly from: number | null;
  readonly to: number | null;
  readonly over: boolean;
  readonly under: boolean;
};
type Ends = Pick<Range, 'from' | 'to'>;
const closed = (range: Ends): Range => ({ ...range, over: false, under: false });

const firstDay = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

/** First and last day of months. */
function monthDays(from: number | null, to: number | null): Ends {
  return { from: from === null ? null : firstDay(from), to: to === null ? null : firstDay(to + 1) - 1 };
}

/** NaN fits no range. */
function numberTest(
  values: Float64Array | Int32Array,
  ranges: readonly Range[],
  negated: boolean,
  counts: (value: number) => boolean = () => true,
): Test {
  const inside = (value: number): boolean =>
    counts(value) &&
    ranges.some(
      ({ from, to, over, under }) =>
        (from === null || (over ? value > from : value >= from)) &&
        (to === null || (under ? value < to : value <= to)) &&
        !Number.isNaN(value),
    );
  const only = ranges.length === 1 && values instanceof Int32Array ? ranges[0]! : null;
  if (only !== null && !negated) {
    const from = only.from ?? NO_DAY + 1;
    const to = only.to ?? 2 ** 31 - 1;
    return (rows, n) => {
      let kept = 0;
      for (let i = 0; i < n; i++) {
        const row = rows[i]!;
        const value = values[row]!;
        if (value >= from && value <= to && value !== NO_DAY) rows[kept++] = row;
      }
      return kept;
    };
  }
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (inside(values[row]!) !== negated) rows[kept++] = row;
    }
    return kept;
  };
}

/** The day by the file's name: a few files instead of many rows. */
function fileTest(records: AgentRecords, ranges: readonly Ends[], negated: boolean): Test {
  const fits = records.files.map(
    ({ day }) =>
      (day !== NO_DAY &&
        ranges.some(({ from, to }) => (from === null || day >= from) && (to === null || day <= to))) !==
      negated,
  );
  const { file } = records;
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (fits[file[row]!]!) rows[kept++] = row;
    }
    return kept;
  };
}

function numberTermTest(records: AgentRecords, term: Term & { kind: 'number' }): Test {
  const { key, negated, absent } = term;
  const { flags, costNanos, inputTokens, outputTokens, latencyMs, micros, offsetMinutes } = records;
  const value: (row: number) => number =
    key === 'cost'
      ? (row) => ((flags[row]! & (FLAG.hasCost | FLAG.badCost)) === 0 ? Number.NaN : costNanos[row]!)
      : key === 'tokens'
        ? (row) => inputTokens[row]! + outputTokens[row]!
        : key === 'latency'
          ? (row) => latencyMs[row]!
          : (row) => hourOf(micros[row]!, offsetMinutes[row]!);
  const fits = (number: number): boolean =>
    Number.isNaN(number)
      ? absent
      : term.any.some(
          ({ from, to, over, under }) =>
            (from === null || (over ? number > from : number >= from)) &&
            (to === null || (under ? number < to : number <= to)),
        );
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (fits(value(row)) !== negated) rows[kept++] = row;
    }
    return kept;
  };
}

/** The hour of the day in the record's own offset; NaN without a readable time. */
export function hourOf(micros: number, offsetMinutes: number): number {
  const local = micros + offsetMinutes * 60e6;
  return Math.floor((local - Math.floor(local / 86_400e6) * 86_400e6) / 3600e6);
}
