import { readYaml } from '../../yaml/yaml.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { keysOf } from './define.ts';
import { newBlock, orderOf, pathsOf } from './header.ts';
import { blockRegions } from './regions.ts';
import { yamlSlot } from './yaml-slots.ts';
import { yamlSource } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

const how: readonly FieldDef[] = [
  {
    id: 'backend',
    label: 'Who judges',
    help: 'Fixed rules, or a model that looks at each action.',
    type: 'choice',
    open: true,
    options: [
      ['rules', 'Rules'],
      ['llm', 'A model'],
    ],
    fallback: 'rules',
  },
  {
    id: 'model',
    label: 'Model of the judge',
    help: 'Which model judges, where a model does.',
    type: 'model',
    fallback: 'the judge’s own',
  },
  {
    id: 'timeout_ms',
    label: 'Time for a judgement',
    help: 'Milliseconds after which the judge counts as not reached.',
    type: 'number',
    fallback: '5000',
    rules: { whole: true, min: 0 },
  },
  {
    id: 'validation',
    label: 'Checking of proposals',
    help: 'Strict refuses a proposal that leaves something open.',
    type: 'choice',
    options: [
      ['weakened', 'Weakened'],
      ['strict', 'Strict'],
    ],
    fallback: 'weakened',
  },
  {
    id: 'judge_captures',
    label: 'Judge notes, too',
    help: 'Whether notes that the agent writes are judged.',
    type: 'bool',
    fallback: 'off',
  },
  {
    id: 'read_audit_mode',
    label: 'Note reading, too',
    help: 'Whether actions that only read are written down.',
    type: 'bool',
    fallback: 'off',
  },
];
const budget: readonly FieldDef[] = [
  ['daily_usd', 'Budget for a day', 'Dollars that judging may cost on one day.'],
  ['monthly_usd', 'Budget for a month', 'Dollars that judging may cost in one month.'],
  ['per_action_usd', 'Budget for one action', 'Dollars that one judgement may cost.'],
].map(([id = '', label = '', help = '']) => ({
  id,
  label,
  help,
  type: 'money',
  at: ['budget', id],
  fallback: 'no limit',
  rules: { min: 0 },
}));

const policies = [
  ['bypass', 'Let pass', 'it is not looked at'],
  ['allow_with_audit', 'Let pass and note', 'it is done, and written down'],
  ['judge_required', 'Judge', 'the judge decides'],
  ['escalate', 'Ask a person', 'it waits for an answer'],
] as const;
const classes: readonly FieldDef[] = [
  ['read_only', 'Only reading', 'bypass'],
  ['reversible_write', 'Writing that can be undone', 'judge_required'],
  ['external_side_effect', 'Effects outside', 'judge_required'],
  ['high_risk', 'High risk', 'escalate'],
].map(([id = '', label = '', fallback = '']) => ({
  id,
  label,
  help: 'What happens with an action of this class.',
  type: 'choice',
  at: ['class_policy', id],
  options: policies,
  fallback,
}));

const outcome = [
  ['block', 'Block', 'the action is not done'],
  ['allow', 'Allow', 'the action is done'],
] as const;
const escalation: readonly FieldDef[] = [
  {
    id: 'destination',
    label: 'Folder of questions',
    help: 'Where the questions to a person are put.',
    type: 'text',
    at: ['escalation', 'destination'],
    fallback: 'vault/escalations/',
  },
  {
    id: 'auto_decide_after_seconds',
    label: 'Waits at most',
    help: 'Seconds after which a question without an answer is decided by itself.',
    type: 'number',
    at: ['escalation', 'auto_decide_after_seconds'],
    fallback: 'for ever',
    rules: { whole: true, min: 0 },
  },
  {
    id: 'fallback_on_timeout',
    label: 'Without an answer',
    help: 'What is decided when nobody answered in time.',
    type: 'choice',
    at: ['escalation', 'fallback_on_timeout'],
    options: outcome,
    fallback: 'block',
  },
  {
    id: 'resolution_poll_cycle_seconds',
    label: 'Looks for answers every',
    help: 'Seconds between two looks for answers.',
    type: 'number',
    at: ['escalation', 'resolution_poll_cycle_seconds'],
    fallback: '60',
    rules: { whole: true, min: 0 },
  },
];
const order = orderOf(pathsOf([], [...how, ...budget, ...classes, ...escalation]));

/**
 * `judges.md`: blocks merged in order by their top keys (formats/atomic-agents.md §11). A key is changed in the last
 * block that has its top key; a new one comes into the last block.
 */
export const judges: Bind = (text, about) => {
  const made: { readonly source: YamlSource; readonly keys: ReadonlySet<unknown> }[] = [];
  for (const region of blockRegions(text)) {
    const found = yamlSource(text, region, 'python', order, newBlock(text, null));
    if (!found.ok)
      return {
        ok: false,
        message: `A yaml block cannot be read: ${found.problem.message}.`,
        line: found.problem.line,
      };
    const read = readYaml(text.slice(region.start, region.end));
    if (read.ok && isMap(read.value)) made.push({ source: found.source, keys: new Set(read.value.keys()) });
    else if (read.ok && read.value === null) made.unshift({ source: found.source, keys: new Set() });
    else return { ok: false, message: 'A yaml block holds no keys.', line: null };
  }
  const empty = yamlSource(text, null, 'python', order, newBlock(text, null));
  const sourceOf = (def: FieldDef): YamlSource | null =>
    made.findLast(({ keys }) => keys.has(keysOf(def)[0]))?.source ??
    made.at(-1)?.source ??
    (empty.ok ? empty.source : null);
  const slots = (defs: readonly FieldDef[]) =>
    defs.flatMap((def) => {
      const source = sourceOf(def);
      return source === null ? [] : [yamlSlot(source, [], def, about)];
    });
  return {
    ok: true,
    sections: [
      section('how', 'The judge', 'Who looks at what the agent wants to do.', slots(how)),
      section(
        'classes',
        'By class of action',
        'The stricter, the more often somebody decides.',
        slots(classes),
      ),
      section(
        'budget',
        'What judging may cost',
        'It is counted apart from the agent’s own spending.',
        slots(budget),
      ),
      section('escalation', 'Questions to a person', 'How long they wait, and what then.', slots(escalation)),
    ],
  };
};
