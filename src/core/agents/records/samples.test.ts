import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sum } from '../../../contract/records.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import { facets } from './facets.ts';
import { matchRecords } from './match.ts';
import { openRecords, type RecordStore } from './open.ts';
import { topRows } from './window.ts';

const goldens = join(projectRoot, 'test', 'goldens', 'agents');
const scratch = mkdtempSync(join(tmpdir(), 'vekscope-samples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Expected = { lines: number; input_tokens: number; output_tokens: number; cost_usd: number };
type ExpectedAgent = {
  bad: Record<string, number>;
  total: Expected;
  total_without_delegate_mirrors_usd: number;
  status: Record<string, number>;
  cache: { hit: number; miss: number };
  helpers: Expected;
  delegate_mirrors: { lines: number; cost_usd: number; resolved: number };
  log_files: number;
  children_without_parent_line: number;
} & Record<string, unknown>;

const fleet = JSON.parse(readFileSync(join(goldens, 'fleet', 'expected.json'), 'utf8')) as {
  agents: Record<string, ExpectedAgent>;
  fleet: Record<string, unknown>;
};

const formOf = (sum: Sum): Expected => ({
  lines: sum.lines,
  input_tokens: sum.inputTokens,
  output_tokens: sum.outputTokens,
  cost_usd: sum.costMicros / 1e6,
});

async function open(root: string, names: readonly string[]): Promise<RecordStore> {
  const agents = names.map((name) => ({ name, dir: join(root, name), logOnly: false }));
  const place = { path: root, single: null, shared: root, agents, cascades: [], leftOut: [], notes: [] };
  const opened = await openRecords(place, { dataDir: join(scratch, 'data') });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe('the sample fleet', () => {
  const names = Object.keys(fleet.agents);
  let store: RecordStore;
  beforeAll(async () => {
    store = await open(join(goldens, 'fleet'), names);
  });
  const sumOf = (query: string): Expected => formOf(matchRecords(store.tables(), query).sum);
  const spread = (query: string, key: Parameters<typeof facets>[2]): Record<string, Expected> =>
    Object.fromEntries(facets(store.tables(), query, key).map((facet) => [facet.value, formOf(facet)]));

  it('as a whole has the sums that were expected', () => {
    const { sum, total } = matchRecords(store.tables(), '');
    expect(total).toBe(fleet.fleet['records']);
    expect(sum.costMicros / 1e6).toBe(fleet.fleet['cost_all_lines_usd']);
    expect(sumOf('-is:mirror').cost_usd).toBe(fleet.fleet['cost_without_delegate_mirrors_usd']);
    expect(sumOf('is:mirror').cost_usd).toBe(fleet.fleet['double_counted_usd']);
    expect(spread('', 'day')).toEqual(fleet.fleet['by_day']);
    expect(spread('', 'model')).toEqual(fleet.fleet['by_model']);
  });

  it.each(Object.entries(fleet.agents))('agent %s has the sums that were expected', (name, wanted) => {
    const one = `agent:${name}`;
    expect(sumOf(one)).toEqual(wanted.total);
    for (const [form, key] of [
      ['by_day', 'day'],
      ['by_model', 'model'],
      ['by_month', 'month'],
      ['by_trigger', 'trigger'],
      ['by_cost_source', 'source'],
    ] as const)
      expect(spread(one, key)).toEqual(wanted[form]);
    const statuses = Object.entries(spread(one, 'status')).filter(([status]) => status !== '');
    expect(Object.fromEntries(statuses.map(([status, { lines }]) => [status, lines]))).toEqual(wanted.status);
    expect(sumOf(`${one} is:helper`)).toEqual(wanted.helpers);
    expect(sumOf(`${one} -is:mirror`).cost_usd).toBe(wanted.total_without_delegate_mirrors_usd);
    const mirrors = sumOf(`${one} is:mirror,mirror-alone`);
    expect({
      lines: mirrors.lines,
      cost_usd: mirrors.cost_usd,
      resolved: sumOf(`${one} is:mirror`).lines,
    }).toEqual(wanted.delegate_mirrors);
    expect(sumOf(`${one} is:orphan`).lines).toBe(wanted.children_without_parent_line);

    const records = store.tables().agents.find(({ agent }) => agent === name)!;
    expect(records.files.length).toBe(wanted.log_files);
    const { rows } = matchRecords(store.tables(), one).agents.find(({ records: r }) => r === records)!;
    const total = (column: Float64Array): number => rows.reduce((sum, row) => sum + column[row]!, 0);
    expect([total(records.hitTokens), total(records.missTokens)]).toEqual([
      wanted.cache.hit,
      wanted.cache.miss,
    ]);
    expect(badOf(store, name)).toEqual(wanted.bad);
  });

  it('opens the very rows of a figure', () => {
    const rows = topRows(store, 'agent:quill model:claude-opus-4-7-20260101', 'cost', 3);
    expect(rows.map(({ costMicros }) => costMicros)).toEqual(
      rows.map(({ costMicros }) => costMicros).toSorted((a, b) => b! - a!),
    );
    expect(new Set(rows.map(({ agent, model }) => `${agent} ${model}`))).toEqual(
      new Set(['quill claude-opus-4-7-20260101']),
    );
  });
});

/** The counts of `expected.json`, by its names; a torn line is being written as long as the copy is fresh. */
function badOf(store: RecordStore, agent: string): Record<string, number> {
  const { badCounts } = store.tables().agents.find((one) => one.agent === agent)!;
  const lines = (query: string): number => matchRecords(store.tables(), `agent:${agent} ${query}`).total;
  const counts = {
    not_json: badCounts['not-json'],
    torn_tail: badCounts.torn + badCounts['being-written'],
    not_object: badCounts['not-object'],
    bad_cost: lines('is:bad-cost'),
    bad_ts: lines('is:undated'),
    naive_ts_kept: lines('is:naive'),
    misfiled_kept: lines('is:misfiled'),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

describe('the published sample', () => {
  const wanted = JSON.parse(readFileSync(join(goldens, 'caldwell.expected.json'), 'utf8')) as {
    total_runs: number;
    total_cost_usd: number;
    input_tokens: number;
    output_tokens: number;
    helper_runs: number;
    helper_cost_usd: number;
    by_model: Record<string, { runs: number; cost_usd: number }>;
    top_runs: { ts: string; cost_usd: number }[];
  };

  it('has the sums that the runtime printed for it', async () => {
    const root = join(scratch, 'root');
    cpSync(join(goldens, 'caldwell'), join(root, 'caldwell'), { recursive: true });
    const store = await open(root, readdirSync(root));
    const { sum } = matchRecords(store.tables(), '');
    expect(formOf(sum)).toEqual({
      lines: wanted.total_runs,
      input_tokens: wanted.input_tokens,
      output_tokens: wanted.output_tokens,
      cost_usd: wanted.total_cost_usd,
    });
    const helpers = matchRecords(store.tables(), 'is:helper').sum;
    expect([helpers.lines, helpers.costMicros / 1e6]).toEqual([wanted.helper_runs, wanted.helper_cost_usd]);
    const models = facets(store.tables(), '', 'model').map(({ value, lines, costMicros }) => [
      value,
      { runs: lines, cost_usd: costMicros / 1e6 },
    ]);
    expect(Object.fromEntries(models)).toEqual(wanted.by_model);
    const top = topRows(store, '', 'cost', wanted.top_runs.length);
    expect(top.map(({ costMicros }) => costMicros! / 1e6)).toEqual(
      wanted.top_runs.map(({ cost_usd }) => cost_usd),
    );
    expect(new Set(top.map(({ ts }) => ts))).toEqual(new Set(wanted.top_runs.map(({ ts }) => ts)));
  });
});
