import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { folderState } from '../../../../test/support/folder-state.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import type { DraftFile, DraftFinding, TextEdit } from '../../../contract/drafts.ts';
import { agentsRootAt } from '../root.ts';
import { editContext, type EditContext } from './context.ts';
import { draftOf } from './draft.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-draft-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const root = join(base, 'fleet');
cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), root, { recursive: true });
const ctx = contextOf(root);

function contextOf(path: string): EditContext {
  const found = agentsRootAt(path);
  if (!found.ok || found.value === null) throw new Error('no agents');
  return editContext(found.value, join(base, 'data'), '2026-06-08', 'window');
}

function drafted(path: string, text: string | null): DraftFile {
  const standing = ctx.folder.text(path);
  const draft = draftOf(ctx, [{ path, base: standing.ok ? standing.value.sha256 : null, text }]);
  if (!draft.ok) throw new Error(draft.error.message);
  return draft.value.files[0]!;
}

function textOf(path: string): string {
  const file = ctx.folder.text(path);
  if (!file.ok || file.value.text === null) throw new Error(path);
  return file.value.text;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let now = text;
  for (const { from, to, text: put } of edits.toReversed()) now = now.slice(0, from) + put + now.slice(to);
  return now;
}

/** Takes every offer once; each must make its finding vanish and bring no other. */
function mendedAll(path: string, text: string): string {
  let now = text;
  for (let round = 0; round < 40; round++) {
    const { findings } = drafted(path, now);
    const one = findings.find(({ fix }) => fix !== null);
    if (one === undefined) return now;
    const next = applied(now, one.fix!.edits);
    const left = drafted(path, next).findings;
    const before = new Set(findings.map(key));
    expect(
      left.filter(({ message, severity }) => message === one.message && severity === one.severity).length,
    ).toBeLessThan(findings.filter(({ message }) => message === one.message).length);
    expect(left.map(key).filter((message) => !before.has(message))).toEqual([]);
    now = next;
  }
  throw new Error('it never ends');
}

/** Lines that other lines are told by move when one is added. */
function key({ severity, message }: DraftFinding): string {
  return `${severity} ${message.replaceAll(/line \d+|; \w+ holds/g, '')}`;
}

/** The lines up to the end of their link. */
function links(text: string): string[] {
  return text.match(/^.*\]\(.*?\)|^.*$/gm) ?? [];
}

function agents(path: string): readonly string[] {
  const draft = draftOf(ctx, [{ path, base: null, text: 'Other words.\n' }]);
  return draft.ok ? draft.value.prompts.map(({ agent }) => agent) : [];
}

const NOTE = 'harbor/memory/project_of_a_test.md';
const sound: readonly (readonly [string, string])[] = [
  ['schema_version', '1'],
  ['name', 'A test'],
  ['description', 'Short words'],
  ['type', 'project'],
  ['captured', '2026-06-01'],
  ['last_seen', '2026-06-02'],
  ['sources', '[conversation]'],
  ['confidence', 'high'],
  ['mine', 'is kept # with a comment'],
  ['tags', '[a, b]'],
];
const BAD: Readonly<Record<string, readonly (string | null)[]>> = {
  schema_version: [null, "'1'", '1.0'],
  name: [null, '2026', 'a: b: c', '2026-06-01'],
  description: [null, 'first: it is so', '[not a list', '12', '@home: yes'],
  type: [null, 'projct', 'Project', 'something-else'],
  captured: [null, '2026/6/1', "'2026-06-01 10:00'"],
  last_seen: [null, '2026.06.02'],
  sources: [null, '[]', 'conversation', "it's so"],
  confidence: [null, 'hgih', 'Medium', 'med'],
  tags: ['a, b', '7'],
};
const broken = fc.record(
  Object.fromEntries(
    Object.entries(BAD).map(([name, ways]) => [
      name,
      fc.option(fc.constantFrom(...ways), { nil: undefined }),
    ]),
  ),
);

describe('a note that is being written', () => {
  it('is mended by what is offered, in the lines concerned and nowhere else', () => {
    fc.assert(
      fc.property(broken, fc.constantFrom('\n', '\r\n'), (ways, end) => {
        const rows = sound.flatMap(([name, value]) => {
          const way = ways[name];
          return way === null ? [] : [`${name}: ${way ?? value}`];
        });
        const body = ['', 'It is so: words.', '', '- a', ''];
        const text = ['---', ...rows, '# a remark', '---', ...body].join(end);
        const mended = mendedAll(NOTE, text);
        const after = drafted(NOTE, mended);
        expect(after.findings).toEqual([]);
        expect(after.loaded).toBe(true);
        expect(mended.endsWith(['---', ...body].join(end))).toBe(true);
        const lines = mended.split(end);
        const kept = sound
          .filter(([name]) => ways[name] === undefined)
          .map(([name, value]) => `${name}: ${value}`);
        expect(lines.filter((line) => kept.includes(line))).toEqual(kept);
        expect(lines).toContain('# a remark');
        expect(mended.replaceAll(end, '')).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it('gets a header where it has none, and keeps its text', () => {
    const mended = mendedAll(NOTE, 'Only words.\nTwo lines.\n');
    expect(mended).toBe(
      "---\nschema_version: 1\nname: 'Of a test'\ndescription: 'Only words.'\ntype: project\n" +
        'captured: 2026-06-08\nlast_seen: 2026-06-08\nsources: [unknown]\nconfidence: medium\n---\n\nOnly words.\nTwo lines.\n',
    );
  });

  it('is offered nothing where only a person can tell', () => {
    const long = 'x'.repeat(300);
    for (const [name, value] of [
      ['description', long],
      ['schema_version', '2'],
      ['captured', 'yesterday'],
      ['confidence', 'none'],
    ] as const) {
      const rows = sound.map(([own, is]) => `${own}: ${own === name ? value : is}`);
      const { findings } = drafted(NOTE, `---\n${rows.join('\n')}\n---\n\nx\n`);
      expect(findings.length, name).toBe(1);
      expect(findings[0]!.fix, name).toBeNull();
    }
  });
});

describe('settings that are being written', () => {
  it('are mended line by line', () => {
    const tools =
      '# Tools\n\n## Write paths\n\n- memory/\n\n## Tool classification\n\n' +
      '- a_tool: high_rsk — by hand\n- b_tool: whatever\n- `c_tool`\n- d_tool: read_only\n- d_tool: high_risk — later\n- e_tool: high_risk, it sends\n- e_tool: hgh\n';
    expect(mendedAll('harbor/tools.md', tools)).toBe(
      '# Tools\n\n## Write paths\n\n- memory/\n\n## Tool classification\n\n' +
        '- a_tool: high_risk — by hand\n- b_tool: external_side_effect\n- `c_tool`: external_side_effect\n' +
        '- d_tool: high_risk — later\n- e_tool: high_risk — it sends\n',
    );
    const model =
      '## Default model\n\n**`claude-sonnet-4-6-20260101`**\n\n```yaml\ncost_guardrails:\n  enabled: true # on\n' +
      '  daily_cap_usd: -1\n  monthly_cap_usd: 30\n  daily_cap_action: skp\n  warning_thresholds: [50, 0.8]\n```\n';
    expect(mendedAll('harbor/model.md', model)).toBe(
      model.replace('_usd: -1', '_usd: 0').replace('skp', 'skip').replace('[50, 0.8]', '[0.5, 0.8]'),
    );
    expect(mendedAll('harbor/roster.md', '## Delegate to\n\n- quill — writes\n- nobody\n- harbor\n')).toBe(
      '## Delegate to\n\n- quill — writes\n',
    );
  });

  it('say for each error what a single word says for all', () => {
    const path = 'sentry/judges.md';
    const mended = mendedAll(path, textOf(path));
    const lines = textOf(path).split('\n');
    const changed = mended.split('\n').filter((line, at) => line !== lines[at]);
    expect(changed).toEqual([
      expect.stringMatching(/^failure_policy: \{JudgeUnavailable: block, .*: block\}$/),
    ]);
    expect(
      drafted(path, mended).findings.filter(({ message }) => message.includes('failure_policy')),
    ).toEqual([]);
  });

  it('lose a BOM, and a goal gets its missing keys', () => {
    expect(mendedAll('harbor/tools.md', '\uFEFF# Tools\r\n')).toBe('# Tools\r\n');
    const goal = '---\nintent: x\npriority: hihg\nsuccess_criteria: [a]\n---\n\nBody\n';
    expect(mendedAll('ledgerly/goal.md', goal)).toBe(
      '---\nschema_version: 1\nactive: true\nintent: x\npriority: high\ncreated: 2026-06-08\n' +
        'last_progress_check: 2026-06-08\nsuccess_criteria: [a]\n---\n\nBody\n',
    );
  });
});

describe('an index that is being written', () => {
  it('is mended by what is offered', () => {
    const path = 'harbor/memory/INDEX.md';
    const text = textOf(path);
    const { findings } = drafted(path, text);
    expect(findings.map(({ message }) => message).join()).toContain('is not there');
    const mended = mendedAll(path, text);
    expect(mended).not.toContain('project_missing_file.md');
    expect(drafted(path, mended).findings).toEqual([]);
    expect(links(mended).filter((line) => !line.includes('orphan'))).toEqual(
      links(text).filter((line) => !line.includes('missing_file')),
    );
    expect(mended).toContain('## Critical Feedback\n- [feedback orphan note](feedback_orphan_note.md) — ');
  });

  it('moves a line that stands in the wrong section, and takes the words of the note', () => {
    const path = 'quill/memory/INDEX.md';
    const text =
      '# Memory Index\n\n## Critical Feedback\n\n* [Habits](user_reading_habits.md): of my own\n\n## Locked Decisions\n';
    const mended = mendedAll(path, text);
    expect(mended).toContain(
      '## User Profile\n* [Habits](user_reading_habits.md): Reads mornings, answer first\n',
    );
    expect(drafted(path, mended).findings).toEqual([]);
  });
});

describe('an index with very many wrong lines', () => {
  it('tells the first of them one by one, and mends all others together', () => {
    const path = 'quill/memory/INDEX.md';
    const rows = Array.from(
      { length: 3_000 },
      (_, n) => `- [Gone ${n}](project_gone_${n}.md) — it was here\n`,
    );
    const text = `# Memory Index\n\n## Active Projects\n${rows.join('')}`;
    const gone = drafted(path, text).findings.filter(({ message }) => message.includes('is not there'));
    const rest = drafted(path, text).findings.find(({ message }) => message.includes('more lines'));
    expect(gone).toHaveLength(100);
    expect(rest?.message).toBe('2900 more lines are not right.');
    expect(applied(text, rest!.fix!.edits)).not.toContain('project_gone_');
  });
});

describe('what a draft does to prompts', () => {
  it('says which pieces differ, what comes and goes, and whether the agent still loads', () => {
    const path = 'harbor/persona/SOUL.md';
    const standing = ctx.folder.text(path);
    const sha = standing.ok ? standing.value.sha256 : '';
    const before = folderState(root);
    const draft = draftOf(ctx, [
      { path, base: sha, text: `${textOf(path)}\nOne line more, of forty characters or so.\n` },
      {
        path: NOTE,
        base: null,
        text: `---\n${sound.map((row) => row.join(': ')).join('\n')}\npinned: true\n---\n\nx\n`,
      },
    ]);
    if (!draft.ok) throw new Error(draft.error.message);
    const [effect] = draft.value.prompts;
    expect(draft.value.prompts.length).toBe(1);
    expect(effect).toMatchObject({ agent: 'harbor', enters: [NOTE], leaves: [], blocking: [] });
    expect(effect!.afterTokens).toBeGreaterThan(effect!.beforeTokens + 10);
    expect(effect!.pieces.map((piece) => piece.path).sort()).toEqual([NOTE, path]);
    expect(draft.value.files[0]).toMatchObject({ disk: sha, moved: false, kind: 'persona' });
    const gone = draftOf(ctx, [{ path: 'harbor/persona/IDENTITY.md', base: null, text: null }]);
    expect(gone.ok && gone.value.prompts[0]!.blocking.join()).toContain('neither persona/IDENTITY.md');
    expect(gone.ok && gone.value.files[0]).toMatchObject({ moved: true, loaded: false });
    expect(folderState(root)).toEqual(before);
  });

  it('names everyone who shares a persona, and everyone on a role of a cascade', () => {
    expect(agents('.personas/ops-voice-v2/SOUL.md')).toEqual(['sentry']);
    expect(agents('studio/roles/editor/PROMPT.md')).toEqual(['studio/projects/spring/agents/editor']);
    expect(agents('policy.md')).toEqual([]);
  });

  it('follows the disk, and refuses what lies outside', () => {
    const path = 'quill/persona/SOUL.md';
    const { disk } = drafted(path, 'x');
    writeFileSync(join(root, path), 'Written by another.\n');
    const moved = draftOf(ctx, [{ path, base: disk, text: 'x' }]);
    expect(moved.ok && moved.value.files[0]!.moved).toBe(true);
    expect(draftOf(ctx, [{ path: '../x.md', base: null, text: 'x' }])).toMatchObject({ ok: false });
  });
});
