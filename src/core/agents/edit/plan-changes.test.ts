import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import type { Change, EditPlan } from '../../../contract/edits.ts';
import { readEscalations } from '../escalations/read.ts';
import { readRunning } from '../lock.ts';
import { readTuning } from '../parts/tuning.ts';
import { agentsRootAt } from '../root.ts';
import { editContext } from './context.ts';
import { planChange } from './plan.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-plan-changes-'));
const root = join(base, 'fleet');
cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), root, { recursive: true });
let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const found = agentsRootAt(root);
if (!found.ok || found.value === null) throw new Error('no agents');
const ctx = editContext(found.value, join(base, 'data'), '2026-06-08', 'window');

function planned(change: Change): EditPlan {
  const plan = planChange(ctx, change);
  if (!plan.ok) throw new Error(`${plan.error.kind}: ${plan.error.message}`);
  return plan.value;
}

function save(path: string, change: (text: string) => string): Change {
  const file = ctx.folder.text(path);
  if (!file.ok) throw new Error(path);
  const edit = { path, base: file.value.sha256, text: change(file.value.text ?? '') };
  return { do: 'save', edits: [edit], label: null };
}

/** Holds the lock of an agent as a run does. */
async function run(agent: string): Promise<void> {
  const dir = join(root, agent);
  child = spawn('flock', ['--exclusive', '--no-fork', join(dir, '.lock'), 'sleep', '60']);
  const end = performance.now() + 10_000;
  while (performance.now() < end && readRunning(dir).state !== 'running') {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const pending = readEscalations(ctx.folder, ctx.nowMicros()).escalations.find(
  ({ closed }) => closed === null,
)!;
const answer: Change = {
  do: 'resolve',
  path: pending.path,
  proposal: pending.proposalSha256!,
  verb: 'Denied',
  by: 'Ada',
  note: null,
  amendment: null,
};

describe('a plan to answer', () => {
  it('touches the escalation alone, and says what is rejected', () => {
    const plan = planned(answer);
    expect(plan.title).toBe(`Reject “${pending.tool ?? ''}”`);
    expect(plan.files.map(({ path, kind }) => [path, kind])).toEqual([[pending.path, 'escalation']]);
    expect(plan.agents).toEqual([pending.agent]);
    expect(
      planChange(
        ctx,
        save(pending.path, (text) => `${text}x`),
      ),
    ).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
  });

  it('decides a proposal of a tuning report', () => {
    const report = readTuning(ctx.folder, 'quill').reports[0]!;
    const file = ctx.folder.text(report.path);
    const plan = planned({
      do: 'decide',
      path: report.path,
      shown: file.ok ? file.value.sha256 : '',
      proposal: report.proposals[0]!.id,
      decision: 'deferred',
      notes: null,
    });
    expect(plan.title).toBe(`Defer tuning proposal “${report.proposals[0]!.id}”`);
    expect(plan.files.map(({ kind }) => kind)).toEqual(['tuning-report']);
  });

  it('adds to the journal of today', () => {
    const plan = planned({ do: 'journal', agent: 'harbor', text: 'A visitor came.' });
    expect(plan.title).toBe('Add to the journal of harbor');
    expect(plan.files.map(({ path, kind }) => [path, kind])).toEqual([
      ['harbor/journal/2026-06/2026-06-08.md', 'journal'],
    ]);
  });
});

describe.runIf(process.platform === 'linux')('beside a run', () => {
  it('what the agent writes too is blocked, the rest takes effect with its next run', async () => {
    const note = save('harbor/memory/project_spring_issue.md', (text) => `${text}x\n`);
    const soul = save('harbor/persona/SOUL.md', (text) => `${text}x\n`);
    expect(planned(note).blocked).toBeNull();
    await run('harbor');
    expect(planned(note).blocked).toContain('harbor is running');
    expect(planned(note).warnings).toEqual([]);
    const plan = planned(soul);
    expect(plan.blocked).toBeNull();
    expect(plan.warnings).toEqual(['harbor is running: the change takes effect with the next run.']);
    expect(planned(save('quill/persona/SOUL.md', (text) => `${text}x\n`)).warnings).toEqual([]);
  });

  it('an escalation can be answered', async () => {
    await run(pending.agent);
    expect(planned(answer)).toMatchObject({ blocked: null });
  });
});
