import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBelow } from './random.ts';

const SCALARS: readonly string[] = [
  ['1', '0', '-7', '007', '0o7', '08', '0x1F', '0b101', '1_000', '12:30', '12:30:45', '+3', '-0'],
  ['1.5', '.5', '1e5', '1.0e+5', '1.5e3', '-.inf', '.nan', '1_0.5', '6.', '1:30.5', '-1.5E-3'],
  ['yes', 'No', 'ON', 'off', 'y', 'n', 'true', 'FALSE', 'True', 'null', '~', 'NULL', '', 'None'],
  ['2026-05-01', '2026-5-1', '2026-13-01', '2026-02-30', '2026-05-01T10:00:00', '2026-05-01 10:00:00Z'],
  ['2026-05-01t10:00:00.5+05:30', '20260501', '2026-05-01 10:00', '0000-01-01'],
  ['plain', 'two words', 'it: s', 'a:b', 'a #b', 'a#b', '#c', 'über', '🌊 wave', '"quoted: text"'],
  [
    "'it''s'",
    '"a\\tb\\u00e9"',
    '"unclosed',
    "'unclosed",
    '@at',
    '`tick`',
    '%percent',
    '&a x',
    '*a',
    '!tag x',
  ],
  [
    '[a, b]',
    '[a, [b], {c: d}]',
    '{a: 1, b: two}',
    '[unclosed',
    '{a: 1',
    '[]',
    '{}',
    '- dash',
    '-',
    '?',
    ': x',
  ],
  [
    '<<',
    '=',
    '!!str 5',
    '!!int "5"',
    '|',
    '>',
    '"x" y',
    'a, b',
    '[a,b]',
    '{a,b}',
    '\tx',
    'x\ty',
    'https://a.b/c',
  ],
].flat();

/** Makes texts and folders that are mostly right and often broken, the same for the same seed. */
export class AgentMaker {
  readonly below: (below: number) => number;

  constructor(seed: number) {
    this.below = randomBelow(seed);
  }

  pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** A scalar of YAML, of every kind that is read in its own way. */
  scalar(): string {
    return this.pick(SCALARS);
  }

  /** A block of YAML: keys, lists, nested mappings, block texts, anchors, broken lines. */
  yaml(depth = 2): string {
    const rows: string[] = [];
    const count = 1 + this.below(6);
    for (let i = 0; i < count; i++) {
      const key = this.pick(['a', 'b', 'name', 'k 1', '"q"', '1', 'yes', '2026-05-01', 'c', 'd']);
      const kind = this.below(20);
      if (kind < 12) rows.push(`${key}: ${this.scalar()}`);
      else if (kind < 14) rows.push(`${key}:`, ...[1, 2].map(() => `  - ${this.scalar()}`));
      else if (kind === 14) rows.push(`${key}:`, ...[1, 2].map(() => `- ${this.scalar()}`));
      else if (kind === 15 && depth > 0) {
        rows.push(
          `${key}:`,
          ...this.yaml(depth - 1)
            .split('\n')
            .map((row) => `  ${row}`),
        );
      } else if (kind === 16)
        rows.push(`${key}: ${this.pick(['|', '>', '|-', '>+'])}`, '  text', '   more', '', '  end');
      else if (kind === 17)
        rows.push(`${key}: &x ${this.pick(['{m: 1}', '[1]', 'v'])}`, `e: ${this.pick(['*x', '{<<: *x}'])}`);
      else if (kind === 18)
        rows.push(this.pick(['# comment', '', '   ', `${key}: a`, '  odd: indent', '---', '...']));
      else rows.push(`${key}: first`, '  second line');
    }
    return rows.join('\n');
  }

  date(): string {
    return `2026-0${1 + this.below(6)}-${String(1 + this.below(28)).padStart(2, '0')}`;
  }

  body(): string {
    return this.pick([
      'Plain text.',
      'Two lines.\n\nAnd more — with “quotes” and 🌊.',
      '**Why:** so.\n\n---\n\nAfter a rule.',
      '',
      '   leading and trailing   \n\n',
      'tab\tand\u00a0nbsp\u2028sep',
      '```yaml\nx: 1\n```',
      'a\r\nb\r\n',
      '-----\nnot a header',
    ]);
  }

  /** A note; about a third breaks some rule. */
  note(): string {
    const lines = new Map<string, string>([
      ['schema_version', '1'],
      ['name', this.pick(['A name', 'Über uns', '"quoted"', 'a'.repeat(79)])],
      ['description', this.pick(['What it says', '"with: colon"', '🌊', 'b'.repeat(190)])],
      ['type', this.pick(['user', 'feedback', 'project', 'decision', 'reference'])],
      ['captured', this.date()],
      ['last_seen', this.pick([this.date(), `'${this.date()}'`, this.date()])],
      ['sources', this.pick(['[conversation]', '\n  - a\n  - b'])],
      ['confidence', this.pick(['high', 'medium', 'low'])],
    ]);
    if (this.chance(25)) lines.set('pinned', this.pick(['true', 'yes', 'false', 'True']));
    if (this.chance(10)) lines.set('archived', 'true');
    if (this.chance(10)) lines.set('superseded_by', this.pick(['other.md', 'null', '""']));
    if (this.chance(10)) lines.set('expires_at', this.pick([this.date(), 'null', '2025-01-01']));
    if (this.chance(10)) lines.set('tags', this.pick(['[]', '[a, b]', 'text']));
    if (this.chance(35)) {
      const key = this.pick([...lines.keys()]);
      if (this.chance(30)) lines.delete(key);
      else lines.set(key, this.scalar());
    }
    const header = Array.from(lines, ([key, value]) => `${key}: ${value}`).join('\n');
    const body = this.body();
    const text = this.pick([
      `---\n${header}\n---\n\n${body}\n`,
      `---\n${header}\n---\n${body}`,
      `---\n${header}\n---\n\n${body}\n`,
      `\n\n---\n${header}\n-----  \n\n${body}\n`,
      `---\n${header}\n\n${body}`,
      body,
      `\uFEFF---\n${header}\n---\n${body}`,
      `---\r\n${header.replaceAll('\n', '\r\n')}\r\n---\r\n\r\n${body}\r\n`,
    ]);
    return text;
  }

  /** A folder of one agent with notes, skills, journal, settings. Nothing that stops the package from loading is meant. */
  agent(root: string, name: string): void {
    const put = (path: string, text: string | Uint8Array): void => {
      const at = join(root, name, path);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, text);
    };
    put('persona/IDENTITY.md', this.pick(['You are one.\n', '\n\n  spaced  \n\n', 'a\r\nb', '']));
    if (this.chance(80)) put('persona/SOUL.md', this.body());
    if (this.chance(60)) put('persona/USER.md', this.body());
    put('model.md', this.model());
    if (this.chance(85)) put('tools.md', this.tools());
    if (this.chance(30)) put('goal.md', this.body());
    const notes = this.below(16);
    for (let i = 0; i < notes; i++) {
      const stem = `${this.pick(['user', 'feedback', 'project', 'decision', 'reference'])}_${this.pick(['a', 'b', '2026_x', '2026-q1_y', 'z1'])}_${i}`;
      const file = this.chance(90)
        ? `${stem}.md`
        : this.pick([`Odd name ${i}.md`, `über_${i}.md`, `.hidden_${i}.md`]);
      put(`memory/${file}`, this.chance(4) ? Buffer.from([0x2d, 0xff, 0xfe, 0x0a]) : this.note());
    }
    if (this.chance(75))
      put(
        'memory/INDEX.md',
        this.pick(['# Memory Index\n\n## Reference\n', '', 'x\r\ny\r\n', '# Memory Index\n']),
      );
    if (this.chance(50))
      put('wiki/INDEX.md', this.chance(15) ? Buffer.from('caf\xe9 \xc3 x\n', 'latin1') : this.body());
    if (this.chance(60)) {
      for (let i = 0; i < 3; i++) {
        const day = this.date();
        put(`journal/${day.slice(0, 7)}/${this.pick([day, day, 'notes', `${day}_b`])}.md`, this.body());
      }
      if (this.chance(15)) put('journal/2026-09/z.md', Buffer.from('caf\xe9\n', 'latin1'));
      if (this.chance(15)) put('journal/loose.md', 'loose');
    }
    const skills = this.below(4);
    for (let i = 0; i < skills; i++)
      put(`skills/${this.pick(['one', 'two', '.dot', 'Three'])}/SKILL.md`, this.skill());
  }

  skill(): string {
    const name = this.pick([
      'good-name',
      'x1',
      'Bad Name',
      'claude-helper',
      '',
      '5',
      '2026-05-01',
      'yes',
      'a'.repeat(65),
      '"  padded  "',
    ]);
    const description = this.pick([
      'Does it.',
      'multi word — ü',
      '',
      '7',
      '[a, b]',
      'null',
      'broken: colon: here',
      '{a: 1}',
      '1.50',
      'true',
    ]);
    return `---\nname: ${name}\ndescription: ${description}\n---\n\n${this.body()}\n`;
  }

  model(): string {
    const id = (): string =>
      this.pick([
        '**`gpt-5-mini`**',
        '`claude-opus-4-7`',
        'gpt-5',
        '**gpt-5-nano**',
        '',
        'none',
        '- x',
        '<!-- c -->',
      ]);
    const parts = [
      `## Default model\n\n${id()}\n`,
      `##  Default model (main)\n${id()}\n`,
      `### Fallback\n\n\n${id()}\n`,
      `## Fallback\n${id()}\n`,
      `| Max system prompt | ${this.pick(['12,000', '9000', 'none 7', '1,2,3'])} tokens |\n| Max output per turn | ${this.pick(['4,000', '2'])} |\n`,
      `Max input: ${this.below(20_000)}\n`,
      `provider: ${this.pick(['openai', 'two words', 'azure-openai '])}\n`,
      `\`\`\`yaml\nprovider: inner\n\`\`\`\n`,
      this.guardrails(),
      this.guardrails(),
      `## Dedup Body Hash${this.pick(['', '  ', ' Strategy'])}\n`,
      `## Conversation Backend\n\n${this.pick(['filesystem', 'SQLite', 'two words'])}\n`,
      `\`\`\`yaml\n${this.yaml()}\n\`\`\`\n`,
    ];
    return parts.filter(() => this.chance(50)).join('\n');
  }

  guardrails(): string {
    const rows = [
      `  enabled: ${this.pick(['true', 'false', 'yes', '"false"', '0', '1', 'null'])}`,
      `  daily_cap_usd: ${this.pick(['0.32', '0', '5', '"5"', '-1', '1_000', '.5', 'true'])}`,
      `  monthly_cap_usd: ${this.pick(['6.00', '0', '1e2', '9'])}`,
      `  daily_cap_action: ${this.pick(['skip', 'fallback', 'alert', 'stop', '5', 'no'])}`,
      `  monthly_cap_action: ${this.pick(['skip', 'alert'])}`,
      `  warning_thresholds: ${this.pick(['[0.50, 0.80]', '[1]', '["0.5"]', '0.5', '[]', 'null'])}`,
      `  alert_channel: ${this.pick(['log_only', 'telegram', '5.0'])}`,
    ].filter(() => this.chance(70));
    return `\`\`\`yaml\ncost_guardrails:\n${rows.join('\n')}\n\`\`\`\n`;
  }

  tools(): string {
    const heading = (): string =>
      this.pick([
        'Read paths',
        'Write paths (own)',
        'Read-only paths',
        'read only path',
        'External APIs',
        'Hard NOs',
        'Tool classification',
        'Tool classifications',
        'Read budget',
        'Other',
      ]);
    const item = (): string =>
      this.pick([
        '- `memory/` — own folder',
        '* /abs/path (comment)',
        '- ~/x -- y',
        '  - nested, with comma',
        '- a , b',
        '-no blank',
        '- send: high_risk — never',
        '- `notes__search`: READ_ONLY',
        '- x: harmless',
        '- x:read_only',
        '- y : reversible_write, often',
        'prose',
        '### sub',
        '- ``',
        '-  spaced  ',
      ]);
    const rows: string[] = ['# Tools'];
    for (let i = 0; i < 5; i++) {
      rows.push('', `${this.pick(['##', '##', '###', '# '])} ${heading()}`, '');
      for (let j = this.below(4); j > 0; j--) rows.push(item());
    }
    return rows.join(this.pick(['\n', '\n', '\r\n']));
  }

  roster(): string {
    const rows = ['# Roster'];
    for (let i = 0; i < 8; i++) {
      rows.push(
        this.pick([
          '## Delegate to',
          '## delegate  to whom',
          '## Notes',
          '# x',
          '- quill — drafts',
          '* harbor, and',
          '- a-b - c',
          '- one two',
          '-none',
          '- (x)',
          '  - deep: y',
          'prose',
          '- `tick`',
        ]),
      );
    }
    return rows.join('\n');
  }

  judges(): string {
    const top = [
      `backend: ${this.pick(['llm', 'rules', 'null', '5', '""'])}`,
      `model: ${this.pick(['gpt-5-nano', 'null', '5'])}`,
      `timeout_ms: ${this.pick(['5000', '-1', 'true', '"5"', '0', 'null', '1.5'])}`,
      `budget:\n  daily_usd: ${this.pick(['0.5', '5', '-1', 'true', 'null', 'x'])}`,
      `class_policy:\n  high_risk: ${this.pick(['escalate', 'Judge_Required ', 'bypass', 'never', '5'])}\n  ${this.pick(['read_only', 'other'])}: bypass`,
      `failure_policy: ${this.pick(['block', 'null', '{}', '{JudgeUnavailable: allow}'])}`,
      `escalation:\n  auto_decide_after_seconds: ${this.pick(['86400', 'null', '-5', 'x'])}\n  fallback_on_timeout: ${this.pick(['block', 'allow', 'Allow', '{default: allow, high_risk: block}', '{high_risk: block}', 'escalate', '5', 'null'])}`,
      `validation: ${this.pick(['weakened', 'null', 'paranoid', 'Weakened'])}`,
    ].filter(() => this.chance(45));
    const half = this.below(top.length + 1);
    return `# Judges\n\n${yamlFence(top.slice(0, half))}\n${yamlFence(top.slice(half))}${this.chance(8) ? '```yaml\n- a\n```\n' : ''}`;
  }

  /** An escalation file made of a right one by hand. */
  escalation(right: string): string {
    let text = right;
    const change = (from: string | RegExp, to: string): void => {
      text = text.replace(from, to);
    };
    change(
      /^state: .*$/m,
      `state: ${this.pick(['pending', 'resolved', 'resolved', 'resolved', 'redacted', 'Resolved', 'approved'])}`,
    );
    const verb = this.pick([
      'Approved',
      'Denied',
      'Redacted',
      'Revised',
      'Auto-decided',
      'Aproved',
      'approved',
    ]);
    const heading = this.pick(['### ', '### ', '### ', '## ', '###', ' ### ', '###   ']);
    const by = this.pick([
      'operator',
      "o'brien x",
      'jo@example.invalid',
      'a (b)',
      '',
      'ünal',
      'x'.repeat(129),
    ]);
    change(/^### Approved by operator$/m, `${heading}${verb} by ${by}${this.pick(['', '', '  ', ' !'])}`);
    if (this.chance(15)) change('"text": "', '"text": "changed ');
    if (this.chance(10)) change('"arguments_hash": "', '"arguments_hash": "sha256:');
    if (this.chance(10)) change(/"tool_name": .*$/m, this.pick(['', '"tool_name": 5,', '"tool_name": "x"']));
    if (this.chance(10)) change('```yaml', this.pick(['```json', '````yaml', '``` yaml']));
    if (this.chance(10))
      change(/^(judge_id|agent|schema_version): .*\n/m, this.pick(['', '$1:\n', '$1: x\n']));
    if (this.chance(10))
      change('note: fine', this.pick(['', '### Denied by late', 'reason: fallback_on_timeout=allow']));
    if (this.chance(5)) change('High-risk action', '### Denied by reason\n\nHigh-risk action');
    if (this.chance(10)) text = text.replaceAll('\n', this.pick(['\r\n', '\r']));
    if (this.chance(5))
      text = this.pick([`\n${text}`, `\uFEFF${text}`, text.slice(0, 200), text.replace('---\n\n#', '\n#')]);
    return text;
  }

  policy(agent: string): string {
    const caps = (indent: string): string =>
      `${indent}cost_caps:\n${indent}  daily_usd: ${this.pick(['3', '0.5', '0', 'null', '-1', 'true', '"1"'])}\n${indent}  monthly_usd: ${this.pick(['60', '1.5', 'null'])}`;
    const rows = [
      ...(this.chance(70) ? [caps('')] : []),
      ...(this.chance(30) ? [`tools:\n  deny: ${this.pick(['[a]', 'a', '[1]', 'null'])}`] : []),
      ...(this.chance(50)
        ? [
            `agents:\n  ${this.pick([agent, 'other', '"a b"'])}:${this.pick([` {}`, '', `\n${caps('    ')}`, ' [a]'])}`,
          ]
        : []),
    ];
    const yaml = rows.join('\n');
    return this.pick([`# Policy\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`, yaml, `\`\`\`\n${yaml}\n\`\`\``, '']);
  }
}

function yamlFence(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `\`\`\`yaml\n${rows.join('\n')}\n\`\`\`\n`;
}
