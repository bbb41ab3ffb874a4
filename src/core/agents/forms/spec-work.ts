import { isList, isMap } from '../text/yaml-value.ts';
import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { firstBlock, headerSource, newBlock, orderOf, pathsOf } from './header.ts';
import { headerForm } from './spec-notes.ts';
import { listTable, mapTable, yamlSlots } from './yaml-slots.ts';

const goalWhat: readonly FieldDef[] = [
  {
    id: 'schema_version',
    label: 'Format',
    help: 'The version of the format. The agent knows 1 only.',
    type: 'number',
    required: true,
    rules: { whole: true, min: 1, max: 1 },
  },
  {
    id: 'active',
    label: 'Active',
    help: 'Whether the agent works on this goal now.',
    type: 'bool',
    required: true,
  },
  {
    id: 'intent',
    label: 'Intent',
    help: 'What should be reached, in a sentence.',
    type: 'multiline',
    required: true,
  },
  {
    id: 'priority',
    label: 'Priority',
    help: 'How much it matters beside other work.',
    type: 'choice',
    required: true,
    options: [
      ['high', 'High'],
      ['medium', 'Medium'],
      ['low', 'Low'],
    ],
  },
  {
    id: 'created',
    label: 'Created on',
    help: 'The day on which the goal was set.',
    type: 'date',
    required: true,
  },
  {
    id: 'last_progress_check',
    label: 'Last checked',
    help: 'The day on which progress was last looked at. The agent keeps it up to date.',
    type: 'date',
    required: true,
  },
  {
    id: 'deadline',
    label: 'Deadline',
    help: 'The day by which it should be done.',
    type: 'date',
    fallback: 'none',
  },
  {
    id: 'success_criteria',
    label: 'It is reached when',
    help: 'What must be true at the end, a line each.',
    type: 'lines',
    required: true,
  },
  {
    id: 'parent_goal',
    label: 'Part of',
    help: 'The name of a larger goal that this one belongs to.',
    type: 'text',
    fallback: 'none',
  },
];
const subGoal: readonly FieldDef[] = [
  {
    id: 'id',
    label: 'Id',
    help: 'A short name without blanks, by which other steps refer to this one.',
    type: 'text',
    required: true,
    rules: { pattern: ['\\S+', 'is a name without blanks'] },
  },
  { id: 'label', label: 'Label', help: 'What is to be done.', type: 'text', required: true },
  {
    id: 'status',
    label: 'Status',
    help: 'How far it is.',
    type: 'choice',
    required: true,
    options: [
      ['pending', 'Pending'],
      ['in_progress', 'In progress'],
      ['complete', 'Complete'],
      ['blocked', 'Blocked'],
      ['abandoned', 'Abandoned'],
      ['awaiting_decision', 'Awaiting a decision', 'runs of playbooks only'],
      ['skipped', 'Skipped', 'runs of playbooks only'],
    ],
  },
  {
    id: 'assigned',
    label: 'Assigned to',
    help: 'Who does it.',
    type: 'agent',
    open: true,
    fallback: 'nobody',
  },
  {
    id: 'deadline',
    label: 'Deadline',
    help: 'The day by which it should be done.',
    type: 'date',
    fallback: 'none',
  },
  {
    id: 'blocked_by',
    label: 'Waits for',
    help: 'The id of an earlier step that must be complete first.',
    type: 'text',
    fallback: 'nothing',
  },
  {
    id: 'completed',
    label: 'Completed on',
    help: 'The day on which it was done.',
    type: 'date',
    fallback: 'not yet',
  },
  { id: 'output', label: 'Output', help: 'Where the result lies.', type: 'text', fallback: 'none' },
  { id: 'body', label: 'Details', help: 'What else is to be known.', type: 'multiline', fallback: 'none' },
  {
    id: 'acceptance_criteria',
    label: 'It is done when',
    help: 'What must be true at its end, a line each.',
    type: 'lines',
    fallback: 'none',
  },
];
/** Releases that take several blockers write them as a list; a file keeps the form that it has. */
const manyBlockers: FieldDef = {
  id: 'blocked_by',
  label: 'Waits for',
  help: 'The ids of earlier steps that must be complete first.',
  type: 'lines',
  flow: true,
  fallback: 'nothing',
};
const goalOrder = orderOf([...pathsOf([], goalWhat), ...pathsOf(['sub_goals', '*'], subGoal), ['sub_goals']]);

/** A goal with its steps (formats/atomic-agents.md §2.9). */
export const goal: Bind = (text, about) => {
  const found = headerSource(text, goalOrder);
  if (!found.ok)
    return {
      ok: false,
      message: `Its header is no YAML: ${found.problem.message}.`,
      line: found.problem.line,
    };
  const { source } = found;
  const steps = source.at(['sub_goals']).value;
  const lists = isList(steps) && steps.some((step) => isMap(step) && isList(step.get('blocked_by')));
  const many = subGoal.map((def) => (def.id === 'blocked_by' ? manyBlockers : def));
  return {
    ok: true,
    sections: [
      section('goal', 'The goal', 'What the agent should reach.', yamlSlots(source, [], goalWhat, about)),
      section(
        'sub_goals',
        'Steps',
        'Each step on the way. A step can wait for an earlier one.',
        [],
        listTable(
          source,
          ['sub_goals'],
          {
            rowName: 'step',
            defs: lists ? many : subGoal,
            variant: (step) => {
              const held = step.get('blocked_by') ?? null;
              return isList(held) || (held === null && lists) ? many : subGoal;
            },
          },
          about,
        ),
        source.line(['sub_goals']),
      ),
    ],
  };
};

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

const rubricFields: readonly FieldDef[] = [
  {
    id: 'schema_version',
    label: 'Format',
    help: 'The version of the format.',
    type: 'number',
    fallback: '1',
    rules: { whole: true, min: 1 },
  },
  {
    id: 'agent',
    label: 'Agent',
    help: 'The agent that is judged.',
    type: 'agent',
    open: true,
    fallback: 'the agent of the folder',
  },
  {
    id: 'threshold_pass',
    label: 'Pass mark',
    help: 'The weighted score from 1 to 5 from which a test counts as passed.',
    type: 'number',
    fallback: '4.0',
    rules: { min: 1, max: 5 },
  },
];
const weight: readonly FieldDef[] = [
  {
    id: 'name',
    label: 'Dimension',
    help: 'What is judged, such as output_quality.',
    type: 'text',
    required: true,
    rules: { pattern: ['[A-Za-z_][A-Za-z0-9_-]*', 'is a name without blanks'] },
  },
  {
    id: 'weight',
    label: 'Weight',
    help: 'Its share of the score. All of them sum up to 100.',
    type: 'number',
    at: [],
    required: true,
    rules: { min: 0, max: 100 },
  },
];
const rubricOrder = orderOf([['schema_version'], ['agent'], ['weights'], ['threshold_pass']]);

/** The rubric of an agent's evals (§2.16). */
export const rubric: Bind = (text, about) => {
  const found = headerSource(text, rubricOrder);
  if (!found.ok)
    return {
      ok: false,
      message: `Its header is no YAML: ${found.problem.message}.`,
      line: found.problem.line,
    };
  const { source } = found;
  return {
    ok: true,
    sections: [
      section(
        'rubric',
        'The rubric',
        'When a test counts as passed.',
        yamlSlots(source, [], rubricFields, about),
      ),
      section(
        'weights',
        'Weights',
        'How much each dimension counts. Without any the evals do not run.',
        [],
        mapTable(source, ['weights'], { rowName: 'dimension', defs: weight, keep: 1 }, about),
        source.line(['weights']),
      ),
    ],
  };
};

/** The judge of an agent's evals (§2.16). */
export const evalJudge = headerForm([
  [
    'judge',
    'The judge',
    'Which model scores the answers, and how strictly.',
    [
      {
        id: 'agent',
        label: 'Agent',
        help: 'The agent that is judged.',
        type: 'agent',
        open: true,
        fallback: 'the agent of the folder',
      },
      {
        id: 'cross_family',
        label: 'Judges of another family',
        help: 'Models of another maker than the agent’s, the first one that can be reached is taken.',
        type: 'lines',
        at: ['recommended_judge', 'cross_family'],
        fallback: 'none',
      },
      {
        id: 'same_family_fallback',
        label: 'Judges of the same family',
        help: 'Models that are taken where no other can be reached.',
        type: 'lines',
        at: ['recommended_judge', 'same_family_fallback'],
        fallback: 'none',
      },
      {
        id: 'strict_mode',
        label: 'Strict',
        help: 'Whether doubt counts against the answer.',
        type: 'bool',
        fallback: 'on',
      },
      {
        id: 'audit_sample_pct',
        label: 'Share to audit',
        help: 'The share of judgements, 0 to 1, that a person should look at.',
        type: 'number',
        fallback: '0.10',
        rules: { min: 0, max: 1 },
      },
    ],
  ],
]);

/** A golden case of the evals (§2.16). */
export const evalGolden = headerForm([
  [
    'test',
    'The test',
    'Without id and category the evals leave it out.',
    [
      {
        id: 'agent',
        label: 'Agent',
        help: 'The agent that is tested.',
        type: 'agent',
        open: true,
        fallback: 'the agent of the folder',
      },
      {
        id: 'category',
        label: 'Category',
        help: 'What kind of case it is. It is the name of the folder, too.',
        type: 'choice',
        required: true,
        open: true,
        options: [
          ['happy', 'Happy', 'a usual request'],
          ['edge', 'Edge', 'an unusual one'],
          ['adversarial', 'Adversarial', 'someone tries to mislead the agent'],
          ['decline', 'Decline', 'the agent should say no'],
        ],
      },
      {
        id: 'test_id',
        label: 'Id',
        help: 'The name of the test, as its file is called.',
        type: 'text',
        required: true,
      },
      {
        id: 'created',
        label: 'Created on',
        help: 'The day on which it was written.',
        type: 'date',
        fallback: 'unknown',
      },
    ],
  ],
]);
