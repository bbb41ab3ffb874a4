import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { hashOf } from './ledger-maker.ts';
import { canonicalText } from './python-text.ts';
import {
  any,
  entriesOf,
  LAST,
  payloadOf,
  rechain,
  setEntry,
  settled,
  type Payload,
  type Way,
} from './tamper-tools.ts';

/** Changes the payload of a random entry of a kind and computes the chain anew. */
function rewritten(
  where: string,
  change: (payload: Payload) => Payload,
  kinds: readonly LedgerFindingKind[],
): Way {
  return (db, random) => {
    const entry = any(random, entriesOf(db, where));
    if (entry === null) return null;
    setEntry(db, entry.seq, 'payload_json', canonicalText(change(payloadOf(entry))));
    rechain(db);
    return { what: entry.event_type, kinds, seq: entry.seq };
  };
}

/** Changes a row that a query picks, by its rowid. `kinds` empty: any error at the place will do. */
function changedRow(
  pick: string,
  set: string,
  place: 'execution' | 'agent',
  kinds: readonly LedgerFindingKind[] = [],
): Way {
  return (db, random) => {
    const table = /FROM (\w+)/.exec(pick)![1]!;
    const row = any(random, db.prepare<[], { row: number; place: string }>(pick).all());
    if (row === null) return null;
    db.prepare(
      set === 'DELETE'
        ? `DELETE FROM ${table} WHERE rowid = ?`
        : `UPDATE ${table} SET ${set} WHERE rowid = ?`,
    ).run(row.row);
    return { what: set, kinds, [place]: row.place };
  };
}

const executionsOf = (where: string): string =>
  `SELECT rowid row, execution_id place FROM executions WHERE ${where}`;

/** Ways of our own: what else somebody might do. */
export const OTHER_WAYS: Readonly<Record<string, Way>> = {
  'rewritten reserve': rewritten(
    `event_type = 'budget.reserve'`,
    (p) => ({ ...p, estimated_micro: (p['estimated_micro'] as number) + 1 }),
    ['amount-differs', 'reservation-differs'],
  ),
  'rewritten release': rewritten(
    `event_type = 'reservation.release'`,
    (p) => ({ ...p, reason: 'Something else' }),
    ['execution-differs', 'amount-differs'],
  ),
  'rewritten tokens': rewritten(
    settled,
    (p) => ({ ...p, prompt_tokens: (p['prompt_tokens'] as number) + 5 }),
    ['amount-differs', 'tokens-differ', 'price-differs'],
  ),
  'rewritten model': rewritten(settled, (p) => ({ ...p, model: 'somebody-else' }), []),
  'rewritten denial': rewritten(
    `event_type = 'budget.deny'`,
    (p) => ({ ...p, remaining_micro: (p['remaining_micro'] as number) + 11 }),
    [],
  ),
  'tail and its counter': (db, random) => {
    const entry = entriesOf(db, 'execution_id IS NOT NULL').at(-1 - random(6));
    if (entry === undefined) return null;
    db.prepare('DELETE FROM event_log WHERE seq >= ?').run(entry.seq);
    db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'event_log'`).run(entry.seq - 1);
    return {
      what: `from ${entry.event_type}`,
      kinds: ['tail-missing', 'row-missing', 'execution-differs', 'spent-differs', 'reserved-differs'],
    };
  },
  'several removed': (db, random) => {
    const entry = any(random, entriesOf(db, LAST));
    if (entry === null) return null;
    db.prepare(
      'DELETE FROM event_log WHERE seq BETWEEN ? AND ? AND seq < (SELECT max(seq) FROM event_log)',
    ).run(entry.seq, entry.seq + random(5));
    return { what: entry.event_type, kinds: ['entry-missing'], seq: entry.seq };
  },
  'older stream, cost': changedRow(
    `SELECT rowid row, agent place FROM events WHERE action = 'usage.commit'`,
    'cost_micro = cost_micro + 3',
    'agent',
    ['stream-differs', 'amount-differs'],
  ),
  'older stream, removed': changedRow(
    `SELECT rowid row, agent place FROM events WHERE action = 'usage.commit'`,
    'DELETE',
    'agent',
    ['stream-differs', 'row-missing'],
  ),
  'status of an execution': changedRow(
    executionsOf(`state = 'COMMITTED'`),
    'status_code = 500',
    'execution',
    ['execution-differs'],
  ),
  'execution removed': changedRow(executionsOf('1'), 'DELETE', 'execution', ['row-missing']),
  'reservation removed': changedRow(
    `SELECT rowid row, execution_id place FROM reservations WHERE 1`,
    'DELETE',
    'execution',
    ['row-missing', 'reservation-differs'],
  ),
  'end of an execution': changedRow(
    executionsOf('terminal_at IS NOT NULL'),
    `terminal_at = '2031-01-01T00:00:00+00:00'`,
    'execution',
  ),
  'settlement of a reservation': changedRow(
    `SELECT rowid row, execution_id place FROM reservations WHERE settled_at IS NOT NULL`,
    `settled_at = '2031-01-01T00:00:00+00:00'`,
    'execution',
  ),
  'error of an execution': changedRow(
    executionsOf(`state = 'RELEASED'`),
    `error_body = '{"detail": "Nothing"}'`,
    'execution',
    ['execution-differs'],
  ),
  'agent of an execution': changedRow(executionsOf('1'), `agent = 'tight2'`, 'execution'),
  'tokens of an agent': changedRow(
    `SELECT rowid row, name place FROM agents WHERE tokens_used_prompt > 0`,
    'tokens_used_prompt = tokens_used_prompt + 9',
    'agent',
    ['tokens-differ'],
  ),
  'lifecycle of an agent': changedRow(
    `SELECT rowid row, name place FROM agents WHERE lifecycle_state = 'READY'`,
    `lifecycle_state = 'QUARANTINED'`,
    'agent',
    ['lifecycle-differs'],
  ),
  'a settlement invented': (db, random) => {
    const entry = any(random, entriesOf(db, settled));
    if (entry === null) return null;
    const last = entriesOf(db).at(-1)!;
    const own = hashOf(last.event_hash, entry.event_type, entry.execution_id ?? '', entry.payload_json);
    db.prepare(
      'INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts) VALUES (?,?,?,?,?,?,?)',
    ).run(
      entry.execution_id,
      entry.agent,
      entry.event_type,
      entry.payload_json,
      last.event_hash,
      own,
      last.ts,
    );
    const cost = payloadOf(entry)['cost_micro'] as number;
    db.prepare('UPDATE agents SET spent_micro = min(budget_micro, spent_micro + ?) WHERE name = ?').run(
      cost,
      entry.agent,
    );
    return { what: 'a second settlement', kinds: [], execution: entry.execution_id ?? '' };
  },
};
