import { fileOf } from '../parts/read.ts';
import { parseMcp } from '../settings/mcp.ts';
import { parseRoster } from '../settings/roster.ts';
import { takenBy } from './template-model.ts';
import type { TemplateRule } from './template-model.ts';
import {
  all,
  bullets,
  CHAT_MODELS,
  choice,
  eachLine,
  fits,
  lines,
  noHeading,
  text,
  wholeNumber,
  yesNo,
} from './template-fields.ts';
import { yamlList, yamlScalar } from './template-yaml.ts';

const roster: TemplateRule = {
  id: 'roster',
  title: 'Roster',
  about: 'To which other agents this one may hand over work.',
  group: 'settings',
  on: 'agent',
  fields: ({ folder, agent }) => {
    const others = folder.root.agents.map(({ name }) => name).filter((name) => name !== agent);
    const alone = folder.root.single !== null;
    return [
      lines(
        'names',
        'Agents',
        alone || others.length === 0
          ? 'Names of agents, one a line.'
          : `One a line, of: ${others.slice(0, 12).join(', ')}${others.length > 12 ? ', …' : ''}.`,
        {
          required: true,
          check: eachLine((line) => {
            if (line === agent) return 'an agent can’t call itself.';
            if (!alone && !others.includes(line)) return 'there is no agent of this name.';
            return parseRoster(`## Delegate to\n- ${line}\n`)[0]?.name === line
              ? null
              : 'the runtime would read another name.';
          }),
        },
      ),
    ];
  },
  blocked: (place) => takenBy(place, 'roster.md'),
  problems: () => [],
  make: (_place, { lines: list }) => [
    { file: 'roster.md', text: `# Roster\n\n## Delegate to\n\n${bullets(list('names'))}` },
  ],
};

const mcpServer: TemplateRule = {
  id: 'mcp-server',
  title: 'MCP server',
  about: 'A program that gives the agent tools, added to mcp.md.',
  group: 'settings',
  on: 'agent',
  fields: () => [
    text('name', 'Name', 'Letters, digits, hyphens. Its tools are called name__tool.', {
      required: true,
      check: all(
        fits(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Use letters, digits, hyphens and _, at most 64.'),
        (value) => (value.includes('__') ? 'It can’t hold two _ in a row.' : null),
      ),
    }),
    text('command', 'Command', 'The program that is started, such as npx.', { required: true }),
    lines('args', 'Arguments', 'One a line.', {
      check: eachLine((line) => (line.includes(',') ? 'a comma would part it in two.' : null)),
    }),
    lines(
      'env',
      'Environment',
      'One a line: KEY=$VARIABLE. The value stays in the environment, never in the file.',
      {
        check: eachLine(
          fits(
            /^[A-Za-z_][A-Za-z0-9_]*=\$[A-Za-z_][A-Za-z0-9_]*$/,
            'write KEY=$VARIABLE; a secret never stands in the file.',
          ),
        ),
      },
    ),
    text('description', 'Description', 'What it is for.'),
  ],
  blocked: () => null,
  problems: (place, { of }) => {
    const file = fileOf(place.folder, place.path('mcp.md'));
    const known = parseMcp(file?.text ?? '').servers.some(({ name }) => name === of('name'));
    return known ? ['Name: A server of this name is there already.'] : [];
  },
  make: (_place, { of, lines: list }) => [
    {
      file: 'mcp.md',
      head: '# MCP servers\n\n',
      section:
        `## ${of('name')}\ncommand: ${of('command')}\n` +
        (list('args').length === 0 ? '' : `args: ${list('args').join(', ')}\n`) +
        list('env')
          .map((line) => `env: ${line}\n`)
          .join('') +
        (of('description') === '' ? '' : `description: ${of('description')}\n`),
    },
  ],
};

const serve: TemplateRule = {
  id: 'serve',
  title: 'Serving over HTTP',
  about: 'Where the agent listens when it is served to other programs.',
  group: 'settings',
  on: 'agent',
  fields: () => [
    text('host', 'Host', 'The address; 127.0.0.1 is this machine alone.', {
      required: true,
      value: '127.0.0.1',
      check: fits(/^[A-Za-z0-9.:[\]-]+$/, 'Write an address or the name of a host.'),
    }),
    text('port', 'Port', 'From 1 to 65535.', {
      required: true,
      value: '8000',
      check: wholeNumber(1, 65_535),
    }),
    yesNo('open', 'Without sign-in', 'Whether callers that nobody vouched for are let in.', 'no'),
  ],
  blocked: (place) => takenBy(place, 'serve.md'),
  problems: () => [],
  make: (_place, { of, yes }) => [
    {
      file: 'serve.md',
      text:
        `# Serve\n\n## Bind Host\n\n${of('host')}\n\n## Bind Port\n\n${Number(of('port'))}\n` +
        (yes('open') ? '\n## Allow No Auth\n' : ''),
    },
  ],
};

const dimension = /^([a-z][a-z0-9_]{0,63})\s*:\s*(\d{1,3})$/;
const weights = (shares: readonly string[]): readonly (readonly [string, number])[] =>
  shares.map((line) => {
    const [, name = '', share = ''] = dimension.exec(line) ?? [];
    return [name, Number(share)] as const;
  });

const rubric: TemplateRule = {
  id: 'eval-rubric',
  title: 'Rubric of evals',
  about: 'By which dimensions answers are scored from 1 to 5, with the instructions of the judge.',
  group: 'settings',
  on: 'agent',
  fields: () => [
    lines('weights', 'Dimensions', 'One a line: name: share. The shares make 100.', {
      required: true,
      value: 'persona_fidelity: 25\nmemory_recall: 25\noutput_quality: 25\nscope_discipline: 25',
      check: eachLine(fits(dimension, 'write name: share, in small letters, such as output_quality: 25.')),
    }),
    text('threshold', 'Passes from', 'The weighted score from 1 to 5 at which a case passes.', {
      required: true,
      value: '4',
      check: fits(/^(?:[1-4](?:\.\d{1,2})?|5(?:\.0{1,2})?)$/, 'Write a score from 1 to 5.'),
    }),
    choice('judge', 'Judge', 'The model that scores, best of another family than the agent’s.', CHAT_MODELS, {
      value: 'gpt-5',
    }),
  ],
  blocked: (place) => takenBy(place, 'evals/rubric.md') ?? takenBy(place, 'evals/judge.md'),
  problems: (_place, { lines: list }) => {
    const shares = weights(list('weights'));
    const sum = shares.reduce((before, [, share]) => before + share, 0);
    const twice = shares.find(([name], i) => shares.findIndex(([other]) => other === name) !== i);
    return [
      ...(sum === 100 ? [] : [`Dimensions: The shares make ${sum}, not 100.`]),
      ...(twice === undefined ? [] : [`Dimensions: ${twice[0]} stands twice.`]),
    ];
  },
  make: (_place, { of, lines: list }) => {
    const shares = weights(list('weights'));
    return [
      {
        file: 'evals/rubric.md',
        text:
          '---\nschema_version: 1\nweights:\n' +
          shares.map(([name, share]) => `  ${yamlScalar(name)}: ${share}\n`).join('') +
          `threshold_pass: ${Number(of('threshold')).toFixed(1)}\n---\n\n# Rubric\n` +
          shares
            .map(([name, share]) => `\n## ${name} (${share} %)\n\n- **5** – \n- **3** – \n- **1** – \n`)
            .join('')
            .replaceAll('– \n', '–\n'),
      },
      {
        file: 'evals/judge.md',
        text:
          '---\nschema_version: 1\nrecommended_judge:\n' +
          yamlList('cross_family', [of('judge')], '  ') +
          'strict_mode: true\naudit_sample_pct: 0.1\n---\n\n# Judge\n\n' +
          'Score the answer below by the rubric and by nothing else. Give each dimension a whole number from 1 to 5 ' +
          'and one sentence that says why. Reply with one JSON object and no other text: a key for each dimension ' +
          'with “score” and “justification”, “hard_fails” as a list, and “overall” with “justification”.\n\n' +
          '## Rubric\n\n{rubric}\n\n## What was asked\n\n{test_input}\n\n## What a good answer does\n\n' +
          '{expected_behavior}\n\n## What it takes to pass\n\n{pass_criteria}\n\n## The answer\n\n{agent_response}\n',
      },
    ];
  },
};

const goldenFile = (category: string, id: string): string => `evals/golden/${category}/${id}.md`;

const golden: TemplateRule = {
  id: 'eval-golden',
  title: 'Golden case',
  about: 'A question with what a good answer does, for evals.',
  group: 'settings',
  on: 'agent',
  fields: () => [
    choice('category', 'Category', 'Usual work, odd work, attacks, or what is to be declined.', [
      'happy',
      'edge',
      'adversarial',
      'decline',
    ]),
    text('id', 'Id', 'Small letters, digits and _, such as 001_first_question.', {
      required: true,
      check: fits(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'Use small letters, digits and _, at most 80.'),
    }),
    text('title', 'Title', 'What the case is about.', { required: true }),
    lines('setup', 'Setup', 'What the agent knows beforehand.', { check: noHeading }),
    lines('input', 'Input', 'What is asked.', { required: true, check: noHeading }),
    lines('expected', 'Expected behavior', 'What a good answer does.', { required: true, check: noHeading }),
    lines('pass', 'Pass criteria', 'What it takes to pass.', { check: noHeading }),
  ],
  blocked: () => null,
  problems: (place, { of }) => {
    const taken = takenBy(place, goldenFile(of('category'), of('id')));
    return taken === null ? [] : [`Id: ${taken}`];
  },
  make: ({ today }, { of }) => {
    const part = (title: string, key: string): string =>
      of(key) === '' ? '' : `\n## ${title}\n\n${of(key)}\n`;
    return [
      {
        file: goldenFile(of('category'), of('id')),
        text:
          `---\nschema_version: 1\ncategory: ${of('category')}\ntest_id: ${yamlScalar(of('id'))}\n` +
          `created: ${today}\n---\n\n# ${of('title')}\n` +
          part('Setup', 'setup') +
          part('Input', 'input') +
          part('Expected behavior', 'expected') +
          part('Pass criteria', 'pass'),
      },
    ];
  },
};

/** Further settings of an agent. */
export const settingsTemplates: readonly TemplateRule[] = [roster, mcpServer, serve, rubric, golden];
