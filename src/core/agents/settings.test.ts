import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../test/support/peers.ts';
import { sharedChecks } from './doctor/shared.ts';
import { openFolder } from './folder.ts';
import { agentsRootAt } from './root.ts';
import { readEvals } from './parts/evals.ts';
import { readSettings } from './settings.ts';

const goldens = join(projectRoot, 'test/goldens/agents');
type Expected = {
  today: string;
  agents: Record<
    string,
    { guardrail: Record<string, unknown>; governance: string; evals: Record<string, number> }
  >;
};
const expected = JSON.parse(readFileSync(join(goldens, 'fleet/expected.json'), 'utf8')) as Expected;

function opened(dir: string): ReturnType<typeof openFolder> {
  const root = agentsRootAt(dir);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return openFolder(root.value);
}

const usd = (micros: number | null): number | null => (micros === null ? null : micros / 1e6);

describe('the settings of the sample fleet', () => {
  const folder = opened(join(goldens, 'fleet'));
  it.each(Object.keys(expected.agents))(
    '%s has the guardrails, governance and evals that are expected',
    (agent) => {
      const settings = readSettings(folder, agent);
      const { guardrail, governance, evals } = expected.agents[agent]!;
      expect({
        enabled: settings.guardrails.enabled,
        daily_cap_usd: usd(settings.guardrails.dailyCapMicros),
        monthly_cap_usd: usd(settings.guardrails.monthlyCapMicros),
        daily_cap_action: settings.guardrails.dailyAction,
        monthly_cap_action: settings.guardrails.monthlyAction,
        effective_daily_cap_usd: usd(settings.effective.daily.micros),
        effective_monthly_cap_usd: usd(settings.effective.monthly.micros),
      }).toEqual(Object.fromEntries(Object.entries(guardrail).slice(0, 7)));
      expect(settings.governance.state).toBe(governance);
      const read = readEvals(folder, agent, expected.today, null);
      expect(read.passRate?.whole).toBe(evals['scorable']);
    },
  );

  it('takes the weights of targets.md', () => {
    expect(readSettings(folder, 'quill').targets.weights).toEqual({
      cost: 0.34,
      quality: 0.33,
      reliability: 0.33,
    });
  });

  it('names the class that is dropped and the model that is called none', () => {
    expect(readSettings(folder, 'quill').tools.findings.map(({ message }) => message)).toEqual([
      'files__read has the unknown class “harmless”, which is dropped without a word; read_only holds.',
    ]);
    expect(readSettings(folder, 'ledgerly').model.findings.map(({ message }) => message)).toContain(
      'The word “none” is read as the name of a model, not as “no fallback”.',
    );
  });

  it('finds agents, the cascade system, and nothing else', () => {
    expect(folder.root.agents.map(({ name }) => name)).toEqual(['harbor', 'ledgerly', 'quill', 'sentry']);
    expect(folder.root.cascades).toEqual(['studio']);
    expect(folder.root.single).toBeNull();
  });
});

describe('the policy of an agent', () => {
  it('is none where the runtime takes its name for no name', () => {
    const root = mkdtempSync(join(tmpdir(), 'vekscope-names-'));
    try {
      for (const name of ['a.b+c@d-e_F1', 'my agent', 'été']) {
        mkdirSync(join(root, name, 'memory'), { recursive: true });
        writeFileSync(join(root, name, 'model.md'), '# Model\n');
      }
      writeFileSync(
        join(root, 'policy.md'),
        '```yaml\ncost_caps:\n  daily_usd: 3\ntools:\n  deny: [x]\n```\n',
      );
      const folder = opened(root);
      const of = (agent: string) => readSettings(folder, agent);
      expect(of('a.b+c@d-e_F1').effective.daily).toMatchObject({ micros: 3_000_000, from: 'policy.md' });
      expect(of('my agent').effective.daily).toEqual({ micros: null, from: null, caps: [] });
      expect(of('été').policy.full.tools.deny).toEqual([]);
      const [, policy] = sharedChecks(folder);
      expect(policy).toMatchObject({ name: 'policy', status: 'warn' });
      expect(JSON.stringify(policy)).toContain('don’t hold for my agent');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe('an agent that was opened alone', () => {
  it('has the shared files of the folder above it', () => {
    const folder = opened(join(goldens, 'fleet/quill'));
    expect(folder.root.single).toBe('quill');
    expect(usd(readSettings(folder, 'quill').effective.daily.micros)).toBe(0.45);
    expect(folder.text('../harbor/model.md').ok).toBe(false);
    expect(folder.text('../policy.md').ok).toBe(true);
    expect(folder.text('../.personas/../harbor/model.md').ok).toBe(false);
  });
});

describe('an agent of a cascade', () => {
  const root = mkdtempSync(join(tmpdir(), 'vekscope-cascade-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(goldens, 'fleet'), root, { recursive: true });
  const project = join(root, 'studio/projects/spring');
  const agent = 'studio/projects/spring/agents/editor';
  writeFileSync(join(project, 'policy.md'), 'cost_caps:\n  daily_usd: 0.25\n');
  writeFileSync(join(project, 'judges.md'), '```yaml\nclass_policy:\n  reversible_write: escalate\n```\n');

  const own = (policy: string): string | null => {
    const text = `\`\`\`yaml\nclass_policy:\n  reversible_write: ${policy}\n  read_only: judge_required\n\`\`\`\n`;
    writeFileSync(join(root, agent, 'judges.md'), text);
    return readSettings(opened(root), agent).judges.broken;
  };
  it('has the model of its role, and policy and floor of its project', () => {
    const settings = readSettings(opened(root), agent);
    expect(settings.modelPath).toBe('studio/roles/editor/model.md');
    expect(usd(settings.effective.daily.micros)).toBe(0.25);
    expect(settings.judges.classPolicy[1]).toEqual({
      class: 'reversible_write',
      policy: 'escalate',
      from: 'floor',
    });
  });

  it('may tighten the floor and never relax it', () => {
    expect(own('escalate')).toBeNull();
    expect(own('bypass')).toBe(
      'reversible_write is bypass, which relaxes the floor of escalate in studio/projects/spring/judges.md.',
    );
  });
});
