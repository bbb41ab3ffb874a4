import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import {
  clean,
  line,
  items,
  prose,
  maybe,
  joined,
  dayText,
  id,
  slug,
  dollars,
  above,
  pick,
  title,
  listOf,
  num,
  type Check,
  own,
  TODAY,
  type Values,
} from './template-answers.ts';
import { make } from './template-root.ts';

const noteParts: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  user: [['body', '']],
  feedback: [
    ['rule', ''],
    ['why', '**Why:** '],
    ['apply', '**How to apply:** '],
  ],
  project: [
    ['rule', ''],
    ['why', '**Why:** '],
    ['apply', '**How to apply:** '],
  ],
  decision: [
    ['decided', '**Decided:** '],
    ['considered', '**Considered:** '],
    ['won', '**Won because:** '],
  ],
  reference: [['body', '']],
};

const notes = Object.entries(noteParts).map(([type, parts]) =>
  own(
    `note-${type}`,
    'note',
    {
      name: title,
      description: line(150),
      sources: joined(items(3)),
      confidence: pick('high', 'medium', 'low'),
      pinned: pick('yes', 'no'),
      expires: maybe(dayText),
      tags: maybe(joined(items(3))),
      ...Object.fromEntries(parts.map(([key]) => [key, maybe(joined(prose))])),
    },
    (v) => ({
      meta: {
        schema_version: 1,
        name: v['name'],
        description: v['description'],
        type,
        captured: TODAY,
        last_seen: TODAY,
        sources: listOf(v['sources']!),
        confidence: v['confidence'],
        pinned: v['pinned'] === 'yes',
        ...(v['expires'] === '' ? {} : { expires_at: v['expires'] }),
        ...(listOf(v['tags']!).length === 0 ? {} : { tags: listOf(v['tags']!) }),
        provenance: 'confirmed',
      },
      body: expect.stringContaining(`${parts[0]![1]}${v[parts[0]![0]]!}`.trim()),
      named: expect.stringMatching(new RegExp(`^${type}_[a-z0-9_]+\\.md$`)),
    }),
  ),
);

const goalValues = {
  intent: line(200),
  priority: pick('high', 'medium', 'low'),
  criteria: joined(items(4)),
  deadline: maybe(dayText),
  steps: maybe(joined(items(4))),
  notes: maybe(joined(prose)),
};
const goalSays = (v: Values): unknown =>
  expect.objectContaining({
    schema_version: 1,
    active: true,
    intent: v['intent'],
    priority: v['priority'],
    created: TODAY,
    last_progress_check: TODAY,
    success_criteria: listOf(v['criteria']!),
    deadline: v['deadline'] === '' ? null : v['deadline'],
    sub_goals: listOf(v['steps']!).map((label, i) =>
      expect.objectContaining({ id: `step-${i + 1}`, label, status: 'pending' }),
    ),
  });

const mandateValues = {
  id,
  by: line(60),
  scope: line(100),
  until: dayText,
  allowed_tools: joined(items(3)),
  daily_token_usd: maybe(dollars),
  monthly_token_usd: maybe(dollars),
  requires_escalation_above_external_usd: maybe(dollars),
};
const mandateSays = (v: Values): unknown => [
  {
    id: v['id'],
    by: v['by'],
    scope: v['scope'],
    state: 'active',
    until: v['until'],
    tools: [...new Set(listOf(v['allowed_tools']!))].toSorted(byCodePoints),
    daily: num(v['daily_token_usd']!),
    monthly: num(v['monthly_token_usd']!),
    above: num(v['requires_escalation_above_external_usd']!),
  },
];
const byCodePoints = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sorted = (text: string): readonly string[] => [...new Set(listOf(text))].toSorted(byCodePoints);

const CLASSES = ['bypass', 'allow_with_audit', 'judge_required', 'escalate'];
const plainPath = fc.stringMatching(/^[a-z][a-z0-9/_.-]{0,12}$/).filter((path) => !path.includes('..'));
const modelValues = {
  model: pick('gpt-5', 'claude-opus-4-8', 'vertex/gemini-2.5-flash', 'moonshot/kimi-k2.6'),
  fallback: pick('gpt-5-nano', 'claude-haiku-4-5'),
  guarded: pick('yes', 'no'),
  daily: above,
  monthly: above,
  dailyAction: pick('skip', 'fallback', 'alert'),
  monthlyAction: pick('skip', 'fallback', 'alert'),
  maxPrompt: fc.integer({ min: 1, max: 9_999_999 }).map(String),
  maxOutput: fc.integer({ min: 1, max: 9_999_999 }).map(String),
};
const personaValues = {
  mission: joined(fc.array(line(80), { minLength: 1, maxLength: 4 })),
  inScope: maybe(joined(items(3))),
  outOfScope: maybe(joined(items(3))),
  voice: maybe(joined(prose)),
  values: maybe(joined(items(3))),
  user: maybe(joined(prose)),
  prefers: maybe(joined(items(3))),
  avoids: maybe(joined(items(3))),
};
const noRule = (text: string): string => text.replaceAll(/^## /gm, 'no rule ');

export const checks: readonly Check[] = [
  ...notes,
  own(
    'wiki-page',
    'wiki',
    {
      name: title,
      description: line(150),
      body: maybe(joined(prose)),
      sources: maybe(joined(items(3))),
      related: maybe(joined(items(3))),
      confidence: pick('high', 'medium', 'low'),
      tags: maybe(joined(items(3))),
    },
    (v) => ({
      meta: expect.objectContaining({
        name: v['name'],
        description: v['description'],
        type: 'wiki_page',
        ...Object.fromEntries(
          ['sources', 'related', 'tags'].flatMap((key) => {
            const all = listOf(v[key]!);
            return all.length === 0 ? [] : [[key, all]];
          }),
        ),
      }),
      body: expect.stringContaining(v['body']!),
    }),
  ),
  own('goal', 'goal', goalValues, goalSays),
  own('goal-addressed', 'goal', { id, ...goalValues }, goalSays),
  own(
    'skill',
    'skill',
    {
      name: id.filter((one) => !/anthropic|claude/.test(one)),
      description: line(300),
      when: maybe(line(100)),
      body: maybe(joined(prose).map((text) => text.replaceAll('](', '] ('))),
    },
    (v) => ({
      name: v['name'],
      description: v['description'],
      when: v['when'] === '' ? null : v['when'],
      warnings: [],
      body: expect.stringContaining(v['body']!),
    }),
  ),
  own(
    'playbook',
    'blocks',
    {
      name: id.filter((one) => !/anthropic|claude/.test(one)),
      description: line(300),
      when: maybe(line(100)),
      cap: above,
      stages: joined(
        fc.array(
          fc.oneof(
            fc.tuple(line(20), line(60)).map(([a, b]) => `${a.replaceAll(':', '') || 'x'}: ${b}`),
            line(20).map((a) => clean(a.replaceAll(':', '')) || 'x'),
          ),
          { minLength: 1, maxLength: 4 },
        ),
      ),
    },
    (v) => [
      {
        run_cap_usd: Number(v['cap']),
        stages: listOf(v['stages']!).map((one, i) => {
          const at = one.indexOf(':');
          const label = (at === -1 ? one : one.slice(0, at)).trim();
          return at === -1
            ? { stage_id: `stage-${i + 1}`, label, is_gate: true, options: ['continue', 'halt'] }
            : { stage_id: `stage-${i + 1}`, label, prompt: one.slice(at + 1).trim() };
        }),
      },
    ],
  ),
  own('mandate', 'mandates', mandateValues, mandateSays),
  {
    id: 'root-mandate',
    agent: null,
    values: fc.record(mandateValues),
    ask: (root, [path]) => ({ do: 'mandates', path: join(root, path!), root: true }),
    says: mandateSays,
  },
  own(
    'mcp-server',
    'servers',
    {
      name: id,
      command: line(40),
      args: maybe(joined(items(3).map((all) => all.map((one) => clean(one.replaceAll(',', ';')) || 'x')))),
      env: maybe(pick('KEY=$VALUE', 'A=$B\nC_1=$D_2')),
      description: maybe(line(80)),
    },
    (v) => [
      expect.objectContaining({
        name: v['name'],
        command: v['command'],
        args: listOf(v['args']!),
        env: Object.fromEntries(listOf(v['env']!).map((one) => one.split('='))),
        transport: 'stdio',
        description: v['description'],
      }),
    ],
  ),
  own(
    'judges',
    'judges',
    {
      backend: pick('rules', 'llm'),
      model: pick('gpt-5-nano', 'claude-haiku-4-5'),
      daily: dollars,
      monthly: dollars,
      class_read_only: pick(...CLASSES),
      class_reversible_write: pick(...CLASSES),
      class_external_side_effect: pick(...CLASSES),
      class_high_risk: pick(...CLASSES),
      after: fc.integer({ min: 1, max: 31_536_000 }).map(String),
      fallback: pick('block', 'allow'),
    },
    (v) => ({
      backend: v['backend'],
      model: v['backend'] === 'llm' ? v['model'] : null,
      daily: Number(v['daily']),
      monthly: Number(v['monthly']),
      classes: ['read_only', 'reversible_write', 'external_side_effect', 'high_risk'].map(
        (name) => v[`class_${name}`],
      ),
      after: Number(v['after']),
      fallback: expect.objectContaining({ default: v['fallback'] }),
    }),
  ),
  own(
    'governance',
    'blocks',
    {
      owner: line(60),
      backup: maybe(line(60)),
      tier: pick('read-only', 'draft-only', 'writes', 'sends-or-acts'),
      customers: pick('yes', 'no', 'partial'),
      records: pick('yes', 'no', 'partial'),
      status: pick('active', 'paused', 'deprecated', 'retired'),
    },
    (v) => [
      {
        governance: {
          owner: v['owner'],
          ...(v['backup'] === '' ? {} : { backup_owner: v['backup'] }),
          permission_tier: v['tier'],
          customer_data: v['customers'],
          writes_sor: v['records'],
          lifecycle_status: v['status'],
          created_at: TODAY,
          updated_at: TODAY,
        },
      },
    ],
  ),
  {
    id: 'policy',
    agent: null,
    values: fc
      .record({
        daily: maybe(dollars),
        monthly: maybe(dollars),
        allow: maybe(joined(items(3))),
        deny: maybe(joined(items(3))),
        mcpAllow: maybe(joined(items(3))),
        mcpDeny: maybe(joined(items(3))),
        model: pick('', 'gpt-5'),
      })
      .filter(
        (v) =>
          !listOf(v.deny).some((one) => listOf(v.allow).includes(one)) &&
          !listOf(v.mcpDeny).some((one) => listOf(v.mcpAllow).includes(one)),
      ),
    ask: (root, [path]) => ({ do: 'policy', path: join(root, path!) }),
    says: (v) =>
      expect.objectContaining({
        fleet_cost_caps: { daily_usd: num(v['daily']!), monthly_usd: num(v['monthly']!) },
        fleet_tools_allow: sorted(v['allow']!),
        fleet_tools_deny: sorted(v['deny']!),
        fleet_mcp_allow: sorted(v['mcpAllow']!),
        fleet_mcp_deny: sorted(v['mcpDeny']!),
        fleet_model: v['model'] === '' ? null : v['model'],
      }),
  },
  {
    id: 'targets',
    agent: null,
    values: fc.record({
      cost: pick('0.5', '0.50'),
      quality: pick('0.3'),
      reliability: pick('0.2', '0.2000'),
      evals: fc.integer({ min: 1, max: 99_999 }).map(String),
      savings: dollars,
    }),
    ask: (root, [path]) => ({ do: 'blocks', path: join(root, path!) }),
    says: (v) => [
      {
        scoring: { weights: { cost: 0.5, quality: 0.3, reliability: 0.2 } },
        recommendations: { min_eval_n: Number(v['evals']), min_savings_usd: Number(v['savings']) },
      },
    ],
  },
  own(
    'tools-of-new',
    'tools',
    {
      read: joined(fc.array(plainPath, { minLength: 1, maxLength: 3 })),
      write: joined(fc.array(plainPath, { minLength: 1, maxLength: 3 })),
      readOnly: maybe(joined(fc.array(plainPath, { minLength: 1, maxLength: 3 }))),
      apis: maybe(joined(items(3))),
      nos: maybe(joined(items(3))),
      classes: pick('', 'a: read_only', 'a: read_only\nb__c: high_risk'),
    },
    (v) =>
      expect.objectContaining({
        external_apis: listOf(v['apis']!),
        hard_nos: listOf(v['nos']!),
        classes: Object.fromEntries(listOf(v['classes']!).map((one) => one.split(': '))),
      }),
  ),
  own('model-of-new', 'model', modelValues, (v) =>
    expect.objectContaining({
      default_model: v['model'],
      fallback_model: v['fallback'],
      cost_guardrails_enabled: v['guarded'] === 'yes',
      daily_cap_usd: Number(v['daily']),
      monthly_cap_usd: Number(v['monthly']),
      daily_cap_action: v['dailyAction'],
      monthly_cap_action: v['monthlyAction'],
      max_input_tokens: Number(v['maxPrompt']),
      max_output_tokens: Number(v['maxOutput']),
    }),
  ),
  own('roster', 'roster', { names: fc.constant('oak') }, () => expect.anything()),
  own(
    'serve',
    'serve',
    {
      host: pick('127.0.0.1', '0.0.0.0', '[::1]', 'localhost'),
      port: fc.integer({ min: 1, max: 65_535 }).map(String),
      open: pick('yes', 'no'),
    },
    (v) =>
      expect.objectContaining({
        host: v['host'],
        port: Number(v['port']),
        allow_no_auth: v['open'] === 'yes',
      }),
  ),
  {
    id: 'eval-golden',
    agent: 'elm',
    values: fc.record({
      category: pick('happy', 'edge', 'adversarial', 'decline'),
      id: slug,
      title: line(60),
      setup: maybe(joined(prose).map(noRule)),
      input: joined(prose).map((text) => noRule(text) || 'x'),
      expected: joined(prose).map((text) => noRule(text) || 'x'),
      pass: maybe(joined(prose).map(noRule)),
    }),
    ask: (root) => {
      make(root, 'elm', 'eval-rubric', {});
      return { do: 'evals', root, agent: 'elm' };
    },
    says: (v) => ({
      weights: { persona_fidelity: 25, memory_recall: 25, output_quality: 25, scope_discipline: 25 },
      threshold: 4,
      cases: [
        expect.objectContaining({
          test_id: v['id'],
          category: v['category'],
          path: `${v['id']!}.md`,
          setup: v['setup'],
          input: v['input'],
          expected_behavior: v['expected'],
          pass_criteria: v['pass'],
        }),
      ],
      prompt: expect.stringContaining('ANSWER'),
    }),
  },
  {
    id: 'agent',
    agent: null,
    values: fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/).filter((name) => name.length > 8),
      ...personaValues,
      ...modelValues,
    }),
    ask: (root, _paths, v) => ({ do: 'loaded', root, agent: v['name']! }),
    says: (v) => ({ prompt: expect.stringContaining(v['mission']!), failed: expect.arrayContaining([]) }),
  },
  {
    id: 'shared-persona',
    agent: null,
    values: fc.record({
      id: fc.stringMatching(/^[a-zA-Z0-9_+@-]{1,20}$/),
      label: line(40),
      ...personaValues,
    }),
    ask: (root, _paths, v) => {
      rmSync(join(root, 'oak/persona'), { recursive: true });
      make(root, 'oak', 'persona-link', { id: v['id']! });
      return { do: 'loaded', root, agent: 'oak' };
    },
    says: (v) => ({ prompt: expect.stringContaining(v['mission']!), failed: expect.arrayContaining([]) }),
  },
  ...(
    [
      ['persona-identity', 'IDENTITY.md', 'mission'],
      ['persona-soul', 'SOUL.md', 'voice'],
      ['persona-user', 'USER.md', 'user'],
    ] as const
  ).map(([id_, file, key]): Check => ({
    id: `${id_}-of-new`,
    agent: 'oak',
    values: fc.record(personaValues),
    ask: (root) => ({ do: 'loaded', root, agent: 'oak' }),
    says: (v) => ({
      prompt: expect.stringContaining(`# ${file}`) && expect.stringContaining(v[key]!),
      failed: expect.arrayContaining([]),
    }),
  })),
];
