import { isList, isMap } from '../../yaml/yaml-value.ts';
import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { headerSource, orderOf, pathsOf } from './header.ts';
import { listTable, yamlSlots } from './yaml-slots.ts';

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
