import type {
  AgentBrief,
  Attention,
  FleetReport,
  Health,
  Recommendation,
  Reliability,
} from '../../../contract/fleet.ts';
import { alertStateAt, readAlertStates } from '../alerts.ts';
import type { AlertStates } from '../alerts.ts';
import type { AgentFolder } from '../folder.ts';
import { readEvalLines, readRubric } from '../parts/evals.ts';
import type { AgentRecords, RecordTables } from '../records/table.ts';
import { readSettings, readTargets } from '../settings.ts';
import type { AgentSettings } from '../settings.ts';
import type { Targets } from '../settings/targets.ts';
import { attentionOf, sortAttention } from './attention.ts';
import { briefOf } from './briefs.ts';
import type { BriefExtras } from './briefs.ts';
import { METRIC_NAMES } from './curve.ts';
import { dayOf, windowsOf } from './days.ts';
import { digestOf } from './digest.ts';
import { evalWindow, scoreDelta } from './evals.ts';
import { fleetHealth, healthOf } from './health.ts';
import { microsOf, roundEven } from './numbers.ts';
import { recommendationsOf, sortRecommendations } from './recommendations.ts';
import { reliabilityOf } from './reliability.ts';
import { addSum, nothing, sumOf, sumOfSpan } from './sums.ts';

export type FleetInput = {
  readonly today: string;
  readonly nowMicros: number;
  readonly extras: (agent: string) => BriefExtras;
};

/** All that is said about one agent as of a day. */
export type AgentFigures = {
  readonly records: AgentRecords;
  readonly settings: AgentSettings;
  readonly brief: AgentBrief;
  readonly health: Health;
  readonly reliability: Reliability;
  readonly attention: readonly Attention[];
  readonly recommendations: readonly Recommendation[];
};

/** Makes the figures of one agent (formats/atomic-agents.md §6–§9). */
export function agentFigures(
  records: AgentRecords,
  folder: AgentFolder,
  input: FleetInput,
  alerts: AlertStates = readAlertStates(folder),
): AgentFigures {
  const { agent } = records;
  const today = dayOf(input.today) ?? 0;
  const settings = readSettings(folder, agent);
  const digest = digestOf(records);
  const evals = readEvalLines(folder, agent);
  const { recent } = windowsOf(today);
  const reliability = reliabilityOf(digest, recent);
  const health = healthOf(digest, {
    today,
    evals,
    targetOf: (name) => settings.targets.metrics[name]!,
    weights: settings.targets.weights,
    weightsFrom: settings.targets.weightsFrom,
    degraded: degradedWords(records),
  });
  const logOnly = folder.root.agents.some((one) => one.name === agent && one.logOnly);
  const attention = logOnly
    ? []
    : attentionOf({
        digest,
        today,
        reliability,
        score: scoreDelta(evals, today),
        governance: settings.governance,
        stateOf: (key) => alertStateAt(alerts, key, input.nowMicros),
      });
  const recommendations = logOnly
    ? []
    : recommendationsOf({
        records,
        today,
        defaultModel: settings.defaultModel,
        evals: evalWindow(evals, recent),
        threshold: readRubric(folder, agent).threshold,
        health,
        governance: settings.governance,
        rules: settings.targets.recommendations,
      });
  const brief = briefOf({
    records,
    settings,
    logOnly,
    today,
    nowMicros: input.nowMicros,
    health,
    reliability,
    attention,
    extras: input.extras(agent),
  });
  return { records, settings, brief, health, reliability, attention, recommendations };
}

/** A log that can't be read takes the axes that are made of it away (§8). */
function degradedWords(records: AgentRecords): string | null {
  const file = records.files.find(({ unreadable }) => unreadable !== null);
  return file === undefined ? null : `${file.path} can't be read: ${file.unreadable}`;
}

/** The report of all agents. */
export function fleetReport(tables: RecordTables, folder: AgentFolder, input: FleetInput): FleetReport {
  const alerts = readAlertStates(folder);
  const agents = tables.agents.map((records) => agentFigures(records, folder, input, alerts));
  const named = agents.filter(({ brief }) => !brief.logOnly);
  const targets = readTargets(folder);
  const all = nothing();
  const once = nothing();
  for (const { agent } of tables.agents.map((records) => ({ agent: digestOf(records) }))) {
    const always = { from: -Infinity, to: Infinity };
    addSum(all, sumOfSpan(agent, always, false));
    addSum(once, sumOfSpan(agent, always, true));
  }
  return {
    today: input.today,
    agents: agents.map(({ brief }) => brief),
    health: named.map(({ health }) => health),
    fleet: fleetHealth(named.map(({ health }) => health)),
    reliability: named.map(({ brief, reliability }) => ({ agent: brief.name, of: reliability })),
    attention: sortAttention(named.flatMap(({ attention }) => attention)),
    recommendations: sortRecommendations(named.flatMap(({ recommendations }) => recommendations)),
    targets: targetRows(targets),
    targetProblems: targets.problems.map(({ message }) => message),
    loggedOnce: { all: sumOf(all), once: sumOf(once), doubledMicros: microsOf(all.nanos - once.nanos) },
  };
}

function targetRows(targets: Targets): FleetReport['targets'] {
  const weights = (['cost', 'quality', 'reliability'] as const).map((axis) => ({
    key: `weight of ${axis}`,
    value: String(roundEven(targets.weights[axis], 4)),
    from: targets.weightsFrom,
  }));
  const metrics = METRIC_NAMES.map((name) => {
    const { target, band, floor, better, from } = targets.metrics[name]!;
    return {
      key: name,
      value: `${better} is better, target ${target}, tolerance ${band}, 0 points at ${floor}`,
      from,
    };
  });
  return [...weights, ...metrics];
}
