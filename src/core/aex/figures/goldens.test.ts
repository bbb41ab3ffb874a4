import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyGoldenLedger, goldenLedgers } from '../../../../test/support/aex/golden-copies.ts';
import { projectRoot } from '../../../../test/support/peers.ts';
import { value } from '../../../../test/support/writes.ts';
import type { LedgerColumns } from '../columns.ts';
import { openIndex } from '../index/open.ts';
import { lookAtLedger } from '../store.ts';
import { noFacts } from '../views/facts.ts';
import { rowsOfQuery } from '../views/match.ts';
import { costOf, outcomesOf, OUTCOMES } from '../views/rows.ts';
import { burnWindows } from '../rules/burn-windows.ts';
import { readTimestamp } from '../../records/time.ts';
import { accountsOf } from './accounts.ts';
import { spendBy } from './spend.ts';

type Derived = {
  readonly agents: readonly {
    readonly name: string;
    readonly spent_micro: number;
    readonly reserved_micro: number;
  }[];
  readonly execution_states: readonly { readonly state: string; readonly n: number }[];
  readonly event_types: readonly { readonly event_type: string; readonly n: number }[];
  readonly spend_by_day_agent: readonly {
    readonly day: string;
    readonly agent: string;
    readonly n: number;
    readonly cost: number;
  }[];
  readonly spend_by_model: readonly {
    readonly model: string | null;
    readonly n: number;
    readonly cost: number;
  }[];
};
type Expected = {
  readonly derived: Derived;
  readonly metrics_now: string;
  readonly metrics: {
    readonly burn_rate_windows: Record<string, unknown>;
    readonly agents: readonly {
      readonly name: string;
      readonly burn_rate_micro_per_sec: number;
      readonly ttb_seconds: number | null;
    }[];
  };
};

const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(projectRoot, 'test/goldens/aex', name, 'expected.json'), 'utf8')) as Expected;

async function opened<T>(
  name: string,
  use: (columns: LedgerColumns, created: ReadonlyMap<string, string>) => T,
): Promise<T> {
  const { paths, drop } = copyGoldenLedger(name);
  try {
    const { columns } = value(await openIndex(paths, { dataDir: null }));
    const created = value(
      lookAtLedger(
        paths,
        (look) => new Map(look.accounts().map((account) => [account.name, account.createdAt ?? ''])),
      ),
    );
    return use(columns, created);
  } finally {
    drop();
  }
}

/** Ledgers in which somebody touched an entry that spends: the older stream still has what was written. */
const TOUCHED = new Set([
  'tampered-agent-column',
  'tampered-delete-tail',
  'tampered-payload',
  'tampered-payload-one-rehash',
  'tampered-rewritten',
  'tampered-timestamp',
  'tampered-type',
]);

const inOrder = (rows: readonly unknown[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted();

describe.each(goldenLedgers)('the spending of %s by the chained log', (name) => {
  it(`${TOUCHED.has(name) ? 'differs from' : 'is'} what the older stream says`, async () => {
    const { derived } = expectedOf(name);
    const [ours, theirs] = await opened(name, (columns) => {
      const agents = [...accountsOf(columns, []).keys()];
      const models = spendBy(columns, 'model').map((row) => [row.key, row.settlements, row.spentMicro]);
      const days = agents.flatMap((agent) =>
        spendBy(columns, 'day', agent).map((row) => [row.key, agent, row.settlements, row.spentMicro]),
      );
      return [
        inOrder([...models, ...days]),
        inOrder([
          ...derived.spend_by_model.map((row) => [row.model ?? '', row.n, row.cost]),
          ...derived.spend_by_day_agent.map((row) => [row.day, row.agent, row.n, row.cost]),
        ]),
      ];
    });
    if (TOUCHED.has(name)) expect(ours).not.toEqual(theirs);
    else expect(ours).toEqual(theirs);
  });
});

describe.each(['small', 'week', 'week-large', 'protocol'])('the figures of %s', (name) => {
  const { derived, metrics, metrics_now } = expectedOf(name);

  it('are those of its tables', async () => {
    await opened(name, (columns) => {
      const accounts = accountsOf(columns, []);
      for (const { name: agent, spent_micro, reserved_micro } of derived.agents)
        if (accounts.has(agent))
          expect(accounts.get(agent)!.replayed).toEqual({
            spentMicro: spent_micro,
            reservedMicro: reserved_micro,
          });
        else expect(spent_micro).toBe(0);
      for (const { event_type, n } of derived.event_types)
        expect(rowsOfQuery(columns, `type:${event_type}`, noFacts(0))).toHaveLength(n);
      const codes = outcomesOf(columns);
      const STATES = {
        COMMITTED: 'spent',
        RELEASED: 'released',
        DENIED: 'denied',
        FAILED: 'failed',
      } as const;
      for (const [state, outcome] of Object.entries(STATES)) {
        const wanted = derived.execution_states
          .filter((row) => row.state === state)
          .reduce((sum, row) => sum + row.n, 0);
        expect(codes.filter((code) => OUTCOMES[code] === outcome)).toHaveLength(wanted);
      }
    });
  });

  it('give the original’s burn rates', async () => {
    const now = readTimestamp(metrics_now)!.micros;
    await opened(name, (columns, created) => {
      const accounts = accountsOf(columns, []);
      for (const [agent, wanted] of Object.entries(metrics.burn_rate_windows)) {
        const rows = rowsOfQuery(columns, accounts.get(agent)!.settlements.query, noFacts(0));
        const events = Array.from(rows, (row) => ({
          micros: columns.micros[row]!,
          costMicro: costOf(columns, row),
        }));
        expect(burnWindows(events, now)).toEqual(wanted);
      }
      for (const { name: agent, burn_rate_micro_per_sec } of metrics.agents) {
        const age = Math.floor((now - readTimestamp(created.get(agent)!)!.micros) / 1e6);
        const spent = accounts.get(agent)?.replayed.spentMicro ?? 0;
        expect(Math.floor(spent / Math.max(1, age))).toBe(burn_rate_micro_per_sec);
      }
    });
  });
});
