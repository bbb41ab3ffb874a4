import type { CostDimension } from '../../../contract/costs.ts';
import { rateOf } from '../prices.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords, RecordTables, TextColumn } from '../records/table.ts';
import type { Span } from './days.ts';
import { addTo, cellsOf } from './cells.ts';
import { digestOf, rowsOfSpan } from './digest.ts';
import { addRow, addSum, nothing } from './sums.ts';
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
  /** records whose cost is no number */
  badCosts: number;
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
    badCosts: 0,
  };
  for (const records of tables.agents) {
    if (input.agent === null || records.agent === input.agent) scanAgent(scan, records, input);
  }
  return scan;
}

function scanAgent(scan: CostScan, records: AgentRecords, input: ScanInput): void {
  const { flags, day, hitTokens, missTokens } = records;
  const { span, once } = input;
  const column = input.by === 'agent' ? null : records[dimensionColumn[input.by]];
  const groups = groupsOf(scan, records, input.by);
  const { days } = digestOf(records);
  for (const { text, day: slot, sum } of cellsOf(records, column, span, once ? FLAG.resolved : 0).entries()) {
    const at = days[slot]!;
    addSum(scan.sum, sum);
    addTo(scan.days, at, sum);
    addSum(groups[text]!.sum, sum);
    addTo(groups[text]!.days, at, sum);
  }
  const models = records.model.names.map(newModelRun);
  const errors = idNamed(records.status, 'error');
  const busy = idNamed(records.status, 'lock_busy');
  const judges = idNamed(records.costSource, 'judge');
  const rows = rowsOfSpan(digestOf(records), span);
  for (let row = rows.from; row < rows.to; row++) {
    const at = day[row]!;
    if (at === NO_DAY || at < span.from || at > span.to) continue;
    const flag = flags[row]!;
    if ((flag & FLAG.mirror) !== 0) {
      const resolved = (flag & FLAG.resolved) !== 0;
      addRow(resolved ? scan.mirrors : scan.mirrorsAlone, records, row);
      if (resolved && once) continue;
    }
    const group = groups[column === null ? 0 : column.ids[row]!]!;
    const model = models[records.model.ids[row]!]!;
    scan.hit += hitTokens[row]!;
    scan.miss += missTokens[row]!;
    model.hit += hitTokens[row]!;
    if ((flag & FLAG.hasCost) !== 0) {
      group.costed++;
      model.costed++;
      model.logged += records.costNanos[row]!;
      model.recomputed += records.recomputedNanos[row]!;
      if ((flag & FLAG.differs) !== 0) model.differing++;
    }
    if ((flag & ODD) !== 0) {
      if ((flag & FLAG.estimated) !== 0) group.estimated++;
      if ((flag & FLAG.badCost) !== 0) scan.badCosts++;
      if ((flag & FLAG.unpriced) !== 0) {
        addRow(model.unpriced, records, row);
        if ((flag & FLAG.hasCost) === 0) group.unpriced++;
      }
    }
    const status = records.status.ids[row]!;
    if (status === errors) addRow(scan.failed, records, row);
    if (status === busy || (flag & FLAG.embedBlocked) !== 0) addRow(scan.blocked, records, row);
    if (records.costSource.ids[row] === judges) addRow(scan.judge, records, row);
  }
  records.model.names.forEach((name, id) => gatherModel(scan, name, models[id]!));
}

const ODD = FLAG.estimated | FLAG.badCost | FLAG.unpriced;

function newModelRun(): ModelRun {
  return { unpriced: nothing(), costed: 0, logged: 0, recomputed: 0, differing: 0, hit: 0 };
}

type ModelRun = {
  readonly unpriced: Adding;
  costed: number;
  logged: number;
  recomputed: number;
  differing: number;
  hit: number;
};

function gatherModel(scan: CostScan, name: string | null, run: ModelRun): void {
  if (name === null) return;
  if (run.unpriced.lines > 0) addTo(scan.unpriced, name, run.unpriced);
  const rate = rateOf(name);
  if (rate === null) return;
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

/** The id of a text in a column; -1 where no record has it. */
function idNamed(column: TextColumn, name: string): number {
  return column.names.indexOf(name);
}
