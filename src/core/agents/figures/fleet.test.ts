import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { dayOf, endOf, textOf } from './days.ts';
import { fleetReport } from './fleet.ts';
import { disagreements } from './testing.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-fleet-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let made = 0;
const TODAY = dayOf('2026-06-08')!;

const back = (days: number): string => textOf(TODAY - days);
const governed = '```yaml\ngovernance:\n  owner: ops@example.invalid\n  permission_tier: writes\n```\n';

function record(day: string, cost: number, more: object = {}): string {
  const run = { ts: `${day}T10:00:00Z`, run_id: `r-${day}`, trigger: 'cron', model: 'gpt-5', status: 'ok' };
  return `${JSON.stringify({ ...run, input_tokens: 1000, output_tokens: 100, cost_usd: cost, ...more })}\n`;
}

function evals(day: string, verdict: string, score: number, count: number): string {
  const line = { ts: `${day}T04:00:00Z`, test_id: 'a', verdict, weighted_score: score, hard_fails: [] };
  return `${JSON.stringify(line)}\n`.repeat(count);
}

const logPath = (agent: string, day: string): string => `${agent}/log/${day.slice(0, 7)}/${day}.jsonl`;

async function report(files: Readonly<Record<string, string>>, hour = 24) {
  const root = join(base, String(++made));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const place = agentsRootAt(root);
  if (!place.ok || place.value === null) throw new Error('no agents');
  const store = await openRecords(place.value, { dataDir: join(base, 'data') });
  if (!store.ok) throw new Error(store.error.message);
  const tables = store.value.tables();
  const idle = { state: 'idle' as const, how: '', pid: null };
  const fleet = fleetReport(tables, openFolder(place.value), {
    today: textOf(TODAY),
    nowMicros: endOf(TODAY - 1) + hour * 3600e6,
    extras: () => ({ running: idle, notLoaded: 0, toAnswer: 0, goals: null }),
  });
  expect(disagreements(tables, fleet)).toEqual([]);
  return fleet;
}

const agent = (name: string, model = 'gpt-5') => ({
  [`${name}/model.md`]: `# Model\n\n## Default model\n\n\`${model}\`\n`,
  [`${name}/memory/INDEX.md`]: '# Memory Index\n',
  [`${name}/governance.md`]: governed,
});

describe('the report of a fleet', () => {
  it('recommends a cheaper model where quality allows it and money is saved, with every reason', async () => {
    const files = { ...agent('elm'), [logPath('elm', back(1))]: record(back(1), 0.007) };
    const good = await report({
      ...files,
      [`elm/evals/runs/${back(3)}.jsonl`]: evals(back(3), 'pass', 4.75, 12),
    });
    expect(good.recommendations).toMatchObject([
      { kind: 'cheaper-model', title: 'Try gpt-5-mini instead of gpt-5', savesMicros: 6300 },
    ]);
    expect(good.recommendations[0]!.reasons).toHaveLength(5);
    for (const weaker of [
      evals(back(3), 'pass', 4.4, 12),
      evals(back(3), 'pass', 4.75, 9),
      evals(back(3), 'pass', 4.75, 10) + evals(back(3), 'fail', 4.75, 2),
    ]) {
      const none = await report({ ...files, [`elm/evals/runs/${back(3)}.jsonl`]: weaker });
      expect(none.recommendations.filter(({ kind }) => kind === 'cheaper-model')).toEqual([]);
    }
  });

  it('sees a spike of costs from three times the mean on, where there are seven days to compare with', async () => {
    const days = (count: number, cost: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          logPath('elm', back(40 + at)),
          record(back(40 + at), cost),
        ]),
      );
    const now = { [logPath('elm', back(2))]: record(back(2), 0.3) };
    const spiked = await report({ ...agent('elm'), ...days(7, 0.1), ...now });
    expect(spiked.attention).toMatchObject([{ class: 'cost_spike', severity: 'high', state: 'open' }]);
    expect((await report({ ...agent('elm'), ...days(6, 0.1), ...now })).attention).toEqual([]);
    expect((await report({ ...agent('elm'), ...days(7, 0.1001), ...now })).attention).toEqual([]);
    const cost = spiked.health[0]!.axes.find(({ name }) => name === 'cost')!;
    expect(cost.metrics[0]!.how).toContain('$0.300000 in the last 31 days');
  });

  it('wakes a snoozed alert when its time is over, by the hour', async () => {
    const { attention } = await report({ ...agent('elm'), 'elm/governance.md': '# none\n' });
    const { alertKey } = attention[0]!;
    const state = (until: string): string =>
      `${JSON.stringify({ ts: '2026-06-07T09:00:00+00:00', alert_key: alertKey, action: 'snooze', snooze_until: until })}\n`;
    const files = { ...agent('elm'), 'elm/governance.md': '# none\n' };
    const until = state('2026-06-08T12:00:00+00:00');
    const asleep = await report({ ...files, '_console/alert_state.jsonl': until }, 11);
    expect(asleep.attention[0]).toMatchObject({
      state: 'snoozed',
      snoozedUntil: '2026-06-08T12:00:00+00:00',
    });
    expect(asleep.agents[0]!.attention).toBe(0);
    const awake = await report({ ...files, '_console/alert_state.jsonl': until }, 13);
    expect(awake.attention[0]).toMatchObject({ state: 'open' });
    const acked = until + state('x').replace('snooze', 'ack');
    expect((await report({ ...files, '_console/alert_state.jsonl': acked }, 13)).attention[0]!.state).toBe(
      'acked',
    );
  });

  it('counts a delegated run once, and a mirror whose target has no line as what it is', async () => {
    const target = record(back(1), 0.5, { trigger: 'delegate', run_id: 'd-1' });
    const mirror = (run: string): string =>
      record(back(1), 0.5, {
        trigger: 'delegate',
        parent_run_id: 'p',
        delegated_agent: 'fir',
        delegate_run_id: run,
      });
    const fleet = await report({
      ...agent('elm'),
      ...agent('fir'),
      [logPath('elm', back(1))]: mirror('d-1') + mirror('d-gone'),
      [logPath('fir', back(1))]: target,
    });
    expect(fleet.loggedOnce).toMatchObject({
      all: { lines: 3, costMicros: 1_500_000 },
      once: { lines: 2, costMicros: 1_000_000 },
      doubledMicros: 500_000,
    });
  });

  it('says nothing of a folder with logs only but its records', async () => {
    const fleet = await report({ ...agent('elm'), [logPath('old', back(1))]: record(back(1), 0.1) });
    const old = fleet.agents.find(({ name }) => name === 'old')!;
    expect(old).toMatchObject({ logOnly: true, word: null, records: 1, health: null });
    expect(fleet.health.map((one) => one.agent)).toEqual(['elm']);
    expect(fleet.attention).toEqual([]);
  });

  it('is as of its day: what came later is not the last run', async () => {
    const fleet = await report({
      ...agent('elm'),
      [logPath('elm', back(1))]: record(back(1), 0.1),
      [logPath('elm', back(-3))]: record(back(-3), 0.1),
    });
    expect(fleet.agents[0]!.lastRun!.ts).toBe(`${back(1)}T10:00:00+00:00`);
    expect(fleet.agents[0]!.word).toBe('STALE');
  });
});
