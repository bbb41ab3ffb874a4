import type { LedgerInvariant } from '../../../contract/ledger-report.ts';
import { pythonFloat } from '../../json/canonical.ts';
import { sqliteCode } from '../../storage/sqlite.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';

type Row = Readonly<Record<string, unknown>>;
type Rule = {
  readonly name: string;
  /** what stands before the list of what fails */
  readonly lead: string;
  readonly failures: (look: LedgerLook) => readonly string[];
};

/** The invariants of `aex audit` that need no chain, with the original's verdicts and texts (formats/aex.md §16). */
export function checkRules(look: LedgerLook): readonly LedgerInvariant[] {
  return rules.map((rule) => checkRule(look, rule));
}

/** All seven: with that of the chain, which comes last. */
export function withChain(
  checked: readonly LedgerInvariant[],
  chain: ChainVerdict,
): readonly LedgerInvariant[] {
  return [...checked, { name: 'event_hash_chain', passed: chain.ok, detail: chain.ok ? null : chain.detail }];
}

function checkRule(look: LedgerLook, { name, lead, failures }: Rule): LedgerInvariant {
  try {
    const failed = failures(look);
    if (failed.length === 0) return { name, passed: true, detail: null };
    return { name, passed: false, detail: `${lead}: ${failed.join('; ')}` };
  } catch (error) {
    // A table or column is not there, or a sum overflows: the original ends with the same message.
    if (sqliteCode(error) !== 'SQLITE_ERROR') throw error;
    return { name, passed: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const usage = `action IN ('usage.commit', 'USAGE_RECORDED')`;

const rules: readonly Rule[] = [
  {
    name: 'spent_within_budget',
    lead: 'Violations',
    failures: (look) =>
      all(look, 'SELECT name, spent_micro, budget_micro FROM agents WHERE spent_micro > budget_micro').map(
        (row) =>
          `${said(row['name'])}: spent=${said(row['spent_micro'])} > budget=${said(row['budget_micro'])}`,
      ),
  },
  {
    name: 'no_negative_values',
    lead: 'Violations',
    failures: (look) =>
      all(
        look,
        `SELECT name, budget_micro, spent_micro, reserved_micro FROM agents
         WHERE budget_micro < 0 OR spent_micro < 0 OR reserved_micro < 0`,
      ).map(
        (row) =>
          `${said(row['name'])}: budget=${said(row['budget_micro'])}, spent=${said(row['spent_micro'])}, reserved=${said(row['reserved_micro'])}`,
      ),
  },
  {
    name: 'no_orphaned_reservations',
    lead: 'Non-zero reservations (may be in-flight)',
    failures: (look) =>
      all(look, 'SELECT name, reserved_micro FROM agents WHERE reserved_micro != 0').map(
        (row) => `${said(row['name'])}: ${said(row['reserved_micro'])}µ`,
      ),
  },
  {
    name: 'event_log_integrity',
    lead: 'Invalid usage events',
    failures: (look) => {
      const wrong = `${usage} AND (cost_micro IS NULL OR cost_micro < 0)`;
      // The table in its own order is read three times as fast; only the text depends on the order.
      if (all(look, `SELECT 1 FROM events NOT INDEXED WHERE ${wrong} LIMIT 1`).length === 0) return [];
      return all(look, `SELECT id, agent, cost_micro FROM events WHERE ${wrong}`).map(
        (row) => `event #${said(row['id'])} agent=${said(row['agent'])} cost=${said(row['cost_micro'])}`,
      );
    },
  },
  { name: 'spent_matches_events', lead: 'Mismatches', failures: spentFailures },
  {
    name: 'reserved_matches_reservations',
    lead: 'Mismatches',
    failures: (look) =>
      all(
        look,
        `SELECT name, reserved_micro, ifnull(ticket, 0) AS ticket FROM agents
         LEFT JOIN (SELECT agent, SUM(estimated_micro) AS ticket FROM reservations WHERE state = 'RESERVED' GROUP BY agent)
           ON agent = name
         WHERE reserved_micro != ifnull(ticket, 0) ORDER BY name`,
      ).map(
        (row) =>
          `${said(row['name'])}: reserved_micro=${said(row['reserved_micro'])} ticket_sum=${said(row['ticket'])}`,
      ),
  },
];

function spentFailures(look: LedgerLook): readonly string[] {
  const sums = new Map(
    all(
      look,
      `SELECT agent, SUM(cost_micro) AS total FROM events NOT INDEXED WHERE ${usage} GROUP BY agent`,
    ).map((row) => [row['agent'], row['total'] ?? 0n]),
  );
  return all(look, 'SELECT name, spent_micro FROM agents').flatMap((row) => {
    const total = sums.get(row['name']) ?? 0n;
    const spent = row['spent_micro'];
    if (total === spent || (isNumber(total) && isNumber(spent) && Number(total) === Number(spent))) return [];
    return [`${said(row['name'])}: spent_micro=${said(spent)}, event_sum=${said(total)}`];
  });
}

/** Whether one of them is a float, so that Python compares them as numbers. */
const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';

function all(look: LedgerLook, sql: string): readonly Row[] {
  return look.db.prepare<[], Row>(sql).safeIntegers().all();
}

/** A value of SQLite as Python's `str()` writes it. */
function said(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'number') return pythonFloat(value);
  if (value instanceof Uint8Array) return `b'${Buffer.from(value).toString('latin1')}'`;
  return String(value);
}
