import type { CostDimension } from '../../../contract/costs.ts';
import { rateOf } from '../prices.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords, RecordTables, TextColumn } from '../records/table.ts';
import type { Span } from './days.ts';
import { addRow, groupIn, nothing } from './sums.ts';
import type { Adding } from './sums.ts';

/** A group of a dimension: its sum, its sums by day, and what its costs rest on. */
export type GroupScan = {
  readonly key: string;
  readonly sum: Adding;
  readonly days: Map<number, Adding>;
  /** lines with tokens of a model without a price, of which no cost was logged */
  unpriced: number;
  estimated: number;
  costed: number;
};

/** Logged and recomputed cost of the lines with a cost of a model that has a price (formats/atomic-agents.md §5). */
export type ModelScan = { lines: number; nanos: number; recomputed: number; differing: number };

/** What a cost report adds up over its range, from one pass over the columns. */
export type CostScan = {
  readonly sum: Adding;
  readonly days: Map<number, Adding>;
  readonly groups: Map<string, GroupScan>;
  readonly mirrors: Adding;
  readonly mirrorsAlone: Adding;
  readonly failed: Adding;
  readonly blocked: Adding;
  readonly judge: Adding;
  hit: number;
  miss: number;
  /** cached tokens by model */
  readonly hits: Map<string, number>;
  readonly models: Map<string, ModelScan>;
  readonly unpriced: Map<string, Adding>;
};

export type ScanInput = {
  readonly agent: string | null;
  readonly span: Span;
  readonly by: CostDimension;
  readonly once: boolean;
};

const dimensionColumn = {
  model: 'model',
  trigger: 'trigger',
  primitive: 'primitive',
  status: 'status',
  source: 'costSource',
} as const;

/** Adds up the dated records of a range. `once`: delegated runs whose own line was found only at their target. */
export function scanCosts(tables: RecordTables, input: ScanInput): CostScan {
  const scan: CostScan = {
    sum: nothing(),
    days: new Map(),
    groups: new Map(),
    mirrors: nothing(),
    mirrorsAlone: nothing(),
    failed: nothing(),
    blocked: nothing(),
    judge: nothing(),
    hit: 0,
    miss: 0,
    hits: new Map(),
    models: new Map(),
    unpriced: new Map(),
  };
  for (const records of tables.agents) {
    if (input.agent === null || records.agent === input.agent) scanAgent(scan, records, input);
  }
  return scan;
}

function scanAgent(scan: CostScan, records: AgentRecords, input: ScanInput): void {
  const { count, day, flags, hitTokens, missTokens } = records;
  const { from, to } = input.span;
  const groups = groupsOf(scan, records, input.by);
  const models = records.model.names.map(() => ({
    adding: nothing(),
    costed: 0,
    logged: 0,
    recomputed: 0,
    differing: 0,
    hit: 0,
  }));
  const errors = idsNamed(records.status, 'error');
  const busy = idsNamed(records.status, 'lock_busy');
  const judges = idsNamed(records.costSource, 'judge');
  const ids = input.by === 'agent' ? null : records[dimensionColumn[input.by]].ids;
  let dayBefore = NO_DAY;
  let daySum: Adding = nothing();
  for (let row = 0; row < count; row++) {
    const at = day[row]!;
    if (at === NO_DAY || at < from || at > to) continue;
    const flag = flags[row]!;
    if ((flag & FLAG.mirror) !== 0) {
      const resolved = (flag & FLAG.resolved) !== 0;
      addRow(resolved ? scan.mirrors : scan.mirrorsAlone, records, row);
      if (resolved && input.once) continue;
    }
    addRow(scan.sum, records, row);
    if (at !== dayBefore) {
      dayBefore = at;
      daySum = dayOfMap(scan.days, at);
    }
    addRow(daySum, records, row);
    const group = groups[ids === null ? 0 : ids[row]!]!;
    addRow(group.sum, records, row);
    addRow(dayOfMap(group.days, at), records, row);
    if ((flag & FLAG.hasCost) !== 0) group.costed++;
    if ((flag & FLAG.estimated) !== 0) group.estimated++;
    if ((flag & FLAG.unpriced) !== 0 && (flag & FLAG.hasCost) === 0) group.unpriced++;
    scan.hit += hitTokens[row]!;
    scan.miss += missTokens[row]!;
    const model = models[records.model.ids[row]!]!;
    model.hit += hitTokens[row]!;
    addRow(model.adding, records, row);
    if ((flag & FLAG.hasCost) !== 0) {
      model.costed++;
      model.logged += records.costNanos[row]!;
      model.recomputed += records.recomputedNanos[row]!;
    }
    if ((flag & FLAG.differs) !== 0) model.differing++;
    if (errors(records.status.ids[row]!)) addRow(scan.failed, records, row);
    if (busy(records.status.ids[row]!) || (flag & FLAG.embedBlocked) !== 0)
      addRow(scan.blocked, records, row);
    if (judges(records.costSource.ids[row]!)) addRow(scan.judge, records, row);
  }
  records.model.names.forEach((name, id) => gatherModel(scan, name, models[id]!));
}

type ModelRun = {
  readonly adding: Adding;
  readonly costed: number;
  readonly logged: number;
  readonly recomputed: number;
  readonly differing: number;
  readonly hit: number;
};

function gatherModel(scan: CostScan, name: string | null, run: ModelRun): void {
  if (name === null || run.adding.lines === 0) return;
  const rate = rateOf(name);
  if (rate === null) {
    if (name === 'n/a') return;
    const group = groupIn(scan.unpriced, name);
    group.lines += run.adding.lines;
    group.input += run.adding.input;
    group.output += run.adding.output;
    group.nanos += run.adding.nanos;
    return;
  }
  if (run.hit !== 0 && !rate.embedding) scan.hits.set(name, (scan.hits.get(name) ?? 0) + run.hit);
  let model = scan.models.get(name);
  if (model === undefined) {
    scan.models.set(name, (model = { lines: 0, nanos: 0, recomputed: 0, differing: 0 }));
  }
  model.lines += run.costed;
  model.nanos += run.logged;
  model.recomputed += run.recomputed;
  model.differing += run.differing;
}

/** The group of each id of the dimension's column; all ids of one text share a group. */
function groupsOf(scan: CostScan, records: AgentRecords, by: CostDimension): GroupScan[] {
  const names: readonly (string | null)[] =
    by === 'agent' ? [records.agent] : records[dimensionColumn[by]].names;
  const absent = by === 'source' ? 'actor' : '';
  return names.map((name) => {
    const key = name ?? absent;
    let group = scan.groups.get(key);
    if (group === undefined) {
      group = { key, sum: nothing(), days: new Map(), unpriced: 0, estimated: 0, costed: 0 };
      scan.groups.set(key, group);
    }
    return group;
  });
}

function dayOfMap(days: Map<number, Adding>, day: number): Adding {
  let sum = days.get(day);
  if (sum === undefined) days.set(day, (sum = nothing()));
  return sum;
}

/** Whether an id of a column is one text. */
function idsNamed(column: TextColumn, name: string): (id: number) => boolean {
  const id = column.names.indexOf(name);
  return id < 0 ? () => false : (other) => other === id;
}
