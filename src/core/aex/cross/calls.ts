import { NONE } from '../columns.ts';
import { checkCallAgents } from './call-agents.ts';
import { witness } from './board.ts';
import { checkCost, checkEstimate } from './call-amounts.ts';
import { checkCallBodies } from './call-bodies.ts';
import { tellUndispatched, tellWithoutEntries } from './call-entries.ts';
import { callAt, callValues, type CallValues } from './call-rows.ts';
import { checkCallTimes } from './call-times.ts';
import type { CallContext, CallRow } from './call.ts';
import { checkDenialAmount } from './denials.ts';
import { KIND, SEEN, seqAt } from './facts.ts';
import { checkIdentity } from './identity.ts';
import { executionOwner, reservationOwner } from './owners.ts';
import { plainCalls } from './plain-calls.ts';
import { shareOf, shiftOf } from './shifts.ts';
import { takeBackShifts, unmoved } from './time-shifts.ts';
import { money, shortId } from './words.ts';

/** Compares every execution and its reservation with its entries, and settles which record is wrong. */
export function checkCalls(context: CallContext): void {
  const { look, beside } = context;
  if (beside.calls === null) {
    for (const values of callValues(look)) checkRow(context, callRow(values));
    return;
  }
  const one = callAt(look);
  const isPlain = plainCalls(context, beside.calls, (rowid) => String(one(rowid)?.execution[0] ?? ''));
  const { count, rowid } = beside.calls;
  const open: number[] = [];
  for (let i = 0; i < count; i++) if (!isPlain(i)) open.push(rowid[i]!);
  takeBackShifts(context, openCalls(context, open, one));
  for (const number of open) {
    const values = one(number);
    if (values !== null) checkRow(context, callRow(values));
  }
}

/** Calls that are not plain which are read twice. */
const MAX_TWICE = 20_000;

function openCalls(
  { facts, calls }: CallContext,
  open: readonly number[],
  one: (rowid: number) => CallValues | null,
): { readonly row: CallRow; readonly n: number }[] {
  return open.slice(0, MAX_TWICE).flatMap((rowid) => {
    const values = one(rowid);
    const row = values === null ? null : callRow(values);
    const n = row === null || row.id === '' ? NONE : facts.ids.find(row.id);
    return row === null || n === NONE || n >= calls.count ? [] : [{ row, n }];
  });
}

function checkRow(context: CallContext, row: CallRow): void {
  const { facts, calls, counts } = context;
  counts.rows += 1;
  if (row.reserved) counts.reservations += 1;
  const n = row.id === '' ? NONE : facts.ids.find(row.id);
  if (n === NONE || n >= calls.count) tellWithoutEntries(context, row);
  else {
    calls.found[n] = 1;
    checkCall(context, unmoved(row, n, context.moved), n);
  }
}

function callRow({ execution: x, reservation: r }: CallValues): CallRow {
  return {
    id: typeof x[0] === 'string' ? x[0] : '',
    agent: typeof x[1] === 'string' ? x[1] : null,
    endpoint: x[2],
    requestHash: x[3],
    policyHash: x[4],
    routeHash: x[5],
    state: x[6],
    status: x[7],
    response: x[8],
    responseBytes: typeof x[9] === 'number' ? x[9] : 0,
    error: x[10],
    created: x[11],
    updated: x[12],
    terminal: x[13],
    retries: x[14],
    receipt: x[15],
    reserved: r !== null,
    reservedAgent: r?.[1] ?? null,
    estimated: r?.[2] ?? null,
    actual: r?.[3] ?? null,
    reservationState: r?.[4] ?? null,
    reservedAt: r?.[5] ?? null,
    settledAt: r?.[6] ?? null,
    expiryAt: r?.[7] ?? null,
  };
}

const STATES = new Map<number, string>([
  [KIND.commit, 'COMMITTED'],
  [KIND.release, 'RELEASED'],
  [KIND.deny, 'DENIED'],
  [KIND.fail, 'FAILED'],
]);

function checkCall(context: CallContext, row: CallRow, n: number): void {
  const { facts, calls, court } = context;
  const reserve = calls.reserve[n]!;
  const dispatch = calls.dispatch[n]!;
  const end = calls.end[n]!;
  const lastAt = end !== NONE ? end : dispatch !== NONE ? dispatch : reserve;
  if (lastAt === NONE) return;
  const seq = seqAt(facts, lastAt);
  checkCallAgents(context, row, n);
  const endKind = end === NONE ? -1 : facts.kind[end]!;
  const state = end === NONE ? (dispatch === NONE ? 'RESERVED' : 'DISPATCHED') : STATES.get(endKind)!;
  const owner = executionOwner(row.id, row.agent, seq);
  if (row.state !== state) {
    court.accuse(
      owner,
      'state',
      state,
      String(row.state),
      witness('entry', `entry ${seq}`, `state ${state}`, true, seq),
    );
    if (row.reserved) {
      const agrees = row.reservationState === state;
      court.accuse(
        owner,
        'state',
        state,
        String(row.state),
        witness('reservation', 'its reservation', `state ${String(row.reservationState)}`, agrees),
      );
    }
  }
  // columns that AEX 2.0 has and leaves at 0
  for (const [name, value] of [
    ['retry_count', row.retries],
    ['provider_receipt', row.receipt],
  ] as const) {
    if (value !== null && value !== 0) court.accuse(owner, name, '0', String(value), null);
  }
  checkReservation(context, row, n, end, state);
  if (reserve !== NONE) checkEstimate(context, row, reserve, end);
  if (dispatch === NONE && endKind === KIND.commit && reserve !== NONE) tellUndispatched(context, row, end);
  if (endKind === KIND.commit) checkCost(context, row, n, end);
  if (endKind === KIND.deny) checkDenial(context, row, end);
  checkCallBodies(context, row, n, state, endKind, owner);
  checkCallTimes(context, row, n, owner);
  checkIdentity(context, row, n, owner);
}

function checkReservation(context: CallContext, row: CallRow, n: number, end: number, state: string): void {
  const { facts, board, court } = context;
  const reserve = context.calls.reserve[n]!;
  if (reserve === NONE) {
    if (row.reserved && (end === NONE || facts.kind[end] !== KIND.release)) {
      const seq = end === NONE ? null : seqAt(facts, end);
      if (context.gaps.length > 0) return;
      court.accuse(
        reservationOwner(row.id, row.agent, seq),
        'state',
        'no reservation',
        String(row.reservationState),
        null,
      );
    }
    return;
  }
  const seq = seqAt(facts, reserve);
  if (!row.reserved) {
    if (!context.look.has('reservations', 'execution_id') || context.emptied.reservations) return;
    board.add(`reservation:${row.id}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      executionId: row.id,
      agent: row.agent,
      message: `Entry ${seq} reserved ${money(facts.estimated[reserve]!)} for execution ${shortId(row.id)}, and the row of that reservation is gone. AEX never removes one. The entry itself is not affected.`,
      expected: 'a row in reservations',
      found: 'none',
      sure: 'proved',
    });
    return;
  }
  const wanted = state === 'COMMITTED' || state === 'RELEASED' ? state : 'RESERVED';
  const found = String(row.reservationState);
  if (found !== wanted && (state !== 'FAILED' || found !== 'RELEASED')) {
    const last = end === NONE ? reserve : end;
    const where = `entry ${seqAt(facts, last)}`;
    const reservation = reservationOwner(row.id, row.agent, seq);
    // a counter that was lowered with it is part of its story
    if (end === NONE) {
      const share = shareOf(facts, context.calls, n);
      context.shifts.push(shiftOf(share, -1, facts.agent[reserve]!, reserve, reservation.key));
    }
    court.accuse(
      reservation,
      'state',
      wanted,
      found,
      witness('entry', where, `state ${wanted}`, true, seqAt(facts, last)),
    );
  }
  // It is 0 until a settlement says what was spent (formats/aex.md §2).
  const spent = end !== NONE && facts.kind[end] === KIND.commit;
  if (!spent && typeof row.actual === 'number' && row.actual !== 0) {
    const last = end === NONE ? reserve : end;
    const where = `entry ${seqAt(facts, last)}`;
    court.accuse(
      reservationOwner(row.id, row.agent, seq),
      'spent',
      money(0),
      money(row.actual),
      witness('entry', where, 'settles nothing', true, seqAt(facts, last)),
    );
  }
}

function checkDenial(context: CallContext, row: CallRow, end: number): void {
  const { facts, alignment } = context;
  if (row.reserved) {
    const owner = reservationOwner(row.id, row.agent, seqAt(facts, end));
    context.court.accuse(owner, 'state', 'no reservation', String(row.reservationState), null);
  }
  const streamed = (facts.flags[end]! & SEEN.stream) !== 0 ? null : alignment.differing.get(end);
  checkDenialAmount(context, row, end, streamed ?? null);
}
