import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { checkLedger } from '../check/check.ts';

type Settled = { readonly id: string; readonly from: number; readonly to: number; readonly cost: number };

/** A settled call of an agent whose entries stand one behind the other. */
const SETTLED = `SELECT execution_id AS id, min(seq) AS "from", max(seq) AS "to",
    sum(iif(event_type = 'usage.commit', json_extract(payload_json, '$.cost_micro'), 0)) AS cost
  FROM event_log WHERE agent = 'reviewer' GROUP BY execution_id
  HAVING count(*) = 3 AND max(seq) - min(seq) = 2 AND cost > 0 ORDER BY seq LIMIT 1`;

it('a call that was given to another agent in all but the older stream is one finding about all its entries', async () => {
  const { paths, drop } = copyGoldenLedger('week');
  const db = new Database(paths.db);
  const call = db.prepare<[], Settled>(SETTLED).get()!;
  for (const table of ['event_log', 'executions', 'reservations'])
    db.prepare(`UPDATE ${table} SET agent = 'planner' WHERE execution_id = ?`).run(call.id);
  db.prepare(`UPDATE agents SET spent_micro = spent_micro - ? WHERE name = 'reviewer'`).run(call.cost);
  db.prepare(`UPDATE agents SET spent_micro = spent_micro + ? WHERE name = 'planner'`).run(call.cost);
  db.close();
  const report = value(await checkLedger(paths, { dataDir: null }));
  drop();
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([
    { kind: 'agent-differs', seq: call.from, range: { from: call.from, to: call.to } },
  ]);
  // the spent counters were changed with it, the counters of tokens were not: they are not one witness
  const sides = new Map<string, Set<boolean>>();
  for (const { where, agrees } of errors[0]!.because)
    sides.set(where, (sides.get(where) ?? new Set()).add(agrees));
  expect([...sides].filter(([, both]) => both.size > 1)).toEqual([]);
  expect([...sides.keys()].filter((where) => where.startsWith('the token counters of'))).not.toEqual([]);
});
