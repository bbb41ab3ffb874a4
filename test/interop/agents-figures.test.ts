import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CostReport } from '../../src/contract/costs.ts';
import { agentReport } from '../../src/core/agents/figures/agent.ts';
import { costReport } from '../../src/core/agents/figures/costs.ts';
import { dayOf, endOf } from '../../src/core/agents/figures/days.ts';
import { spentInMonth, spentOnDay } from '../../src/core/agents/figures/guardrail-spend.ts';
import { microsOf, roundEven } from '../../src/core/agents/figures/numbers.ts';
import { readEvals } from '../../src/core/agents/parts/evals.ts';
import { PRICES, costNanosAt, providerOf, rateOf } from '../../src/core/agents/prices.ts';
import { topRows } from '../../src/core/agents/records/window.ts';
import { GENERATED_TODAY, generateFleet } from '../support/agents-fleet.ts';
import { openAgents, realPackage } from '../support/agents-peer.ts';
import type { PeerFigures } from '../support/agents-peer.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';

const python = peerPython();
const base = mkdtempSync(join(tmpdir(), 'vekscope-peer-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const goldens = join(projectRoot, 'test', 'goldens', 'agents');
const first = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));

type Scene = { readonly name: string; readonly root: string; readonly today: string };

/** The sample without the two lines that the package stops at or takes for a dollar. */
function sample(): Scene {
  const root = join(base, 'fleet');
  cpSync(join(goldens, 'fleet'), root, { recursive: true });
  drop(join(root, 'ledgerly/log/2026-05/2026-05-19.jsonl'), (line) => line.startsWith('["an array'));
  drop(join(root, 'quill/log/2026-05/2026-05-16.jsonl'), (line) => line.includes('"cost_usd": true'));
  return { name: 'fleet', root, today: '2026-06-08' };
}

function drop(path: string, what: (line: string) => boolean): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines.filter(what)).toHaveLength(1);
  rmSync(path);
  writeFileSync(path, lines.filter((line) => !what(line)).join('\n'));
}

function caldwell(): Scene {
  const root = join(base, 'caldwell-root');
  cpSync(join(goldens, 'caldwell'), join(root, 'caldwell'), { recursive: true });
  return { name: 'caldwell', root, today: '2026-05-07' };
}

function generated(seed: number): Scene {
  const root = join(base, `seed-${seed}`);
  generateFleet(root, { seed, forRuntime: true });
  return { name: `seed ${seed}`, root, today: GENERATED_TODAY };
}

const close = (wanted: number, places: number) => (value: number) =>
  Math.abs(value - wanted) <= 0.5000001 * 10 ** -places;

async function ours(scene: Scene) {
  const { store, tables, folder } = await openAgents(scene.root);
  const report = (agent: string | null): CostReport =>
    costReport(tables, folder, {
      agent,
      range: { from: `${scene.today.slice(0, 7)}-01`, to: scene.today },
      by: 'model',
      counting: 'logged',
      today: scene.today,
      todayIsOver: true,
      top: (query, count) => topRows(store, query, 'cost', count),
    });
  return { tables, folder, report };
}

function theirs(scene: Scene, mains: Readonly<Record<string, string>>): PeerFigures {
  const now = `${scene.today}T23:59:59.999999+00:00`;
  return realPackage([{ do: 'figures', ...scene, now, mains }])[0] as PeerFigures;
}

const scenes =
  python === null ? [] : [sample(), caldwell(), ...[0, 1, 2, 3, 4].map((at) => generated(first + at))];

describe.runIf(python !== null)('our figures beside those of the real dashboard', () => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))('of %s are the same', async (_name, scene) => {
    const { tables, folder, report } = await ours(scene);
    const reports = new Map(tables.agents.map(({ agent }) => [agent, report(agent)]));
    const mains = Object.fromEntries(
      [...reports].flatMap(([agent, { helpers }]) => (helpers.lines > 0 ? [[agent, helpers.mainModel]] : [])),
    );
    const peer = theirs(scene, mains);
    const at = (what: string): string => `${scene.name}: ${what}`;
    const all = report(null);

    expect(all.month.lines, at('runs')).toBe(peer.global.total_runs);
    expect(all.month.costMicros / 1e6, at('cost')).toSatisfy(close(peer.global.total_cost, 4));
    expect(all.failed.lines, at('errors')).toBe(peer.global.total_errors);
    expect(all.cache.hitPercent ?? 0, at('cache')).toBe(peer.global.composite_cache_hit_pct);
    const before = all.lastMonth.costMicros;
    const delta = before === 0 ? 0 : ((all.month.costMicros - before) / before) * 100;
    expect(roundEven(delta, 1), at('delta')).toSatisfy(close(peer.global.delta_vs_prior_period.cost_pct, 1));
    expect(
      all.top.map(({ costMicros }) => (costMicros ?? 0) / 1e6),
      at('top runs'),
    ).toEqual(peer.global.top_runs.map(({ cost_usd }) => cost_usd));
    const trend = peer.global.monthly_trend;
    for (const { month, costMicros } of all.months) {
      const wanted = trend.filter((one) => one.month === month).reduce((sum, { cost }) => sum + cost, 0);
      expect(Math.abs(costMicros / 1e6 - wanted), at(`trend of ${month}`)).toBeLessThan(0.0005);
    }
    const providers: Record<string, number> = {};
    for (const { key, costMicros } of all.groups) {
      const provider = providerOf(key === '' ? null : key);
      providers[provider] = (providers[provider] ?? 0) + costMicros;
    }
    for (const [provider, cost] of Object.entries(peer.global.by_provider)) {
      expect((providers[provider] ?? 0) / 1e6, at(provider)).toSatisfy(close(cost, 4));
    }

    for (const summary of peer.global.agents) {
      const own = reports.get(summary.name)!;
      expect(
        {
          runs: own.sum.lines,
          cost: own.sum.costMicros,
          input: own.sum.inputTokens,
          output: own.sum.outputTokens,
          errors: own.failed.lines,
          cache: own.cache.hitPercent ?? 0,
          helpers: own.helpers.lines,
          helperCost: own.helpers.costMicros,
        },
        at(summary.name),
      ).toEqual({
        runs: summary.runs,
        cost: Math.round(summary.cost_usd * 1e6),
        input: summary.input_tokens,
        output: summary.output_tokens,
        errors: summary.errors,
        cache: summary.cache_hit_pct,
        helpers: summary.helper_runs,
        helperCost: Math.round(summary.helper_cost_usd * 1e6),
      });
      // a line without a model is "n/a" to the package
      const models = new Map<string, number>();
      for (const { key, lines } of own.groups) {
        const name = key === '' ? 'n/a' : key;
        models.set(name, (models.get(name) ?? 0) + lines);
      }
      expect(Object.fromEntries(models), at(summary.name)).toEqual(summary.runs_by_model);
    }

    for (const [agent, { data, spent }] of Object.entries(peer.agents)) {
      const own = reports.get(agent)!;
      const records = tables.agents.find((one) => one.agent === agent)!;
      expect(own.cache.savedMicros / 1e6, at(`${agent} cache`)).toSatisfy(close(data.cache_savings_usd, 6));
      const caps = data.suggested_caps;
      expect(own.suggested === null, at(agent)).toBe(caps === null);
      if (caps !== null) {
        expect(
          [own.suggested!.dailyMicros / 1e6, own.suggested!.monthlyMicros / 1e6],
          at(`${agent} caps`),
        ).toEqual([caps.suggested_daily_cap_usd, caps.suggested_monthly_cap_usd]);
      }
      if (data.helper_savings !== null) {
        expect(own.helpers.wouldCostMicros / 1e6).toSatisfy(
          close(data.helper_savings.hypothetical_main_cost, 6),
        );
        expect(own.helpers.savedMicros / 1e6).toSatisfy(close(data.helper_savings.saved, 6));
        // a ratio of 3.75 is one side or the other, by the order of the package's sums
        expect(Math.abs((own.helpers.ratio ?? 0) - data.helper_savings.cost_ratio)).toBeLessThan(0.1001);
      }
      for (const { day, costMicros } of own.days) {
        expect(costMicros / 1e6, at(`${agent} ${day}`)).toSatisfy(close(data.daily_costs[day]!, 4));
      }
      const today = dayOf(scene.today)!;
      const day = spentOnDay(records, today, today);
      const month = spentInMonth(records, today);
      expect(microsOf(day.nanos) / 1e6, at(`${agent} today`)).toSatisfy(close(spent.today.total_usd, 6));
      // a blind day makes the package's whole month 0, as ours
      expect(microsOf(month.nanos) / 1e6, at(`${agent} month`)).toSatisfy(
        close(spent.this_month.total_usd, 6),
      );
      const doubtful = month.blind !== null || month.leftOut.length > 0 || month.corrupt.length > 0;
      expect(doubtful, at(`${agent} degraded`)).toBe(spent.this_month.degraded);
      const trendOf = readEvals(folder, agent, scene.today, null);
      const peerTrend = peer.trends[agent];
      if (peerTrend !== undefined) {
        expect(trendOf.trend.map((one) => one.day)).toEqual(peerTrend.daily_scores.map(([of]) => of));
        for (const [of, mean] of peerTrend.daily_scores) {
          expect(trendOf.trend.find((one) => one.day === of)!.mean).toBeCloseTo(mean, 9);
        }
      }
    }

    const activity = tables.agents.map((records) => {
      const input = {
        today: scene.today,
        nowMicros: endOf(dayOf(scene.today)!),
        extras: () => ({
          running: { state: 'idle' as const, how: '', pid: null },
          notLoaded: 0,
          toAnswer: 0,
          goals: null,
        }),
      };
      return agentReport(records, folder, { ...input, recent: [], toAnswer: [], goals: [] }).activity;
    });
    const total = (key: keyof (typeof activity)[number]): number =>
      activity.reduce((sum, one) => sum + one[key].value, 0);
    expect(
      {
        runs: total('runs7d'),
        failures: total('failures7d'),
        toolCalls: total('toolCalls7d'),
        delegations: total('delegations7d'),
      },
      at('week'),
    ).toEqual(peer.week);
    if (!('failed' in peer.activity)) {
      expect([total('runs7d'), total('runs24h')], at('activity')).toEqual([
        peer.activity.runs_7d,
        peer.activity.runs_24h,
      ]);
    }
  });

  it('price a call as the package does, for every model of its table', () => {
    const below = randomBelow(first);
    const models = [...PRICES].flatMap(([name, rate]) => (rate.embedding ? [] : [name]));
    const calls = Array.from({ length: 3000 }, () => {
      const input = below(60_000);
      return [
        models[below(models.length)]!,
        input,
        below(9000),
        below(3) === 0 ? below(input + 1) : 0,
      ] as const;
    });
    const [table, costs] = realPackage([{ do: 'prices' }, { do: 'cost', calls }]) as [
      { readonly chat: object; readonly embedding: object },
      readonly number[],
    ];
    expect([...models].toSorted()).toEqual(Object.keys(table.chat).toSorted());
    const embeddings = [...PRICES].flatMap(([name, rate]) => (rate.embedding ? [name] : []));
    expect(embeddings.toSorted()).toEqual(Object.keys(table.embedding).toSorted());
    calls.forEach(([model, input, output, hit], at) => {
      const nanos = costNanosAt(rateOf(model)!, input, output, hit);
      // floating sums of the package may fall to the other side of a half
      expect(Math.abs(nanos / 1000 - costs[at]! * 1e6), `${model} ${input} ${output} ${hit}`).toBeLessThan(
        1.0001,
      );
    });
  });
});

describe.runIf(python !== null)('where the real package differs', () => {
  it('it stops at a line that is no object, takes a boolean for a dollar, and n/a for a model', async () => {
    const root = join(base, 'odd');
    cpSync(join(goldens, 'fleet', 'quill'), join(root, 'quill'), { recursive: true });
    const scene = { name: 'odd', root, today: '2026-05-16' };
    const { report } = await ours(scene);
    const peer = theirs(scene, {});
    expect(peer.global.total_cost - report(null).month.costMicros / 1e6).toBeCloseTo(1, 3);
    const path = join(root, 'quill/log/2026-05/2026-05-16.jsonl');
    const before = readFileSync(path, 'utf8');
    rmSync(path);
    writeFileSync(path, `${before}["an array"]\n`);
    expect(() => theirs(scene, {})).toThrow(/no attribute 'get'/);
    const whole = theirs({ ...scene, root: join(base, 'fleet'), today: '2026-06-08' }, {});
    const own = await ours({ name: 'fleet', root: join(base, 'fleet'), today: '2026-06-08' });
    const harbor = own.report('harbor').helpers;
    expect(harbor.mainModel).toBe('claude-sonnet-4-6-20260101');
    expect(whole.agents['harbor']!.ownHelperSavings!.hypothetical_main_cost * 1e6).toBeGreaterThan(
      harbor.wouldCostMicros,
    );
  });
});
