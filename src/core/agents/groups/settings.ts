import type { Reading, ReadingGroup } from '../../../contract/agent-files.ts';
import type { MandatesPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { tokensOf } from '../parts/read.ts';
import { readPersona } from '../prompt-persona.ts';
import type { Governance } from '../settings/governance.ts';
import type { JudgeSettings } from '../settings/judges.ts';
import type { McpSettings } from '../settings/mcp.ts';
import { CAP_ACTIONS } from '../settings/model.ts';
import type { ModelSettings } from '../settings/model.ts';
import type { Policy } from '../settings/policy.ts';
import type { RosterName } from '../settings/roster.ts';
import type { Targets } from '../settings/targets.ts';
import type { ToolsItem, ToolsSettings } from '../settings/tools.ts';
import { group, reading, setting, usd, yesNo } from './reading.ts';

type Groups = readonly ReadingGroup[];

function known(action: string): boolean {
  return (CAP_ACTIONS as readonly string[]).includes(action);
}

function modelCap(value: number): string {
  return value > 0 ? usd(value) : 'no cap';
}

/** `model.md`. */
export function modelGroups(model: ModelSettings): Groups {
  const line = (key: string): number | undefined => model.lines.get(key);
  const caps = (key: string): number | undefined => line(`cost_guardrails.${key}`);
  return [
    ...group('Model', [
      setting('Default model', model.defaultModel, line('defaultModel')),
      setting('Fallback', model.fallbackModel ?? 'none', line('fallbackModel')),
      setting('Provider', model.provider ?? 'by the name of the model', line('provider')),
      setting('Max system prompt', `${model.maxSystemPrompt} tokens`, line('maxSystemPrompt')),
      setting('Max output', `${model.maxOutput} tokens`, line('maxOutput')),
    ]),
    ...group('Cost guardrails', [
      setting('Enabled', yesNo(model.enabled), caps('enabled')),
      setting('Daily cap', modelCap(model.dailyCapUsd), caps('daily_cap_usd')),
      setting('Monthly cap', modelCap(model.monthlyCapUsd), caps('monthly_cap_usd')),
      setting('At the daily cap', model.dailyAction, caps('daily_cap_action'), !known(model.dailyAction)),
      setting(
        'At the monthly cap',
        model.monthlyAction,
        caps('monthly_cap_action'),
        !known(model.monthlyAction),
      ),
      setting(
        'Warns at',
        model.thresholds.map((t) => `${Math.round(t * 100)} %`).join(', '),
        caps('warning_thresholds'),
      ),
      setting('Alerts to', model.alertChannel, caps('alert_channel')),
    ]),
    ...group('Further', [
      setting('Equal requests answered once', yesNo(model.dedupBodyHash), line('dedupBodyHash')),
      setting(
        'Conversations kept in',
        model.conversationBackend ?? 'nothing: every call stands alone',
        line('conversationBackend'),
      ),
    ]),
  ];
}

function items(list: readonly ToolsItem[]): readonly Reading[] {
  return list.map(({ text, comment, line }) => reading(text, comment, line));
}

/** `tools.md`. */
export function toolsGroups(tools: ToolsSettings): Groups {
  return [
    ...group('Readable paths', items(tools.readPaths)),
    ...group('Writable paths', items(tools.writePaths)),
    ...group('Read-only paths, which win over writable ones', items(tools.readOnlyPaths)),
    ...group('External APIs (shown only)', items(tools.externalApis)),
    ...group('Hard NOs (shown only)', items(tools.hardNos)),
    ...group(
      'Classes of tools; any other is external_side_effect',
      tools.classes.map(({ tool, class: name, line }) => reading(tool, name, line)),
    ),
  ];
}

function money(amount: number | null): string {
  return amount === null ? 'no limit' : usd(amount);
}

/** `judges.md`. */
export function judgesGroups(judges: JudgeSettings): Groups {
  const at = (key: string): number | undefined => judges.lines.get(key);
  return [
    ...group('Judge', [
      setting('Backend', judges.backend, at('backend')),
      setting('Model', judges.model ?? 'none', at('model')),
      setting('Time-out', `${judges.timeoutMs} ms`, at('timeout_ms')),
      setting('Budget a day', money(judges.budget.dailyUsd), at('budget')),
      setting('Budget a month', money(judges.budget.monthlyUsd), at('budget')),
    ]),
    ...group(
      'What it does with each class',
      judges.classPolicy.map(({ class: name, policy, from }) =>
        setting(name, policy, from === 'default' ? undefined : at('class_policy')),
      ),
    ),
    ...group('Escalations', [
      setting('Kept in', judges.destination, at('escalation')),
      setting(
        'Decided by time after',
        judges.autoDecideAfterSeconds === null ? 'never' : `${judges.autoDecideAfterSeconds} s`,
        judges.autoDecideAfterSeconds === null ? undefined : at('escalation'),
      ),
      setting(
        'Then',
        Array.from(judges.fallbackOnTimeout, ([key, value]) => `${key}: ${value}`).join(', '),
        at('escalation'),
      ),
      setting('Looked at every', `${judges.pollSeconds} s`, at('escalation')),
    ]),
  ];
}

function policyCap(amount: number | null): string {
  return amount === 0 ? '$0: frozen' : usd(amount ?? 0);
}

function layer(of: Policy['fleet']): readonly Reading[] {
  return [
    ...(of.caps.dailyUsd === null ? [] : [reading('Daily cap', policyCap(of.caps.dailyUsd))]),
    ...(of.caps.monthlyUsd === null ? [] : [reading('Monthly cap', policyCap(of.caps.monthlyUsd))]),
    ...(of.model === null ? [] : [reading('Model', of.model)]),
    ...(of.toolsAllow.length === 0 ? [] : [reading('Tools allowed', of.toolsAllow.join(', '))]),
    ...(of.toolsDeny.length === 0 ? [] : [reading('Tools denied', of.toolsDeny.join(', '))]),
    ...(of.mcpAllow.length === 0 ? [] : [reading('MCP servers allowed', of.mcpAllow.join(', '))]),
    ...(of.mcpDeny.length === 0 ? [] : [reading('MCP servers denied', of.mcpDeny.join(', '))]),
  ];
}

/** `policy.md`. */
export function policyGroups(policy: Policy): Groups {
  return [
    ...group('All agents', layer(policy.fleet)),
    ...Array.from(policy.agents).flatMap(([name, of]) => group(name, layer(of))),
  ];
}

function own(from: string): { readonly note?: string; readonly tone?: 'default' } {
  return from === 'default' ? { note: 'default', tone: 'default' } : {};
}

/** `targets.md`. */
export function targetGroups(targets: Targets): Groups {
  return [
    ...group(
      'Weights',
      Object.entries(targets.weights).map(([axis, weight]) =>
        reading(axis, String(Math.round(weight * 1000) / 1000), null, own(targets.weightsFrom)),
      ),
    ),
    ...group(
      'Targets',
      Object.entries(targets.metrics).map(([name, { target, band, floor, better, from }]) =>
        reading(name, `${target} ± ${band}, floor ${floor}; ${better} is better`, null, own(from)),
      ),
    ),
  ];
}

/** `governance.md`. */
export function governanceGroups(governance: Governance): Groups {
  return [
    ...group('State', [
      reading('State', governance.state, null, {
        note: governance.why,
        tone: governance.state === 'VALID' ? 'plain' : 'warn',
      }),
    ]),
    ...group(
      'Fields',
      governance.fields.map(({ key, value, line, bad }) =>
        reading(key, value, line, bad ? { tone: 'bad' } : {}),
      ),
    ),
  ];
}

/** `roster.md`. */
export function rosterGroups(names: readonly RosterName[]): Groups {
  return group(
    'May delegate to',
    names.map(({ name, comment, line }) => reading(name, comment, line)),
  );
}

/** `mcp.md`, without secrets. */
export function mcpGroups(mcp: McpSettings): Groups {
  return mcp.servers.map((server) => ({
    title: server.name,
    readings: [
      reading(
        'Loaded',
        server.loaded ? 'yes' : `no: ${server.why ?? ''}`,
        server.line,
        server.loaded ? {} : { tone: 'bad' },
      ),
      reading('Command', [server.command ?? '', ...server.args].join(' '), server.line),
      ...server.env.map(({ key, value, hidden, line }) =>
        reading(key, value, line, hidden ? { note: 'a secret in clear', tone: 'bad' } : {}),
      ),
      ...(server.description === '' ? [] : [reading('Description', server.description, server.line)]),
    ],
  }));
}

/** `mandates.md`. */
export function mandateGroups(mandates: MandatesPart['mandates']): Groups {
  return mandates.map((one) => ({
    title: one.id,
    readings: [
      reading('State', one.state ?? 'missing', one.line),
      reading('Granted by', `${one.grantedBy ?? 'missing'}, ${one.grantedAt ?? ''}`, one.line),
      reading('Scope', one.scope ?? 'missing', one.line),
      reading('Ends', one.expiresAt ?? 'never', one.line, one.expiresAt === null ? { tone: 'warn' } : {}),
      ...one.constraints,
    ],
  }));
}

/** A file of a persona, or the link to a shared one. */
export function personaGroups(folder: AgentFolder, shared: string | null, file: FolderFile): Groups {
  const readings = [reading('Size in the prompt', `about ${tokensOf(file.text ?? '')} tokens`)];
  if (shared !== null) {
    const users = folder.root.agents
      .filter(({ name }) => readPersona(folder, name).shared === shared)
      .map(({ name }) => name);
    readings.push(reading('Shared persona', shared), reading('Used by', users.join(', ') || 'no agent'));
  }
  return group('Persona', readings);
}
