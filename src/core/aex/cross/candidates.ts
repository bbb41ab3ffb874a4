import { parseJson } from '../../json/parse.ts';
import { entryHash, type HashedParts } from '../chain/entry-hash.ts';
import { TYPE_KINDS } from '../columns.ts';
import { readPayload, type StoredEntry } from '../entry.ts';
import { canonicalAex } from '../rules/canonical.ts';
import type { LedgerLook } from '../store.ts';
import { payloadText } from './payload-text.ts';
import { rebuild, rebuiltTransition, recordsOf, type Prices } from './records.ts';
import { streamNear } from './stream-rows.ts';
import { secondsOf } from './times.ts';

/** A content that was tried, with the record that says it. */
export type Candidate = HashedParts & { readonly from: string };

const NEAR_SECONDS = 300;
const NEAR_ENTRIES = 12;
/** Executions about the time of an entry whose ids are tried. */
const MAX_NEAR = 60;

/**
 * Contents that an entry may have had by what other records say, the likeliest first: another spelling or type, the
 * figures of its execution, the execution of a neighbour, its row in the older stream.
 */
export function* candidatesOf(
  look: LedgerLook,
  entry: StoredEntry,
  prices: Prices | null,
): Generator<Candidate> {
  const parsed = parseJson(entry.payload);
  const canonical = parsed.ok ? canonicalAex(parsed.node) : null;
  if (canonical !== null && canonical !== entry.payload) {
    yield { ...parts(entry), payload: canonical, from: 'its canonical spelling' };
  }
  for (const type of TYPE_KINDS.keys()) {
    if (type !== entry.type) yield { ...parts(entry), type, from: 'another type' };
    if (type !== entry.type && canonical !== null && canonical !== entry.payload) {
      yield { ...parts(entry), type, payload: canonical, from: 'another type' };
    }
  }
  yield* modelsTried(entry, prices);
  const tried = new Set<string>();
  if (entry.executionId !== null) {
    tried.add(entry.executionId);
    yield* rebuiltFor(look, entry.executionId, entry, prices, 'the other records of its execution');
  }
  for (const id of nearExecutions(look, entry)) {
    if (tried.has(id)) continue;
    tried.add(id);
    yield { ...parts(entry), executionId: id, from: 'an execution about that time' };
    yield* rebuiltFor(look, id, entry, prices, 'the records of another execution about that time');
  }
  if (entry.executionId !== null) yield { ...parts(entry), executionId: null, from: 'no execution' };
  yield* transitions(look, entry);
}

/** A settlement with each model of the price list. */
function* modelsTried(entry: StoredEntry, prices: Prices | null): Generator<Candidate> {
  const { cost, estimated, prompt, completion } = readPayload(entry.type, entry.payload);
  if (cost === null || estimated === null || prompt === null || completion === null) return;
  for (const model of prices?.keys() ?? []) {
    const payload = payloadText.commit(cost, estimated, prompt, completion, model);
    yield { ...parts(entry), payload, from: 'another model of the price list' };
  }
}

const parts = (entry: StoredEntry): HashedParts => ({
  type: entry.type,
  executionId: entry.executionId,
  payload: entry.payload,
});

function* rebuiltFor(
  look: LedgerLook,
  id: string,
  hint: StoredEntry,
  prices: Prices | null,
  from: string,
): Generator<Candidate> {
  for (const { type, executionId, payload } of rebuild(recordsOf(look, id), prices, hint)) {
    yield { type, executionId, payload, from };
  }
}

/** A time as executions have it. */
const stamp = (s: number): string => `${new Date(s * 1_000).toISOString().slice(0, 19)}+00:00`;

function nearExecutions(look: LedgerLook, entry: StoredEntry): string[] {
  const ids = new Set<string>();
  for (const other of look.entries(Math.max(0, entry.seq - NEAR_ENTRIES), NEAR_ENTRIES * 2)) {
    if (other.executionId !== null) ids.add(other.executionId);
  }
  const seconds = secondsOf(entry.ts);
  if (seconds !== null && look.has('executions', 'updated_at')) {
    const rows = look.db
      .prepare(
        `${look.select('executions', ['execution_id', 'updated_at'])} WHERE updated_at BETWEEN ? AND ? LIMIT ?`,
      )
      .raw()
      .all(stamp(seconds - NEAR_SECONDS), stamp(seconds + NEAR_SECONDS), MAX_NEAR);
    for (const row of rows) {
      const id = (row as readonly unknown[])[0];
      if (typeof id === 'string') ids.add(id);
    }
  }
  return [...ids].slice(0, MAX_NEAR);
}

function* transitions(look: LedgerLook, entry: StoredEntry): Generator<Candidate> {
  const seconds = secondsOf(entry.ts);
  const agents = new Set([
    entry.agent,
    ...look
      .accounts()
      .slice(0, 50)
      .map(({ name }) => name),
  ]);
  for (const agent of agents) {
    if (agent === null || seconds === null) continue;
    for (const row of streamNear(look, agent, seconds, NEAR_SECONDS)) {
      if (row.action !== 'AGENT_STATE') continue;
      const made = rebuiltTransition(row);
      if (made !== null) yield { ...parts(made as unknown as StoredEntry), from: 'the older event stream' };
    }
  }
  const payload = readPayload(entry.type, entry.payload);
  if (payload.from === null && payload.to === null) return;
  const states = [
    'READY',
    'PAUSED',
    'RUNNING',
    'QUARANTINED',
    'DECOMMISSIONED',
    'STOPPING',
    'STOPPED',
    'ERROR_RECOVERY',
    'REGISTERED',
  ];
  for (const from of states) {
    for (const to of states) {
      yield {
        type: 'agent.state.transition',
        executionId: null,
        payload: payloadText.lifecycle(from, payload.reason, to),
        from: 'another change of state',
      };
    }
  }
}

/** Values of one amount that are tried one after the other when no record gives the true one. */
const MAX_AMOUNT = 120_000;

/** Tries all small values of each number of a payload; what fits a hash is proved. */
export function* amountsTried(entry: StoredEntry): Generator<Candidate> {
  for (const field of entry.payload.matchAll(/"(\w+)":(-?\d+)/g)) {
    const start = field.index + field[1]!.length + 3;
    const head = entry.payload.slice(0, start);
    const tail = entry.payload.slice(start + field[2]!.length);
    for (let value = 0; value < MAX_AMOUNT; value++) {
      yield { ...parts(entry), payload: `${head}${value}${tail}`, from: `trying every ${field[1]}` };
    }
  }
}

/** The first candidate that hashes to one of the targets behind a predecessor. */
export function firstFit(
  candidates: Iterable<Candidate>,
  prev: string,
  targets: ReadonlySet<string>,
): { readonly candidate: Candidate; readonly hash: string } | null {
  for (const candidate of candidates) {
    const hash = entryHash(prev, candidate);
    if (targets.has(hash)) return { candidate, hash };
  }
  return null;
}
