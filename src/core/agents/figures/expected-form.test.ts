import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { readEscalations } from '../escalations/read.ts';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { topRows } from '../records/window.ts';
import { agentsRootAt } from '../root.ts';
import { costReport } from './costs.ts';
import { dayOf, endOf } from './days.ts';
import { expectedForm } from './expected-form.ts';

const goldens = join(projectRoot, 'test', 'goldens', 'agents');

async function opened(name: string) {
  const root = agentsRootAt(join(goldens, name));
  if (!root.ok || root.value === null) throw new Error(`no agents in ${name}`);
  const store = await openRecords(root.value, { dataDir: mkdtempSync(join(tmpdir(), 'vekscope-figures-')) });
  if (!store.ok) throw new Error(store.error.message);
  return { store: store.value, folder: openFolder(root.value) };
}

async function formOf(name: string, today: string) {
  const { store, folder } = await opened(name);
  const { escalations } = readEscalations(folder, endOf(dayOf(today)!));
  return expectedForm(store.tables(), folder, today, escalations);
}

describe('the figures of the samples', () => {
  it('are those of expected.json, every field of every agent and of the fleet', async () => {
    const expected = JSON.parse(readFileSync(join(goldens, 'fleet', 'expected.json'), 'utf8'));
    const form = await formOf('fleet', expected.today);
    expect(form.agents).toEqual(expected.agents);
    expect(form.fleet).toEqual(expected.fleet);
    for (const [agent, figures] of Object.entries(form.agents)) {
      expect(Object.keys(figures), agent).toEqual(Object.keys(expected.agents[agent]));
    }
  });

  it('of Caldwell are those that the dashboard printed', async () => {
    const expected = JSON.parse(readFileSync(join(goldens, 'caldwell.expected.json'), 'utf8'));
    const { store, folder } = await opened('caldwell');
    const report = costReport(store.tables(), folder, {
      agent: 'caldwell',
      range: { from: '2026-05-01', to: expected.today },
      by: 'model',
      counting: 'logged',
      today: expected.today,
      todayIsOver: true,
      top: (query, count) => topRows(store, query, 'cost', count),
    });
    expect(report.month.lines).toBe(expected.total_runs);
    expect(report.month.costMicros / 1e6).toBe(expected.total_cost_usd);
    expect(report.sum).toEqual({
      lines: expected.total_runs,
      inputTokens: expected.input_tokens,
      outputTokens: expected.output_tokens,
      costMicros: Math.round(expected.total_cost_usd * 1e6),
    });
    expect(report.cache.hitPercent).toBe(expected.cache_hit_pct);
    expect(report.failed.lines).toBe(expected.errors);
    expect(report.helpers.lines).toBe(expected.helper_runs);
    expect(report.helpers.costMicros / 1e6).toBe(expected.helper_cost_usd);
    const models = report.groups.map(({ key, lines, costMicros }) => [
      key,
      { runs: lines, cost_usd: costMicros / 1e6 },
    ]);
    expect(Object.fromEntries(models)).toEqual(expected.by_model);
    // two runs cost the same, so their order is free
    const top = report.top.slice(0, 5).map(({ ts, costMicros }) => ({ ts, cost_usd: costMicros! / 1e6 }));
    const order = (runs: typeof top) =>
      runs.toSorted((a, b) => b.cost_usd - a.cost_usd || (a.ts! < b.ts! ? -1 : 1));
    expect(order(top)).toEqual(order(expected.top_runs));
    const months = report.months.filter(({ lines }) => lines > 0);
    expect(months.map(({ month, costMicros }) => [month, costMicros / 1e6])).toEqual([['2026-05', 0.86974]]);
    expect(report.lastMonth.costMicros).toBe(0);
  });
});
