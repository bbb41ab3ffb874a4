import type { CostReport } from '../../../contract/costs.ts';
import { HIGHEST, costNanosAt, rateOf } from '../prices.ts';
import { NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import type { Span } from './days.ts';
import { within } from './days.ts';
import { digestOf, rowsOfSpan } from './digest.ts';
import { microsOf, roundEven } from './numbers.ts';
import { addRow, nothing, sumOf } from './sums.ts';

/** The model that upstream takes where no other is known (formats/atomic-agents.md §7). */
const DEFAULT_MAIN = 'claude-opus-4-7-20260101';

/**
 * The models that were used most, helpers left out, among those with a price; several where they are used equally often.
 * Upstream's own dashboard also counts `n/a`, the model of lines that called none.
 */
export function mostUsedModels(records: AgentRecords, span: Span): readonly string[] {
  const used = new Map<string, number>();
  const { names, ids } = records.model;
  const counts = new Float64Array(names.length);
  const helper = records.trigger.names.indexOf('helper');
  const rows = rowsOfSpan(digestOf(records), span);
  for (let row = rows.from; row < rows.to; row++) {
    const day = records.day[row]!;
    if (day === NO_DAY || !within(day, span) || records.trigger.ids[row] === helper) continue;
    counts[ids[row]!]! += 1;
  }
  names.forEach((name, id) => {
    const rate = rateOf(name);
    if (name !== null && rate !== null && !rate.embedding && counts[id]! > 0) {
      used.set(name, (used.get(name) ?? 0) + counts[id]!);
    }
  });
  const most = Math.max(0, ...used.values());
  return [...used].flatMap(([name, count]) => (count === most ? [name] : [])).toSorted();
}

/** What helpers cost, and what their work would have cost on the main model of each agent. */
export function helperSavings(
  agents: readonly AgentRecords[],
  span: Span,
  month: Span,
  query: string,
): CostReport['helpers'] {
  const sum = nothing();
  let would = 0;
  const mains = new Map<string, string[]>();
  for (const records of agents) {
    const helper = records.trigger.names.indexOf('helper');
    if (helper < 0) continue;
    const most = mostUsedModels(records, month);
    const main = most[0] ?? DEFAULT_MAIN;
    const rate = rateOf(main) ?? HIGHEST;
    let any = false;
    const rows = rowsOfSpan(digestOf(records), span);
    for (let row = rows.from; row < rows.to; row++) {
      if (records.trigger.ids[row] !== helper) continue;
      const day = records.day[row]!;
      if (day === NO_DAY || !within(day, span)) continue;
      addRow(sum, records, row);
      would += costNanosAt(rate, records.inputTokens[row]!, records.outputTokens[row]!, 0);
      any = true;
    }
    if (any) mains.set(main, [...(mains.get(main) ?? []), records.agent]);
  }
  const models = [...mains.keys()];
  return {
    ...sumOf(sum),
    query,
    mainModel: models.length === 0 ? '' : models.join(', '),
    mainModelWhy:
      models.length === 0
        ? 'No helper ran.'
        : `${[...mains].map(([model, names]) => `${model} for ${names.join(', ')}`).join('; ')}: the model used most in the month by runs that are no helpers, among those with a price; ${DEFAULT_MAIN} where there is none. The helpers' tokens are priced at it without a cache.`,
    wouldCostMicros: microsOf(would),
    savedMicros: microsOf(Math.max(0, would - sum.nanos)),
    ratio: sum.nanos > 0 ? roundEven(would / sum.nanos, 1) : null,
  };
}
