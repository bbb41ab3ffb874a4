import type { FileFinding } from '../../../contract/agent-files.ts';
import { yamlBlocks } from '../text/fences.ts';
import type { YamlBlock } from '../text/fences.ts';
import { lineAt, pyRegExp, universalNewlines } from '../text/python-text.ts';
import { isList, isMap, truthy, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { rateOf } from '../prices.ts';
import { pyFloat } from './numbers.ts';

/** What the runtime does at a cap. Any other text means `alert` to it: the call goes on. */
export const CAP_ACTIONS = ['skip', 'fallback', 'alert'] as const;

/** `model.md` as the runtime reads it. Caps are dollars as they stand; 0 is no cap. */
export type ModelSettings = {
  readonly defaultModel: string;
  readonly fallbackModel: string | null;
  readonly provider: string | null;
  readonly maxSystemPrompt: number;
  readonly maxOutput: number;
  readonly enabled: boolean;
  readonly dailyCapUsd: number;
  readonly monthlyCapUsd: number;
  readonly dailyAction: string;
  readonly monthlyAction: string;
  readonly thresholds: readonly number[];
  readonly alertChannel: string;
  readonly dedupBodyHash: boolean;
  readonly conversationBackend: string | null;
  readonly expectedCostPerCall: number | null;
  readonly researchIntegrity: boolean;
  /** lines (from 1) of what the file itself says; what is missing here is a default */
  readonly lines: ReadonlyMap<string, number>;
  readonly findings: readonly FileFinding[];
  /** why the runtime would refuse to load the agent */
  readonly blocking: string | null;
};

const modelId = '\\s*\\*{0,2}`?([a-zA-Z0-9._/-]+)`?\\*{0,2}';
const patterns = {
  defaultModel: pyRegExp(`##\\s+Default model[^\\n]*\\n+${modelId}`, 'g'),
  fallbackModel: pyRegExp(`##\\s+Fallback[^\\n]*\\n+${modelId}`, 'g'),
  fenced: pyRegExp('```yaml\\s*\\n.*?```', 'sg'),
  provider: pyRegExp('^\\s*provider\\s*:\\s*([a-zA-Z0-9._-]+)\\s*$', 'm'),
  maxSystemPrompt: pyRegExp('Max\\s+(?:system\\s+prompt|input)[^\\d]*(\\d[\\d,]*)', 'i'),
  maxOutput: pyRegExp('Max\\s+output[^\\d]*(\\d[\\d,]*)', 'i'),
  dedup: pyRegExp('^##\\s+Dedup Body Hash\\s*$', 'mi'),
  conversation: pyRegExp('^##\\s+Conversation Backend\\s*$\\n+\\s*([a-zA-Z0-9_-]+)\\s*$', 'mi'),
};

/** Reads `model.md` (formats/atomic-agents.md §2.3), by the runtime's own patterns. */
export function parseModel(source: string): ModelSettings {
  const text = universalNewlines(source);
  const lines = new Map<string, number>();
  const findings: FileFinding[] = [];
  const first = (key: string, pattern: RegExp, within = text): string | null => {
    pattern.lastIndex = 0;
    const found = pattern.exec(within);
    if (found === null) return null;
    lines.set(
      key,
      lineAt(text, Math.max(0, text.indexOf(found[0])) + Math.max(0, found[0].lastIndexOf(found[1] ?? ''))),
    );
    return found[1] ?? '';
  };
  const defaultModel = first('defaultModel', patterns.defaultModel);
  const fallbackModel = first('fallbackModel', patterns.fallbackModel);
  const blocks = yamlBlocks(text);
  const caps = guardrails(blocks, findings, lines);
  const extra = new Map<YamlValue, YamlValue>();
  for (const { value } of blocks) if (isMap(value)) for (const [key, one] of value) extra.set(key, one);
  const settings: ModelSettings = {
    defaultModel: defaultModel ?? 'claude-sonnet-4-6-20260101',
    fallbackModel,
    provider: first('provider', patterns.provider, text.replaceAll(patterns.fenced, '')),
    maxSystemPrompt: whole(first('maxSystemPrompt', patterns.maxSystemPrompt)) ?? 12_000,
    maxOutput: whole(first('maxOutput', patterns.maxOutput)) ?? 4_000,
    ...caps,
    dedupBodyHash: first('dedupBodyHash', patterns.dedup) !== null,
    conversationBackend: first('conversationBackend', patterns.conversation)?.toLowerCase() ?? null,
    expectedCostPerCall: pyFloat(extra.get('expected_cost_per_call_usd')),
    researchIntegrity: isMap(extra.get('research_integrity')),
    lines,
    findings,
  };
  modelFindings(text, settings, findings);
  return settings;
}

type Guardrails = Pick<
  ModelSettings,
  | 'enabled'
  | 'dailyCapUsd'
  | 'monthlyCapUsd'
  | 'dailyAction'
  | 'monthlyAction'
  | 'thresholds'
  | 'alertChannel'
  | 'blocking'
>;

/** All `cost_guardrails` blocks in order; each replaces the one before, but a key it lacks goes back to the default. */
function guardrails(
  blocks: readonly YamlBlock[],
  findings: FileFinding[],
  lines: Map<string, number>,
): Guardrails {
  let stopped: string | null = null;
  let read: Omit<Guardrails, 'blocking'> = {
    enabled: false,
    dailyCapUsd: 0,
    monthlyCapUsd: 0,
    dailyAction: 'skip',
    monthlyAction: 'alert',
    thresholds: [0.5, 0.8],
    alertChannel: 'log_only',
  };
  let seen = 0;
  for (const block of blocks) {
    if (block.problem?.crash === true) {
      const blocking = `model.md: a yaml block cannot be read (${block.problem.message}), at which the runtime fails when it loads the agent.`;
      findings.push({ severity: 'error', message: blocking, hint: 'Mend it.', line: block.problem.line });
      stopped ??= blocking;
      continue;
    }
    if (block.problem !== null) {
      findings.push({
        severity: 'error',
        message: `A yaml block cannot be read and counts for nothing: ${block.problem.message}.`,
        hint: 'Mend it, or the defaults hold.',
        line: block.problem.line,
      });
      continue;
    }
    const caps = isMap(block.value) ? block.value.get('cost_guardrails') : undefined;
    if (!isMap(caps)) continue;
    seen++;
    const line = keyLine(block);
    for (const key of caps.keys()) lines.set(`cost_guardrails.${yamlText(key)}`, line(yamlText(key)));
    read = guardrailsOf(caps, read.thresholds, line, findings);
    const bad = badNumber(caps);
    if (bad !== null && stopped === null) {
      const blocking = `model.md: ${bad} is no number, so the runtime fails when it loads the agent.`;
      findings.push({ severity: 'error', message: blocking, hint: 'Write a plain number.', line: line(bad) });
      stopped = blocking;
    }
  }
  if (seen > 1) {
    findings.push({
      severity: 'warning',
      message: `There are ${seen} cost_guardrails blocks; the last one holds.`,
      hint: 'Keep one.',
      line: null,
    });
  }
  return { ...read, blocking: stopped };
}

/** The line of a key of the guardrails within its block. */
function keyLine(block: YamlBlock): (key: string) => number {
  const rows = block.text.split('\n');
  return (key) => {
    const at = rows.findIndex((row) => row.trimStart().startsWith(`${key}:`));
    return block.line + Math.max(at, 0);
  };
}

const numbers = ['daily_cap_usd', 'monthly_cap_usd'];

function badNumber(caps: YamlMap): string | null {
  for (const key of numbers) if (caps.has(key) && pyFloat(caps.get(key)) === null) return key;
  const thresholds = caps.get('warning_thresholds');
  return isList(thresholds) && thresholds.some((item) => pyFloat(item) === null)
    ? 'warning_thresholds'
    : null;
}

function guardrailsOf(
  caps: YamlMap,
  before: readonly number[],
  line: (key: string) => number,
  findings: FileFinding[],
): Omit<Guardrails, 'blocking'> {
  const add = (severity: FileFinding['severity'], key: string, message: string, hint: string): void => {
    findings.push({ severity, message, hint, line: line(key) });
  };
  const cap = (key: string): number => {
    const value = caps.has(key) ? pyFloat(caps.get(key)) : 0;
    if (value !== null && (value < 0 || Number.isNaN(value))) {
      add(
        'warning',
        key,
        `${key} is ${value}, which counts as no cap.`,
        'Write 0 for no cap, or a number above 0.',
      );
    }
    return value ?? 0;
  };
  const action = (key: string, fallback: string): string => {
    const value = caps.has(key) ? yamlText(caps.get(key)) : fallback;
    if (!(CAP_ACTIONS as readonly string[]).includes(value)) {
      add(
        'error',
        key,
        `${key} is “${value}”, which the runtime does not know.`,
        'Use skip, fallback or alert.',
      );
    }
    return value;
  };
  const rawThresholds = caps.get('warning_thresholds');
  const thresholds = isList(rawThresholds) ? rawThresholds.map((item) => pyFloat(item) ?? NaN) : before;
  if (thresholds.some((value) => !(value >= 0 && value <= 1))) {
    add(
      'warning',
      'warning_thresholds',
      'A warning threshold is not between 0 and 1.',
      'Write shares such as 0.8.',
    );
  }
  const enabled = caps.has('enabled') && truthy(caps.get('enabled'));
  if (caps.has('enabled') && typeof caps.get('enabled') === 'string') {
    add(
      'warning',
      'enabled',
      `enabled is a text, which counts as ${enabled ? 'on' : 'off'}.`,
      'Write true or false.',
    );
  }
  const dailyCapUsd = cap('daily_cap_usd');
  const monthlyCapUsd = cap('monthly_cap_usd');
  if (enabled && dailyCapUsd <= 0 && monthlyCapUsd <= 0) {
    add('warning', 'enabled', 'The guardrails are on, but both caps are 0, which is no cap.', 'Set a cap.');
  }
  const channel = caps.has('alert_channel') ? yamlText(caps.get('alert_channel')) : 'log_only';
  if (enabled && channel !== 'log_only') {
    add('notice', 'alert_channel', `Alerts to “${channel}” are not sent: only log_only is wired.`, '');
  }
  return {
    enabled,
    dailyCapUsd,
    monthlyCapUsd,
    dailyAction: action('daily_cap_action', 'skip'),
    monthlyAction: action('monthly_cap_action', 'alert'),
    thresholds,
    alertChannel: channel,
  };
}

function modelFindings(text: string, settings: ModelSettings, findings: FileFinding[]): void {
  const { defaultModel, fallbackModel, lines } = settings;
  const line = (key: string): number | null => lines.get(key) ?? null;
  if (line('defaultModel') === null) {
    findings.push({
      severity: 'warning',
      message: `No default model is named; ${defaultModel} is used.`,
      hint: 'Name one under “## Default model”.',
      line: null,
    });
  }
  for (const [key, name] of [
    ['defaultModel', 'Default model'] as const,
    ['fallbackModel', 'Fallback'] as const,
  ]) {
    const count = Array.from(text.matchAll(patterns[key])).length;
    if (count > 1) {
      findings.push({
        severity: 'warning',
        message: `“${name}” stands ${count} times; the first one holds.`,
        hint: 'Keep one.',
        line: line(key),
      });
    }
  }
  if (rateOf(defaultModel) === null) {
    findings.push({
      severity: 'warning',
      message: `${defaultModel} has no price; its calls are logged at the highest rates.`,
      hint: 'Check the name of the model.',
      line: line('defaultModel'),
    });
  }
  if (fallbackModel !== null && rateOf(fallbackModel) === null) {
    const none = fallbackModel.toLowerCase() === 'none';
    findings.push({
      severity: 'warning',
      message: none
        ? 'The word “none” is read as the name of a model, not as “no fallback”.'
        : `The fallback ${fallbackModel} has no price.`,
      hint: none ? 'Remove the section.' : 'Check the name of the model.',
      line: line('fallbackModel'),
    });
  }
}

function whole(digits: string | null): number | null {
  return digits === null ? null : Number(digits.replaceAll(',', ''));
}
