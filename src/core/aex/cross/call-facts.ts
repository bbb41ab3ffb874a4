import { PLAIN_POLICY_HASH, toolPolicyHash, toolRouteHash } from '../rules/identity.ts';
import type { LedgerLook } from '../store.ts';
import { errorBody, statusOfReason, tailUsage, toolOf, usageOf } from './bodies.ts';
import { CALL_EXECUTION, CALL_RESERVATION, RESPONSE } from './call-rows.ts';
import { emptyCalls, grown, SHAPE, type CallFacts, type Making } from './call-columns.ts';
import { fingerprint, textMark } from './id-table.ts';
import { isHex64, MODEL_ENDPOINTS, TOOL_ENDPOINT } from './identity.ts';
import { ALL_KEYS, keyedRows, type KeyRange, type Row } from './keyed-rows.ts';
import { secondsOf } from './times.ts';
import type { WordList } from './word-list.ts';

export const ENDPOINT_LIST: readonly string[] = [...MODEL_ENDPOINTS];
const PLACES = new Map(ENDPOINT_LIST.map((endpoint, i) => [endpoint, i]));

/** Reads all executions in one go; null where their rows can't be told apart by number, so that they have to be read as they come. */
export function readCallFacts(look: LedgerLook, words: WordList): CallFacts | null {
  const size = look.counts().executions;
  if (size === 0) return null;
  const facts = readCallPart(look, words, ALL_KEYS, size);
  return facts?.count === size ? facts : null;
}

/** The same for executions whose row numbers lie in `range`; `expected`: about how many that are. */
export function readCallPart(
  look: LedgerLook,
  words: WordList,
  range: KeyRange,
  expected: number,
): CallFacts | null {
  if (!look.has('reservations', 'execution_id')) return null;
  let facts: Making = emptyCalls(expected);
  const nextReservation = reservationsBeside(look, range === ALL_KEYS);
  const toolIsPlain = toolHashes();
  let last = -1;
  for (const rows of keyedRows(look, executionSql(look), 'x."rowid"', range)) {
    if (facts.count + rows.length > facts.rowid.length) facts = grown(facts);
    for (const row of rows) {
      const rowid = row[X.rowid];
      if (typeof rowid !== 'number' || rowid <= last || rowid >= 2 ** 32) return null;
      last = rowid;
      const i = facts.count;
      facts.count = i + 1;
      facts.rowid[i] = rowid;
      const id = row[X.id];
      const reservation = nextReservation(id);
      if (typeof id !== 'string' || id === '') continue;
      fingerprint(id, facts.marks, i * 4);
      facts.shape[i] = shapeOf(facts, i, row, reservation, words, toolIsPlain);
    }
  }
  return facts;
}

/** Columns of `executionSql`. */
const X = {
  rowid: 0,
  id: 1,
  agent: 2,
  endpoint: 3,
  sameHash: 4,
  requestHash: 5,
  policy: 6,
  route: 7,
  state: 8,
  status: 9,
  response: 10,
  responseBytes: 11,
  error: 12,
  created: 13,
  ended: 14,
  terminal: 15,
} as const;

/** What needs no text is compared by SQLite, so that the text is not made. */
function executionSql(look: LedgerLook): string {
  const same = 'x.request_hash = x.execution_id COLLATE BINARY';
  return `SELECT x."rowid", x.execution_id, x.agent, x.endpoint, ${same},
    CASE WHEN ${same} THEN NULL ELSE x.request_hash END,
    CASE WHEN x.endpoint = '${TOOL_ENDPOINT}' THEN x.policy_hash ELSE x.policy_hash = '${PLAIN_POLICY_HASH}' COLLATE BINARY END,
    x.route_hash, x.state, x.status_code, ${RESPONSE}, octet_length(x.response_body), x.error_body,
    x.created_at, x.updated_at = x.terminal_at COLLATE BINARY
      AND ifnull(x.retry_count, 0) = 0 AND ifnull(x.provider_receipt, 0) = 0, x.terminal_at
    FROM (${look.select('executions', ['rowid', ...CALL_EXECUTION])}) x`;
}

/** Columns of a reservation. */
const R = {
  rowid: 0,
  id: 1,
  agent: 2,
  estimated: 3,
  actual: 4,
  state: 5,
  reserved: 6,
  settled: 7,
  expiry: 8,
} as const;

/**
 * Gives the reservation of one execution after the other; both tables are written in one order, what is not is looked up.
 */
function reservationsBeside(look: LedgerLook, fromFirst: boolean): (id: unknown) => Row | null {
  const select = look.select('reservations', ['rowid', ...CALL_RESERVATION]);
  const one = look.db.prepare<[unknown], Row>(`${select} WHERE execution_id = ? LIMIT 1`).raw();
  // Given out before their turn.
  const given = new Set<unknown>();
  const behind = (rowid: number): Generator<readonly Row[], void, void> =>
    keyedRows(look, select, '"rowid"', { ...ALL_KEYS, first: rowid + 1 });
  // Where only a part of the executions is asked for, the first reservation that is found says where to go on.
  let batches = fromFirst ? behind(-1) : null;
  let rows: readonly Row[] = [];
  let at = 0;
  const forward = (): void => {
    at += 1;
    if (at < rows.length) return;
    const step = batches?.next();
    rows = step === undefined || step.done === true ? [] : step.value;
    at = 0;
  };
  forward();
  return (id) => {
    if (given.size > 0) while (at < rows.length && given.delete(rows[at]![R.id])) forward();
    const next = rows[at];
    if (next !== undefined && next[R.id] === id) {
      forward();
      return next;
    }
    const found = one.get(id);
    if (found === undefined) return null;
    if (batches === null) {
      batches = behind(Number(found[R.rowid]));
      forward();
    } else given.add(found[R.id]);
    return found;
  };
}

/** Everything that `checkCall` asks of one row alone, and the columns for what it asks of the entries. */
function shapeOf(
  facts: Making,
  i: number,
  row: Row,
  reservation: Row | null,
  words: WordList,
  toolIsPlain: (agent: string, tool: string, policy: unknown, route: unknown) => boolean,
): number {
  const agent = row[X.agent];
  const endpoint = row[X.endpoint];
  if (typeof agent !== 'string' || typeof endpoint !== 'string') return SHAPE.odd;
  const requestHash = row[X.requestHash];
  if (row[X.sameHash] !== 1 && !(typeof requestHash === 'string' && isHex64(requestHash))) return SHAPE.odd;
  const word = words.number(agent);
  const created = secondsOf(row[X.created]);
  const terminal = secondsOf(row[X.terminal]);
  if (word === null || !isTime(created) || !isTime(terminal) || row[X.ended] !== 1) return SHAPE.odd;
  facts.agent[i] = word;
  facts.created[i] = created;
  facts.terminal[i] = terminal;
  const isTool = endpoint === TOOL_ENDPOINT;
  const place = PLACES.get(endpoint);
  if (!isTool && place === undefined) return SHAPE.odd;
  const bits = (isTool ? SHAPE.tool : 0) | (!isTool && row[X.policy] === 1 ? SHAPE.plainPolicy : 0);
  const state = row[X.state];
  const error = row[X.error];
  if (state === 'DENIED') {
    const said = reservation === null && typeof error === 'string' ? errorBody(error) : null;
    if (said === null || said.estimated === null || said.remaining === null) return SHAPE.odd;
    if (row[X.status] !== 402 || row[X.response] !== null) return SHAPE.odd;
    facts.estimated[i] = said.estimated;
    facts.actual[i] = said.remaining;
    return SHAPE.deny | bits;
  }
  if (reservation === null || reservation[R.state] !== state || reservation[R.agent] !== agent)
    return SHAPE.odd;
  if (!reservationFits(facts, i, row, reservation, created)) return SHAPE.odd;
  if (state === 'RELEASED') {
    const said = typeof error === 'string' ? (errorBody(error)?.detail ?? null) : null;
    if (said === null || row[X.response] !== null || facts.actual[i] !== 0) return SHAPE.odd;
    const wanted = statusOfReason(said);
    if (wanted !== null && row[X.status] !== wanted) return SHAPE.odd;
    facts.first[i] = said === '' ? 0 : textMark(said);
    return SHAPE.release | bits;
  }
  if (state !== 'COMMITTED' || row[X.status] !== 200 || error !== null) return SHAPE.odd;
  const response = row[X.response];
  const route = row[X.route];
  if (typeof response !== 'string' || typeof route !== 'string') return SHAPE.odd;
  const short = Number(row[X.responseBytes]) <= 4_096;
  if (isTool) {
    const tool = short ? toolOf(response) : null;
    if (tool === null || !toolIsPlain(agent, tool, row[X.policy], route)) return SHAPE.odd;
    const name = words.number(`tool:${tool}`);
    if (name === null) return SHAPE.odd;
    facts.route[i] = name;
    return SHAPE.commit | bits;
  }
  const usage = tailUsage(response) ?? (short ? usageOf(response) : null);
  const hash = words.number(route);
  if (usage === null || hash === null || !isCount(usage.prompt) || !isCount(usage.completion))
    return SHAPE.odd;
  facts.first[i] = usage.prompt;
  facts.second[i] = usage.completion;
  facts.route[i] = hash * 8 + place!;
  return SHAPE.commit | bits;
}

function reservationFits(facts: CallFacts, i: number, row: Row, reservation: Row, created: number): boolean {
  const estimated = reservation[R.estimated];
  const actual = reservation[R.actual];
  const expiry = secondsOf(reservation[R.expiry]);
  if (typeof estimated !== 'number' || typeof actual !== 'number' || !isTime(expiry)) return false;
  if (reservation[R.reserved] !== row[X.created] || reservation[R.settled] !== row[X.terminal]) return false;
  facts.estimated[i] = estimated;
  facts.actual[i] = actual;
  facts.expiry[i] = expiry;
  return expiry > created;
}

const isTime = (seconds: number | null): seconds is number =>
  seconds !== null && seconds > 0 && seconds < 2 ** 32;
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32;

/** Whether the two hashes of a tool run are those of its agent and tool; each pair is hashed once. */
function toolHashes(): (agent: string, tool: string, policy: unknown, route: unknown) => boolean {
  const kept = new Map<string, Map<string, readonly [policy: string, route: string]>>();
  let size = 0;
  return (agent, tool, policy, route) => {
    let known = kept.get(agent)?.get(tool);
    if (known === undefined) {
      known = [toolPolicyHash(agent, tool), toolRouteHash(tool)];
      if (size++ < 10_000) {
        const tools = kept.get(agent) ?? new Map<string, readonly [string, string]>();
        tools.set(tool, known);
        kept.set(agent, tools);
      }
    }
    return policy === known[0] && route === known[1];
  };
}
