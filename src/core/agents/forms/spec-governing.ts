import { readYaml } from '../../yaml/yaml.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { firstBlock, newBlock, orderOf, pathsOf } from './header.ts';
import { blockRegions } from './regions.ts';
import { mapTable, yamlSlots } from './yaml-slots.ts';
import { yamlSource } from './yaml-source.ts';

const yesNo = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['partial', 'Partly'],
] as const;

const governanceFields: readonly FieldDef[] = [
  {
    id: 'owner',
    label: 'Owner',
    help: 'The person who answers for this agent.',
    type: 'text',
    required: true,
  },
  {
    id: 'backup_owner',
    label: 'Stand-in',
    help: 'Who answers for it when the owner can’t.',
    type: 'text',
    fallback: 'nobody',
  },
  {
    id: 'permission_tier',
    label: 'It may',
    help: 'The most the agent is allowed to do.',
    type: 'choice',
    options: [
      ['read-only', 'Only read'],
      ['draft-only', 'Write drafts'],
      ['writes', 'Write'],
      ['sends-or-acts', 'Send or act'],
    ],
    fallback: 'not said',
  },
  {
    id: 'customer_data',
    label: 'Sees data of customers',
    help: 'Whether it works with what belongs to customers.',
    type: 'choice',
    bare: true,
    options: yesNo,
    fallback: 'not said',
  },
  {
    id: 'writes_sor',
    label: 'Writes into systems of record',
    help: 'Whether it changes the books, the ledger or another leading system.',
    type: 'choice',
    bare: true,
    options: yesNo,
    fallback: 'not said',
  },
  {
    id: 'lifecycle_status',
    label: 'State',
    help: 'Whether the agent is in use.',
    type: 'choice',
    options: [
      ['active', 'Active'],
      ['paused', 'Paused'],
      ['deprecated', 'Deprecated'],
      ['retired', 'Retired'],
    ],
    fallback: 'not said',
  },
  {
    id: 'created_at',
    label: 'Created on',
    help: 'The day on which the agent was set up.',
    type: 'date',
    fallback: 'not said',
  },
  {
    id: 'updated_at',
    label: 'Reviewed on',
    help: 'The day on which this was last looked at.',
    type: 'date',
    fallback: 'not said',
  },
];
const governanceOrder = orderOf(pathsOf(['governance'], governanceFields));

/** `governance.md`: the first block with the key `governance` (formats/atomic-agents.md §2.21). */
export const governance: Bind = (text, about) => {
  const regions = blockRegions(text);
  const read = regions.map(({ start, end }) => readYaml(text.slice(start, end)));
  const at = read.findIndex((one) => one.ok && isMap(one.value) && one.value.has('governance'));
  const broken = read.findIndex((one) => !one.ok);
  const region = regions[at === -1 ? broken : at] ?? null;
  const found = yamlSource(text, region, 'python', governanceOrder, newBlock(text, null));
  if (!found.ok)
    return {
      ok: false,
      message: `Its yaml block cannot be read: ${found.problem.message}.`,
      line: found.problem.line,
    };
  const { source } = found;
  const held = source.at(['governance']).value;
  if (held !== undefined && held !== null && !isMap(held)) {
    return { ok: false, message: 'The key governance holds no keys.', line: source.line(['governance']) };
  }
  return {
    ok: true,
    sections: [
      section(
        'governance',
        'Governance',
        'Who answers for the agent, and what it may do.',
        yamlSlots(source, ['governance'], governanceFields, about),
        null,
        source.line(['governance']),
      ),
    ],
  };
};

const linkFields: readonly FieldDef[] = [
  {
    id: 'kind',
    label: 'Kind',
    help: 'Says that the persona is shared with other agents.',
    type: 'choice',
    required: true,
    options: [['shared', 'Shared']],
  },
  {
    id: 'persona_id',
    label: 'Persona',
    help: 'The name of a folder of .personas.',
    type: 'file',
    required: true,
    rules: { pattern: ['[a-zA-Z0-9_.+@-]+', 'is no name of a persona: letters, digits and _ . + @ -'] },
  },
];
const linkOrder = orderOf(pathsOf([], linkFields));

/** `persona.link.md` (§2.1). */
export const personaLink: Bind = (text, about) => {
  const found = firstBlock(text, true, linkOrder, newBlock(text, null));
  if (!found.ok)
    return {
      ok: false,
      message: `Its yaml block cannot be read: ${found.problem.message}.`,
      line: found.problem.line,
    };
  return {
    ok: true,
    sections: [
      section(
        'link',
        'The persona',
        'Which shared persona the agent has.',
        yamlSlots(found.source, [], linkFields, about),
      ),
    ],
  };
};

const names = ['[^\\p{Cc}]+', 'holds a control character'] as const;
const layer: readonly FieldDef[] = [
  {
    id: 'daily_usd',
    label: 'Cap for a day',
    help: 'Dollars for one day. 0 freezes the agent.',
    type: 'money',
    at: ['cost_caps', 'daily_usd'],
    fallback: 'no opinion',
    rules: { min: 0 },
  },
  {
    id: 'monthly_usd',
    label: 'Cap for a month',
    help: 'Dollars for one month. 0 freezes the agent.',
    type: 'money',
    at: ['cost_caps', 'monthly_usd'],
    fallback: 'no opinion',
    rules: { min: 0 },
  },
  {
    id: 'tools_allow',
    label: 'Tools allowed',
    help: 'Only these tools may be used. Without a list all may.',
    type: 'lines',
    at: ['tools', 'allow'],
    flow: true,
    fallback: 'all',
    rules: { pattern: names },
  },
  {
    id: 'tools_deny',
    label: 'Tools denied',
    help: 'These tools may not be used, whatever else is said.',
    type: 'lines',
    at: ['tools', 'deny'],
    flow: true,
    fallback: 'none',
    rules: { pattern: names },
  },
  {
    id: 'mcp_allow',
    label: 'MCP servers allowed',
    help: 'Only these servers may be used. Without a list all may.',
    type: 'lines',
    at: ['mcp_servers', 'allow'],
    flow: true,
    fallback: 'all',
    rules: { pattern: names },
  },
  {
    id: 'mcp_deny',
    label: 'MCP servers denied',
    help: 'These servers may not be used, whatever else is said.',
    type: 'lines',
    at: ['mcp_servers', 'deny'],
    flow: true,
    fallback: 'none',
    rules: { pattern: names },
  },
  {
    id: 'model',
    label: 'Model',
    help: 'Takes the place of the agent’s own default model.',
    type: 'model',
    fallback: 'the agent’s own',
  },
];
const agentName: FieldDef = {
  id: 'name',
  label: 'Agent',
  help: 'The agent for which the rules below hold, too.',
  type: 'agent',
  open: true,
  required: true,
  rules: { pattern: ['[a-zA-Z0-9_.+@-]+', 'is no name of an agent'] },
};
const policyOrder = orderOf([...pathsOf([], layer), ['agents'], ...pathsOf(['agents', '*'], layer)]);

/** `policy.md`: the first block, else the whole text (§2.20). */
export const policy: Bind = (text, about) => {
  const region = blockRegions(text, true)[0] ?? bareRegion(text);
  const found = yamlSource(text, region, 'python', policyOrder, newBlock(text, null));
  if (!found.ok)
    return {
      ok: false,
      message: `Its YAML cannot be read: ${found.problem.message}.`,
      line: found.problem.line,
    };
  const { source } = found;
  return {
    ok: true,
    sections: [
      section(
        'fleet',
        'All agents',
        'What holds for every agent of this root.',
        yamlSlots(source, [], layer, about),
      ),
      section(
        'agents',
        'Single agents',
        'The smaller cap holds, lists are united, and denied wins.',
        [],
        mapTable(source, ['agents'], { rowName: 'agent', defs: [agentName, ...layer], keep: 0 }, about),
        source.line(['agents']),
      ),
    ],
  };
};

/** A text without a block is read as YAML as a whole; one that holds no keys, or prose, says nothing. */
function bareRegion(text: string): { readonly start: number; readonly end: number } | null {
  const read = readYaml(text);
  return read.ok && !isMap(read.value) ? null : { start: 0, end: text.length };
}
