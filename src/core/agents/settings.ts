import type { FileFinding } from '../../contract/agent-files.ts';
import type { AgentFolder } from './folder.ts';
import { readElsewhere } from './settings/elsewhere.ts';
import type { Elsewhere } from './settings/elsewhere.ts';
import { parseGovernance } from './settings/governance.ts';
import type { Governance } from './settings/governance.ts';
import { noJudges, parseJudges, withFloor } from './settings/judges.ts';
import type { JudgeSettings } from './settings/judges.ts';
import { parseModel } from './settings/model.ts';
import type { ModelSettings } from './settings/model.ts';
import { micros } from './settings/numbers.ts';
import { noPolicy, parsePolicy, policyFor, smaller } from './settings/policy.ts';
import type { Policy, PolicyFor } from './settings/policy.ts';
import { parseRoster } from './settings/roster.ts';
import type { RosterName } from './settings/roster.ts';
import { parseTargets } from './settings/targets.ts';
import type { Targets } from './settings/targets.ts';
import { parseTools } from './settings/tools.ts';
import type { ToolClass, ToolsSettings } from './settings/tools.ts';
import { cascadeOf, cascadeTools } from './prompt-cascade.ts';
import { fileOf, oncePerFile, readJson, textOf } from './parts/read.ts';
import { isMap, truthy, yamlText } from '../yaml/yaml-value.ts';

/** A cap that holds, where it comes from, and all that were compared. `micros` null: no cap; 0: frozen. */
export type EffectiveCap = {
  readonly micros: number | null;
  readonly from: string | null;
  readonly caps: readonly { readonly micros: number; readonly from: string; readonly counts: boolean }[];
};

/** What the settings files of an agent and of its root come to (formats/atomic-agents.md §2.3, §2.20–2.22, §6). */
export type AgentSettings = {
  readonly agent: string;
  readonly modelPath: string;
  readonly model: ModelSettings;
  readonly defaultModel: string;
  readonly fallbackModel: string | null;
  readonly provider: string | null;
  readonly maxSystemPrompt: number;
  readonly maxOutput: number;
  readonly guardrails: {
    readonly enabled: boolean;
    readonly dailyCapMicros: number;
    readonly monthlyCapMicros: number;
    readonly dailyAction: string;
    readonly monthlyAction: string;
    readonly thresholds: readonly number[];
    readonly alertChannel: string;
    readonly findings: readonly FileFinding[];
  };
  readonly policy: {
    readonly dailyCapMicros: number | null;
    readonly monthlyCapMicros: number | null;
    readonly from: string | null;
    readonly broken: string | null;
    readonly full: PolicyFor;
    readonly findings: readonly FileFinding[];
  };
  readonly effective: { readonly daily: EffectiveCap; readonly monthly: EffectiveCap };
  /** false: the code checks no cap at all while the agent's guardrails are off, also none of `policy.md` */
  readonly capsChecked: boolean;
  readonly judges: JudgeSettings;
  readonly governance: Governance;
  readonly targets: Targets;
  readonly tools: ToolsSettings;
  readonly toolClasses: readonly ToolClass[];
  readonly roster: readonly RosterName[];
  readonly elsewhere: readonly Elsewhere[];
  /** thresholds that were warned of, newest first, as `.cost-warnings.json` says */
  readonly warned: readonly Warned[];
};

export type Warned = {
  readonly period: 'daily' | 'monthly';
  readonly of: string;
  readonly threshold: number;
};

const model = oncePerFile((file) => parseModel(file.text ?? ''));
const policyOnce = oncePerFile((file) => parsePolicy(file.text ?? ''));
const judgesOnce = oncePerFile((file) => parseJudges(file.text ?? '', file.path));
const toolsOnce = oncePerFile((file) => parseTools(file.text ?? ''));
const rosterOnce = oncePerFile((file) => parseRoster(file.text ?? ''));

/** The `policy.md` of a root, of a cascade agent that of its project; or one without opinion. */
export function readPolicy(folder: AgentFolder, agent?: string): Policy & { readonly path: string | null } {
  const cascade = agent === undefined ? null : cascadeOf(folder, agent);
  const path = cascade === null ? folder.sharedPath('policy.md') : `${cascade.project}/policy.md`;
  const file = path === null ? null : fileOf(folder, path);
  if (file === null) return { ...noPolicy, path: null };
  return { ...policyOnce(file), path: file.path };
}

/** The targets of a root. */
export function readTargets(folder: AgentFolder): Targets {
  const files = ['targets.md', 'targets.override.md'].flatMap((name) => {
    const path = folder.sharedPath(name);
    const text = path === null ? null : textOf(folder, path);
    return path === null || text === null ? [] : [{ path, text }];
  });
  return parseTargets(files);
}

/**
 * The judges of an agent. A document makes the root's `judges.md` a floor for every agent; the code reads a floor only
 * in a cascade project, so that for a plain agent its own file alone holds.
 */
export function readJudges(folder: AgentFolder, agent: string): JudgeSettings {
  const file = fileOf(folder, folder.pathOf(agent, 'judges.md'));
  const own = file === null ? null : judgesOnce(file);
  const cascade = cascadeOf(folder, agent);
  const floor = cascade === null ? null : fileOf(folder, `${cascade.project}/judges.md`);
  return floor === null ? (own ?? noJudges) : withFloor(own, judgesOnce(floor));
}

/** All settings of an agent. Missing files give the runtime's defaults. */
export function readSettings(folder: AgentFolder, agent: string): AgentSettings {
  const path = (name: string): string => folder.pathOf(agent, name);
  const cascade = cascadeOf(folder, agent);
  const ownModel = fileOf(folder, path('model.md'));
  const modelFile = ownModel ?? (cascade === null ? null : fileOf(folder, `${cascade.role}/model.md`));
  const read = modelFile === null ? parseModel('') : model(modelFile);
  const policy = readPolicy(folder, agent);
  const full = policyFor(policy, agent);
  const toolsFile = fileOf(folder, path('tools.md'));
  const tools =
    cascade !== null
      ? parseTools(cascadeTools(folder, cascade)?.text ?? '')
      : toolsFile === null
        ? parseTools('')
        : toolsOnce(toolsFile);
  const rosterFile = fileOf(folder, path('roster.md'));
  return {
    agent,
    modelPath: modelFile?.path ?? path('model.md'),
    model: read,
    defaultModel: read.defaultModel,
    fallbackModel: read.fallbackModel,
    provider: read.provider,
    maxSystemPrompt: read.maxSystemPrompt,
    maxOutput: read.maxOutput,
    guardrails: {
      enabled: read.enabled,
      dailyCapMicros: capMicros(read.dailyCapUsd) ?? 0,
      monthlyCapMicros: capMicros(read.monthlyCapUsd) ?? 0,
      dailyAction: read.dailyAction,
      monthlyAction: read.monthlyAction,
      thresholds: read.thresholds,
      alertChannel: read.alertChannel,
      findings: read.findings,
    },
    policy: {
      dailyCapMicros: full.caps.dailyUsd === null ? null : micros(full.caps.dailyUsd),
      monthlyCapMicros: full.caps.monthlyUsd === null ? null : micros(full.caps.monthlyUsd),
      from: policy.path,
      broken: policy.broken,
      full,
      findings: policy.findings,
    },
    effective: {
      daily: effective(read, read.dailyCapUsd, full.fleetCaps.dailyUsd, full.ownCaps.dailyUsd, agent),
      monthly: effective(read, read.monthlyCapUsd, full.fleetCaps.monthlyUsd, full.ownCaps.monthlyUsd, agent),
    },
    capsChecked: read.enabled,
    judges: readJudges(folder, agent),
    governance: parseGovernance(textOf(folder, path('governance.md')), path('governance.md')),
    targets: readTargets(folder),
    tools,
    toolClasses: tools.classes,
    roster: rosterFile === null ? [] : rosterOnce(rosterFile),
    elsewhere: readElsewhere(folder, agent, read.conversationBackend),
    warned: readWarned(folder, agent),
  };
}

/** Micro-dollars of a cap; null where it is no cap. */
function capMicros(dollars: number): number | null {
  return dollars > 0 && Number.isFinite(dollars) ? micros(dollars) : null;
}

/** The smallest of the caps that count; that of `model.md` counts where its guardrails are on (§6). */
function effective(
  read: ModelSettings,
  own: number,
  fleet: number | null,
  override: number | null,
  agent: string,
): EffectiveCap {
  const caps: { micros: number; from: string; counts: boolean }[] = [];
  const ownMicros = capMicros(own);
  if (ownMicros !== null) caps.push({ micros: ownMicros, from: 'model.md', counts: read.enabled });
  if (fleet !== null) caps.push({ micros: micros(fleet), from: 'policy.md', counts: true });
  if (override !== null) {
    caps.push({ micros: micros(override), from: `policy.md (agents: ${agent})`, counts: true });
  }
  const least = caps
    .filter(({ counts }) => counts)
    .reduce<number | null>((min, cap) => smaller(min, cap.micros), null);
  const from = caps.find((cap) => cap.counts && cap.micros === least)?.from ?? null;
  return { micros: least, from, caps };
}

function readWarned(folder: AgentFolder, agent: string): readonly Warned[] {
  const text = textOf(folder, folder.pathOf(agent, '.cost-warnings.json'));
  if (text === null) return [];
  const read = readJson(text);
  if (!read.ok || !isMap(read.value)) return [];
  const warned: Warned[] = [];
  for (const period of ['daily', 'monthly'] as const) {
    const all = read.value.get(period);
    if (!isMap(all)) continue;
    for (const [of, thresholds] of all) {
      if (!isMap(thresholds)) continue;
      for (const [threshold, fired] of thresholds) {
        if (truthy(fired)) warned.push({ period, of: yamlText(of), threshold: Number(yamlText(threshold)) });
      }
    }
  }
  return warned.sort((a, b) => (a.of < b.of ? 1 : a.of > b.of ? -1 : b.threshold - a.threshold));
}
