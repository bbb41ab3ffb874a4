import type { LedgerLook } from '../store.ts';

/** Columns of an execution that a call is checked by. */
export const CALL_EXECUTION = [
  'execution_id',
  'agent',
  'endpoint',
  'request_hash',
  'policy_hash',
  'route_hash',
  'state',
  'status_code',
  'response_body',
  'error_body',
  'created_at',
  'updated_at',
  'terminal_at',
  'retry_count',
  'provider_receipt',
] as const;
/** The same of a reservation. */
export const CALL_RESERVATION = [
  'execution_id',
  'agent',
  'estimated_micro',
  'actual_micro',
  'state',
  'reserved_at',
  'settled_at',
  'expiry_at',
] as const;

/** Of a long answer only the end is read, where AEX's providers say what was used. */
export const RESPONSE =
  'CASE WHEN octet_length(x.response_body) > 4096 THEN substr(x.response_body, -1200) ELSE x.response_body END';

export type CallValues = {
  readonly execution: readonly unknown[];
  readonly reservation: readonly unknown[] | null;
};

const executionSql = (look: LedgerLook): string =>
  `SELECT x.execution_id, x.agent, x.endpoint, x.request_hash, x.policy_hash, x.route_hash, x.state, x.status_code,
    ${RESPONSE}, octet_length(x.response_body), x.error_body, x.created_at, x.updated_at, x.terminal_at,
    x.retry_count, x.provider_receipt
   FROM (${look.select('executions', ['rowid', ...CALL_EXECUTION])}) x`;

/** One execution after the other by the number of its row, with its reservation. */
export function callAt(look: LedgerLook): (rowid: number) => CallValues | null {
  const execution = look.db
    .prepare<[number], readonly unknown[]>(`${executionSql(look)} WHERE x."rowid" = ?`)
    .raw();
  const reservation = look.db
    .prepare<[unknown], readonly unknown[]>(
      `${look.select('reservations', CALL_RESERVATION)} WHERE execution_id = ? LIMIT 1`,
    )
    .raw();
  return (rowid) => {
    const found = execution.get(rowid);
    return found === undefined ? null : { execution: found, reservation: reservation.get(found[0]) ?? null };
  };
}

/**
 * Every execution with its reservation. AEX writes both in one transaction, so the tables hold them in the same order and
 * are read side by side; a join would look each reservation up, at twice the time. Where the order is another one, that
 * reservation is looked up.
 */
export function* callValues(look: LedgerLook): Generator<CallValues, void, void> {
  const executions = look.db.prepare<[], readonly unknown[]>(executionSql(look)).raw();
  const reservations = look.select('reservations', CALL_RESERVATION);
  const one = look.db
    .prepare<[unknown], readonly unknown[]>(`${reservations} WHERE execution_id = ? LIMIT 1`)
    .raw();
  // Given out before their turn.
  const given = new Set<unknown>();
  const rest = look.db.prepare<[], readonly unknown[]>(reservations).raw().iterate();
  let next = rest.next();
  for (const execution of executions.iterate()) {
    while (next.done !== true && given.delete(next.value[0])) next = rest.next();
    if (next.done !== true && next.value[0] === execution[0]) {
      yield { execution, reservation: next.value };
      next = rest.next();
      continue;
    }
    const found = one.get(execution[0]);
    if (found !== undefined) given.add(found[0]);
    yield { execution, reservation: found ?? null };
  }
  rest.return?.();
}
