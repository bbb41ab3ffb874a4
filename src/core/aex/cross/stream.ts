import type { LedgerLook } from '../store.ts';
import type { Beside } from './beside.ts';
import { metadataOf } from './bodies.ts';
import { KIND, nameOf, SEEN, type Facts } from './facts.ts';
import { textMark } from './id-table.ts';
import { plainStream } from './plain-stream.ts';
import { ACTIONS, type StreamFacts } from './stream-facts.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';

/** A row of the older event stream. */
export type StreamRow = {
  readonly id: number;
  readonly agent: string | null;
  readonly action: string;
  readonly cost: number | null;
  readonly timestamp: string | null;
  readonly metadata: string | null;
};

/** What stands beside each other: an entry and its row of the same transaction. */
export type StreamAlignment = {
  /** rows that say something else than their entry, by place */
  readonly differing: Map<number, StreamRow>;
  /** rows that have no entry; `before`: the place they would stand at */
  readonly extra: { readonly row: StreamRow; readonly before: number }[];
  /** places of entries that have no row */
  readonly lacking: number[];
  readonly moreExtra: number;
  readonly moreLacking: number;
  /** deletions of agents: name, id and time */
  readonly deletions: { readonly agent: string; readonly row: StreamRow; readonly before: number }[];
  /** the last limits that refusals name, by agent */
  readonly limits: Map<string, { rpm: number | null; tpm: number | null; row: StreamRow }>;
  readonly rows: number;
  readonly lastId: number;
  /** places where ids do not go on by one: the first missing id, the next row, and the entry before which it stands */
  readonly idGaps: { readonly from: number; readonly to: number; readonly before: number }[];
  readonly readable: boolean;
};

const TWINNED = new Set(ACTIONS.values());

/** Rows and entries that are looked at on either side to find where both go on together. */
const WINDOW = 48;
const KEPT = 1_000;

type Twin = { readonly row: StreamRow; readonly kind: number };

/**
 * Puts the older stream beside the entries. Both are written in one transaction, so they have one order; where one
 * lacks a row, the smallest number of skipped ones after which both agree again is taken. Marks entries whose row
 * says the same with `SEEN.stream`.
 */
export function alignStream(look: LedgerLook, facts: Facts, beside: Beside): StreamAlignment {
  const found = {
    differing: new Map<number, StreamRow>(),
    extra: [] as { row: StreamRow; before: number }[],
    lacking: [] as number[],
    moreExtra: 0,
    moreLacking: 0,
    deletions: [] as { agent: string; row: StreamRow; before: number }[],
    limits: new Map<string, { rpm: number | null; tpm: number | null; row: StreamRow }>(),
    rows: 0,
    lastId: 0,
    idGaps: [] as { from: number; to: number; before: number }[],
    readable: look.has('events', 'id') && look.has('events', 'action'),
  };
  if (!found.readable) return found;
  let at = nextTwinned(facts, 0);
  const rows = beside.stream === null ? rowsInTurn(look) : rowsByPlace(look, beside.stream);
  const samePlain = beside.stream === null ? null : plainStream(facts, beside.stream, beside.words);
  let ended = false;
  const ahead: Twin[] = [];
  const fill = (wanted: number): void => {
    while (!ended && ahead.length < wanted) {
      const row = rows.next(wanted - ahead.length);
      if (row === null) {
        ended = true;
        break;
      }
      found.rows += 1;
      if (row.id !== found.lastId + 1 && found.idGaps.length < KEPT) {
        found.idGaps.push({ from: found.lastId + 1, to: row.id, before: at });
      }
      found.lastId = row.id;
      const kind = ACTIONS.get(row.action);
      if (kind !== undefined) ahead.push({ row, kind });
      else besides(row);
    }
  };
  const besides = (row: StreamRow): void => {
    if (row.agent === null) return;
    if (row.action === 'AGENT_DELETED') {
      if (found.deletions.length < KEPT) found.deletions.push({ agent: row.agent, row, before: at });
      found.limits.delete(row.agent);
    } else if (row.action === 'RATE_LIMIT') {
      const said = /^(RPM|TPM) Limit: (-?\d+)$/.exec(row.metadata ?? '');
      if (said === null) return;
      const known = found.limits.get(row.agent) ?? { rpm: null, tpm: null, row };
      if (said[1] === 'RPM') known.rpm = Number(said[2]);
      else known.tpm = Number(said[2]);
      known.row = row;
      found.limits.set(row.agent, known);
    }
  };
  const skipRow = (twin: Twin): void => {
    if (found.extra.length < KEPT) found.extra.push({ row: twin.row, before: at });
    else found.moreExtra += 1;
  };
  const skipEntry = (): void => {
    if (found.lacking.length < KEPT) found.lacking.push(at);
    else found.moreLacking += 1;
    at = nextTwinned(facts, at + 1);
  };
  const pair = (): void => {
    const { row } = ahead.shift()!;
    // what was put in from other records is no witness against its row
    const rebuilt = (facts.flags[at]! & SEEN.rebuilt) !== 0;
    if (rebuilt || sameAs(facts, at, row)) facts.flags[at]! |= SEEN.stream;
    else {
      facts.flags[at]! &= ~SEEN.stream;
      if (found.differing.size < KEPT * 4) found.differing.set(at, row);
    }
    at = nextTwinned(facts, at + 1);
  };
  for (;;) {
    if (samePlain !== null && ahead.length === 0) {
      while (at < facts.count && samePlain(at, rows.place, found.lastId + 1)) {
        facts.flags[at]! |= SEEN.stream;
        rows.place += 1;
        found.rows += 1;
        found.lastId += 1;
        at = nextTwinned(facts, at + 1);
      }
    }
    fill(1);
    const first = ahead[0];
    if (first === undefined || at >= facts.count) break;
    if (first.kind === facts.kind[at] && sameAs(facts, at, first.row)) {
      pair();
      continue;
    }
    fill(WINDOW);
    const [skipRows, skipEntries] = together(facts, at, ahead);
    for (let i = 0; i < skipRows; i++) skipRow(ahead.shift()!);
    for (let i = 0; i < skipEntries; i++) skipEntry();
    if (ahead.length > 0 && at < facts.count) pair();
  }
  for (const twin of ahead) skipRow(twin);
  do {
    ahead.length = 0;
    fill(WINDOW);
    for (const twin of ahead) skipRow(twin);
  } while (ahead.length > 0);
  while (at < facts.count) skipEntry();
  return found;
}

function nextTwinned(facts: Facts, from: number): number {
  let at = from;
  while (at < facts.count && !TWINNED.has(facts.kind[at]!)) at += 1;
  return at;
}

/** How many rows and entries to skip so that the next pair fits best; ties go to the fewest skipped. */
function together(facts: Facts, at: number, ahead: readonly Twin[]): readonly [number, number] {
  const places = [at];
  while (places.length < WINDOW) {
    const next = nextTwinned(facts, places[places.length - 1]! + 1);
    if (next >= facts.count) break;
    places.push(next);
  }
  let best: readonly [number, number] = [ahead.length, places.length];
  let bestCost = Infinity;
  for (let rows = 0; rows < ahead.length; rows++) {
    for (let entries = 0; entries < places.length && rows + entries < bestCost; entries++) {
      const likeness = likenessOf(facts, places[entries]!, ahead[rows]!);
      if (likeness < 2) continue;
      const behind = ahead[rows + 1];
      const next = places[entries + 1];
      const goesOn = behind === undefined || next === undefined || likenessOf(facts, next, behind) === 3;
      const cost = rows + entries + (3 - likeness) * 0.9 + (goesOn ? 0 : 0.6);
      if (cost < bestCost) {
        bestCost = cost;
        best = [rows, entries];
      }
    }
  }
  return best;
}

/** 0 to 3: how much of agent, figures and time agrees; −1: another kind. */
function likenessOf(facts: Facts, at: number, twin: Twin): number {
  if (facts.kind[at] !== twin.kind) return -1;
  const seconds = secondsOf(twin.row.timestamp);
  const near = seconds !== null && Math.abs(seconds - facts.seconds[at]!) <= STATEMENT_SECONDS;
  const agent = nameOf(facts, facts.agent[at]!) === twin.row.agent;
  return (agent ? 1 : 0) + (near ? 1 : 0) + (sameFigures(facts, at, twin.row) ? 1 : 0);
}

function sameAs(facts: Facts, at: number, row: StreamRow): boolean {
  const seconds = secondsOf(row.timestamp);
  return (
    seconds !== null &&
    Math.abs(seconds - facts.seconds[at]!) <= STATEMENT_SECONDS &&
    nameOf(facts, facts.agent[at]!) === row.agent &&
    sameFigures(facts, at, row)
  );
}

function sameFigures(facts: Facts, at: number, row: StreamRow): boolean {
  const kind = facts.kind[at]!;
  if (kind === KIND.commit) {
    return row.cost === facts.amount[at] && row.metadata === nameOf(facts, facts.model[facts.side[at]!]!);
  }
  if (row.cost !== 0) return false;
  const said = metadataOf(row.metadata);
  if (said === null) return false;
  if (kind === KIND.deny) {
    return (
      said.get('estimated_micro') === facts.estimated[at] && said.get('remaining_micro') === facts.amount[at]
    );
  }
  if (kind === KIND.lifecycle) {
    const transition = facts.transitions[facts.side[at]!]!;
    return (
      said.get('from') === transition.from &&
      said.get('to') === transition.to &&
      (said.get('reason') ?? null) === transition.reason
    );
  }
  if (kind === KIND.tool) {
    const id = said.get('execution_id');
    return (
      said.get('cost_micro') === facts.amount[at] &&
      typeof id === 'string' &&
      facts.ids.find(id) === facts.execution[at] &&
      facts.side[at] === textMark(String(said.get('tool_name')))
    );
  }
  if (kind === KIND['tool-denied']) return facts.side[at] === textMark(String(said.get('error')));
  return true;
}

/** Rows of the older stream: the next one, and how many are through. `wanted`: how many more will be asked for. */
type StreamRows = { next(wanted: number): StreamRow | null; place: number };

const STREAM_COLUMNS = ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata'] as const;

function rowsInTurn(look: LedgerLook): StreamRows {
  const sql = `${look.select('events', STREAM_COLUMNS)} ORDER BY id`;
  const all = look.db.prepare<[], readonly unknown[]>(sql).raw().iterate();
  return {
    place: 0,
    next: () => {
      const step = all.next();
      return step.done === true ? null : streamRow(step.value);
    },
  };
}

/** The same, for one who passes over rows that are known as columns. */
function rowsByPlace(look: LedgerLook, columns: StreamFacts): StreamRows {
  const some = look.db
    .prepare<[number, number], readonly unknown[]>(
      `${look.select('events', STREAM_COLUMNS)} WHERE id >= ? ORDER BY id LIMIT ?`,
    )
    .raw();
  let read: (readonly unknown[])[] = [];
  let first = 0;
  const rows: StreamRows = {
    place: 0,
    next: (wanted) => {
      if (rows.place >= columns.count) return null;
      if (rows.place < first || rows.place >= first + read.length) {
        read = some.all(columns.id[rows.place]!, Math.min(wanted, columns.count - rows.place));
        first = rows.place;
      }
      const row = read[rows.place - first]!;
      rows.place += 1;
      return streamRow(row);
    },
  };
  return rows;
}

export function streamRow(row: readonly unknown[]): StreamRow {
  const [id, agent, action, cost, timestamp, metadata] = row;
  return {
    id: Number(id),
    agent: typeof agent === 'string' ? agent : null,
    action: String(action),
    cost: typeof cost === 'number' && Number.isSafeInteger(cost) ? cost : null,
    timestamp: typeof timestamp === 'string' ? timestamp : null,
    metadata: typeof metadata === 'string' ? metadata : null,
  };
}

/** Rows of an agent within some seconds of a time, at most 40. */
export function streamNear(look: LedgerLook, agent: string, seconds: number, within: number): StreamRow[] {
  if (!look.has('events', 'timestamp')) return [];
  const sql = `${look.select('events', ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata'])} WHERE agent = ? AND timestamp BETWEEN ? AND ? LIMIT 40`;
  const rows = look.db
    .prepare(sql)
    .raw()
    .all(agent, timeText(seconds - within), timeText(seconds + within));
  return rows.map((row) => streamRow(row as readonly unknown[]));
}
