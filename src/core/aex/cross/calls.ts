import { NONE } from '../columns.ts';
import { addWitness, witness } from './board.ts';
import { amountText, isTool, streamVote, type CallContext, type CallRow } from './call.ts';
import { callAt, callValues, type CallValues } from './call-rows.ts';
import { checkCallBodies } from './call-bodies.ts';
import { checkCallTimes } from './call-times.ts';
import { KIND, nameOf, SEEN, seqAt } from './facts.ts';
import { checkDenialAmount } from './denials.ts';
import { checkIdentity } from './identity.ts';
import { entryVote, executionOwner, reservationOwner } from './owners.ts';
import { plainCalls } from './plain-calls.ts';
import { equal, type Vote } from './votes.ts';
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
  for (let i = 0; i < count; i++) {
    if (isPlain(i)) continue;
    const values = one(rowid[i]!);
    if (values !== null) checkRow(context, callRow(values));
  }
}

function checkRow(context: CallContext, row: CallRow): void {
  const { facts, calls, counts } = context;
  counts.rows += 1;
  if (row.reserved) counts.reservations += 1;
  const n = row.id === '' ? NONE : facts.ids.find(row.id);
  if (n === NONE || n >= calls.count) tellWithoutEntries(context, row);
  else {
    calls.found[n] = 1;
    checkCall(context, row, n);
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

function tellWithoutEntries(context: CallContext, row: CallRow): void {
  const { board } = context;
  if (row.state === 'RESERVING' && !row.reserved) {
    board.add(`execution:${row.id}`, {
      kind: 'execution-interrupted',
      severity: 'notice',
      executionId: row.id,
      agent: row.agent,
      message: `The execution ${shortId(row.id)} was begun and nothing was reserved for it. The next start of the daemon marks it as failed.`,
      found: 'RESERVING',
      sure: 'proved',
    });
    return;
  }
  const open = context.gaps.at(-1);
  if (open !== undefined) {
    addWitness(
      open.draft,
      witness('execution', `execution ${shortId(row.id)}`, `is ${String(row.state)} and has no entry`, true),
    );
    return;
  }
  board.add(`execution:${row.id}`, {
    kind: 'row-missing',
    severity: 'error',
    executionId: row.id,
    agent: row.agent,
    message: `The execution ${shortId(row.id)} (${String(row.state)}) has no entry in the log, and no number is missing there. Its entries were removed and the rest hashed and numbered anew, or its row was put in.`,
    expected: 'entries in the log',
    found: 'none',
    sure: 'likely',
  });
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
  checkAgents(context, row, n);
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
  checkReservation(context, row, reserve, end, state);
  if (reserve !== NONE) checkEstimate(context, row, reserve, end);
  if (dispatch === NONE && endKind === KIND.commit && reserve !== NONE) tellUndispatched(context, row, end);
  if (endKind === KIND.commit) checkCost(context, row, n, end);
  if (endKind === KIND.deny) checkDenial(context, row, end);
  checkCallBodies(context, row, n, state, endKind, owner);
  checkCallTimes(context, row, n, owner);
  checkIdentity(context, row, n, owner);
}

/** AEX writes a dispatch before every call, and goes on without where the database was locked for too long. */
function tellUndispatched(context: CallContext, row: CallRow, end: number): void {
  const { facts, board, gaps } = context;
  const seq = seqAt(facts, end);
  const said = `execution ${shortId(row.id)} was settled and has no dispatch`;
  const gap = gaps.find(({ from, to, inserted }) => from <= seq && (to ?? Infinity) - from > inserted);
  if (gap !== undefined) {
    addWitness(gap.draft, witness('entry', `entry ${seq}`, said, true, seq));
    return;
  }
  board.add(`undispatched:${seq}`, {
    kind: 'row-missing',
    severity: 'warning',
    seq,
    executionId: row.id,
    agent: row.agent,
    message: `Entry ${seq} settles execution ${shortId(row.id)}, and no entry says that it was dispatched. Either the database was locked for so long that AEX went on without, or that entry was removed and the rest hashed and numbered anew.`,
    expected: 'a dispatch before it',
    found: 'none',
    sure: 'possible',
    because: [witness('entry', `entry ${seq}`, said, false, seq)],
  });
}

function checkAgents(context: CallContext, row: CallRow, n: number): void {
  const { facts, calls, court, alignment } = context;
  const agent = row.agent === null ? 0 : (facts.numbers.get(row.agent) ?? -1);
  const places = [calls.reserve[n]!, calls.dispatch[n]!, calls.end[n]!, calls.tool[n]!].filter(
    (at) => at !== NONE,
  );
  const rows = places.map((at) => alignment.differing.get(at)).filter((one) => one !== undefined);
  const same =
    places.every((at) => facts.agent[at] === agent) &&
    (!row.reserved || row.reservedAgent === row.agent) &&
    rows.every((one) => one.agent === row.agent);
  if (same) return;
  const seq = seqAt(facts, places[0]!);
  const votes: Vote<string | null>[] = places.map((at) =>
    entryVote(
      facts,
      at,
      nameOf(facts, facts.agent[at]!),
      row.id,
      'agent-differs',
      (facts.flags[at]! & SEEN.rebuilt) !== 0 ? 0.1 : 1,
    ),
  );
  votes.push({
    value: row.agent,
    weight: 1.1,
    owner: executionOwner(row.id, row.agent, seq),
    witness: 'execution',
    where: 'its execution',
    seq: null,
  });
  if (row.reserved) {
    votes.push({
      value: typeof row.reservedAgent === 'string' ? row.reservedAgent : null,
      weight: 1.1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  for (const at of places) {
    const streamed = alignment.differing.get(at);
    if (streamed !== undefined) votes.push(streamVote(streamed, streamed.agent, row.id, seqAt(facts, at)));
  }
  const truth = court.decide('agent', votes, equal, (value) => value ?? 'none');
  if (truth === null) return;
  const number = facts.numbers.get(truth);
  if (number !== undefined) for (const at of places) facts.agent[at] = number;
}

function checkReservation(
  context: CallContext,
  row: CallRow,
  reserve: number,
  end: number,
  state: string,
): void {
  const { facts, board, court } = context;
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
    if (!context.look.has('reservations', 'execution_id')) return;
    board.add(`reservation:${row.id}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      executionId: row.id,
      agent: row.agent,
      message: `Entry ${seq} reserved ${money(facts.estimated[reserve]!)} for execution ${shortId(row.id)}, and the row of that reservation is gone. AEX never removes one. The entry itself is not concerned.`,
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
    court.accuse(
      reservationOwner(row.id, row.agent, seq),
      'state',
      wanted,
      found,
      witness('entry', where, `state ${wanted}`, true, seqAt(facts, last)),
    );
  }
}

const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

function checkEstimate(context: CallContext, row: CallRow, reserve: number, end: number): void {
  const { facts, court } = context;
  const kind = end === NONE ? -1 : facts.kind[end]!;
  const settled = kind === KIND.commit || kind === KIND.release;
  const first = facts.estimated[reserve]!;
  const same = (!settled || facts.estimated[end] === first) && (!row.reserved || row.estimated === first);
  if (same) return;
  const votes: Vote<number | null>[] = [entryVote(facts, reserve, number(first), row.id, 'amount-differs')];
  if (settled) votes.push(entryVote(facts, end, number(facts.estimated[end]!), row.id, 'amount-differs'));
  if (row.reserved) {
    votes.push({
      value: whole(row.estimated),
      weight: 1,
      owner: reservationOwner(row.id, row.agent, seqAt(facts, reserve)),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  const tool = context.calls.tool[facts.execution[reserve]!]!;
  if (tool !== NONE && facts.kind[tool] === KIND.tool) {
    votes.push(entryVote(facts, tool, number(facts.amount[tool]!), row.id, 'amount-differs'));
  }
  if (kind === KIND.commit && isTool(row))
    votes.push(entryVote(facts, end, number(facts.amount[end]!), row.id, 'amount-differs', 0.6));
  const truth = court.decide('estimate', votes, equal, amountText);
  if (truth === null) return;
  facts.estimated[reserve] = truth;
  if (settled) facts.estimated[end] = truth;
}

const number = (value: number): number | null => (Number.isNaN(value) ? null : value);

function checkCost(context: CallContext, row: CallRow, n: number, end: number): void {
  const { facts, calls, court, alignment, prices } = context;
  const cost = facts.amount[end]!;
  const side = facts.side[end]!;
  const model = facts.model[side]!;
  const streamed = (facts.flags[end]! & SEEN.stream) !== 0 ? null : alignment.differing.get(end);
  const priced = prices.costOf(model, facts.prompt[side]!, facts.completion[side]!);
  const tool = calls.tool[n]!;
  const ran = tool !== NONE && facts.kind[tool] === KIND.tool ? facts.amount[tool]! : null;
  const same =
    (!row.reserved || row.actual === cost) &&
    (streamed === null || streamed === undefined || streamed.cost === cost) &&
    (ran === null || ran === cost) &&
    (priced === null || priced.micro === cost);
  if (same) return;
  const votes: Vote<number | null>[] = [entryVote(facts, end, number(cost), row.id, 'amount-differs')];
  const seq = seqAt(facts, end);
  if (row.reserved) {
    votes.push({
      value: whole(row.actual),
      weight: 1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  if (streamed !== null && streamed !== undefined)
    votes.push(streamVote(streamed, streamed.cost, row.id, seq));
  else if (streamed === null) {
    votes.push({
      value: cost,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: 'the older event stream',
      seq: null,
    });
  }
  if (ran !== null) votes.push(entryVote(facts, tool, ran, row.id, 'amount-differs', 1));
  if (tool !== NONE && ran !== null && isTool(row)) {
    votes.push({
      value: facts.estimated[end]!,
      weight: 0.5,
      owner: null,
      witness: 'entry',
      where: 'what was reserved for the tool',
      seq: null,
    });
  }
  const others = votes.filter(({ value }) => value !== cost);
  if (priced !== null && others.length > 0) {
    votes.push({
      value: priced.micro,
      weight: priced.sure ? 1 : 0.4,
      owner: null,
      witness: 'price',
      where: priced.sure ? 'tokens times price' : 'tokens times the price of its other settlements',
      seq: null,
    });
  }
  if (others.length === 0) {
    prices.differs(row.id, end, priced!.micro, priced!.sure);
    return;
  }
  votes.push(
    ...balanceVotes(
      context,
      end,
      votes.map(({ value }) => value),
    ),
  );
  const truth = court.decide('cost', votes, equal, amountText);
  if (truth !== null) facts.amount[end] = truth;
}

/** What the counter and the next denial of the agent say about the cost of one settlement. */
function balanceVotes(
  context: CallContext,
  end: number,
  values: readonly (number | null)[],
): Vote<number | null>[] {
  const { facts, sums, counters } = context;
  const agent = facts.agent[end]!;
  const sum = sums.get(agent);
  const counter = counters.get(agent);
  const cost = facts.amount[end]!;
  const votes: Vote<number | null>[] = [];
  if (sum === undefined || counter === undefined) return votes;
  const denial = sum.denials.find(({ at }) => at > end);
  for (const value of new Set(values)) {
    if (value === null) continue;
    if (counter.spent !== null && sum.spent - cost + value === counter.spent) {
      votes.push({
        value,
        weight: 0.5,
        owner: null,
        witness: 'counter',
        where: 'the spent counter of its agent',
        seq: null,
      });
    }
    if (denial !== undefined && counter.budget !== null && denial.budget - cost + value === counter.budget) {
      const seq = seqAt(facts, denial.at);
      votes.push({
        value,
        weight: 1,
        owner: null,
        witness: 'denial',
        where: `the denial at entry ${seq}`,
        seq,
      });
    }
  }
  return votes;
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
