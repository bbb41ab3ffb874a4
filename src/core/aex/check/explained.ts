import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { BalanceMismatch, ReplayVerdict } from '../chain/verdict.ts';
import { money, shown } from '../cross/words.ts';
import type { LedgerLook } from '../store.ts';

type Remade = {
  readonly name: string;
  readonly row: number;
  readonly spent: number;
  readonly before: number;
};

/**
 * Whether the older event stream and the counters agree, but for what agents had spent that were deleted and made again
 * under the same name: AEX adds that up with theirs. Null: they differ otherwise too.
 */
function remadeAgents(look: LedgerLook): readonly Remade[] | null {
  const usage = `action IN ('usage.commit', 'USAGE_RECORDED')`;
  const rows = look.db
    .prepare<[], readonly [unknown, number, number | null, number, number]>(
      `SELECT name, spent, deleted,
         ifnull((SELECT sum(cost_micro) FROM events WHERE agent = name AND ${usage} AND id > ifnull(deleted, 0)), 0),
         ifnull((SELECT sum(cost_micro) FROM events WHERE agent = name AND ${usage} AND id <= deleted), 0)
       FROM (SELECT name, spent_micro AS spent,
         (SELECT max(id) FROM events WHERE agent = name AND action = 'AGENT_DELETED') AS deleted FROM agents)`,
    )
    .raw()
    .all();
  const remade: Remade[] = [];
  for (const [name, spent, row, since, before] of rows) {
    if (spent !== since) return null;
    if (row !== null && before !== 0) remade.push({ name: String(name), row, spent, before });
  }
  return remade;
}

/** What is to be said of the invariant that compares counters with the older stream; null: it is no fault of AEX's own. */
export function remadeFinding(look: LedgerLook, detail: string | null): LedgerFinding | null {
  const remade = remadeAgents(look);
  const [first] = remade ?? [];
  if (remade === null || first === undefined) return null;
  const others = remade.length === 1 ? '' : ` The same is so for ${remade.length - 1} more.`;
  return {
    kind: 'invariant-failed',
    severity: 'notice',
    seq: null,
    executionId: null,
    agent: first.name,
    message: `The check spent_matches_events of AEX fails, for it adds up what agents of one name have spent. ${shown(first.name)} was deleted and made again; ${money(first.before)} are of before (up to row ${first.row} of the older event stream). Since then the stream and its row agree on ${money(first.spent)}.${others} This is what AEX itself does, no sign of tampering.`,
    expected: null,
    found: detail,
    since: null,
    sure: 'proved',
    because: [
      {
        witness: 'stream',
        where: `row ${first.row} of events`,
        says: 'AGENT_DELETED',
        agrees: true,
        seq: null,
      },
    ],
  };
}

/** Kinds of findings that say why balances don't add up, whatever their severity. */
const EXPLAINING: ReadonlySet<string> = new Set(['agent-deleted', 'value-unreadable', 'spent-differs']);

/** A replay of balances that fails without a finding that says why, as a finding of its own. */
export function replayFindings(
  { ok, detail, mismatches }: ReplayVerdict,
  findings: readonly LedgerFinding[],
): readonly LedgerFinding[] {
  if (ok || findings.some(({ severity, kind }) => severity === 'error' || EXPLAINING.has(kind))) return [];
  const nameless = mismatches.length > 0 && mismatches.every(({ agent }) => agent === '');
  return [
    {
      kind: 'invariant-failed',
      severity: nameless ? 'warning' : 'error',
      seq: null,
      executionId: null,
      agent: nameless ? '' : null,
      message: nameless
        ? `The balance check of AEX passes over the entries of an agent without a name, and so fails for it: ${mismatches.map(told).join(', ')}. Its entries, executions and reservations agree with its row. This is what AEX itself does, no sign of tampering.`
        : `The balances don't add up: ${detail}.`,
      expected: null,
      found: detail,
      since: null,
      sure: 'proved',
      because: [],
    },
  ];
}

const told = ({ counter, replayedMicro, liveMicro }: BalanceMismatch): string =>
  `${String(replayedMicro)} micro-dollars ${counter} instead of ${String(liveMicro)}`;
