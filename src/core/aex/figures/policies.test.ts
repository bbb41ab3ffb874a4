import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger, goldenLedgers } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { runJob } from '../../jobs/run.ts';
import { lookAtLedger } from '../store.ts';
import { NO_POLICIES, policyTally } from './policies.ts';

let copy: ReturnType<typeof copyGoldenLedger>;
beforeEach(() => {
  copy = copyGoldenLedger(goldenLedgers[0]!);
});
afterEach(() => copy.drop());

function inStore<T>(use: (db: InstanceType<typeof SqliteDatabase>) => T): T {
  const db = new SqliteDatabase(copy.paths.db);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  try {
    return use(db);
  } finally {
    db.close();
  }
}

const counted = () =>
  inStore(
    (db) =>
      new Map(
        db
          .prepare('SELECT policy_hash, count(*) FROM executions GROUP BY policy_hash')
          .raw()
          .all() as (readonly [string | null, number])[],
      ),
  );
const looked = (known = NO_POLICIES) => value(lookAtLedger(copy.paths, (look) => policyTally(look, known)));

function add(id: string, policy: string): void {
  inStore((db) => {
    const columns = (db.pragma('table_info(executions)') as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => name !== 'execution_id' && name !== 'policy_hash')
      .join(', ');
    db.prepare(
      `INSERT INTO executions (execution_id, policy_hash, ${columns})
       SELECT ?, ?, ${columns} FROM executions ORDER BY rowid LIMIT 1`,
    ).run(id, policy);
  });
}

describe('executions by their policy', () => {
  it('are counted alike at once, in a job, and when more came', async () => {
    const first = looked();
    expect(first.counts).toEqual(counted());
    expect(value(await runJob('aex.policies', { paths: copy.paths }))).toEqual(first);
    expect(looked(first)).toBe(first);
    add('one more', 'other');
    const second = looked(first);
    expect(second.counts).toEqual(counted());
    expect(second.counts.get('other')).toBe(1);
  });

  it('are counted anew where some went while others came', () => {
    const first = looked();
    inStore((db) =>
      db.prepare('DELETE FROM executions WHERE rowid = (SELECT min(rowid) FROM executions)').run(),
    );
    add('a', 'other');
    add('b', 'other');
    expect(looked(first).counts).toEqual(counted());
  });
});
