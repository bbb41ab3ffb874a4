import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { firstBlock, headerForm, headerSource, newBlock, orderOf, pathsOf } from './header.ts';
import { listTable, yamlSlots } from './yaml-slots.ts';

const skillFields: readonly FieldDef[] = [
  {
    id: 'name',
    label: 'Name',
    help: 'Small letters, digits and hyphens. It is the name by which the agent calls it.',
    type: 'text',
    required: true,
    rules: {
      maxLength: 64,
      pattern: ['[a-z0-9][a-z0-9-]*', 'holds more than small letters, digits and hyphens'],
      not: ['anthropic|claude|atomic_agents', 'holds a reserved word: anthropic, claude or atomic_agents'],
    },
  },
  {
    id: 'description',
    label: 'Description',
    help: 'What it does. Only name and description are sent with every call.',
    type: 'multiline',
    required: true,
    rules: { maxLength: 1024 },
  },
  {
    id: 'when_to_use',
    label: 'When to use it',
    help: 'In which cases the agent should take it.',
    type: 'multiline',
    fallback: 'none',
    rules: { maxWords: 200 },
  },
];

/** A skill (§2.12). */
export const skill = headerForm([
  ['skill', 'The skill', 'By this the agent finds and chooses it.', skillFields],
]);

const playbookFields: readonly FieldDef[] = [
  ...skillFields,
  {
    id: 'kind',
    label: 'Kind',
    help: 'Says that it is run stage by stage.',
    type: 'choice',
    required: true,
    options: [['playbook', 'Playbook']],
  },
];
const runFields: readonly FieldDef[] = [
  {
    id: 'run_cap_usd',
    label: 'Cap of a run',
    help: 'What one run may cost at most, in dollars.',
    type: 'money',
    required: true,
    rules: { above: 0 },
  },
];
const stage: readonly FieldDef[] = [
  {
    id: 'stage_id',
    label: 'Id',
    help: 'Small letters, digits, - and _. Every stage has its own.',
    type: 'text',
    required: true,
    rules: { pattern: ['[a-z0-9_-]{1,64}', 'is not made of small letters, digits, - and _'] },
  },
  {
    id: 'label',
    label: 'Label',
    help: 'What the stage is called in a list.',
    type: 'text',
    fallback: 'its id',
  },
  {
    id: 'prompt',
    label: 'Prompt',
    help: 'What the agent is told to do.',
    type: 'multiline',
    fallback: 'none',
  },
  {
    id: 'prompt_ref',
    label: 'Prompt file',
    help: 'A file that holds the prompt instead.',
    type: 'text',
    fallback: 'none',
  },
  {
    id: 'rubric',
    label: 'Rubric',
    help: 'By what the result is judged.',
    type: 'multiline',
    fallback: 'none',
  },
  {
    id: 'rubric_ref',
    label: 'Rubric file',
    help: 'A file that holds the rubric instead.',
    type: 'text',
    fallback: 'none',
  },
  {
    id: 'model',
    label: 'Model',
    help: 'Another model for this stage. A gate has none.',
    type: 'model',
    fallback: 'the agent’s',
  },
  {
    id: 'is_gate',
    label: 'Gate',
    help: 'A gate waits until a person decides.',
    type: 'bool',
    fallback: 'no gate',
  },
  {
    id: 'options',
    label: 'Options',
    help: 'What a person can choose at a gate.',
    type: 'lines',
    flow: true,
    fallback: 'none',
  },
  {
    id: 'conflict_keys',
    label: 'Locks',
    help: 'Names that only one run may hold at a time, on a gate only.',
    type: 'lines',
    flow: true,
    fallback: 'none',
  },
];
const playbookOrder = orderOf(pathsOf([], playbookFields));
const runOrder = orderOf([...pathsOf([], runFields), ['stages'], ...pathsOf(['stages', '*'], stage)]);

/** A playbook: header, and the first yaml block with its stages (§2.12). */
export const playbook: Bind = (text, about) => {
  const head = headerSource(text, playbookOrder);
  if (!head.ok)
    return { ok: false, message: `Its header is no YAML: ${head.problem.message}.`, line: head.problem.line };
  const run = firstBlock(text, false, runOrder, newBlock(text, null));
  if (!run.ok)
    return {
      ok: false,
      message: `Its yaml block cannot be read: ${run.problem.message}.`,
      line: run.problem.line,
    };
  return {
    ok: true,
    sections: [
      section(
        'skill',
        'The playbook',
        'By this the agent finds and chooses it.',
        yamlSlots(head.source, [], playbookFields, about),
      ),
      section('run', 'A run', 'What holds for each run.', yamlSlots(run.source, [], runFields, about)),
      section(
        'stages',
        'Stages',
        'They are run one after the other.',
        [],
        listTable(run.source, ['stages'], { rowName: 'stage', defs: stage }, about),
        run.source.line(['stages']),
      ),
    ],
  };
};
