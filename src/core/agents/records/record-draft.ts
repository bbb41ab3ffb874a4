import { NO_DAY, readTimestamp } from '../../records/time.ts';
import { costNanosAt, rateOf } from '../prices.ts';
import type { Draft, Pools } from './columns.ts';
import { FLAG } from './table.ts';
import { limits } from '../../storage/limits.ts';

/** Logged and recomputed cost may differ by a micro-dollar, which is rounding, before they count as different. */
const DIFFERS_NANOS = 1000;

/**
 * Fills a draft from a parsed line (formats/atomic-agents.md §3). A key of another type than the format says is taken
 * as absent, but for a cost, which counts as 0 and is flagged. `fileDay` NO_DAY: the name of the file is no date.
 */
export function draftOf(
  value: Readonly<Record<string, unknown>>,
  fileDay: number,
  pools: Pools,
  to: Draft,
): void {
  const named = (
    key: string,
    pool: 'model' | 'trigger' | 'primitive' | 'status' | 'costSource' | 'tool',
  ): void => {
    const text = value[key];
    to[pool] = typeof text === 'string' ? pools[pool].add(text) : 0;
  };
  named('model', 'model');
  named('trigger', 'trigger');
  named('primitive', 'primitive');
  named('status', 'status');
  named('cost_source', 'costSource');
  named('tool_name', 'tool');
  to.run = idOf(pools.runs, value['run_id']);
  to.parent = idOf(pools.runs, value['parent_run_id']);
  to.delegate = idOf(pools.runs, value['delegate_run_id']);
  to.target = idOf(pools.texts, value['delegated_agent']);
  to.mandate = idOf(pools.texts, value['mandate_id']);
  to.conversation = idOf(pools.texts, value['conversation_id']);
  to.workflow = idOf(pools.texts, value['workflow_id']);
  to.summary = idOf(pools.texts, searchable(value['summary']));
  to.error = idOf(pools.texts, searchable(value['error']));
  to.inputTokens = whole(value['input_tokens']);
  to.outputTokens = whole(value['output_tokens']);
  to.hitTokens = whole(value['cache_hit_tokens']);
  to.missTokens = whole(value['cache_miss_tokens']);
  to.latencyMs = whole(value['latency_ms'], Number.NaN);
  const flag = (key: string, bit: number): number => (value[key] === true ? bit : 0);
  to.flags =
    flag('fallback', FLAG.fallback) |
    flag('critical', FLAG.critical) |
    flag('cost_estimated_via_fallback', FLAG.estimated) |
    flag('embed_batch_blocked', FLAG.embedBlocked) |
    flag('cost_data_degraded', FLAG.degraded) |
    flag('provenance_preserved', FLAG.provenancePreserved) |
    (value['provenance_preserved'] === false ? FLAG.provenanceLost : 0);
  const cost = value['cost_usd'];
  to.costNanos = 0;
  if (typeof cost === 'number' && Math.abs(cost) <= limits.agentCostUsd) {
    to.costNanos = Math.round(cost * 1e9) + 0;
    to.flags |= FLAG.hasCost;
  } else if (cost !== undefined) to.flags |= FLAG.badCost;
  stamp(typeof value['ts'] === 'string' ? value['ts'] : null, fileDay, to);
  finishDraft(pools, to);
}

/** Date, time and what is odd about them. */
export function stamp(ts: string | null, fileDay: number, to: Draft): void {
  const moment = ts === null ? null : readTimestamp(ts);
  if (fileDay === NO_DAY) to.flags |= FLAG.stray;
  if (moment === null) {
    to.day = NO_DAY;
    to.micros = Number.NaN;
    to.offsetMinutes = 0;
    return;
  }
  to.day = fileDay === NO_DAY ? NO_DAY : moment.day;
  to.micros = moment.micros;
  to.offsetMinutes = moment.offsetMinutes;
  if (moment.naive) to.flags |= FLAG.naive;
  if (fileDay !== NO_DAY && moment.day !== fileDay) to.flags |= FLAG.misfiled;
}

/** What follows from the keys together: kind of run, recomputed cost. */
export function finishDraft(pools: Pools, to: Draft): void {
  let flags = to.flags;
  if (to.costNanos < 0) flags |= FLAG.negativeCost;
  if (to.parent !== 0) flags |= FLAG.hasParent;
  const trigger = pools.trigger.fact(to.trigger, triggerFacts);
  if (trigger.delegate) flags |= to.delegate !== 0 || to.target !== 0 ? FLAG.mirror : FLAG.delegated;
  if (to.parent === 0 && trigger.primary) flags |= FLAG.primary;
  const { rate, named } = pools.model.fact(to.model, modelFacts);
  if (rate === null) {
    to.recomputedNanos = 0;
    if (named) flags |= FLAG.unpriced;
  } else {
    to.recomputedNanos = costNanosAt(rate, to.inputTokens, to.outputTokens, to.hitTokens);
    if ((flags & FLAG.hasCost) !== 0 && Math.abs(to.recomputedNanos - to.costNanos) > DIFFERS_NANOS)
      flags |= FLAG.differs;
  }
  to.flags = flags;
}

const triggerFacts = (name: string | null) => ({
  delegate: name === 'delegate',
  primary: isPrimaryTrigger(name),
});
const modelFacts = (name: string | null) => ({
  rate: rateOf(name),
  named: name !== null && name !== 'n/a',
});

const bookkeeping =
  /^(?:helper|delegate|tool_call|escalation_|embed_)|^(?:judgment|cost_warning|capture_write_error)$/;

/** Whether a record without a parent and with this trigger is a primary run (§4). */
export function isPrimaryTrigger(trigger: string | null): boolean {
  return trigger === null || !bookkeeping.test(trigger);
}

/** A cost that the guardrails take as corrupt (§6): only lines of the actor are looked at. */
export function corruptsGuardrail(pools: Pools, draft: Draft): boolean {
  if ((draft.flags & (FLAG.badCost | FLAG.negativeCost)) === 0) return false;
  const source = pools.costSource.names[draft.costSource] ?? null;
  return source === null || source === 'actor';
}

/** The text as search compares it. */
export function searchable(text: unknown): unknown {
  return typeof text === 'string' ? text.slice(0, limits.agentSearchChars).toLowerCase() : undefined;
}

function idOf(pool: Pools['runs'], text: unknown): number {
  return typeof text === 'string' && text !== '' ? pool.add(text) : 0;
}

function whole(value: unknown, absent = 0): number {
  return typeof value === 'number' && Math.abs(value) <= limits.agentCount ? Math.trunc(value) + 0 : absent;
}
