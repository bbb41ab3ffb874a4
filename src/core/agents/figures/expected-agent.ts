import type { Escalation } from '../../../contract/escalations.ts';
import type { Attention, Health } from '../../../contract/fleet.ts';
import { alertStateAt } from '../alerts.ts';
import type { AlertStates } from '../alerts.ts';
import type { AgentFolder } from '../folder.ts';
import { readEvalLines } from '../parts/evals.ts';
import { rateOf } from '../prices.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import { readSettings } from '../settings.ts';
import type { AgentSettings } from '../settings.ts';
import { DEFAULT_METRICS } from '../settings/targets.ts';
import { attentionOf } from './attention.ts';
import { endOf, monthRange, textOf, windowsOf } from './days.ts';
import { digestOf } from './digest.ts';
import { evalWindow, scoreDelta } from './evals.ts';
import { escalationFigures, memoryFigures } from './expected-parts.ts';
import { agentSums, expectedSum, sumsOf } from './expected-sums.ts';
import type { AgentSums } from './expected-sums.ts';
import { fileSpend, spentInMonth, spentOnDay } from './guardrail-spend.ts';
import { healthOf } from './health.ts';
import { mostUsedModels } from './helpers.ts';
import { dollarsOf, dollarsOfNanos, microsOf, roundEven } from './numbers.ts';
import { reliabilityOf } from './reliability.ts';
import { addRow, nothing, sumOfSpan } from './sums.ts';

/** The figures of one agent in the form of `expected.json`, and what the fleet's figures are made of. */
export type ExpectedAgent = {
  readonly name: string;
  readonly figures: ReturnType<typeof figuresOf>;
  readonly sums: AgentSums;
  readonly health: Health;
  readonly attention: readonly Attention[];
};

export function expectedAgent(
  records: AgentRecords,
  folder: AgentFolder,
  today: number,
  alerts: AlertStates,
  escalations: readonly Escalation[],
): ExpectedAgent {
  const settings = readSettings(folder, records.agent);
  const digest = digestOf(records);
  const evals = readEvalLines(folder, records.agent);
  const { recent } = windowsOf(today);
  const reliability = reliabilityOf(digest, recent);
  const score = scoreDelta(evals, today);
  const health = healthOf(digest, {
    today,
    evals,
    targetOf: (name) => DEFAULT_METRICS[name]!,
    weights: settings.targets.weights,
    weightsFrom: settings.targets.weightsFrom,
    degraded: null,
  });
  const attention = attentionOf({
    digest,
    today,
    reliability,
    score,
    governance: settings.governance,
    stateOf: (key) => alertStateAt(alerts, key, endOf(today)),
  });
  const sums = agentSums(records);
  const figures = figuresOf(records, folder, settings, today, {
    sums,
    health,
    evals: evalWindow(evals, recent),
    delta: score.delta,
    escalations,
  });
  return { name: records.agent, figures, sums, health, attention };
}

type Scored = {
  readonly sums: AgentSums;
  readonly health: Health;
  readonly evals: ReturnType<typeof evalWindow>;
  readonly delta: number | null;
  readonly escalations: readonly Escalation[];
};

function figuresOf(
  records: AgentRecords,
  folder: AgentFolder,
  settings: AgentSettings,
  today: number,
  scored: Scored,
) {
  const digest = digestOf(records);
  const { sums } = scored;
  const always = { from: -Infinity, to: Infinity };
  const total = sumOfSpan(digest, always, false);
  const once = sumOfSpan(digest, always, true);
  const { recent, prior } = windowsOf(today);
  const reliability = reliabilityOf(digest, recent);
  const month = { from: monthRange(today).from, to: monthRange(today).to };
  return {
    log_files: records.files.length,
    bad: badOf(records),
    total: expectedSum(total),
    total_without_delegate_mirrors_usd: dollarsOfNanos(once.nanos),
    by_day: sumsOf([sums], 'day'),
    by_model: sumsOf([sums], 'model'),
    by_month: sumsOf([sums], 'month'),
    by_trigger: sumsOf([sums], 'trigger'),
    by_cost_source: sumsOf([sums], 'source'),
    by_day_model: sumsOf([sums], 'day-model'),
    ...rowFigures(records),
    guardrail: guardrailOf(records, settings, today),
    guardrail_file_day_actor_usd: fileDays(records),
    most_used_known_models_this_month: mostUsedModels(records, month),
    reliability_30d: {
      primary_runs: reliability.primaryRuns.value,
      error_rate: reliability.errorRate,
      blocked_rate: reliability.blockedRate,
      inflight_rate: reliability.inflightRate,
      principal_rate: reliability.principalRate,
      skipped_rate: reliability.skippedRate,
    },
    spend_recent_usd: dollarsOfNanos(sumOfSpan(digest, recent, false).nanos),
    spend_prior_usd: dollarsOfNanos(sumOfSpan(digest, prior, false).nanos),
    health: healthForm(scored.health),
    evals: { rows_30d: scored.evals.rows, scorable: scored.evals.scorable, delta_30d: scored.delta },
    governance: settings.governance.state as string,
    memory: memoryFigures(folder, records.agent, textOf(today)),
    escalations: escalationFigures(folder, records.agent, scored.escalations),
    children_without_parent_line: countFlag(records, FLAG.orphan),
  };
}

function countFlag(records: AgentRecords, flag: number): number {
  let count = 0;
  for (let row = 0; row < records.count; row++) {
    if (records.day[row] !== NO_DAY && (records.flags[row]! & flag) !== 0) count++;
  }
  return count;
}

/** Lines that are unusual, by what is; only what occurs. A torn end is one however fresh the file is. */
function badOf(records: AgentRecords): Record<string, number> {
  let [badTs, naive, misfiled, badCost] = [0, 0, 0, 0];
  for (let row = 0; row < records.count; row++) {
    const flag = records.flags[row]!;
    if ((flag & FLAG.stray) !== 0) continue;
    if ((flag & FLAG.badCost) !== 0) badCost++;
    if (records.day[row] === NO_DAY) badTs++;
    else {
      if ((flag & FLAG.naive) !== 0) naive++;
      if ((flag & FLAG.misfiled) !== 0) misfiled++;
    }
  }
  const lines = records.badCounts;
  const counts: Record<string, number> = {
    not_json: lines['not-json'] + lines['not-utf8'] + lines['too-long'],
    not_object: lines['not-object'],
    torn_tail: lines.torn + lines['being-written'],
    bad_cost: badCost,
    bad_ts: badTs,
    naive_ts_kept: naive,
    misfiled_kept: misfiled,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** What needs a look at each row: status, cache, helpers, mirrors. */
function rowFigures(records: AgentRecords) {
  const status = new Map<string, number>();
  const helpers = nothing();
  const mirrors = nothing();
  let resolved = 0;
  let [hit, miss, savedTenths] = [0, 0, 0];
  const saved = records.model.names.map((name) => {
    const rate = rateOf(name);
    return rate === null || rate.embedding ? 0 : rate.inNanos * 9;
  });
  const helper = records.trigger.names.indexOf('helper');
  for (let row = 0; row < records.count; row++) {
    if (records.day[row] === NO_DAY) continue;
    const word = records.status.names[records.status.ids[row]!] ?? 'unknown';
    status.set(word, (status.get(word) ?? 0) + 1);
    hit += records.hitTokens[row]!;
    miss += records.missTokens[row]!;
    savedTenths += records.hitTokens[row]! * saved[records.model.ids[row]!]!;
    if (records.trigger.ids[row] === helper && helper >= 0) addRow(helpers, records, row);
    if ((records.flags[row]! & FLAG.mirror) === 0) continue;
    addRow(mirrors, records, row);
    if ((records.flags[row]! & FLAG.resolved) !== 0) resolved++;
  }
  return {
    status: Object.fromEntries(status),
    cache: {
      hit,
      miss,
      hit_pct: hit + miss === 0 ? null : roundEven((hit / (hit + miss)) * 100, 1),
      saved_usd: dollarsOfNanos(savedTenths / 10),
    },
    helpers: expectedSum(helpers),
    delegate_mirrors: { lines: mirrors.lines, cost_usd: dollarsOfNanos(mirrors.nanos), resolved },
  };
}

function guardrailOf(records: AgentRecords, settings: AgentSettings, today: number) {
  const { guardrails, effective } = settings;
  const daily = spentOnDay(records, today, today);
  const monthly = spentInMonth(records, today);
  const month = textOf(today).slice(0, 7);
  return {
    enabled: guardrails.enabled,
    daily_cap_usd: dollarsOf(guardrails.dailyCapMicros),
    monthly_cap_usd: dollarsOf(guardrails.monthlyCapMicros),
    daily_cap_action: guardrails.dailyAction,
    monthly_cap_action: guardrails.monthlyAction,
    effective_daily_cap_usd: usd(effective.daily.micros),
    effective_monthly_cap_usd: usd(effective.monthly.micros),
    spent_today_actor_usd: dollarsOfNanos(daily.nanos),
    spent_month_actor_usd: dollarsOfNanos(monthly.nanos),
    degraded_files: fileSpend(records)
      .filter(({ file, unreliable }) => unreliable !== null && file.month === month)
      .map(({ file }) => file.path),
    daily_cap_fired: fired(daily.nanos, effective.daily.micros),
    monthly_cap_fired: fired(monthly.nanos, effective.monthly.micros),
  };
}

const usd = (micros: number | null): number | null => (micros === null ? null : dollarsOf(micros));
const fired = (nanos: number, cap: number | null): boolean => cap !== null && microsOf(nanos) >= cap;

function fileDays(records: AgentRecords): Record<string, number> {
  const days = new Map<string, number>();
  for (const { file, nanos } of fileSpend(records)) {
    if (file.day === NO_DAY || file.to === file.from) continue;
    const day = textOf(file.day);
    days.set(day, (days.get(day) ?? 0) + nanos);
  }
  return Object.fromEntries([...days].map(([day, nanos]) => [day, dollarsOfNanos(nanos)]));
}

function healthForm(health: Health) {
  const present = health.axes.filter(({ points }) => points !== null);
  return {
    axes: Object.fromEntries(present.map(({ name, points }) => [name as string, points!])),
    metric_scores: Object.fromEntries(
      present.flatMap(({ metrics }) =>
        metrics.map(({ name, points }) => [name, roundEven(points!, 1)] as const),
      ),
    ),
    capped: health.capped,
    composite: health.composite,
    display: health.shown,
    band: health.band as string | null,
  };
}
