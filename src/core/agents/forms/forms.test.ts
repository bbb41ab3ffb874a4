import { describe, expect, test } from 'vitest';
import type { AgentFileKind } from '../../../contract/agent-files.ts';
import { parseModel } from '../settings/model.ts';
import { parsePolicy } from '../settings/policy.ts';
import { parseTools } from '../settings/tools.ts';
import { applyEdits } from './edits.ts';
import type { FieldSpec, FieldValue, FormAbout, FormField } from './form.ts';
import { addRow, checkField, formOf, hasForm, moveRow, removeRow, setField } from './forms.ts';

const about: FormAbout = { agents: ['a', 'b'], models: ['gpt-5'], files: ['x.md'] };
const paths: Partial<Record<AgentFileKind, string>> = { skill: 'a/skills/s/SKILL.md' };
const fileOf = (kind: AgentFileKind) => ({ kind, path: paths[kind] ?? `a/${kind}.md` });

function set(kind: AgentFileKind, text: string, path: string, value: FieldValue): string {
  const made = setField(fileOf(kind), text, path, value, about);
  if (!made.ok) throw new Error(`${path}: ${made.error.message}`);
  return applyEdits(text, made.value);
}

function words(kind: AgentFileKind, text: string, path: string, value: FieldValue): string {
  const made = setField(fileOf(kind), text, path, value, about);
  return made.ok ? 'done' : made.error.message;
}

function fields(kind: AgentFileKind, text: string): readonly FormField[] {
  return formOf(fileOf(kind), text, about).sections.flatMap((one) => one.fields);
}

function good(spec: FieldSpec): FieldValue {
  const tried: readonly FieldValue[] = [
    spec.type === 'bool' ? true : null,
    spec.type === 'lines' ? ['one: two', 'three'] : null,
    spec.type === 'lines' ? ['0.5'] : null,
    spec.options[0]?.value ?? null,
    spec.type === 'date' ? '2026-05-01' : null,
    '1',
    'word',
    'K=$V',
  ];
  return tried.find((value) => value !== null && checkField(spec, value) === null) ?? null;
}

const kinds: readonly AgentFileKind[] = [
  'memory-note',
  'wiki-page',
  'goal',
  'skill',
  'playbook',
  'eval-rubric',
  'eval-judge',
  'eval-golden',
  'model',
  'judges',
  'governance',
  'persona-link',
  'policy',
  'targets',
  'serve',
  'tools',
  'roster',
  'mcp',
  'mandates',
];

describe('a text without anything yet', () => {
  test.each(kinds)('%s: every field can be set one after the other', (kind) => {
    for (const start of ['', '# Title\n', '# Title\n\nProse without an end']) {
      let text = start;
      const made = new Map<string, FieldValue>();
      for (const { path, spec } of fields(kind, text)) {
        const value = good(spec);
        expect(value, path).not.toBeNull();
        text = set(kind, text, path, value);
        made.set(path, value);
      }
      for (const { path, value, problem } of fields(kind, text)) {
        expect(value, `${path}\n${text}`).toEqual(made.get(path));
        expect(problem, path).toBeNull();
      }
      if (start !== '') expect(text).toContain(start.trim());
    }
  });

  test.each(kinds)('%s: rows can be added to every table', (kind) => {
    for (const start of ['', '# Title\n', '# Title\n\nProse']) {
      let text = start;
      for (const { id, table } of formOf(fileOf(kind), text, about).sections) {
        if (table === null) continue;
        for (const name of ['one', 'two']) {
          const values = Object.fromEntries(
            table.specs.map((spec, i) => [spec.id, i === 0 && spec.type !== 'agent' ? name : good(spec)]),
          );
          if (table.specs[0]!.type === 'agent') values[table.specs[0]!.id] = name === 'one' ? 'a' : 'b';
          const added = addRow(fileOf(kind), text, id, values, about);
          if (!added.ok) throw new Error(`${id}: ${added.error.message}\n${text}`);
          text = applyEdits(text, added.value);
        }
        const rows = formOf(fileOf(kind), text, about).sections.find((one) => one.id === id)!.table!.rows;
        expect(rows.length, text).toBe(2);
        for (const row of rows) for (const { problem, path } of row.fields) expect(problem, path).toBeNull();
        const removed = removeRow(fileOf(kind), text, id, 0);
        if (!removed.ok) throw new Error(removed.error.message);
        const left = formOf(fileOf(kind), applyEdits(text, removed.value), about).sections.find(
          (one) => one.id === id,
        );
        expect(left?.table?.rows.map(({ title }) => title)).toEqual([rows[1]!.title]);
      }
    }
  });
});

describe('what can’t be a form', () => {
  test('prose has no fields', () => {
    expect(hasForm({ kind: 'persona', path: 'a/persona/SOUL.md' })).toBe(false);
    expect(hasForm({ kind: 'skill', path: 'a/skills/s/more.md' })).toBe(false);
    expect(formOf({ kind: 'journal', path: 'x.md' }, 'a', about)).toEqual({ sections: [], problem: null });
  });

  test('a header that is no YAML is named with its line', () => {
    const form = formOf(fileOf('memory-note'), '---\nname: a\ndescription: b: c\n---\n', about);
    expect(form.sections).toEqual([]);
    expect(form.problem).toMatchObject({ line: 3 });
    expect(form.problem?.message).toContain('unquoted “: ”');
    expect(words('memory-note', '---\nname: a\ndescription: b: c\n---\n', 'what.name', 'x')).toContain(
      'no YAML',
    );
  });

  test('a byte order mark hides a header from the runtime', () => {
    expect(formOf(fileOf('memory-note'), '\ufeff---\nname: a\n---\n', about).problem?.message).toContain(
      'byte order mark',
    );
  });

  test('what an alias stands for is left alone', () => {
    const text = '```yaml\nbase: &b\n  daily_usd: 1\nbudget: *b\n```\n';
    expect(words('judges', text, 'budget.daily_usd', '2')).toContain('can’t be changed by the form');
    const merged = '```yaml\nx: &b\n  daily_usd: 1\nbudget:\n  <<: *b\n  monthly_usd: 3\n```\n';
    expect(set('judges', merged, 'budget.daily_usd', '2')).toBe(
      merged.replace('  monthly_usd', '  daily_usd: 2\n  monthly_usd'),
    );
  });

  test('a mapping where one value belongs is changed in the text only', () => {
    const text = '```yaml\nescalation:\n  fallback_on_timeout: {default: block}\n```\n';
    const field = fields('judges', text).find(({ spec }) => spec.id === 'fallback_on_timeout');
    expect(field?.locked).toContain('Change it in the text');
    expect(words('judges', text, 'escalation.fallback_on_timeout', 'allow')).toContain(
      'holds keys of its own',
    );
  });
});

describe('a value that is set', () => {
  const note = [
    '---',
    '# why this note is here',
    'schema_version: 1',
    "name:   'Old name'   # keep",
    'description: Something',
    'x-own: {a: 1}',
    'sources:',
    '- one # first',
    '# between',
    '-   two',
    'tags: [a,  b ]',
    'expires_at: null',
    '---',
    '',
    'Body',
    '',
  ].join('\n');

  test('changes its own bytes only, with the quotes that stood there', () => {
    expect(set('memory-note', note, 'what.name', "It's new")).toBe(note.replace("'Old name'", "'It''s new'"));
    expect(set('memory-note', note, 'what.description', 'a: b')).toBe(note.replace('Something', '"a: b"'));
    expect(set('memory-note', note, 'use.expires_at', '2026-09-01')).toBe(note.replace('null', '2026-09-01'));
    expect(set('memory-note', note, 'sure.sources', ['one', 'three'])).toBe(note.replace('two', 'three'));
    expect(set('memory-note', note, 'sure.sources', ['one'])).toBe(note.replace('-   two\n', ''));
    expect(set('memory-note', note, 'use.tags', ['a', 'b', 'yes'])).toBe(note.replace('b ]', 'b, "yes" ]'));
  });

  test('is put where the format has it, and taken out with its line', () => {
    const more = set('memory-note', note, 'what.type', 'decision');
    expect(more).toBe(note.replace('Something\n', 'Something\ntype: decision\n'));
    expect(words('memory-note', more, 'what.type', null)).toBe('Kind of note is needed.');
    const pinned = set('memory-note', note, 'use.pinned', true);
    expect(set('memory-note', pinned, 'use.pinned', null)).toBe(note);
  });

  test('keeps line ends of every kind', () => {
    const mixed = note
      .replaceAll('\n', '\r\n')
      .replace('description: Something\r\n', 'description: Something\n');
    expect(set('memory-note', mixed, 'what.type', 'user')).toBe(
      mixed.replace('Something\n', 'Something\ntype: user\n'),
    );
    expect(set('memory-note', mixed, 'use.pinned', true)).toContain(
      '# between\r\n-   two\r\npinned: true\r\n',
    );
    const old = note.replaceAll('\n', '\r');
    expect(set('memory-note', old, 'use.pinned', true)).toBe(
      old.replace('-   two\r', '-   two\rpinned: true\r'),
    );
  });

  test('is refused in words where it breaks a rule', () => {
    expect(words('memory-note', note, 'what.name', 'x'.repeat(81))).toBe(
      'Name has 81 characters; 80 are allowed.',
    );
    expect(words('memory-note', note, 'sure.captured', '2026-02-30')).toContain('YYYY-MM-DD');
    expect(words('memory-note', note, 'what.type', 'idea')).toContain('none of user, feedback');
    expect(words('memory-note', note, 'sure.sources', [])).toContain('at least one');
    expect(words('model', '', 'caps.daily_cap_usd', '-1')).toContain('below 0');
    expect(words('model', '', 'caps.daily_cap_usd', '007')).toContain('plain number');
    expect(words('skill', '---\nname: a\n---\n', 'skill.name', 'my-claude')).toContain('reserved word');
  });

  test('in words of several lines stands below its key', () => {
    const text = '---\nname: a\ndescription: b\nwhen_to_use: c # now\n---\n';
    expect(set('skill', text, 'skill.description', 'one\n\ntwo')).toBe(
      text.replace(' b\n', ' |-\n  one\n\n  two\n'),
    );
    expect(set('skill', text, 'skill.when_to_use', 'one\ntwo')).toBe(text.replace(' c ', ' "one\\ntwo" '));
  });
});

describe('settings', () => {
  const model =
    '# M\n\n## Default model\n\n**`a-1`**\n\nIt thinks.\n\n## Fallback\n\nnone\n\nNotes.\n\n## Limits\n\n| Max output per turn | 4,000 tokens |\n\n```yaml\ncost_guardrails:\n  enabled: no   # yet\n```\n';

  test('of a model are found as the runtime finds them', () => {
    let text = set('model', model, 'models.default', 'gpt-5');
    text = set('model', text, 'size.max_output', '12345');
    text = set('model', text, 'size.max_system_prompt', '9000');
    text = set('model', text, 'caps.enabled', true);
    text = set('model', text, 'caps.daily_cap_usd', '0.50');
    text = set('model', text, 'models.provider', 'openai');
    text = set('model', text, 'more.dedup_body_hash', true);
    text = set('model', text, 'more.conversation_backend', 'filesystem');
    expect(parseModel(text)).toMatchObject({
      defaultModel: 'gpt-5',
      provider: 'openai',
      maxOutput: 12345,
      maxSystemPrompt: 9000,
      enabled: true,
      dailyCapUsd: 0.5,
      dedupBodyHash: true,
      conversationBackend: 'filesystem',
    });
    expect(text).toContain('| Max output per turn | 12,345 tokens |\n| Max system prompt | 9,000 tokens |\n');
    expect(text).toContain('  enabled: yes   # yet\n  daily_cap_usd: 0.50\n');
    expect(text).toContain('It thinks.');
    text = set('model', text, 'more.dedup_body_hash', false);
    text = set('model', text, 'models.fallback', null);
    expect(parseModel(text)).toMatchObject({ dedupBodyHash: false, fallbackModel: null });
    expect(text).not.toContain('Notes.');
  });

  test('a sentence below a heading is not taken for the name of a model', () => {
    const prose = '## Default model\n\nWe use the big one.\n';
    const text = set('model', prose, 'models.default', 'gpt-5');
    expect(parseModel(text).defaultModel).toBe('gpt-5');
    expect(text).toContain('We use the big one.');
  });

  test('of a policy go into the block that counts, and leave nothing empty behind', () => {
    const text =
      '# P\n\n```yaml\ntools:\n  deny: [x]\nagents:\n  a:\n    cost_caps: {daily_usd: 1}\n```\n\n```yaml\nmodel: no\n```\n';
    const more = set('policy', text, 'agents.0.monthly_usd', '5');
    expect(more).toBe(text.replace('daily_usd: 1', 'daily_usd: 1, monthly_usd: 5'));
    expect(parsePolicy(more).agents.get('a')?.caps).toEqual({ dailyUsd: 1, monthlyUsd: 5 });
    const less = set('policy', text, 'fleet.tools_deny', null);
    expect(less).toBe(text.replace('tools:\n  deny: [x]\n', ''));
  });

  test('of tools keep remarks, ticks and the bullets around them', () => {
    const text =
      '## Read paths\n\n* `~/a/` — mine\n* ~/b (theirs)\n\nText\n\n## Tool classification\n- `t__x`: read_only — harmless\n';
    const moved = moveRow(fileOf('tools'), text, 'read_paths', 0, 1);
    expect(moved.ok && applyEdits(text, moved.value)).toBe(
      text.replace('* `~/a/` — mine\n* ~/b (theirs)', '* ~/b (theirs)\n* `~/a/` — mine'),
    );
    expect(set('tools', text, 'read_paths.0.path', '~/c/')).toBe(text.replace('~/a/', '~/c/'));
    expect(set('tools', text, 'read_paths.1.note', 'ours')).toBe(text.replace('theirs', 'ours'));
    expect(set('tools', text, 'read_paths.0.note', null)).toBe(text.replace(' — mine', ''));
    const classed = set('tools', text, 'classes.0.class', 'high_risk');
    expect(classed).toBe(text.replace('read_only', 'high_risk'));
    expect(parseTools(classed).classes).toMatchObject([{ tool: 't__x', class: 'high_risk' }]);
    const added = addRow(fileOf('tools'), text, 'read_paths', { path: '~/d', note: 'new' }, about);
    expect(added.ok && applyEdits(text, added.value)).toBe(
      text.replace('(theirs)\n', '(theirs)\n* `~/d` — new\n'),
    );
  });

  test('a server of mcp.md loses the dashes that hide it', () => {
    const text = '## s\n\n- command: x\n- args: a, b\n';
    expect(fields('mcp', text)).toEqual([]);
    expect(set('mcp', text, 'servers.0.command', 'y')).toBe('## s\n\ncommand: y\n- args: a, b\n');
    expect(set('mcp', text, 'servers.0.env', ['K=(hidden 1)'])).toContain('env: K=(hidden 1)\n');
    expect(words('mcp', text, 'servers.0.env', ['K=secret'])).toContain('KEY=$VARIABLE');
  });
});
