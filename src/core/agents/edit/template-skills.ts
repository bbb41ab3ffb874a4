import { pyWords } from '../text/python-text.ts';
import { takenBy } from './template-model.ts';
import type { FieldRule, TemplatePlace, TemplateRule } from './template-model.ts';
import { all, atMost, dollars, eachLine, fits, lines, numberText, text } from './template-fields.ts';
import { yamlLine, yamlScalar } from './template-yaml.ts';

const RESERVED = ['anthropic', 'claude', 'atomic_agents'];

const name = text('name', 'Name', 'Small letters, digits and hyphens. The folder has this name.', {
  required: true,
  check: all(fits(/^[a-z0-9][a-z0-9-]*$/, 'Use small letters, digits and hyphens.'), atMost(64), (value) => {
    const word = RESERVED.find((one) => value.includes(one));
    return word === undefined ? null : `It can’t hold the reserved word ${word}.`;
  }),
});
const description = text(
  'description',
  'Description',
  'What it does and when to use it; the agent sees only this.',
  {
    required: true,
    check: atMost(1024),
  },
);
const when = text('when', 'When to use', 'More about when, at most 200 words.', {
  check: (value) => (pyWords(value).length > 200 ? 'It has more than 200 words.' : null),
});

/** A link of a skill that leads deeper than the runtime reads (formats/atomic-agents.md §2.12). */
function deepLink(body: string): string | null {
  for (const [, target = ''] of body.matchAll(/\[[^\]]{0,300}\]\(([^)]{1,500})\)/g)) {
    if (/^(?:https?:\/\/|mailto:)/.test(target.trim())) continue;
    const parts = target
      .trim()
      .replace(/^[./]+/, '')
      .split(/[/\\]/);
    if (parts.filter(Boolean).length > 1)
      return `${target} lies deeper than one level, where the runtime does not read.`;
  }
  return null;
}

const header = (of: (key: string) => string, more = ''): string =>
  '---\n' +
  yamlLine('name', of('name')) +
  yamlLine('description', of('description')) +
  more +
  yamlLine('when_to_use', of('when')) +
  '---\n\n';

const taken = (place: TemplatePlace, id: string): readonly string[] => {
  const problem = takenBy(place, `skills/${id}`);
  return problem === null ? [] : [`Name: ${problem}`];
};

const skill: TemplateRule = {
  id: 'skill',
  title: 'Skill',
  about: 'Instructions that the agent reads when a task calls for them.',
  group: 'skills',
  on: 'agent',
  fields: () => [
    name,
    description,
    when,
    lines('body', 'Instructions', 'What to do, step by step. At most 500 lines.', {
      check: all(
        (value) => (value.split('\n').length > 490 ? 'It has more than 490 lines.' : null),
        deepLink,
      ),
    }),
  ],
  blocked: () => null,
  problems: (place, { of }) => taken(place, of('name')),
  make: (_place, { of }) => [
    {
      file: `skills/${of('name')}/SKILL.md`,
      text: `${header(of)}# ${of('name')}\n${of('body') === '' ? '' : `\n${of('body')}\n`}`,
    },
  ],
};

type Stage = { readonly label: string; readonly prompt: string };

/** A line as a stage: “name: what to do”, or a name alone, at which a person decides. */
function stageOf(line: string): Stage {
  const colon = line.indexOf(':');
  if (colon === -1) return { label: line, prompt: '' };
  return { label: line.slice(0, colon).trim(), prompt: line.slice(colon + 1).trim() };
}

const stages: FieldRule = lines(
  'stages',
  'Stages',
  'One a line, in order: a name, a colon and what the agent is to do. A name alone is a gate at which a person decides.',
  {
    required: true,
    check: eachLine((line) => {
      const { label, prompt } = stageOf(line);
      if (label === '') return 'it has no name before the colon.';
      return line.includes(':') && prompt === '' ? 'it says nothing after the colon.' : null;
    }),
  },
);

const stageText = ({ label, prompt }: Stage, i: number): string =>
  `  - stage_id: stage-${i + 1}\n    label: ${yamlScalar(label)}\n` +
  (prompt === ''
    ? '    is_gate: true\n    options: [continue, halt]\n'
    : `    prompt: ${yamlScalar(prompt)}\n`);

const playbook: TemplateRule = {
  id: 'playbook',
  title: 'Playbook',
  about: 'Stages that a run goes through one after the other, with gates for a person.',
  group: 'skills',
  on: 'agent',
  fields: () => [
    name,
    description,
    when,
    text('cap', 'Cap of a run', 'Dollars that one run may cost in all.', {
      required: true,
      value: '1',
      check: dollars(true),
    }),
    stages,
  ],
  blocked: () => null,
  problems: (place, { of }) => taken(place, of('name')),
  make: (_place, { of, lines: list }) => [
    {
      file: `skills/${of('name')}/PLAYBOOK.md`,
      text:
        `${header(of, 'kind: playbook\n')}# ${of('name')}\n\n\`\`\`yaml\n` +
        `run_cap_usd: ${numberText(of('cap'))}\nstages:\n` +
        `${list('stages')
          .map((line, i) => stageText(stageOf(line), i))
          .join('')}\`\`\`\n`,
    },
  ],
};

export const skillTemplates: readonly TemplateRule[] = [skill, playbook];
