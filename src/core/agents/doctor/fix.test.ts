import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import type { DoctorCheck } from '../../../contract/doctor.ts';
import { editContext, type EditContext } from '../edit/context.ts';
import { planChange } from '../edit/plan.ts';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { applyEdit } from '../write/apply.ts';
import { editsToFix } from './fix.ts';
import { doctorReport } from './report.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-fix-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fleet = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
const today = '2026-06-08';
let copies = 0;

function fresh(change: (root: string) => void): EditContext {
  const path = join(base, `copy-${++copies}`);
  cpSync(fleet, path, { recursive: true });
  change(path);
  return opened(path);
}

function opened(path: string): EditContext {
  const root = agentsRootAt(path);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return editContext(root.value, join(base, 'data'), today, 'window');
}

async function checks(ctx: EditContext, agent: string): Promise<readonly DoctorCheck[]> {
  const { root } = ctx.folder;
  const store = await openRecords(root, { dataDir: join(base, 'data') });
  if (!store.ok) throw new Error(store.error.message);
  return doctorReport(openFolder(root), store.value.tables(), agent, today).checks;
}

async function check(ctx: EditContext, agent: string, name: string): Promise<DoctorCheck> {
  return (await checks(ctx, agent)).find((one) => one.agent === agent && one.name === name)!;
}

/** Applies the fix of a check, and gives the check afterwards. No other check may become worse by it. */
async function fixed(ctx: EditContext, agent: string, name: string): Promise<DoctorCheck> {
  const before = await checks(ctx, agent);
  const { fix } = before.find((one) => one.agent === agent && one.name === name)!;
  const plan = planChange(ctx, { do: 'fix', fix: fix!.id });
  if (!plan.ok) throw new Error(plan.error.message);
  expect(plan.value.title).toMatch(new RegExp(`^Mend .* of ${agent}$`));
  const done = applyEdit(ctx, plan.value);
  if (!done.ok) throw new Error(done.error.message);
  const after = await checks(opened(ctx.folder.root.path), agent);
  const worse = after.filter((one, i) => one.name !== name && rank(one) > rank(before[i]!));
  expect(worse.map((one) => `${one.name}: ${one.message}`)).toEqual([]);
  // the same fix once more: there is nothing left of what it mends
  const again = editsToFix(opened(ctx.folder.root.path), fix!.id);
  expect(again).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  return after.find((one) => one.agent === agent && one.name === name)!;
}

function model(caps: string): string {
  return `## Default model\n\nclaude-sonnet-4-6-20260101\n\n\`\`\`yaml\ncost_guardrails:\n  enabled: true\n${caps}\`\`\`\n`;
}

function rank({ status }: DoctorCheck): number {
  return ['skip', 'pass', 'warn', 'fail'].indexOf(status);
}

describe('fixes of the doctor', () => {
  it('mend the index', async () => {
    const ctx = fresh(() => {});
    expect((await check(ctx, 'harbor', 'index')).fix!.label).toMatch(/^Mend all \d+ entries of the index$/);
    expect((await fixed(ctx, 'harbor', 'index')).status).toBe('pass');
  });

  it('mend the notes that can be, and name them in the index', async () => {
    const ctx = fresh((root) => {
      const at = join(root, 'ledgerly/memory');
      writeFileSync(
        join(at, 'feedback_a.md'),
        '---\nschema_version: 1\nname: A\ndescription: so: it is\ntype: feedback\ncaptured: 2026-06-01\nlast_seen: 2026-06-01\nsources: [x]\nconfidence: high\n---\n\nA: b\n',
      );
      writeFileSync(join(at, 'project_b.md'), '---\nname: B\n---\n\nB\n');
    });
    const found = await check(ctx, 'ledgerly', 'notes');
    expect(found.fix!.label).toBe('Mend all 2 notes');
    expect((await fixed(ctx, 'ledgerly', 'notes')).status).toBe('pass');
    const root = ctx.folder.root.path;
    expect(readFileSync(join(root, 'ledgerly/memory/feedback_a.md'), 'utf8')).toContain(
      "description: 'so: it is'\n",
    );
    expect(readFileSync(join(root, 'ledgerly/memory/INDEX.md'), 'utf8')).toContain(
      '- [A](feedback_a.md) — so: it is\n',
    );
  });

  it('say for each error what one word says for all, so that the judge loads', async () => {
    const ctx = fresh(() => {});
    expect(await check(ctx, 'sentry', 'judges')).toMatchObject({
      status: 'fail',
      fix: { label: 'Mend judges.md' },
    });
    expect((await fixed(ctx, 'sentry', 'judges')).status).not.toBe('fail');
  });

  it('make a missing index of the notes', async () => {
    const ctx = fresh((root) => rmSync(join(root, 'sentry/memory/INDEX.md')));
    expect((await check(ctx, 'sentry', 'vault')).fix!.label).toBe('Create memory/INDEX.md');
    expect((await fixed(ctx, 'sentry', 'vault')).status).toBe('pass');
    expect((await check(opened(ctx.folder.root.path), 'sentry', 'index')).status).toBe('pass');
  });

  it('write the class that holds for every tool that was called without one', async () => {
    const ctx = fresh(() => {});
    for (const agent of ['harbor', 'quill', 'ledgerly', 'sentry']) {
      const found = await check(ctx, agent, 'tool-classes');
      if (found.fix === null) expect(found.status, agent).toBe('pass');
      else expect((await fixed(ctx, agent, 'tool-classes')).status, agent).toBe('pass');
    }
    const text = readFileSync(join(ctx.folder.root.path, 'quill/tools.md'), 'utf8');
    expect(text).toMatch(/^- \w+: external_side_effect/m);
  });

  it('take names out of a roster that are no agent', async () => {
    const ctx = fresh((root) => {
      writeFileSync(
        join(root, 'harbor/roster.md'),
        '# Who\r\n\r\n## Delegate to\r\n\r\n- quill — writes\r\n- nobody (gone)\r\n- harbor\r\n',
      );
    });
    expect((await fixed(ctx, 'harbor', 'roster')).status).toBe('pass');
    expect(readFileSync(join(ctx.folder.root.path, 'harbor/roster.md'), 'utf8')).toBe(
      '# Who\r\n\r\n## Delegate to\r\n\r\n- quill — writes\r\n',
    );
  });

  it('give a cap to guardrails without one, so that nothing is stopped that was not', async () => {
    const cases = [
      ['  daily_cap_usd: 2\n', '  enabled: true\n  monthly_cap_usd: 62\n  daily_cap_usd: 2\n', null],
      [
        '  monthly_cap_usd: 20 # much\n  daily_cap_usd: 0\n',
        '  monthly_cap_usd: 20 # much\n  daily_cap_usd: 20\n',
        null,
      ],
      ['', '  enabled: false\n', null],
      [
        '',
        '  enabled: true\n  monthly_cap_usd: 93\n  daily_cap_usd: 3\n',
        '```yaml\ncost_caps:\n  daily_usd: 3\n```\n',
      ],
    ] as const;
    for (const [caps, expected, policy] of cases) {
      const ctx = fresh((root) => {
        writeFileSync(join(root, 'ledgerly/model.md'), model(caps));
        if (policy === null) rmSync(join(root, 'policy.md'));
        else writeFileSync(join(root, 'policy.md'), policy);
      });
      const after = await fixed(ctx, 'ledgerly', 'model');
      expect(after.status, caps).toBe('pass');
      expect(readFileSync(join(ctx.folder.root.path, 'ledgerly/model.md'), 'utf8')).toContain(expected);
    }
  });

  it('mend the header of a goal', async () => {
    const ctx = fresh((root) => {
      mkdirSync(join(root, 'ledgerly/goals/g1'), { recursive: true });
      writeFileSync(
        join(root, 'ledgerly/goals/g1/goal.md'),
        '---\nschema_version: 1\nintent: x\npriority: hihg\nsuccess_criteria: []\n---\n\nx\n',
      );
    });
    expect((await fixed(ctx, 'ledgerly', 'goals')).status).toBe('pass');
  });

  it('are offered for nothing that only a person can decide', async () => {
    const ctx = fresh(() => {});
    for (const agent of ['harbor', 'quill', 'ledgerly', 'sentry']) {
      for (const one of await checks(ctx, agent)) {
        if (one.status === 'pass' || one.status === 'skip') expect(one.fix, one.name).toBeNull();
        if (['governance', 'escalations', 'mcp', 'persona', 'log'].includes(one.name))
          expect(one.fix).toBeNull();
      }
    }
    expect(editsToFix(ctx, 'nonsense')).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
    expect(editsToFix(ctx, '["governance","quill"]')).toMatchObject({ ok: false });
  });
});
