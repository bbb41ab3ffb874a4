import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileEdit } from '../../src/contract/edits.ts';
import { editContext, type EditContext } from '../../src/core/agents/edit/context.ts';
import { planChange } from '../../src/core/agents/edit/plan.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { mendNote } from '../../src/core/agents/edit/fixes/note.ts';
import { mendFailurePolicy } from '../../src/core/agents/edit/fixes/judges.ts';
import { mendGoal } from '../../src/core/agents/edit/fixes/goal.ts';
import { mendModel } from '../../src/core/agents/edit/fixes/model.ts';
import { mendTools, withToolClasses } from '../../src/core/agents/edit/fixes/tools.ts';
import { withEntry } from '../../src/core/agents/edit/index-lines.ts';
import { SECTIONS } from '../../src/core/agents/parts/memory-index.ts';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { realMade } from '../support/agents-made.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-companions-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fleet = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
let copies = 0;

function fresh(): EditContext {
  const path = join(base, `copy-${++copies}`);
  cpSync(fleet, path, { recursive: true });
  const root = agentsRootAt(path);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return editContext(root.value, join(base, `data-${copies}`), '2026-06-08', 'window');
}

function write(
  ctx: EditContext,
  label: string | null,
  ...changes: readonly (readonly [string, string | null])[]
) {
  const edits = changes.map(([path, text]): FileEdit => {
    const file = ctx.folder.text(path);
    return { path, base: file.ok ? file.value.sha256 : null, text };
  });
  const plan = planChange(ctx, { do: 'save', edits, label });
  if (!plan.ok) throw new Error(plan.error.message);
  const done = applyEdit(ctx, plan.value);
  if (!done.ok) throw new Error(done.error.message);
}

function real(jobs: readonly object[]): readonly unknown[] {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('ATOMIC_AGENTS_')),
  );
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test', 'support', 'agents_companions.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...env, HOME: mkdtempSync(join(base, 'home-')) },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  const answers = JSON.parse(ran.stdout) as readonly { ok?: unknown; error?: string }[];
  return answers.map(({ ok, error }) => {
    if (error !== undefined) throw new Error(error);
    return ok;
  });
}

function at(ctx: EditContext, path: string): string {
  return join(ctx.folder.root.path, path);
}

function note(name: string, type: string): string {
  return `---\nschema_version: 1\nname: ${name}\ndescription: Words of ${name}\ntype: ${type}\ncaptured: 2026-06-01\nlast_seen: 2026-06-01\nsources: [x]\nconfidence: high\n---\n\nx\n`;
}

function wikiPage(body: string): string {
  return `---\nschema_version: 1\ntype: wiki_page\nname: A\ndescription: B\n---\n\n${body}\n`;
}

function tidy(text: string): string {
  return text.replaceAll(/\n{2,}/g, '\n').trim();
}

/** A line of a header in one of several ways; null: it is not there. */
function line(key: string, ...ways: readonly (string | null)[]) {
  return fc.constantFrom(...ways.map((way) => (way === null ? [] : [`${key}: ${way}`])));
}

const skip = peerPython() === null;

describe.skipIf(skip)('what is written beside a change, to the real package', () => {
  it('is a version of a note that it lists, reads and restores', () => {
    const ctx = fresh();
    const file = 'project_spring_issue.md';
    const path = `harbor/memory/${file}`;
    const first = readFileSync(at(ctx, path), 'utf8');
    write(ctx, null, [path, `${first}Second — é.\n`]);
    write(ctx, null, [path, `${first}Third.\n`]);
    const agent = at(ctx, 'harbor');
    const [memory] = real([{ do: 'memory', agent, note: file, text: first }]) as [
      { versions: string[]; bodies: string[]; own: string },
    ];
    expect(memory.versions.length).toBe(2);
    expect(memory.bodies[0]).toContain('Second — é.');
    expect(memory.versions[1]).toMatch(/^project_spring_issue\/\d{8}T\d{12}Z_[0-9a-f]{8}\.md$/);
    expect(memory.versions[1]!.endsWith(`_${memory.own}`)).toBe(true);
    expect(real([{ do: 'restore', agent, note: file }])).toEqual([first]);
  });

  it('is an index without orphans, and without what is gone', () => {
    const ctx = fresh();
    const names = ['feedback_one.md', 'decision_2026-q2_two.md', 'user_three.md'];
    write(
      ctx,
      null,
      ...names.map((name) => [`quill/memory/${name}`, note(name.slice(0, 8), name.split('_')[0]!)] as const),
    );
    write(
      ctx,
      null,
      ['quill/memory/user_three.md', null],
      ['quill/memory/user_four.md', note('user_thr', 'user')],
    );
    const [memory] = real([{ do: 'memory', agent: at(ctx, 'quill'), note: 'user_three.md' }]) as [
      { orphans: string[]; listed: string[]; versions: string[] },
    ];
    for (const name of [...names.slice(0, 2), 'user_four.md']) {
      expect(memory.listed).toContain(name);
      expect(memory.orphans).not.toContain(name);
    }
    expect(memory.versions.length).toBe(1);
    const index = readFileSync(at(ctx, 'quill/memory/INDEX.md'), 'utf8');
    expect(index).not.toContain('user_three.md');
    expect(index).toContain('](user_four.md) — Words of user_thr');
  });

  it('is the line that the package itself adds, but for blank lines that it tidies', () => {
    const words = fc.stringMatching(/^[A-Za-zé.,—]{1,8}( [A-Za-z:]{1,8}){0,3}$/);
    const sections = fc.subarray([
      ...Object.values(SECTIONS),
      'Recently Promoted to Persona',
      'Archive (superseded)',
    ]);
    const rows = fc.array(fc.constantFrom('- [Old](user_old.md) — old', '', 'Prose.', '* [B](b.md)'), {
      maxLength: 3,
    });
    const one = fc.record({
      type: fc.constantFrom(...Object.keys(SECTIONS)),
      name: words,
      description: words,
      before: fc
        .array(fc.tuple(sections, rows), { maxLength: 1 })
        .map((parts) =>
          parts.flatMap(([all, own]) => all.flatMap((section) => [`## ${section}`, ...own, ''])).join('\n'),
        ),
    });
    const cases = fc.sample(one, 60);
    const folder = mkdtempSync(join(base, 'index-'));
    const answers = real(
      cases.map((each, i) => {
        const path = join(folder, `${i}.md`);
        writeFileSync(path, `# Memory Index\n\n${each.before}`);
        return { do: 'index', path, file: 'user_new.md', ...each };
      }),
    ) as readonly string[];
    for (const [i, { type, name, description, before }] of cases.entries()) {
      const row = `- [${name}](user_new.md) — ${description}`;
      const ours = withEntry(`# Memory Index\n\n${before}`, SECTIONS[type]!, row);
      expect(tidy(ours)).toBe(tidy(answers[i]!));
    }
  });

  it('is a version of a page of the wiki', () => {
    const ctx = fresh();
    const page = 'ledgerly/wiki/a_page.md';
    write(ctx, null, [page, wikiPage('one')]);
    write(ctx, null, [page, wikiPage('two')]);
    expect(real([{ do: 'wiki', agent: at(ctx, 'ledgerly'), page: 'a_page' }])).toEqual([['one']]);
  });

  it('is a snapshot of a shared persona that it lists and restores, with the keys of its own', () => {
    const ctx = fresh();
    const home = '.personas/ops-voice-v2';
    const soul = readFileSync(at(ctx, `${home}/SOUL.md`), 'utf8');
    write(ctx, 'calmer – “ü”', [`${home}/SOUL.md`, 'Calm.\n']);
    const [persona] = real([{ do: 'persona', root: at(ctx, '.personas'), id: 'ops-voice-v2' }]) as [
      {
        ids: string[];
        labels: string[];
        created: string[];
        keys: [object, object];
        order: [string[], string[]];
        before: { soul: string };
        restored: { soul: string };
      },
    ];
    expect(persona.ids.length).toBe(1);
    expect(persona.labels).toEqual(['calmer – “ü”']);
    expect(persona.created[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$/);
    expect(persona.order[0]).toEqual(persona.order[1]);
    expect(persona.keys[0]).toEqual(persona.keys[1]);
    expect(persona.before.soul).toBe('Calm.\n');
    expect(persona.restored.soul).toBe(soul);
  });
});

describe.skipIf(skip)('a mended note', () => {
  it('is loaded by the real package and follows its rules', () => {
    const header = fc
      .tuple(
        line('schema_version', '1', null, "'1'"),
        line('name', 'A test', 'a: b', null, '2026', "'x'"),
        line('description', 'Short', 'so: it is', '[x', '12', null, '- x: y', '@a', 'x #y'),
        line('type', 'feedback', 'feedbak', null),
        line('captured', '2026-06-01', '2026/6/1', null),
        line('last_seen', '2026-06-01', null),
        line('sources', '[x]', '[]', 'x', "it's", null),
        line('confidence', 'high', 'hihg', null),
        line('pinned', 'true', "'yes'", null),
        line('tags', '[a]', 'a, b', null),
      )
      .map((lines) => lines.flat());
    const folder = mkdtempSync(join(base, 'notes-'));
    const path = join(folder, 'feedback_of_a_test.md');
    const jobs: object[] = [];
    for (const [i, rows] of fc.sample(header, 150).entries()) {
      const text = ['---', ...rows, '---', '', 'A body: with words.', ''].join(i % 2 === 0 ? '\n' : '\r\n');
      const mended = mendNote(text, { path, kind: 'memory-note', today: '2026-06-08' });
      const place = join(folder, String(i), 'feedback_of_a_test.md');
      mkdirSync(join(folder, String(i)));
      writeFileSync(place, mended ?? text);
      jobs.push({ do: 'note', path: place });
    }
    for (const read of real(jobs)) expect(read).toMatchObject({ body: 'A body: with words.' });
  });
});

describe.skipIf(skip)('mended settings', () => {
  it('are read by the real package as they are meant', () => {
    const folder = mkdtempSync(join(base, 'settings-'));
    const put = (name: string, text: string | null): string => {
      const place = join(folder, name);
      writeFileSync(place, text!);
      return place;
    };
    const goal = '---\nintent: do: this\npriority: hihg\nsuccess_criteria: [a]\n---\n\nBody\n';
    const tools = '# T\n\n## Tool classification\n\n- a_tool: high_rsk — x\n- b_tool\n';
    const caps = '```yaml\ncost_guardrails:\n  enabled: true\n  daily_cap_usd: 2 # mine\n```\n';
    const model = `## Default model\n\nclaude-sonnet-4-6-20260101\n\n${caps}`;
    const answers = realMade([
      { do: 'goal', path: put('goal.md', mendGoal(goal, 'harbor/goal.md', '2026-06-08')) },
      { do: 'tools', path: put('tools.md', withToolClasses(mendTools(tools)!, ['c_tool', 'a_tool'])) },
      { do: 'model', path: put('model.md', mendModel(model, { dailyUsd: null, monthlyUsd: null })) },
    ]);
    expect(answers[0]).toMatchObject({ ok: { intent: 'do: this', priority: 'high', active: true } });
    expect(answers[1]).toMatchObject({
      ok: {
        classes: { a_tool: 'high_risk', b_tool: 'external_side_effect', c_tool: 'external_side_effect' },
      },
    });
    expect(JSON.stringify(answers[2])).toContain('"monthly_cap_usd":62');
    const refused = readFileSync(join(fleet, 'sentry/judges.md'), 'utf8');
    const policyLine = refused.split('\n').findIndex((row) => row.startsWith('failure_policy:')) + 1;
    const judges = realMade([
      { do: 'judges', path: put('refused.md', refused) },
      { do: 'judges', path: put('judges.md', mendFailurePolicy(refused, policyLine)!.text) },
    ]);
    expect(judges[0]!.error).toContain('failure_policy');
    expect(judges[1]!.error).toBeUndefined();
  });
});
