import { PLAIN_POLICY_HASH, toolPolicyHash, toolRouteHash } from '../rules/identity.ts';
import type { LedgerLook } from '../store.ts';
import { errorBody, statusOfReason, tailUsage, toolOf, usageOf } from './bodies.ts';
import { RESPONSE } from './call-rows.ts';
import { fingerprint, textMark } from './id-table.ts';
import { isHex64, MODEL_ENDPOINTS, TOOL_ENDPOINT } from './identity.ts';
import { keyedRows, type Row } from './keyed-rows.ts';
import { secondsOf } from './times.ts';
import type { WordList } from './word-list.ts';

/** How a call ended, and bits beside it, in `CallFacts.shape`. */
export const SHAPE = { odd: 0, commit: 1, release: 2, deny: 3, ends: 3, tool: 4, plainPolicy: 8 } as const;

/**
 * Executions with their reservations as columns, in the order of their rows: 65 bytes each. Only what agrees within its
 * own row is kept; every other row is `odd` and has to be read again.
 */
export type CallFacts = {
  readonly count: number;
  readonly rowid: Uint32Array<ArrayBuffer>;
  /** four numbers of `fingerprint` */
  readonly marks: Int32Array<ArrayBuffer>;
  readonly shape: Uint8Array<ArrayBuffer>;
  /** number of a word */
  readonly agent: Uint32Array<ArrayBuffer>;
  /** settlement of a tool: word `tool:NAME`; of a model: word of the route hash × 8 + place of the endpoint */
  readonly route: Uint32Array<ArrayBuffer>;
  /** beginning and end in seconds, and when the reservation runs out */
  readonly created: Uint32Array<ArrayBuffer>;
  readonly terminal: Uint32Array<ArrayBuffer>;
  readonly expiry: Uint32Array<ArrayBuffer>;
  readonly estimated: Float64Array<ArrayBuffer>;
  /** what was settled; denial: what remained */
  readonly actual: Float64Array<ArrayBuffer>;
  /** prompt tokens by the stored answer; release: the mark of the stored reason */
  readonly first: Uint32Array<ArrayBuffer>;
  /** completion tokens by the stored answer */
  readonly second: Uint32Array<ArrayBuffer>;
};

export const ENDPOINT_LIST: readonly string[] = [...MODEL_ENDPOINTS];
const PLACES = new Map(ENDPOINT_LIST.map((endpoint, i) => [endpoint, i]));

/** Reads all executions; null where their rows can't be told apart by number, so that they have to be read as they come. */
export function readCallFacts(look: LedgerLook, words: WordList): CallFacts | null {
  const size = look.counts().executions;
  if (size === 0 || !look.has('reservations', 'execution_id')) return null;
  const facts: { -readonly [K in keyof CallFacts]: CallFacts[K] } = {
    count: 0,
    rowid: new Uint32Array(size),
    marks: new Int32Array(size * 4),
    shape: new Uint8Array(size),
    agent: new Uint32Array(size),
    route: new Uint32Array(size),
    created: new Uint32Array(size),
    terminal: new Uint32Array(size),
    expiry: new Uint32Array(size),
    estimated: new Float64Array(size),
    actual: new Float64Array(size),
    first: new Uint32Array(size),
    second: new Uint32Array(size),
  };
  const nextReservation = reservationsBeside(look);
  const toolIsPlain = toolHashes();
  let last = -1;
  for (const rows of keyedRows(look, executionSql(look), 'x."rowid"')) {
    for (const row of rows) {
      const rowid = row[X.rowid];
      if (typeof rowid !== 'number' || rowid <= last || rowid >= 2 ** 32 || facts.count >= size) return null;
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
  return facts.count === size ? facts : null;
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
  const columns = [
    'rowid',
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
  ];
  const same = 'x.request_hash = x.execution_id COLLATE BINARY';
  return `SELECT x."rowid", x.execution_id, x.agent, x.endpoint, ${same},
    CASE WHEN ${same} THEN NULL ELSE x.request_hash END,
    CASE WHEN x.endpoint = '${TOOL_ENDPOINT}' THEN x.policy_hash ELSE x.policy_hash = '${PLAIN_POLICY_HASH}' COLLATE BINARY END,
    x.route_hash, x.state, x.status_code, ${RESPONSE}, octet_length(x.response_body), x.error_body,
    x.created_at, x.updated_at = x.terminal_at COLLATE BINARY, x.terminal_at
    FROM (${look.select('executions', columns)}) x`;
}

/** Columns of a reservation. */
const R = { id: 1, agent: 2, estimated: 3, actual: 4, state: 5, reserved: 6, settled: 7, expiry: 8 } as const;

/** Gives the reservation of each execution; both tables are written in one order, what is not is looked up. */
function reservationsBeside(look: LedgerLook): (id: unknown) => Row | null {
  const select = look.select('reservations', [
    'rowid',
    'execution_id',
    'agent',
    'estimated_micro',
    'actual_micro',
    'state',
    'reserved_at',
    'settled_at',
    'expiry_at',
  ]);
  const one = look.db.prepare<[unknown], Row>(`${select} WHERE execution_id = ? LIMIT 1`).raw();
  // Given out before their turn.
  const given = new Set<unknown>();
  const batches = keyedRows(look, select, '"rowid"');
  let rows: readonly Row[] = [];
  let at = 0;
  const forward = (): void => {
    at += 1;
    if (at < rows.length) return;
    const step = batches.next();
    rows = step.done === true ? [] : step.value;
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
    given.add(found[R.id]);
    return found;
  };
}

/** Everything that `checkCall` asks of one row alone, and the columns for what it asks of the entries. */
function shapeOf(
  facts: CallFacts,
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
    if (said === null || row[X.response] !== null) return SHAPE.odd;
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
