import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../test/support/peers.ts';
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
