import type { FileFinding } from '../../../contract/agent-files.ts';
import { yamlBlock, yamlBlocks } from '../text/fences.ts';
import { pyStrip, universalNewlines } from '../text/python-text.ts';
import { isList, isMap, typeName } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { plainNumber } from './numbers.ts';

/** Caps in dollars; null: no opinion. 0 freezes the agent. */
export type PolicyCaps = { readonly dailyUsd: number | null; readonly monthlyUsd: number | null };

type Layer = {
  readonly caps: PolicyCaps;
  readonly toolsAllow: readonly string[];
  readonly toolsDeny: readonly string[];
  readonly mcpAllow: readonly string[];
  readonly mcpDeny: readonly string[];
  readonly model: string | null;
};

/** `policy.md` as the runtime reads it. With an error nothing of it holds: the runtime refuses to go on. */
export type Policy = {
  readonly fleet: Layer;
  readonly agents: ReadonlyMap<string, Layer>;
  readonly findings: readonly FileFinding[];
  readonly broken: string | null;
};

/** What holds for one agent: the smaller cap, lists united, its own model (formats/atomic-agents.md §2.20). */
export type PolicyFor = {
  readonly caps: PolicyCaps;
  readonly fleetCaps: PolicyCaps;
  readonly ownCaps: PolicyCaps;
  readonly tools: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  readonly mcp: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  readonly model: string | null;
};

/** What the runtime takes for the name of an agent in its policy (formats/atomic-agents.md §2.20). */
const NAME = /^[a-zA-Z0-9_.+@-]+$/;

const noCaps: PolicyCaps = { dailyUsd: null, monthlyUsd: null };
const noLayer: Layer = {
  caps: noCaps,
  toolsAllow: [],
  toolsDeny: [],
  mcpAllow: [],
  mcpDeny: [],
  model: null,
};
/** What the runtime says of a file without opinion. */
export const noPolicy: Policy = { fleet: noLayer, agents: new Map(), findings: [], broken: null };

/** Bytes of a `policy.md` or `persona.link.md` beyond which the runtime refuses it. */
export const SETTINGS_BYTES = 256 * 1024;

/** Reads `policy.md` by the runtime's rules: the first block, else the whole text; any error breaks all of it. */
export function parsePolicy(source: string): Policy {
  const text = universalNewlines(source);
  const block = yamlBlocks(text, true)[0] ?? yamlBlock(text, 1);
  if (pyStrip(block.text) === '') return noPolicy;
  const errors: FileFinding[] = [];
  const problem = (message: string, line: number | null = null): void => {
    errors.push({
      severity: 'error',
      message,
      hint: 'The runtime refuses the whole file until this is mended.',
      line,
    });
  };
  if (Buffer.byteLength(source) > SETTINGS_BYTES)
    problem(`It has more than the ${SETTINGS_BYTES} bytes that are read.`);
  if (block.problem !== null)
    problem(`Its YAML cannot be read: ${block.problem.message}.`, block.problem.line);
  if (errors.length > 0) return { ...noPolicy, findings: errors, broken: errors[0]!.message };
  if (block.value === null) return noPolicy;
  if (!isMap(block.value)) {
    problem(`It holds ${typeName(block.value)} instead of keys.`, block.line);
    return { ...noPolicy, findings: errors, broken: errors[0]!.message };
  }
  const line = (key: string): number => block.lines.get(key) ?? block.line;
  const fleet = layerOf(block.value, '', (message, key) => problem(message, line(key)));
  const agents = new Map<string, Layer>();
  const own = block.value.get('agents');
  if (own !== undefined && own !== null) {
    if (!isMap(own)) problem(`agents holds ${typeName(own)} instead of names.`, line('agents'));
    else readAgents(own, agents, (message) => problem(message, line('agents')));
  }
  if (errors.length > 0) return { ...noPolicy, findings: errors, broken: errors[0]!.message };
  return { fleet, agents, findings: overlaps(fleet, line), broken: null };
}

function readAgents(own: YamlMap, agents: Map<string, Layer>, problem: (message: string) => void): void {
  for (const [name, value] of own) {
    if (typeof name !== 'string' || !NAME.test(name)) {
      problem(`${String(name)} is no name of an agent.`);
    } else if (value === null) agents.set(name, noLayer);
    else if (!isMap(value)) problem(`agents.${name} holds ${typeName(value)} instead of keys.`);
    else agents.set(name, layerOf(value, `agents.${name}.`, problem));
  }
}

function layerOf(map: YamlMap, prefix: string, problem: (message: string, key: string) => void): Layer {
  const lists = (key: string): { allow: readonly string[]; deny: readonly string[] } => {
    const value = map.get(key);
    if (value === undefined || value === null) return { allow: [], deny: [] };
    if (!isMap(value)) {
      problem(`${prefix}${key} holds ${typeName(value)} instead of allow and deny.`, key);
      return { allow: [], deny: [] };
    }
    const names = (list: string): readonly string[] =>
      namesOf(value.get(list), (message) => problem(`${prefix}${key}.${list} ${message}`, key));
    return { allow: names('allow'), deny: names('deny') };
  };
  const tools = lists('tools');
  const mcp = lists('mcp_servers');
  return {
    caps: capsOf(map.get('cost_caps'), (message) => problem(`${prefix}cost_caps${message}`, 'cost_caps')),
    toolsAllow: tools.allow,
    toolsDeny: tools.deny,
    mcpAllow: mcp.allow,
    mcpDeny: mcp.deny,
    model: modelOf(map.get('model'), () => problem(`${prefix}model is no text.`, 'model')),
  };
}

function namesOf(value: YamlValue | undefined, problem: (message: string) => void): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!isList(value)) {
    problem(`holds ${typeName(value)} instead of a list.`);
    return [];
  }
  return value.filter((name): name is string => {
    const good = typeof name === 'string' && name !== '' && !/\p{Cc}/u.test(name);
    if (!good) problem('holds something that is no name.');
    return good;
  });
}

function capsOf(value: YamlValue | undefined, problem: (message: string) => void): PolicyCaps {
  if (value === undefined || value === null) return noCaps;
  if (!isMap(value)) {
    problem(` holds ${typeName(value)} instead of daily_usd and monthly_usd.`);
    return noCaps;
  }
  const cap = (key: string): number | null => {
    const raw = value.get(key);
    if (raw === undefined || raw === null) return null;
    const number = plainNumber(raw);
    if (number === null) problem(`.${key} is ${typeName(raw)}, not a number.`);
    else if (number < 0) problem(`.${key} is below 0.`);
    return number;
  };
  return { dailyUsd: cap('daily_usd'), monthlyUsd: cap('monthly_usd') };
}

function modelOf(value: YamlValue | undefined, problem: () => void): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && pyStrip(value) !== '') return pyStrip(value);
  problem();
  return null;
}

function overlaps(fleet: Layer, line: (key: string) => number): readonly FileFinding[] {
  const both = (allow: readonly string[], deny: readonly string[], key: string): FileFinding[] =>
    allow
      .filter((name) => deny.includes(name))
      .map((name) => ({
        severity: 'warning',
        message: `${name} is both allowed and denied; denied wins.`,
        hint: 'Keep it in one list.',
        line: line(key),
      }));
  return [
    ...both(fleet.toolsAllow, fleet.toolsDeny, 'tools'),
    ...both(fleet.mcpAllow, fleet.mcpDeny, 'mcp_servers'),
  ];
}

/** Whether the runtime finds limits for this folder: for other names it gets an error and goes on without any. */
export function isPolicyName(agent: string): boolean {
  const name = agent.slice(agent.lastIndexOf('/') + 1);
  return NAME.test(name) && !name.includes('..');
}

/** The policy of one agent. */
export function policyFor(of: Policy, agent: string): PolicyFor {
  const policy = isPolicyName(agent) ? of : noPolicy;
  const own = policy.agents.get(agent) ?? noLayer;
  const { fleet } = policy;
  return {
    caps: {
      dailyUsd: smaller(fleet.caps.dailyUsd, own.caps.dailyUsd),
      monthlyUsd: smaller(fleet.caps.monthlyUsd, own.caps.monthlyUsd),
    },
    fleetCaps: fleet.caps,
    ownCaps: own.caps,
    tools: { allow: union(fleet.toolsAllow, own.toolsAllow), deny: union(fleet.toolsDeny, own.toolsDeny) },
    mcp: { allow: union(fleet.mcpAllow, own.mcpAllow), deny: union(fleet.mcpDeny, own.mcpDeny) },
    model: own.model ?? fleet.model,
  };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

/** The smaller of two, where null is no opinion. */
export function smaller(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
