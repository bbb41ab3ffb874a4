import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../../src/core/agents/folder.ts';
import { openRecords } from '../../src/core/agents/records/open.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { peerPython, projectRoot } from './peers.ts';

/** What the real package is asked; see agents_peer.py. */
export type PeerJob =
  | {
      readonly do: 'figures';
      readonly root: string;
      readonly today: string;
      readonly now: string;
      readonly mains: Readonly<Record<string, string>>;
    }
  | { readonly do: 'doctor'; readonly root: string; readonly agent: string }
  | { readonly do: 'cost'; readonly calls: readonly (readonly [string, number, number, number])[] }
  | { readonly do: 'prices' };

type Summary = {
  readonly name: string;
  readonly runs: number;
  readonly cost_usd: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_hit_pct: number;
  readonly errors: number;
  readonly helper_runs: number;
  readonly helper_cost_usd: number;
  readonly cost_by_model: Readonly<Record<string, number>>;
  readonly runs_by_model: Readonly<Record<string, number>>;
};
type Savings = {
  readonly helper_calls: number;
  readonly helper_actual_cost: number;
  readonly hypothetical_main_cost: number;
  readonly saved: number;
  readonly cost_ratio: number;
} | null;
type Spent = { readonly total_usd: number; readonly degraded: boolean; readonly dropped_records: number };

/** The figures of the real package's dashboard. */
export type PeerFigures = {
  readonly global: {
    readonly total_cost: number;
    readonly total_runs: number;
    readonly composite_cache_hit_pct: number;
    readonly total_errors: number;
    readonly agents: readonly Summary[];
    readonly top_runs: readonly { readonly cost_usd: number }[];
    readonly delta_vs_prior_period: { readonly cost_pct: number };
    readonly monthly_trend: readonly {
      readonly month: string;
      readonly agent: string;
      readonly cost: number;
    }[];
    readonly by_model_global: Readonly<Record<string, number>>;
    readonly by_provider: Readonly<Record<string, number>>;
  };
  readonly agents: Readonly<
    Record<
      string,
      {
        readonly data: {
          readonly daily_costs: Readonly<Record<string, number>>;
          readonly helper_savings: Savings;
          readonly cache_savings_usd: number;
          readonly suggested_caps: {
            readonly suggested_daily_cap_usd: number;
            readonly suggested_monthly_cap_usd: number;
          } | null;
        };
        readonly spent: { readonly today: Spent; readonly this_month: Spent };
        readonly ownHelperSavings: Savings;
      }
    >
  >;
  /** `failed`: naive and other times can't be compared by it */
  readonly activity:
    | { readonly runs_24h: number; readonly runs_7d: number; readonly failures_24h: number }
    | { readonly failed: string };
  readonly week: {
    readonly runs: number;
    readonly failures: number;
    readonly toolCalls: number;
    readonly delegations: number;
  };
  readonly trends: Readonly<
    Record<
      string,
      { readonly daily_scores: readonly (readonly [string, number])[]; readonly delta_30d: number | null }
    >
  >;
};

export type PeerCheck = { readonly name: string; readonly status: string; readonly message: string };

/** Has the real package do its jobs in one process, without any backend that the environment might name. */
export function realPackage(jobs: readonly PeerJob[]): unknown[] {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('ATOMIC_AGENTS_')),
  );
  const ran = spawnSync(peerPython()!, [join(projectRoot, 'test', 'support', 'agents_peer.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...env, TZ: 'UTC', HOME: mkdtempSync(join(tmpdir(), 'vekscope-home-')) },
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as unknown[];
}

/** Opens a root as the engine does. */
export async function openAgents(path: string) {
  const root = agentsRootAt(path);
  if (!root.ok || root.value === null) throw new Error(`There are no agents in ${path}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-agents-data-'));
  const store = await openRecords(root.value, { dataDir });
  if (!store.ok) throw new Error(store.error.message);
  return { store: store.value, tables: store.value.tables(), folder: openFolder(root.value) };
}
