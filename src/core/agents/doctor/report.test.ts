import { cpSync, mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderState } from '../../../../test/support/folder-state.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import type { DoctorCheck } from '../../../contract/doctor.ts';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { doctorReport } from './report.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-doctor-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fleet = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
let copies = 0;

function copy(): string {
  const root = join(base, `copy-${++copies}`);
  cpSync(fleet, root, { recursive: true, mode: 0 });
  return root;
}

async function examined(path: string, today: string, agent: string | null = null) {
  const root = agentsRootAt(path);
  if (!root.ok || root.value === null) throw new Error('no agents');
  const store = await openRecords(root.value, { dataDir: join(base, 'data') });
  if (!store.ok) throw new Error(store.error.message);
  return doctorReport(openFolder(root.value), store.value.tables(), agent, today);
}

function find(checks: readonly DoctorCheck[], agent: string | null, name: string): DoctorCheck {
  return checks.find((check) => check.agent === agent && check.name === name)!;
}

describe('the doctor on the sample', () => {
  it('finds what is wrong there, says where, and counts its verdicts', async () => {
    const report = await examined(fleet, '2026-06-08');
    const { checks } = report;
    expect(find(checks, 'harbor', 'log')).toMatchObject({
      status: 'warn',
      path: 'harbor/log/2026-05/2026-05-12.jsonl',
      line: 17,
    });
    expect(find(checks, 'harbor', 'guardrails').status).toBe('fail');
    expect(find(checks, 'quill', 'guardrails').message).toContain('cap of the day is reached');
    expect(find(checks, 'quill', 'notes').details.join()).toContain('Not A Note Name.md');
    expect(find(checks, 'quill', 'governance')).toMatchObject({
      status: 'fail',
      path: 'quill/governance.md',
    });
    expect(find(checks, 'sentry', 'governance')).toMatchObject({ status: 'fail' });
    expect(find(checks, 'ledgerly', 'governance')).toMatchObject({ status: 'warn' });
    expect(find(checks, 'sentry', 'escalations').status).toBe('fail');
    expect(find(checks, 'sentry', 'persona').status).toBe('pass');
    expect(find(checks, 'quill', 'tool-classes').message).toContain('harmless');
    expect(find(checks, 'harbor', 'conductor')).toMatchObject({
      status: 'warn',
      path: 'harbor/goals/close-month-2026-06/goal.md',
    });
    expect(find(checks, null, 'queue').message).toContain('three attempts failed');
    expect(find(checks, 'sentry', 'mandates').status).toBe('warn');
    expect(find(checks, 'sentry', 'leases').status).toBe('pass');
    expect(find(checks, 'harbor', 'goals').status).toBe('pass');
    for (const status of ['pass', 'warn', 'fail', 'skip'] as const) {
      expect(checks.filter((check) => check.status === status)).toHaveLength(report[status]);
    }
    for (const check of checks) {
      if (check.status === 'warn' || check.status === 'fail') {
        expect(
          [check.message, check.hint, check.means].every((text) => text.length > 0),
          check.name,
        ).toBe(true);
      }
      if (check.status === 'skip') expect(check.message.length).toBeGreaterThan(0);
    }
  });

  it('looks at one agent only where one is named, and changes nothing', async () => {
    const root = copy();
    const before = folderState(root);
    const { checks } = await examined(root, '2026-06-08', 'quill');
    expect(new Set(checks.map(({ agent }) => agent))).toEqual(new Set([null, 'quill']));
    expect(folderState(root)).toEqual(before);
  });
});

describe('the doctor on what is broken', () => {
  it('finds each thing where it was put', async () => {
    const root = copy();
    const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
    for (const path of [
      'harbor/roster.md',
      'quill/tools.md',
      'harbor/model.md',
      'ledgerly/tools.md',
      'ledgerly/mcp.md',
      'policy.md',
      'harbor/persona.link.md',
      'targets.md',
      'quill/goal.md',
      'harbor/skills/week-plan/SKILL.md',
    ]) {
      rmSync(join(root, path), { force: true });
    }
    write(
      'harbor/roster.md',
      '# Roster\n\n## Delegate to\n\n- harbor — itself\n- nobody — gone\n- quill — fine\n',
    );
    write('quill/tools.md', '# Tools\n\n## Write paths\n- memory/\n- gone/\n');
    write('ledgerly/tools.md', '# Tools\n\n## Write paths\n- memory/\n\n## Read-only paths\n- memory/\n');
    write('harbor/model.md', '# Model\n\n## Default model\n\nunheard-of-1\n');
    write('ledgerly/mcp.md', '# MCP\n\n## notes\ncommand: npx\nenv: KEY=plain-secret-value\n');
    write('policy.md', '```yaml\ncost_caps:\n  daily_usd: lots\n```\n');
    write('harbor/persona.link.md', '```yaml\nkind: shared\npersona_id: ops-voice-v2\n```\n');
    write('targets.md', '```yaml\nscoring:\n  weights: {cost: 1, quality: 1, reliability: 1}\n```\n');
    mkdirSync(join(root, 'old-one', 'log', '2026-05'), { recursive: true });
    write('old-one/log/2026-05/2026-05-01.jsonl', '{"ts":"2026-05-01T00:00:00Z","cost_usd":1}\n');
    unlinkSync(join(root, 'quill', 'memory', 'INDEX.md'));
    write('quill/goal.md', '---\nintent: no more\n---\n');
    write('harbor/skills/week-plan/SKILL.md', '---\nname: Week Plan\n---\n');
    const { checks } = await examined(root, '2026-06-08');
    const status = (agent: string | null, name: string): string => find(checks, agent, name).status;
    expect(status('harbor', 'roster')).toBe('warn');
    expect(find(checks, 'harbor', 'roster')).toMatchObject({ line: 5, path: 'harbor/roster.md' });
    expect(find(checks, 'harbor', 'roster').details.join()).toContain('no agent nobody');
    expect(status('quill', 'write-paths')).toBe('fail');
    expect(find(checks, 'quill', 'write-paths')).toMatchObject({ line: 5 });
    expect(find(checks, 'ledgerly', 'write-paths').message).toContain('read-only');
    expect(find(checks, 'harbor', 'model').message).toContain('unheard-of-1');
    expect(status('ledgerly', 'mcp')).not.toBe('pass');
    expect(JSON.stringify(checks)).not.toContain('plain-secret-value');
    expect(status('quill', 'goals')).toBe('fail');
    expect(status('harbor', 'skills')).toBe('fail');
    expect(status(null, 'policy')).toBe('fail');
    expect(find(checks, null, 'policy').means).toContain('can’t be read counts as none');
    expect(status('harbor', 'persona')).toBe('fail');
    expect(status(null, 'targets')).toBe('warn');
    expect(find(checks, null, 'agent-registry').message).toContain('old-one');
    expect(find(checks, 'quill', 'vault').message).toContain('memory/INDEX.md');
  });
});
