import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderState } from '../../../../test/support/folder-state.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import type { Change, EditPlan, FileEdit, PlannedFile } from '../../../contract/edits.ts';
import type { FailureKind } from '../../result.ts';
import { agentsRootAt } from '../root.ts';
import { applyEdit } from '../write/apply.ts';
import { fileHistory } from '../write/history.ts';
import { editContext, type EditContext } from './context.ts';
import { planChange } from './plan.ts';
import { writtenText } from './plan-texts.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-plan-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fleet = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
let copies = 0;

function fresh(): EditContext {
  const root = join(base, `copy-${++copies}`);
  cpSync(fleet, root, { recursive: true });
  return contextOf(root);
}

function contextOf(path: string): EditContext {
  const found = agentsRootAt(path);
  if (!found.ok || found.value === null) throw new Error('no agents');
  return editContext(found.value, join(base, `data-${copies}`), '2026-06-08', 'window');
}

function edit(ctx: EditContext, path: string, text: string | null | ((text: string) => string)): FileEdit {
  const read = ctx.folder.text(path);
  const standing = read.ok ? read.value : null;
  return {
    path,
    base: standing?.sha256 ?? null,
    text: typeof text === 'function' ? text(standing?.text ?? '') : text,
  };
}

function save(ctx: EditContext, ...edits: readonly FileEdit[]): EditPlan {
  return planned(ctx, { do: 'save', edits: [...edits], label: null });
}

function planned(ctx: EditContext, change: Change): EditPlan {
  const plan = planChange(ctx, change);
  if (!plan.ok) throw new Error(`${plan.error.kind}: ${plan.error.message}`);
  return plan.value;
}

function refusal(ctx: EditContext, ...edits: readonly FileEdit[]): FailureKind | null {
  const plan = planChange(ctx, { do: 'save', edits: [...edits], label: null });
  return plan.ok ? null : plan.error.kind;
}

function file(plan: EditPlan, path: string): PlannedFile {
  const found = plan.files.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} is not in ${plan.files.map((one) => one.path).join()}`);
  return found;
}

function note(more: string, body = 'x'): string {
  return `---\nschema_version: 1\nname: A new thing\ndescription: What it is\ntype: project\ncaptured: 2026-06-01\nlast_seen: 2026-06-01\nsources: [x]\nconfidence: high\n${more}---\n\n${body}\n`;
}

describe('a plan to save', () => {
  it('says what is written, and writes nothing', () => {
    const ctx = fresh();
    const before = folderState(ctx.folder.root.path);
    const plan = save(
      ctx,
      edit(ctx, 'harbor/persona/SOUL.md', (text) => `${text}More.\n`),
    );
    expect(plan).toMatchObject({
      does: 'save',
      title: 'Save harbor/persona/SOUL.md',
      label: null,
      agents: ['harbor'],
      warnings: [],
      blocked: null,
    });
    expect(plan.files.length).toBe(1);
    expect(plan.files[0]).toMatchObject({ kind: 'persona', writtenFor: 'person', findings: [] });
    expect(plan.prompts[0]!.pieces.map(({ path }) => path)).toEqual(['harbor/persona/SOUL.md']);
    expect(folderState(ctx.folder.root.path)).toEqual(before);
  });

  it('has words for adding, removing and several files', () => {
    const ctx = fresh();
    const added = edit(ctx, 'harbor/memory/project_new_thing.md', note(''));
    expect(save(ctx, added).title).toBe('Add harbor/memory/project_new_thing.md');
    const removed = edit(ctx, 'harbor/roster.md', null);
    expect(save(ctx, removed).title).toBe('Remove harbor/roster.md');
    expect(save(ctx, added, removed).title).toBe('Save 2 files');
    expect(planned(ctx, { do: 'save', edits: [removed], label: 'calmer' }).label).toBe('calmer');
  });

  it('is refused where a person may not write, nothing differs, or it is no text', () => {
    const ctx = fresh();
    const kinds: readonly (readonly [FailureKind, FileEdit])[] = [
      ['refused', edit(ctx, 'harbor/log/2026-06/2026-06-01.jsonl', '{}\n')],
      ['refused', edit(ctx, 'harbor/goal_history.jsonl', 'x')],
      ['refused', edit(ctx, 'harbor/journal/2026-06/2026-06-08.md', 'x')],
      ['refused', edit(ctx, 'harbor/strange.bin', 'x')],
      ['refused', { path: 'harbor/memory/project_a\nb.md', base: null, text: note('') }],
      ['refused', { path: 'harbor/memory/project_\ud800.md', base: null, text: note('') }],
      ['refused', { path: '../outside/model.md', base: null, text: 'x' }],
      ['refused', { path: 'harbor/../quill/model.md', base: null, text: 'x' }],
      ['refused', { path: '/etc/model.md', base: null, text: 'x' }],
      ['refused', { path: 'harbor//model.md', base: null, text: 'x' }],
      ['bad-request', edit(ctx, 'harbor/model.md', (text) => text)],
      ['bad-request', edit(ctx, 'harbor/model.md', 'a\0b')],
      ['bad-request', edit(ctx, 'harbor/model.md', 'a\ud800b')],
      ['conflict', { path: 'harbor/model.md', base: null, text: 'x' }],
      ['conflict', { path: 'harbor/skills/x/SKILL.md', base: 'a'.repeat(64), text: 'x' }],
    ];
    for (const [kind, one] of kinds) expect(refusal(ctx, one), one.path).toBe(kind);
    const twice = edit(ctx, 'harbor/model.md', 'x');
    expect(refusal(ctx, twice, twice)).toBe('bad-request');
    // what changes nothing is left out beside what does
    const plan = save(
      ctx,
      edit(ctx, 'harbor/tools.md', (text) => text),
      twice,
    );
    expect(plan.files.map(({ path }) => path)).toEqual(['harbor/model.md']);
  });

  it('names every file that changed meanwhile', () => {
    const ctx = fresh();
    const edits = ['harbor/model.md', 'harbor/tools.md'].map((path) => edit(ctx, path, 'mine\n'));
    for (const { path } of edits) writeFileSync(join(ctx.folder.root.path, path), 'theirs\n');
    const plan = planChange(ctx, { do: 'save', edits, label: null });
    expect(plan).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(!plan.ok && plan.error.message).toContain('harbor/model.md, harbor/tools.md');
  });

  it('says loudly that an agent would no longer load', () => {
    const ctx = fresh();
    const plan = save(ctx, edit(ctx, 'quill/persona/IDENTITY.md', null));
    expect(plan.warnings[0]).toContain('quill would no longer load');
    const broken = save(ctx, edit(ctx, 'quill/memory/user_reading_habits.md', '---\nname: a: b\n---\n'));
    expect(broken.warnings.join()).toContain('The agent does not load it');
    expect(file(broken, 'quill/memory/user_reading_habits.md').findings.length).toBe(1);
    const gone = save(ctx, edit(ctx, 'quill/model.md', null));
    expect(gone.warnings).toContain('quill would no longer be an agent.');
    const long = save(ctx, edit(ctx, 'quill/persona/SOUL.md', 'word '.repeat(20_000)));
    expect(long.warnings.join()).toMatch(/The prompt of quill would have about \d+ tokens/);
    const ends = save(
      ctx,
      edit(ctx, 'quill/tools.md', (text) => text.replaceAll('\n', '\r\n')),
    );
    expect(ends.warnings.join()).toContain('Every line of quill/tools.md would end with CRLF');
  });

  it('makes an agent of a new folder, model.md last', () => {
    const ctx = fresh();
    const plan = save(
      ctx,
      edit(ctx, 'nova/model.md', '## Default model\n\nclaude-sonnet-4-6-20260101\n'),
      edit(ctx, 'nova/persona/IDENTITY.md', 'I am.\n'),
      edit(ctx, 'nova/tools.md', '# Tools\n'),
    );
    expect(plan.files.map(({ path }) => path).at(-1)).toBe('nova/model.md');
    expect(plan.agents).toEqual(['nova']);
    expect(plan.warnings).toContain('nova becomes an agent of this folder.');
    expect(plan.prompts[0]).toMatchObject({ agent: 'nova', beforeTokens: 0, blocking: [] });
  });

  it('affects all agents where a file holds for all', () => {
    const ctx = fresh();
    const plan = save(
      ctx,
      edit(ctx, 'policy.md', (text) => `${text}\nMore.\n`),
    );
    expect(plan.agents.length).toBeGreaterThan(3);
    expect(plan.prompts).toEqual([]);
  });
});

describe('a plan of an agent that was opened alone', () => {
  it('says that a file above it holds for others, and keeps a snapshot there', () => {
    const { root } = fresh().folder;
    const ctx = contextOf(join(root.path, 'sentry'));
    const plan = save(ctx, edit(ctx, '../.personas/ops-voice-v2/SOUL.md', 'Other.\n'));
    expect(plan.files.map(({ writtenFor }) => writtenFor)).toEqual([
      ...Array<string>(4).fill('snapshot'),
      'person',
    ]);
    expect(plan.files[0]!.path).toMatch(/^\.\.\/\.personas\/ops-voice-v2\/\.snapshots\/snap_/);
    expect(plan.agents).toEqual(['sentry']);
    expect(plan.warnings.join()).toContain('it holds for every other agent there, too');
    expect(applyEdit(ctx, plan).ok).toBe(true);
    const own = save(
      ctx,
      edit(ctx, 'persona.link.md', (text) => `${text}\nMore.\n`),
    );
    expect(own.warnings).toEqual([]);
    expect(refusal(ctx, { path: '../harbor/model.md', base: null, text: 'x' })).toBe('refused');
  });
});

describe('what the format adds', () => {
  it('is the former text of a note, and nothing where only its words changed', () => {
    const ctx = fresh();
    const path = 'harbor/memory/project_spring_issue.md';
    const plan = save(
      ctx,
      edit(ctx, path, (text) => `${text}More.\n`),
    );
    expect(plan.files.map(({ writtenFor }) => writtenFor)).toEqual(['version', 'person']);
    const version = plan.files[0]!;
    expect(version.path).toMatch(
      /^harbor\/memory\/\.versions\/project_spring_issue\/\d{8}T\d{12}Z_[0-9a-f]{8}\.md$/,
    );
    expect(version).toMatchObject({ before: null, kind: 'memory-version' });
    expect(version.after!.sha256).toBe(file(plan, path).before!.sha256);
    expect(version.path).toContain(`_${version.after!.sha256.slice(0, 8)}.md`);
    const page = save(
      ctx,
      edit(ctx, 'ledgerly/wiki/INDEX.md', (text) => `${text}x\n`),
    );
    expect(page.files.length).toBe(1);
  });

  it('is the line of the index for a new, a renamed and a removed note', () => {
    const ctx = fresh();
    const index = 'harbor/memory/INDEX.md';
    const text = (plan: EditPlan): string => writtenText(file(plan, index))!;
    const before = readFileSync(join(ctx.folder.root.path, index), 'utf8');
    const added = save(ctx, edit(ctx, 'harbor/memory/project_new_thing.md', note('')));
    const row = '- [A new thing](project_new_thing.md) — What it is\n';
    expect(added.files.at(-1)).toMatchObject({ path: index, writtenFor: 'index' });
    expect(text(added)).toBe(before.replace('## Active Projects\n', `## Active Projects\n${row}`));

    const old = 'harbor/memory/project_spring_issue.md';
    const gone = save(ctx, edit(ctx, old, null));
    const own = before.split('\n').find((line) => line.includes('spring_issue'))!;
    expect(text(gone)).toBe(before.replace(`${own}\n`, ''));
    expect(gone.files[0]!.writtenFor).toBe('version');

    const content = readFileSync(join(ctx.folder.root.path, old), 'utf8');
    const renamed = save(
      ctx,
      edit(ctx, old, null),
      edit(ctx, 'harbor/memory/project_autumn_issue.md', content),
    );
    expect(text(renamed)).toBe(before.replace('(project_spring_issue.md)', '(project_autumn_issue.md)'));
  });

  it('changes a line in place, moves it with the type, and keeps the words of a person', () => {
    const ctx = fresh();
    const index = 'harbor/memory/INDEX.md';
    const path = 'harbor/memory/project_new_thing.md';
    const root = ctx.folder.root.path;
    writeFileSync(join(root, path), note(''));
    const line = '- [A new thing](project_new_thing.md) — What it is';
    const mine = `# Memory Index\r\n\r\n## Active Projects\r\n<!-- mine -->\r\n${line}\r\n- other\r\n\r\n## Reference\r\n`;
    writeFileSync(join(root, index), mine);
    const after = (text: string): string => writtenText(file(save(ctx, edit(ctx, path, text)), index))!;
    expect(after(note('').replace('What it is', 'Other words'))).toBe(
      mine.replace('What it is', 'Other words'),
    );
    expect(after(note('').replace('A new thing', 'A [b] thing'))).toBe(
      mine.replace('A new thing', 'A (b) thing'),
    );
    expect(after(note('').replace('type: project', 'type: reference'))).toBe(
      mine.replace(`${line}\r\n`, '').replace('## Reference\r\n', `## Reference\r\n${line}\r\n`),
    );
    expect(after(note('archived: true\n'))).toBe(
      `${mine.replace(`${line}\r\n`, '')}\r\n## Archive (superseded)\r\n${line}\r\n`,
    );
    writeFileSync(join(root, index), mine.replace('What it is', 'my own words'));
    const kept = save(ctx, edit(ctx, path, note('').replace('What it is', 'Other words')));
    expect(kept.files.some((one) => one.path === index)).toBe(false);
    expect(kept.warnings.join()).toContain('in words of its own, which stay: “my own words”');
  });

  it('leaves an index that the person writes alone, and says what differs', () => {
    const ctx = fresh();
    const index = 'harbor/memory/INDEX.md';
    const plan = save(
      ctx,
      edit(ctx, 'harbor/memory/project_new_thing.md', note('')),
      edit(ctx, index, (text) => `${text}Mine.\n`),
    );
    expect(plan.files.map(({ writtenFor }) => writtenFor)).toEqual(['person', 'person']);
    expect(plan.warnings).toContain('project_new_thing.md: No line of the index names it.');
  });

  it('makes an index where there is none', () => {
    const ctx = fresh();
    rmSync(join(ctx.folder.root.path, 'harbor/memory/INDEX.md'));
    const plan = save(ctx, edit(ctx, 'harbor/memory/project_new_thing.md', note('')));
    expect(file(plan, 'harbor/memory/INDEX.md').after!.text).toBe(
      '# Memory Index\n\n## Active Projects\n- [A new thing](project_new_thing.md) — What it is\n',
    );
  });

  it('is a snapshot of a shared persona, and everyone who shares it is named', () => {
    const ctx = fresh();
    const home = '.personas/ops-voice-v2';
    const plan = planned(ctx, {
      do: 'save',
      edits: [edit(ctx, `${home}/SOUL.md`, 'Other.\n'), edit(ctx, `${home}/USER.md`, 'You.\n')],
      label: 'calmer — “quiet”',
    });
    expect(plan.files.map(({ writtenFor }) => writtenFor)).toEqual([
      ...Array<string>(4).fill('snapshot'),
      'person',
      'person',
    ]);
    expect(plan.files[0]!.path).toMatch(
      /^\.personas\/ops-voice-v2\/\.snapshots\/snap_\d{4}-\d\d-\d\dT\d{6}_[0-9a-f]{12}\/IDENTITY\.md$/,
    );
    expect(JSON.parse(plan.files[3]!.after!.text)).toMatchObject({
      persona_id: 'ops-voice-v2',
      label: 'calmer — “quiet”',
    });
    expect(plan.agents).toEqual(['sentry']);
    expect(plan.warnings).toContain('The persona ops-voice-v2 is shared: it changes sentry.');
  });
});

describe('secrets of a plan', () => {
  it('are covered in every text, and written as they were', () => {
    const ctx = fresh();
    const path = 'harbor/mcp.md';
    const real = '## One\ncommand: x\nenv: A=s3cret-one, B=s3cret-two\n';
    writeFileSync(join(ctx.folder.root.path, path), real);
    const covered = '## One\ncommand: y\nenv: B=(hidden 2), A=(hidden 1), C=s3cret-three\n';
    const plan = save(ctx, edit(ctx, path, covered));
    expect(JSON.stringify(plan)).not.toContain('s3cret');
    expect(plan.files[0]!.after!.text).toContain('B=(hidden 2), A=(hidden 1), C=(hidden 3)');
    expect(writtenText(plan.files[0]!)).toBe(
      '## One\ncommand: y\nenv: B=s3cret-two, A=s3cret-one, C=s3cret-three\n',
    );
    expect(plan.warnings.join()).toContain('A secret would stand in harbor/mcp.md in clear');
    expect(refusal(ctx, edit(ctx, path, 'env: A=(hidden 7)\n'))).toBe('bad-request');
    expect(applyEdit(ctx, plan).ok).toBe(true);
    expect(readFileSync(join(ctx.folder.root.path, path), 'utf8')).toContain('A=s3cret-one, C=s3cret-three');
  });
});

describe('going back', () => {
  it('is a plan too: undo takes the note and its line back, restore a version', () => {
    const ctx = fresh();
    const root = ctx.folder.root.path;
    const path = 'harbor/memory/project_spring_issue.md';
    const index = 'harbor/memory/INDEX.md';
    const was = [path, index].map((one) => readFileSync(join(root, one), 'utf8'));
    const plan = save(
      ctx,
      edit(ctx, path, (text) => text.replace(/^name: .*$/m, 'name: Other name')),
    );
    expect(plan.files.map(({ writtenFor }) => writtenFor)).toEqual(['version', 'person', 'index']);
    const done = applyEdit(ctx, plan);
    if (!done.ok) throw new Error(done.error.message);
    const undo = planned(ctx, { do: 'undo', edit: done.value.id });
    expect(undo.title).toBe(`Undo: Save ${path}`);
    const undone = applyEdit(ctx, undo);
    if (!undone.ok) throw new Error(undone.error.message);
    expect(planned(ctx, { do: 'undo', edit: undone.value.id }).title).toBe(`Redo: Save ${path}`);
    expect([path, index].map((one) => readFileSync(join(root, one), 'utf8'))).toEqual(was);
    const versions = fileHistory(ctx, path);
    const other =
      versions.ok && versions.value.find((one) => !one.current && one.kept && one.sha256 !== null);
    if (other === false || other === undefined) throw new Error('no version');
    const restore = planned(ctx, { do: 'restore', path, version: other.sha256! });
    expect(restore.title).toBe(`Restore ${path}`);
    expect(applyEdit(ctx, restore).ok).toBe(true);
    expect(readFileSync(join(root, path), 'utf8')).toContain('name: Other name');
    expect(readFileSync(join(root, index), 'utf8')).toContain('[Other name](project_spring_issue.md)');
  });
});
