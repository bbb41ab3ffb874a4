import { compareCodePoints } from '../../json/tree.ts';
import { parseTools } from '../settings/tools.ts';
import { ACTION_CLASSES } from '../settings/judges.ts';
import { takenBy } from './template-model.ts';
import type { Answers, FieldRule, TemplatePlace, TemplateRule } from './template-model.ts';
import {
  all,
  bullets,
  CHAT_MODELS,
  choice,
  dollars,
  eachLine,
  fits,
  lines,
  notOneOf,
  numberText,
  section,
  text,
  wholeNumber,
  yesNo,
} from './template-fields.ts';
import { MEMORY_INDEX, WIKI_INDEX } from './template-notes.ts';

const identityFields: readonly FieldRule[] = [
  lines('mission', 'Mission', 'What the agent is for, in a few sentences.', { required: true }),
  lines('inScope', 'It does', 'Kinds of work, one a line.'),
  lines('outOfScope', 'It does not', 'What it declines, one a line.'),
];
const soulFields: readonly FieldRule[] = [
  lines('voice', 'Voice', 'How it sounds, in a sentence or a few words.'),
  lines('values', 'Values', 'What it holds on to, one a line.'),
];
const userFields: readonly FieldRule[] = [
  lines('user', 'Who it works for', 'Role, field, and what matters to the person.'),
  lines('prefers', 'They prefer', 'How answers should be, one a line.'),
  lines('avoids', 'They do not want', 'What to leave out, one a line.'),
];

const joined = (title: string, ...sections: readonly string[]): string =>
  `# ${title}\n\n${sections.join('').trimEnd()}\n`;

/**
 * The three texts of a persona (formats/atomic-agents.md §2.1). All of it is sent to the model, so that nothing stands in
 * for an answer that was not given, but for how it sounds. The last section of the identity is read by the runtime.
 */
const personaText = {
  identity: (title: string, { of, lines: list }: Answers): string =>
    joined(
      title,
      section('Mission', of('mission')),
      section('What I do', bullets(list('inScope'))),
      section('What I do not do', bullets(list('outOfScope'))),
      section('Operating mode', 'This agent is **reactive**: it works when it is asked.'),
    ),
  soul: (title: string, { of, lines: list }: Answers): string =>
    joined(
      title,
      section('Voice', of('voice') === '' ? 'Plain and short.' : of('voice')),
      section('Values', bullets(list('values')) || '- Say when something is not known.'),
    ),
  user: (title: string, { of, lines: list }: Answers): string =>
    joined(
      title,
      section('Who this is', of('user') === '' ? 'Nothing is noted yet.' : of('user')),
      section('Preferences', bullets(list('prefers'))),
      section('To avoid', bullets(list('avoids'))),
    ),
};

const personaTemplate = (
  id: string,
  file: string,
  title: string,
  about: string,
  fields: readonly FieldRule[],
  make: (answers: Answers) => string,
): TemplateRule => ({
  id,
  title,
  about,
  group: 'settings',
  on: 'agent',
  fields: () => fields,
  blocked: (place) =>
    place.folder.isFile(place.path('persona.link.md'))
      ? 'The agent has a shared persona. The runtime refuses both together.'
      : takenBy(place, file),
  problems: () => [],
  make: (_place, answers) => [{ file, text: make(answers) }],
});

const pathLine = (list: 'readPaths' | 'writePaths'): ((line: string) => string | null) => {
  const head = list === 'readPaths' ? 'Read paths' : 'Write paths';
  return (line) =>
    parseTools(`## ${head}\n- ${line}\n`)[list][0]?.text === line
      ? null
      : 'the runtime would read another path: it can’t hold a backtick, nor a blank before “(”, “,” or a dash.';
};

const toolClass = (line: string): string | null => {
  const { classes } = parseTools(`## Tool classification\n- ${line}\n`);
  return classes[0] === undefined || line.replaceAll(/\s/g, '') !== `${classes[0].tool}:${classes[0].class}`
    ? `write tool_name: class, with one of ${ACTION_CLASSES.join(', ')}.`
    : null;
};

const toolFields: readonly FieldRule[] = [
  lines('read', 'Read paths', 'Folders it may read, one a line; ./ is its own.', {
    value: './',
    check: eachLine(pathLine('readPaths')),
  }),
  lines('write', 'Write paths', 'Folders it may write, one a line. Its memory must be among them.', {
    required: true,
    value: 'memory/\nwiki/',
    check: eachLine(pathLine('writePaths')),
  }),
  lines('readOnly', 'Read-only paths', 'Folders it may never write, even where a write path holds them.', {
    check: eachLine(pathLine('readPaths')),
  }),
  lines('apis', 'External APIs', 'Services it calls, one a line.'),
  lines('nos', 'Hard NOs', 'What it must never do, one a line.'),
  lines(
    'classes',
    'Tool classification',
    'One a line: tool_name: class. Others count as external_side_effect.',
    {
      check: eachLine(toolClass),
    },
  ),
];

/** `tools.md` by its headings (formats/atomic-agents.md §2.2). */
function toolsText({ lines: list }: Answers): string {
  const part = (title: string, key: string): string => {
    const items = list(key);
    return items.length === 0 ? '' : `\n## ${title}\n\n${bullets(items)}`;
  };
  return `# Tools\n${part('Read paths', 'read')}${part('Write paths', 'write')}${part('Read-only paths', 'readOnly')}${part('External APIs', 'apis')}${part('Hard NOs', 'nos')}${part('Tool classification', 'classes')}`;
}

const modelFields: readonly FieldRule[] = [
  choice('model', 'Model', 'The model that answers.', CHAT_MODELS, { value: 'claude-sonnet-4-6' }),
  choice('fallback', 'Fallback', 'Used when the model fails, or at a cap. Empty: none.', CHAT_MODELS, {
    required: false,
    value: '',
  }),
  yesNo('guarded', 'Guardrails', 'Whether the caps below hold.', 'yes'),
  text('daily', 'Daily cap', 'Dollars a day.', { value: '1', check: dollars(false) }),
  text('monthly', 'Monthly cap', 'Dollars a month.', { value: '20', check: dollars(false) }),
  choice('dailyAction', 'At the daily cap', 'What happens to further runs of the day.', [
    'skip',
    'fallback',
    'alert',
  ]),
  choice('monthlyAction', 'At the monthly cap', 'What happens to further runs of the month.', [
    'skip',
    'fallback',
    'alert',
  ]),
  text('maxPrompt', 'Max system prompt', 'Tokens that a prompt may have.', {
    value: '12000',
    check: wholeNumber(1, 10_000_000),
  }),
  text('maxOutput', 'Max output', 'Tokens that an answer may have.', {
    value: '4000',
    check: wholeNumber(1, 10_000_000),
  }),
];

function modelProblems({ of, yes }: Answers): readonly string[] {
  const problems: string[] = [];
  if (yes('guarded') && Number(of('daily')) === 0)
    problems.push('Daily cap: With guardrails it must be more than 0.');
  if (yes('guarded') && Number(of('monthly')) === 0)
    problems.push('Monthly cap: With guardrails it must be more than 0.');
  const falls = [of('dailyAction'), of('monthlyAction')].includes('fallback');
  if (falls && of('fallback') === '') problems.push('Fallback: It is needed, as a cap leads to it.');
  return problems;
}

/** `model.md` with its guardrails (formats/atomic-agents.md §2.3). */
function modelText({ of, yes }: Answers): string {
  const tokens = (key: string, otherwise: number): string =>
    Number(of(key) === '' ? otherwise : of(key)).toLocaleString('en-US');
  return (
    `# Model\n\n## Default model\n\n**\`${of('model')}\`**\n\n` +
    (of('fallback') === '' ? '' : `## Fallback\n\n**\`${of('fallback')}\`**\n\n`) +
    `## Token budget\n\n- Max system prompt: ${tokens('maxPrompt', 12_000)} tokens\n` +
    `- Max output: ${tokens('maxOutput', 4_000)} tokens\n\n` +
    '## Cost guardrails\n\n```yaml\ncost_guardrails:\n' +
    `  enabled: ${yes('guarded')}\n` +
    `  daily_cap_usd: ${numberText(of('daily')) || '0'}\n` +
    `  monthly_cap_usd: ${numberText(of('monthly')) || '0'}\n` +
    `  daily_cap_action: ${of('dailyAction')}\n` +
    `  monthly_cap_action: ${of('monthlyAction')}\n` +
    '  warning_thresholds: [0.5, 0.8]\n```\n'
  );
}

/** Words that the runtime's own commands take, so that an agent of that name could not be called. */
const COMMANDS = [
  'init',
  'run',
  'info',
  'skills',
  'version',
  'restore',
  'bundle',
  'doctor',
  'review',
  'persona',
  'corpus',
  'deploy',
  'status',
  'down',
];

const agentName = text('name', 'Name', 'Letters, digits and hyphens. The folder has this name.', {
  required: true,
  check: all(
    fits(
      /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?$/,
      'Use letters, digits and hyphens, at most 64, with a letter or digit at both ends.',
    ),
    notOneOf(COMMANDS, 'A command of the runtime has this name.'),
  ),
});

const nameTaken = ({ folder }: TemplatePlace, name: string): readonly string[] => {
  const entries = folder.list('');
  const other = entries.ok && entries.value.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return other ? [`Name: ${other.name} is there already. Choose another name.`] : [];
};

/** What every agent can write: its own folders that are made with it. */
const ownTools: Answers = {
  of: () => '',
  lines: (key) => (key === 'read' ? ['./'] : key === 'write' ? ['memory/', 'wiki/'] : []),
  yes: () => false,
};

const newAgent: TemplateRule = {
  id: 'agent',
  title: 'Agent',
  about: 'A folder with a persona, tools, a model with guardrails, and empty indexes.',
  group: 'agent',
  on: 'root',
  fields: () => [agentName, ...identityFields, ...soulFields, ...userFields, ...modelFields],
  blocked: ({ folder }) =>
    folder.root.single === null
      ? null
      : 'One agent was opened alone. Open the folder that holds it to add another.',
  problems: (place, answers) => [...nameTaken(place, answers.of('name')), ...modelProblems(answers)],
  make: (_place, answers) => {
    const name = answers.of('name');
    return [
      { file: `${name}/persona/IDENTITY.md`, text: personaText.identity(name, answers) },
      { file: `${name}/persona/SOUL.md`, text: personaText.soul(`How ${name} sounds`, answers) },
      { file: `${name}/persona/USER.md`, text: personaText.user(`Who ${name} works for`, answers) },
      { file: `${name}/tools.md`, text: toolsText(ownTools) },
      { file: `${name}/memory/INDEX.md`, text: MEMORY_INDEX },
      { file: `${name}/wiki/INDEX.md`, text: WIKI_INDEX },
      { file: `${name}/model.md`, text: modelText(answers) },
    ];
  },
};

const PERSONA_ID = /^[a-zA-Z0-9_+@-][a-zA-Z0-9_.+@-]*$/;

const sharedPersona: TemplateRule = {
  id: 'shared-persona',
  title: 'Shared persona',
  about: 'A persona that several agents can link to.',
  group: 'agent',
  on: 'root',
  fields: () => [
    text('id', 'Id', 'Letters, digits and . _ + @ -. Agents name it in persona.link.md.', {
      required: true,
      check: all(fits(PERSONA_ID, 'Use letters, digits and . _ + @ -.'), (value) =>
        value.includes('..') || value.length > 100
          ? 'Use at most 100 characters, and no two dots in a row.'
          : null,
      ),
    }),
    text('label', 'Label', 'What people call it.', { required: true }),
    ...identityFields,
    ...soulFields,
    ...userFields,
  ],
  blocked: ({ folder }) =>
    folder.sharedPath('.personas') === null ? 'There is no folder for what holds for all agents.' : null,
  problems: (place, { of }) => {
    const taken = takenBy(place, `.personas/${of('id')}`);
    return taken === null ? [] : [`Id: ${taken}`];
  },
  make: ({ today }, answers) => {
    const home = `.personas/${answers.of('id')}`;
    const label = answers.of('label');
    const meta = { schema_version: 1, version: '1', label, created_at: `${today}T00:00:00+00:00` };
    return [
      { file: `${home}/IDENTITY.md`, text: personaText.identity(label, answers) },
      { file: `${home}/SOUL.md`, text: personaText.soul(`How ${label} sounds`, answers) },
      { file: `${home}/USER.md`, text: personaText.user(`Who ${label} works for`, answers) },
      { file: `${home}/metadata.json`, text: `${JSON.stringify(meta, null, 2)}\n` },
    ];
  },
};

const personaLink: TemplateRule = {
  id: 'persona-link',
  title: 'Link to a shared persona',
  about: 'The agent takes its persona from .personas/ instead of a folder of its own.',
  group: 'settings',
  on: 'agent',
  fields: ({ folder }) => {
    const home = folder.sharedPath('.personas');
    const found = home === null ? null : folder.list(home);
    const ids = found?.ok
      ? found.value
          .filter(({ kind, name }) => kind === 'folder' && PERSONA_ID.test(name))
          .map(({ name }) => name)
      : [];
    return [choice('id', 'Persona', 'Which of the shared personas.', ids.toSorted(compareCodePoints))];
  },
  blocked: (place) => {
    if (place.folder.isFile(place.path('persona/IDENTITY.md')))
      return 'The agent has a persona of its own. The runtime refuses both together.';
    if (personaLink.fields(place)[0]!.options.length === 0) return 'There are no shared personas yet.';
    return takenBy(place, 'persona.link.md');
  },
  problems: () => [],
  make: (_place, { of }) => [
    {
      file: 'persona.link.md',
      text: `# Shared persona\n\n\`\`\`yaml\nkind: shared\npersona_id: "${of('id')}"\n\`\`\`\n`,
    },
  ],
};

/** Agents, personas, tools and models. */
export const agentTemplates: readonly TemplateRule[] = [
  newAgent,
  sharedPersona,
  personaTemplate(
    'persona-identity',
    'persona/IDENTITY.md',
    'Identity',
    'Who the agent is and what it is for.',
    identityFields,
    (answers) => personaText.identity('Identity', answers),
  ),
  personaTemplate(
    'persona-soul',
    'persona/SOUL.md',
    'Soul',
    'How it sounds and what it holds on to.',
    soulFields,
    (answers) => personaText.soul('Soul', answers),
  ),
  personaTemplate(
    'persona-user',
    'persona/USER.md',
    'User',
    'The person it works for.',
    userFields,
    (answers) => personaText.user('User', answers),
  ),
  personaLink,
  {
    id: 'tools',
    title: 'Tools',
    about: 'What the agent may read, write and call.',
    group: 'settings',
    on: 'agent',
    fields: () => toolFields,
    blocked: (place) => takenBy(place, 'tools.md'),
    problems: () => [],
    make: (_place, answers) => [{ file: 'tools.md', text: toolsText(answers) }],
  },
  {
    id: 'model',
    title: 'Model and guardrails',
    about: 'Which model answers, and what it may cost.',
    group: 'settings',
    on: 'agent',
    fields: () => modelFields,
    blocked: (place) => takenBy(place, 'model.md'),
    problems: (_place, answers) => modelProblems(answers),
    make: (_place, answers) => [{ file: 'model.md', text: modelText(answers) }],
  },
];
