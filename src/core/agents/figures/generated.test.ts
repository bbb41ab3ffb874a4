import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GENERATED_TODAY, generateFleet } from '../../../../test/support/agents-fleet.ts';
import { reference } from '../../../../test/support/agents-reference.ts';
import type { RecordTables } from '../records/table.ts';
import { openFolder } from '../folder.ts';
import type { AgentFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import type { RecordStore } from '../records/open.ts';
import { topRows } from '../records/window.ts';
import { readSettings } from '../settings.ts';
import { agentReport } from './agent.ts';
import { costReport } from './costs.ts';
import { dayOf, endOf } from './days.ts';
import { fleetReport } from './fleet.ts';
import { disagreements, figuresIn } from './testing.ts';
import { whatIf } from './what-if.ts';
import { COST_DIMENSIONS } from '../../../contract/costs.ts';
import { randomBelow } from '../../../../test/support/random.ts';
import { agentsRootAt } from '../root.ts';
import { expectedForm } from './expected-form.ts';

const first = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
const seeds = Array.from({ length: 8 }, (_, at) => first + at);
const base = mkdtempSync(join(tmpdir(), 'vekscope-generated-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe.each(seeds)('a generated fleet of seed %i', (seed) => {
  const root = join(base, String(seed));
  let tables: RecordTables;
  let records: RecordStore;
  let folder: AgentFolder;
  beforeAll(async () => {
    generateFleet(root, { seed });
    const place = agentsRootAt(root);
    if (!place.ok || place.value === null) throw new Error('no agents');
    const store = await openRecords(place.value, { dataDir: join(base, 'data') });
    if (!store.ok) throw new Error(store.error.message);
    records = store.value;
    tables = records.tables();
    folder = openFolder(place.value);
  });

  it('has the figures of the slow reference, field by field', () => {
    const wanted = reference(root, GENERATED_TODAY);
    const form = expectedForm(tables, folder, GENERATED_TODAY, []);
    for (const [agent, figures] of Object.entries(wanted.agents)) {
      const { memory: _memory, escalations: _escalations, ...own } = form.agents[agent]!;
      for (const [field, value] of Object.entries(figures)) {
        expect({ [field]: own[field as keyof typeof own] }, `seed ${seed}: ${agent}.${field}`).toEqual({
          [field]: value,
        });
      }
      expect(Object.keys(own).toSorted()).toEqual(Object.keys(figures).toSorted());
    }
    expect(form.fleet, `seed ${seed}`).toEqual(wanted.fleet);
  });

  const input = {
    today: GENERATED_TODAY,
    nowMicros: endOf(dayOf(GENERATED_TODAY)!),
    extras: () => ({
      running: { state: 'idle' as const, how: '', pid: null },
      notLoaded: 0,
      toAnswer: 0,
      goals: null,
    }),
  };

  it('has cost reports of which every figure is what its own query finds', () => {
    const below = randomBelow(seed);
    const agents = [null, ...tables.agents.map(({ agent }) => agent)];
    for (const by of COST_DIMENSIONS) {
      for (const counting of ['once', 'logged'] as const) {
        const agent = agents[below(agents.length)]!;
        const from = `2026-0${1 + below(6)}-1${below(10)}`;
        const range = { from, to: GENERATED_TODAY };
        const top = (query: string, count: number) => topRows(records, query, 'cost', count);
        const report = costReport(tables, folder, {
          agent,
          range,
          by,
          counting,
          today: GENERATED_TODAY,
          todayIsOver: below(2) === 0,
          top,
        });
        const { recomputed, doubled, ...rest } = report;
        const { mirrors, ...sums } = doubled;
        const parts = [rest, { ...recomputed, query: undefined }, mirrors];
        expect(
          parts.flatMap((part) => disagreements(tables, part)),
          `seed ${seed}`,
        ).toEqual([]);
        expect(figuresIn(report)).toBeGreaterThan(15);
        expect(report.groups.reduce((sum, { lines }) => sum + lines, 0)).toBe(report.sum.lines);
        expect(report.days.reduce((sum, { lines }) => sum + lines, 0)).toBe(report.sum.lines);
        for (const day of report.days) {
          expect(day.parts.reduce((sum, { lines }) => sum + lines, 0)).toBe(day.lines);
        }
        expect(sums[counting === 'once' ? 'onceMicros' : 'loggedMicros']).toBe(report.sum.costMicros);
        for (const row of report.top)
          expect(row.costMicros ?? 0).toBeLessThanOrEqual(report.top[0]!.costMicros ?? 0);
      }
    }
  });

  it('has reports of the fleet and of agents of which every figure is what its own query finds', () => {
    const fleet = fleetReport(tables, folder, input);
    expect(disagreements(tables, fleet), `seed ${seed}`).toEqual([]);
    for (const one of tables.agents) {
      const rest = { recent: [], toAnswer: [], goals: [] };
      const report = agentReport(one, folder, { ...input, ...rest });
      expect(disagreements(tables, report), `seed ${seed}`).toEqual([]);
      const span = { from: dayOf('2026-05-01')!, to: dayOf(GENERATED_TODAY)! };
      const settings = readSettings(folder, one.agent);
      for (const cap of [null, 0, 20_000, 1e12]) {
        const what = whatIf(one, settings, span, { dailyCapMicros: cap, monthlyCapMicros: null });
        expect(disagreements(tables, what), `seed ${seed}`).toEqual([]);
        if (cap === null || cap === 1e12)
          expect([what.daysHit, what.runsHit, what.overMicros]).toEqual([0, 0, 0]);
        else if (cap === 0) expect(what.daysHit).toBe(what.days.length);
      }
    }
  });
});
