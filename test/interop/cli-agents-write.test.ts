import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileVersion } from '../../src/contract/edits.ts';
import type { Escalation } from '../../src/contract/escalations.ts';
import { editContext } from '../../src/core/agents/edit/context.ts';
import { planChange } from '../../src/core/agents/edit/plan.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { realAnswers, type Polled } from '../support/agents-answers.ts';
import { errorOf, runCommand, runHere } from '../support/cli.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-cli-agents-write-'));
process.env['VEKSCOPE_DATA'] = join(scratch, 'data');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let fleet = '';
let made = 0;
const id = 'prop-20260607-070028-904686-465d';
const path = `sentry/vault/escalations/reversible_write/${id}.md`;
const read = (): string => readFileSync(join(fleet, path), 'utf8');

beforeEach(() => {
  fleet = join(scratch, `fleet-${++made}`);
  cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), fleet, { recursive: true });
});

const run = (...args: string[]) => runHere('agents', ...args);
const polled = (text: string) => (realAnswers([{ do: 'poll', text }])[0] as Polled).events[0];

describe('vekscope agents resolve', () => {
  it('takes the beginning of several ids for the one that can be answered', async () => {
    const { escalations } = JSON.parse((await run('escalations', fleet, '--json')).out) as {
      escalations: readonly Escalation[];
    };
    const open = escalations.filter(({ closed, proposalId }) => closed === null && proposalId !== id);
    for (const { path: other } of open)
      await run('resolve', other, fleet, '--reject', '--by', 'lee', '--yes', '--json');
    const ran = await run('resolve', 'prop-', fleet, '--approve', '--by', 'lee', '--preview');
    expect(ran.out).toContain(id);
    expect(ran.out).toContain('### Approved by lee');
  });

  it.skipIf(peerPython() === null).each([
    [['--approve'], 'approved'],
    [['--reject'], 'denied'],
    [['--redact'], 'redacted'],
    [['--amend', join(scratch, 'amend.yaml')], 'operator_revised'],
  ])('%j is what the package takes', async (option, decision) => {
    writeFileSync(join(scratch, 'amend.yaml'), 'tool_arguments:\n  to: me@example.invalid\n');
    const ran = await run('resolve', id, fleet, ...option, '--by', 'Zoë L', '--note', 'so: it is');
    expect(ran.code).toBe(0);
    const taken = polled(read());
    expect(taken).toMatchObject({ decision, by: 'Zoë L' });
    expect(taken!.reason).toContain('so: it is');
    if (decision === 'operator_revised') {
      expect(taken!.amendment!.tool_arguments).toEqual({ to: 'me@example.invalid' });
    }
    const queue = JSON.parse((await run('escalations', fleet, '--json')).out) as {
      escalations: Escalation[];
    };
    expect(queue.escalations.find((one) => one.path === path)?.state).toBe(
      decision === 'redacted' ? 'redacted' : 'resolved',
    );
  });

  it('takes the beginning of an id, a path from here, or one below the root', async () => {
    for (const word of ['prop-20260607', join(fleet, path), path]) {
      const ran = await run('resolve', word, fleet, '--approve', '--preview', '--json');
      expect(ran.code, ran.out).toBe(0);
      const answer = JSON.parse(ran.out) as { written: boolean; files: { path: string }[] };
      expect(answer.written).toBe(false);
      expect(answer.files.map((file) => file.path)).toEqual([path]);
    }
    const from = await runCommand(['agents', 'resolve', `${id}.md`, '--reject', '--preview'], {
      cwd: join(fleet, 'sentry/vault/escalations/reversible_write'),
    });
    expect(from.out).toContain('+ state: resolved');
    expect(from.code).toBe(0);
  });

  it('shows what it writes, and with --preview writes nothing', async () => {
    const before = read();
    const ran = await run('resolve', id, fleet, '--approve', '--by', 'lee', '--preview');
    expect(ran.out).toContain('- state: pending\n+ state: resolved\n');
    expect(ran.out).toContain('+ ### Approved by lee\n+ resolved_at: ');
    expect(ran.err).toContain('The time for an answer ran out');
    expect(read()).toBe(before);
    const written = await run('resolve', id, fleet, '--approve', '--by', 'lee', '--json');
    expect(JSON.parse(written.out)).toMatchObject({ written: true, state: 'done', files: [{ path }] });
    expect(read()).not.toBe(before);
    expect(errorOf(await run('resolve', id, fleet, '--approve', '--json')).kind).toBe('conflict');
  });

  it('says in words what it can’t take, and writes nothing', async () => {
    const before = read();
    const refused: [string[], string][] = [
      [[], 'No answer was given'],
      [['--approve', '--reject'], 'More than one answer'],
      [['--approve', '--by', '<me>'], 'this one holds “<”'],
      [['--approve', '--note', 'a\nb'], 'single line'],
      [['--amend', join(scratch, 'none.yaml')], 'none.yaml'],
      [['--approve', '--text'], '--text is not for agents resolve'],
      [['one', '--approve'], 'a word too many'],
    ];
    for (const [args, words] of refused) {
      const ran = await run('resolve', id, fleet, ...args, '--json');
      expect(ran.code).toBe(2);
      expect(errorOf(ran).message).toContain(words);
    }
    expect(errorOf(await run('resolve', 'prop-2026', fleet, '--approve', '--json')).kind).toBe('ambiguous');
    expect(errorOf(await run('resolve', 'nothing', fleet, '--approve', '--json')).kind).toBe('not-found');
    expect(errorOf(await run('list', fleet, '--approve', '--json')).message).toContain('not for agents list');
    expect(read()).toBe(before);
  });
});

describe('an answer', () => {
  it('can be taken back until the runtime has taken it', async () => {
    const before = read();
    const written = JSON.parse(
      (await run('resolve', id, fleet, '--reject', '--by', 'lee', '--json')).out,
    ) as {
      edit: string;
    };
    const ctx = contextOf();
    const undo = { do: 'undo', edit: written.edit } as const;
    const plan = planChange(ctx, undo);
    expect(plan.ok && plan.value.files[0]!.after!.text).toBe(before);
    writeFileSync(join(fleet, path.replace('prop-', '.prop-').concat('.resolved-emitted')), '');
    expect(planChange(contextOf(), undo)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  });
});

describe('vekscope agents history and restore', () => {
  it('list the texts of a file and put one back', async () => {
    const soul = 'harbor/persona/SOUL.md';
    const before = readFileSync(join(fleet, soul), 'utf8');
    save(soul, `${before}\nMore.\n`);
    const listed = await run('history', soul, fleet, '--json');
    const { versions } = JSON.parse(listed.out) as { versions: FileVersion[] };
    expect(versions.map(({ current, kept }) => [current, kept])).toEqual([
      [true, true],
      [false, true],
    ]);
    const old = versions[1]!.sha256!;
    expect((await run('history', join(fleet, soul))).out).toContain(old.slice(0, 10));
    expect(errorOf(await run('restore', soul, 'ffff', fleet, '--json')).kind).toBe('not-found');
    expect(errorOf(await run('restore', soul, '--json')).message).toContain('No version');
    expect(errorOf(await run('history', 'no/such.md', fleet, '--json')).kind).toBe('not-found');
    const shown = await run('restore', soul, old.slice(0, 8), fleet, '--preview');
    expect(shown.code, shown.err).toBe(0);
    expect(shown.out).toContain('- More.');
    expect(readFileSync(join(fleet, soul), 'utf8')).not.toBe(before);
    const back = await run('restore', soul, old.slice(0, 8), fleet);
    expect(back.code, back.err).toBe(0);
    expect(readFileSync(join(fleet, soul), 'utf8')).toBe(before);
  });

  it('leave an escalation as it was answered', async () => {
    await run('resolve', id, fleet, '--reject', '--by', 'lee');
    const after = read();
    const { versions } = JSON.parse((await run('history', path, fleet, '--json')).out) as {
      versions: FileVersion[];
    };
    const back = await run('restore', path, versions[1]!.sha256!, fleet, '--json');
    expect(errorOf(back).kind).toBe('refused');
    expect(read()).toBe(after);
  });
});

/** Saves a text as the window does. */
function save(file: string, text: string): void {
  const ctx = contextOf();
  const standing = ctx.folder.text(file);
  if (!standing.ok) throw new Error(standing.error.message);
  const edits = [{ path: file, base: standing.value.sha256, text }];
  const plan = planChange(ctx, { do: 'save', edits, label: null });
  if (!plan.ok) throw new Error(plan.error.message);
  const edit = applyEdit(ctx, plan.value);
  if (!edit.ok) throw new Error(edit.error.message);
}

function contextOf() {
  const root = agentsRootAt(fleet);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return editContext(root.value, join(scratch, 'data'), null, 'window');
}
