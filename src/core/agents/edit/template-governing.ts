import { mandatesOf } from '../parts/mandates.ts';
import { fileOf } from '../parts/read.ts';
import { ACTION_CLASSES, CLASS_POLICIES } from '../settings/judges.ts';
import { takenBy } from './template-model.ts';
import type { FieldRule, TemplatePlace, TemplateRule } from './template-model.ts';
import {
  all,
  atMost,
  choice,
  day,
  dollars,
  fits,
  lines,
  numberText,
  text,
  wholeNumber,
} from './template-fields.ts';
import { yamlLine, yamlList, yamlRaw, yamlScalar } from './template-yaml.ts';

const money = (key: string, label: string, help: string, value = ''): FieldRule =>
  text(key, label, help, { value, check: dollars(false) });

const LIMITS = [
  'allowed_tools',
  'daily_token_usd',
  'monthly_token_usd',
  'requires_escalation_above_external_usd',
];

const mandateFields: readonly FieldRule[] = [
  text('id', 'Id', 'Small letters, digits and hyphens. Runs name it by this.', {
    required: true,
    check: all(fits(/^[a-z0-9][a-z0-9-]*$/, 'Use small letters, digits and hyphens.'), atMost(64)),
  }),
  text('by', 'Granted by', 'Who gives the permission.', { required: true }),
  text('scope', 'Scope', 'What it allows, in words.', { required: true }),
  day('until', 'Ends on', 'The day on which it ends.', { required: true }),
  lines('allowed_tools', 'Allowed tools', 'Names of tools, one a line.'),
  money('daily_token_usd', 'Daily limit', 'Dollars a day for the model.'),
  money('monthly_token_usd', 'Monthly limit', 'Dollars a month for the model.'),
  money(
    'requires_escalation_above_external_usd',
    'Ask above',
    'Dollars of an act above which a person is asked.',
  ),
];

const mandate = (on: 'agent' | 'root'): TemplateRule => ({
  id: on === 'agent' ? 'mandate' : 'root-mandate',
  title: on === 'agent' ? 'Mandate' : 'Mandate for all agents',
  about: 'A standing permission with limits, added to mandates.md.',
  group: 'governing',
  on,
  fields: () => mandateFields,
  blocked: (place) => noShared(place, 'mandates.md'),
  problems: (place, { of }) => {
    const file = fileOf(place.folder, place.path('mandates.md'));
    const known = file === null ? [] : mandatesOf(file, on === 'root', place.agent, place.today);
    const problems: string[] = [];
    if (known.some(({ id }) => id === of('id'))) problems.push('Id: A mandate of this id is there already.');
    if (of('until') < place.today) problems.push('Ends on: This day is over.');
    if (LIMITS.every((key) => of(key) === '')) {
      problems.push('Allowed tools: Name a tool or a limit; the runtime refuses a mandate without any.');
    }
    return problems;
  },
  make: ({ today }, { of, lines: list }) => [
    {
      file: 'mandates.md',
      head: '# Mandates\n\n',
      section:
        `## ${of('id')}\n\n` +
        yamlLine('granted_by', of('by')) +
        yamlRaw('granted_at', today) +
        yamlLine('scope', of('scope')) +
        'revocation_state: active\n' +
        yamlRaw('expires_at', of('until')) +
        'constraints:\n' +
        yamlList('allowed_tools', list('allowed_tools'), '  ') +
        LIMITS.slice(1)
          .map((key) => yamlRaw(key, numberText(of(key)), '  '))
          .join(''),
    },
  ],
});

const policyOf = (name: string, value: string): FieldRule =>
  choice(
    `class_${name}`,
    name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase()),
    'bypass: it goes on; allow_with_audit: it goes on and is noted; judge_required: a judge decides; escalate: a person does.',
    CLASS_POLICIES,
    { value },
  );

const judges: TemplateRule = {
  id: 'judges',
  title: 'Judges',
  about: 'Which acts a judge or a person has to allow first.',
  group: 'governing',
  on: 'agent',
  fields: () => [
    choice('backend', 'Judge', 'rules: by fixed rules; llm: by a model.', ['rules', 'llm']),
    text('model', 'Model of the judge', 'For llm only.', {
      value: 'gpt-5-nano',
      check: fits(/^[a-zA-Z0-9._/-]+$/, 'Write the id of a model.'),
    }),
    money('daily', 'Daily budget', 'Dollars a day for the judge.', '0.5'),
    money('monthly', 'Monthly budget', 'Dollars a month for the judge.', '5'),
    policyOf('read_only', 'bypass'),
    policyOf('reversible_write', 'allow_with_audit'),
    policyOf('external_side_effect', 'judge_required'),
    policyOf('high_risk', 'escalate'),
    text('after', 'Time to answer', 'Seconds after which an escalation is decided without a person.', {
      value: '86400',
      check: wholeNumber(1, 31_536_000),
    }),
    choice('fallback', 'When nobody answers', 'What happens to the act then.', ['block', 'allow']),
  ],
  blocked: (place) => takenBy(place, 'judges.md'),
  problems: () => [],
  make: (_place, { of }) => [
    {
      file: 'judges.md',
      text:
        `# Judges\n\n\`\`\`yaml\nbackend: ${of('backend')}\n` +
        (of('backend') === 'llm' ? yamlLine('model', of('model')) : '') +
        'timeout_ms: 5000\n' +
        `budget:\n  daily_usd: ${numberText(of('daily')) || '0'}\n  monthly_usd: ${numberText(of('monthly')) || '0'}\n` +
        '```\n\n```yaml\nclass_policy:\n' +
        ACTION_CLASSES.map((name) => `  ${name}: ${of(`class_${name}`)}\n`).join('') +
        'escalation:\n  destination: vault/escalations/\n' +
        yamlRaw('auto_decide_after_seconds', numberText(of('after')), '  ') +
        `  fallback_on_timeout: ${of('fallback')}\n\`\`\`\n`,
    },
  ],
};

const answer = ['no', 'yes', 'partial'];

const governance: TemplateRule = {
  id: 'governance',
  title: 'Governance',
  about: 'Who answers for the agent, and what it may do at most.',
  group: 'governing',
  on: 'agent',
  fields: () => [
    text('owner', 'Owner', 'Who answers for the agent.', { required: true }),
    text('backup', 'Backup owner', 'Who does when the owner is away.'),
    choice('tier', 'Permission tier', 'The most that it may do.', [
      'read-only',
      'draft-only',
      'writes',
      'sends-or-acts',
    ]),
    choice('customers', 'Customer data', 'Whether it sees data of customers.', answer),
    choice('records', 'Writes systems of record', 'Whether it changes them.', answer),
    choice('status', 'Status', 'Where it stands in its life.', ['active', 'paused', 'deprecated', 'retired']),
  ],
  blocked: (place) => takenBy(place, 'governance.md'),
  problems: () => [],
  make: ({ today }, { of }) => [
    {
      file: 'governance.md',
      text:
        '# Governance\n\n```yaml\ngovernance:\n' +
        yamlLine('owner', of('owner'), '  ') +
        yamlLine('backup_owner', of('backup'), '  ') +
        `  permission_tier: ${of('tier')}\n` +
        yamlLine('customer_data', of('customers'), '  ') +
        yamlLine('writes_sor', of('records'), '  ') +
        `  lifecycle_status: ${of('status')}\n  created_at: ${today}\n  updated_at: ${today}\n\`\`\`\n`,
    },
  ],
};

const noShared = ({ folder, agent }: TemplatePlace, file: string): string | null =>
  agent === null && folder.sharedPath(file) === null
    ? 'One agent was opened alone, and there is no folder for what holds for all agents.'
    : null;

const policy: TemplateRule = {
  id: 'policy',
  title: 'Policy',
  about: 'Limits that hold for all agents of the folder.',
  group: 'governing',
  on: 'root',
  fields: () => [
    money('daily', 'Daily cap', 'Dollars a day for each agent. 0 stops all; empty sets none.'),
    money('monthly', 'Monthly cap', 'Dollars a month for each agent. 0 stops all; empty sets none.'),
    lines('allow', 'Allowed tools', 'One a line. Empty: all.'),
    lines('deny', 'Denied tools', 'One a line. Denied wins.'),
    lines('mcpAllow', 'Allowed MCP servers', 'One a line. Empty: all.'),
    lines('mcpDeny', 'Denied MCP servers', 'One a line.'),
    text('model', 'Model', 'The model that all agents use instead of their own. Empty: their own.', {
      check: fits(/^[a-zA-Z0-9._/-]+$/, 'Write the id of a model.'),
    }),
  ],
  blocked: (place) => noShared(place, 'policy.md') ?? takenBy(place, 'policy.md'),
  problems: (_place, { lines: list }) =>
    [
      ['allow', 'deny', 'Denied tools'],
      ['mcpAllow', 'mcpDeny', 'Denied MCP servers'],
    ].flatMap(([yes = '', no = '', label = '']) => {
      const both = list(no).find((name) => list(yes).includes(name));
      return both === undefined ? [] : [`${label}: ${both} is among the allowed ones, too.`];
    }),
  make: (_place, { of, lines: list }) => {
    const caps =
      yamlRaw('daily_usd', numberText(of('daily')), '  ') +
      yamlRaw('monthly_usd', numberText(of('monthly')), '  ');
    const lists = (key: string, allow: string, deny: string): string => {
      const inner = yamlList('allow', list(allow), '  ') + yamlList('deny', list(deny), '  ');
      return inner === '' ? '' : `${key}:\n${inner}`;
    };
    const body =
      (caps === '' ? '' : `cost_caps:\n${caps}`) +
      lists('tools', 'allow', 'deny') +
      lists('mcp_servers', 'mcpAllow', 'mcpDeny') +
      (of('model') === '' ? '' : `model: ${yamlScalar(of('model'))}\n`);
    return [{ file: 'policy.md', text: `# Policy\n\n\`\`\`yaml\n${body === '' ? '{}\n' : body}\`\`\`\n` }];
  },
};

const weight = (key: string, label: string, value: string): FieldRule =>
  text(key, label, 'A share from 0 to 1; the three make 1.', {
    required: true,
    value,
    check: fits(/^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/, 'Write a share from 0 to 1, such as 0.34.'),
  });

const targets: TemplateRule = {
  id: 'targets',
  title: 'Targets',
  about: 'What the health score of an agent is made of.',
  group: 'governing',
  on: 'root',
  fields: () => [
    weight('cost', 'Weight of cost', '0.34'),
    weight('quality', 'Weight of quality', '0.33'),
    weight('reliability', 'Weight of reliability', '0.33'),
    text(
      'evals',
      'Evals for a suggestion',
      'How many a cheaper model must have passed before it is suggested.',
      {
        value: '10',
        check: wholeNumber(1, 100_000),
      },
    ),
    money('savings', 'Least savings', 'Dollars in 30 days below which nothing is suggested.', '0'),
  ],
  blocked: (place) => noShared(place, 'targets.md') ?? takenBy(place, 'targets.md'),
  problems: (_place, { of }) => {
    const sum = ['cost', 'quality', 'reliability'].reduce((all_, key) => all_ + Number(of(key)), 0);
    return Math.abs(sum - 1) > 0.01
      ? [`Weight of cost: The three make ${Math.round(sum * 10_000) / 10_000}, not 1.`]
      : [];
  },
  make: (_place, { of }) => [
    {
      file: 'targets.md',
      text:
        '# Targets\n\n```yaml\nscoring:\n  weights:\n' +
        ['cost', 'quality', 'reliability'].map((key) => yamlRaw(key, numberText(of(key)), '    ')).join('') +
        'recommendations:\n' +
        `  min_eval_n: ${numberText(of('evals')) || '10'}\n  min_savings_usd: ${numberText(of('savings')) || '0'}\n\`\`\`\n`,
    },
  ],
};

/** What governs agents. */
export const governingTemplates: readonly TemplateRule[] = [
  mandate('agent'),
  judges,
  governance,
  policy,
  targets,
  mandate('root'),
];
