import {
  MAX_TIMELINE_BUCKETS,
  type LedgerTimeline,
  type TimelineBuckets,
} from '../../../contract/ledger-timeline.ts';
import type { Severity } from '../../../contract/problem.ts';
import type { LedgerColumns } from '../columns.ts';
import { provedOf } from '../figures/proved.ts';
import { balanceColumns } from '../views/balances.ts';
import type { LedgerFacts } from '../views/facts.ts';
import { rowOfSeq } from '../views/rows.ts';
import { bucketsOf } from './buckets.ts';
import { barsOf, timelineMarks } from './marks.ts';
import { missingMarks } from './missing.ts';
import { firstAt, orderOfAgent, timeOrder, type TimeOrder } from './order.ts';
import { doubtedBy, provedMoney } from './proved-money.ts';
import { recordOf } from './record.ts';
import { seriesOf, type TimeSeries } from './spans.ts';
import { piecesOf, stretchesOf } from './stretches.ts';

export type TimelineInput = {
  readonly agent: string | null;
  /** microseconds, the end excluded; null: from the first, up to the last entry */
  readonly from: number | null;
  readonly to: number | null;
  readonly buckets: number;
  readonly fold: boolean;
};

const SECOND = 1e6;

/**
 * What is drawn of a window of time, clipped to the record. Entries stand where `timeOrder` draws them; the line takes
 * the value after the entry that is last in time and in its place there. The account is that of an agent, or of all that have a budget today;
 * an agent without one counts from 0. The revision is the caller's to add.
 */
export function timelineOf(
  columns: LedgerColumns,
  input: TimelineInput,
  facts: LedgerFacts,
): Omit<LedgerTimeline, 'revision'> {
  const series = seriesFor(columns, input.agent);
  const balances = balanceColumns(columns, input.agent, facts);
  const budgetMicro = balances.budgetMicro ?? 0;
  const whole = wholeOf(columns);
  if (whole === null)
    return {
      wholeFromMicros: null,
      wholeToMicros: null,
      fromMicros: 0,
      toMicros: 0,
      stretches: [],
      budgetMicro,
      buckets: NOTHING,
      bars: [],
      barCount: 0,
      marks: [],
      markCount: 0,
      record: [],
      proved: null,
      doubted: [],
      doubtedCount: 0,
      undated: series.undated,
    };
  const window = clipped(whole, input);
  const first = firstAt(series.drawn, window.from);
  const end = firstAt(series.drawn, window.to);
  const stretches = input.fold
    ? stretchesOf(series, { ...window, first, end })
    : [{ fromMicros: window.from, toMicros: window.to }];
  const count = Math.min(Math.max(1, Math.floor(input.buckets)), MAX_TIMELINE_BUCKETS);
  const found = foundRows(columns, facts.findings);
  const { agent } = input;
  const record = recordOf(columns, facts.stretches);
  const missing = missingMarks(columns, drawnOf(columns), facts.gaps ?? [], agent, whole, window);
  const pieces = piecesOf(stretches, count);
  const buckets = bucketsOf(columns, series, balances, pieces, { found, codes: record.codes }, missing);
  const proved = provedOf(columns, facts.told);
  const money = { all: agent === null ? series : seriesFor(columns, null), facts };
  return {
    wholeFromMicros: whole.from,
    wholeToMicros: whole.to,
    fromMicros: window.from,
    toMicros: window.to,
    stretches,
    budgetMicro,
    buckets,
    ...barsOf(columns, series, balances, facts, window),
    ...timelineMarks(columns, series, found, missing, window),
    record: record.states,
    proved: provedMoney(money, agent, proved, pieces, buckets),
    ...doubtedBy(proved, agent),
    undated: series.undated,
  };
}

const NOTHING: TimelineBuckets = {
  starts: [],
  available: [],
  lowest: [],
  highest: [],
  unspent: [],
  spent: [],
  commits: [],
  releases: [],
  denials: [],
  overruns: [],
  findings: [],
  missing: [],
  record: [],
  firstSeq: [],
  lastSeq: [],
};

type Window = { readonly from: number; readonly to: number };

/** From the first entry to the end of the last one's second. */
function wholeOf(columns: LedgerColumns): Window | null {
  const { drawn } = timeOrder(columns);
  if (drawn.length === 0) return null;
  return { from: drawn[0]!, to: (Math.floor(drawn.at(-1)! / SECOND) + 1) * SECOND };
}

/** The asked window inside the whole one, in whole microseconds. */
function clipped(whole: Window, input: TimelineInput): Window {
  const asked = { from: input.from ?? whole.from, to: input.to ?? whole.to };
  const from = Math.min(Math.max(Math.floor(asked.from), whole.from), whole.to - 1);
  return { from, to: Math.max(Math.min(Math.ceil(asked.to), whole.to), from + 1) };
}

/** The last agents looked at. */
const AGENTS = 4;
type Kept = {
  readonly count: number;
  readonly byAgent: Map<string | null, TimeSeries>;
  readonly drawnOf: Float64Array;
};
const kept = new WeakMap<LedgerColumns, Kept>();

function keptOf(columns: LedgerColumns): Kept {
  let known = kept.get(columns);
  if (known?.count !== columns.count) {
    known = { count: columns.count, byAgent: new Map(), drawnOf: drawnByRow(columns, timeOrder(columns)) };
    kept.set(columns, known);
  }
  return known;
}

/** Where each row is drawn; NaN: it has no time. */
const drawnOf = (columns: LedgerColumns): Float64Array => keptOf(columns).drawnOf;

function seriesFor(columns: LedgerColumns, agent: string | null): TimeSeries {
  const known = keptOf(columns);
  const before = known.byAgent.get(agent);
  if (before !== undefined) {
    known.byAgent.delete(agent);
    known.byAgent.set(agent, before);
    return before;
  }
  const order = agent === null ? timeOrder(columns) : orderOfAgent(columns, agent);
  const series = seriesOf(columns, order, known.drawnOf);
  known.byAgent.set(agent, series);
  if (known.byAgent.size > AGENTS) known.byAgent.delete(known.byAgent.keys().next().value!);
  return series;
}

function drawnByRow(columns: LedgerColumns, { rows, drawn, undated, inSeqOrder }: TimeOrder): Float64Array {
  if (undated === 0 && inSeqOrder) return drawn;
  const byRow = new Float64Array(columns.count).fill(Number.NaN);
  for (let at = 0; at < rows.length; at++) byRow[rows[at]!] = drawn[at]!;
  return byRow;
}

const foundKept = new WeakMap<
  LedgerFacts['findings'],
  { readonly columns: LedgerColumns; readonly count: number; readonly rows: Uint8Array }
>();

/** 1 for entries with an error or a warning; a notice is no reason to look twice. */
function foundRows(columns: LedgerColumns, findings: ReadonlyMap<number, Severity>): Uint8Array {
  const before = foundKept.get(findings);
  if (before?.columns === columns && before.count === columns.count) return before.rows;
  const rows = new Uint8Array(columns.count);
  for (const [seq, severity] of findings) {
    if (severity === 'notice') continue;
    const row = rowOfSeq(columns, seq);
    if (row !== -1) rows[row] = 1;
  }
  foundKept.set(findings, { columns, count: columns.count, rows });
  return rows;
}
