import type { Answers, FieldRule, TemplateRule } from './template-model.ts';
import { takenBy } from './template-model.ts';
import { choice, day, fits, lines, text } from './template-fields.ts';
import { yamlLine, yamlList, yamlRaw, yamlScalar } from './template-yaml.ts';

const fields: readonly FieldRule[] = [
  text('intent', 'Intent', 'What is to be so in the end, in a sentence.', { required: true }),
  choice('priority', 'Priority', 'Against other goals.', ['medium', 'high', 'low']),
  lines('criteria', 'Success criteria', 'How anyone can tell that it is reached, one a line.', {
    required: true,
  }),
  day('deadline', 'Deadline', 'The day by which it is to be reached. The agent never moves it.'),
  lines('steps', 'Sub-goals', 'Steps on the way, one a line. Each begins as pending.'),
  lines('notes', 'Background', 'What the agent should know about it.'),
];

/** A goal as the runtime reads it: sub-goals in order, and a history at the end (formats/atomic-agents.md §2.9). */
function goalText(today: string, { of, lines: list }: Answers): string {
  const steps = list('steps')
    .map((label, i) => `  - id: step-${i + 1}\n    label: ${yamlScalar(label)}\n    status: pending\n`)
    .join('');
  return (
    '---\nschema_version: 1\nactive: true\n' +
    yamlLine('intent', of('intent')) +
    yamlRaw('priority', of('priority')) +
    yamlRaw('created', today) +
    yamlRaw('last_progress_check', today) +
    yamlRaw('deadline', of('deadline')) +
    yamlList('success_criteria', list('criteria')) +
    (steps === '' ? '' : `sub_goals:\n${steps}`) +
    `---\n\n# Goal\n\n${of('notes') === '' ? '' : `${of('notes')}\n\n`}## History\n\n- ${today} — goal set\n`
  );
}

const addressed = (id: string): string => `goals/${id}/goal.md`;

/** The goal of an agent, and further ones that are addressed by an id. */
export const goalTemplates: readonly TemplateRule[] = [
  {
    id: 'goal',
    title: 'Goal',
    about: 'What the agent works towards. It is sent with every run; there is one.',
    group: 'goals',
    on: 'agent',
    fields: () => fields,
    blocked: (place) => takenBy(place, 'goal.md'),
    problems: () => [],
    make: ({ today }, answers) => [{ file: 'goal.md', text: goalText(today, answers) }],
  },
  {
    id: 'goal-addressed',
    title: 'Goal beside the main one',
    about: 'A goal with an id of its own, which is worked on when it is named.',
    group: 'goals',
    on: 'agent',
    fields: () => [
      text('id', 'Id', 'Small letters, digits and hyphens. The folder below goals/ has this name.', {
        required: true,
        check: fits(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'Use small letters, digits and hyphens, at most 64.'),
      }),
      ...fields,
    ],
    blocked: () => null,
    problems: (place, { of }) => {
      const taken = takenBy(place, `goals/${of('id')}`);
      return taken === null ? [] : [`Id: ${taken}`];
    },
    make: ({ today }, answers) => [{ file: addressed(answers.of('id')), text: goalText(today, answers) }],
  },
];
