import type { CostDimension, CostReport, Counting, WhatIf } from '../../contract/costs.ts';
import type { DayRange } from '../../contract/records.ts';
import { ok, type Result } from '../result.ts';
import type { AsOf } from './days.ts';
import { costReport } from './figures/costs.ts';
import { dayOf } from './figures/days.ts';
import { whatIf } from './figures/what-if.ts';
import type { AgentFolder } from './folder.ts';
import type { RecordStore } from './records/open.ts';
import { NO_DAY, type RecordTables } from './records/table.ts';
import { topRows } from './records/window.ts';
import { readSettings } from './settings.ts';
import { unknownAgent } from './unknown.ts';

/** What figures are made of. */
export type Material = {
  readonly folder: AgentFolder;
  readonly store: RecordStore;
  readonly tables: RecordTables;
};

/** What is asked about costs; the contract's question. */
export type CostQuestion = {
  readonly agent: string | null;
  readonly range: DayRange;
  readonly by: CostDimension;
  readonly counting: Counting;
};

/** The cost report of an agent, or of all, as of a day. */
export function costsOf(of: Material, question: CostQuestion, { today, isOver }: AsOf): Result<CostReport> {
  const unknown = unknownAgent(of.folder.root, question.agent);
  if (unknown !== null) return unknown;
  return ok(
    costReport(of.tables, of.folder, {
      ...question,
      today,
      todayIsOver: isOver,
      top: (query, count) => topRows(of.store, query, 'cost', count),
    }),
  );
}

/** What other caps would have done to an agent in a range. */
export function whatIfOf(
  { folder, tables }: Material,
  agent: string,
  range: DayRange,
  caps: { readonly dailyCapMicros: number | null; readonly monthlyCapMicros: number | null },
): Result<WhatIf> {
  const unknown = unknownAgent(folder.root, agent);
  if (unknown !== null) return unknown;
  const records = tables.agents.find((one) => one.agent === agent)!;
  const span = { from: dayOf(range.from) ?? NO_DAY, to: dayOf(range.to) ?? NO_DAY };
  return ok(whatIf(records, readSettings(folder, agent), span, caps));
}
