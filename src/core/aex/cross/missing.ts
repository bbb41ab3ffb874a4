import { NONE } from '../columns.ts';
import { entryHash } from '../chain/entry-hash.ts';
import { kindOf, readPayload } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { KIND, makeRoom, SEEN, setEntry, type Facts } from './facts.ts';
import { rebuild, rebuiltTransition, recordsOf, type Prices, type Rebuilt } from './records.ts';
import type { StreamAlignment } from './stream.ts';
import { metadataOf } from './bodies.ts';
import { secondsOf } from './times.ts';

/** Entries that an execution should have and lacks, in their order, each in all variants that its records allow. */
export type Lacking = {
  readonly executionId: string | null;
  readonly agent: string | null;
  readonly seconds: number;
  readonly steps: (readonly Rebuilt[])[];
  /** how many of the steps were found to be the missing ones of a gap */
  taken: number;
};

/** Executions that are looked at one by one. Beyond: gaps are told without what stood in them. */
const MAX_LACKING = 400;
const STEP = { reserve: 1, dispatch: 2, end: 4, tool: 8 } as const;

/** Which steps each execution has entries of, by its number. */
export function stepsSeen(facts: Facts): Uint8Array {
  const seen = new Uint8Array(facts.ids.count);
  for (let at = 0; at < facts.count; at++) {
    const execution = facts.execution[at]!;
    if (execution !== NONE) seen[execution]! |= stepOf(facts.kind[at]!);
  }
  return seen;
}

function stepOf(kind: number): number {
  if (kind === KIND.reserve) return STEP.reserve;
  if (kind === KIND.dispatch) return STEP.dispatch;
  if (kind === KIND.commit || kind === KIND.release || kind === KIND.deny || kind === KIND.fail)
    return STEP.end;
  return kind === KIND.tool || kind === KIND['tool-denied'] ? STEP.tool : 0;
}

/** Reasons of releases that come before the call went out, so that there was no dispatch. */
const BEFORE_DISPATCH = /^(?:max_tokens |Streaming responses |Passthrough |API key not |Recovered stale )/;

/** All executions and rows of the older stream that lack entries, by time. */
export function lackingOf(
  look: LedgerLook,
  facts: Facts,
  alignment: StreamAlignment,
  prices: Prices | null,
): Lacking[] {
  const seen = stepsSeen(facts);
  const toolIds = new Set<string>();
  for (const { row } of alignment.extra) {
    const id = metadataOf(row.metadata)?.get('execution_id');
    if (row.action === 'TOOL_EXEC' && typeof id === 'string') toolIds.add(id);
  }
  const failedTools = alignment.extra.some(({ row }) => row.action === 'TOOL_EXEC_DENIED');
  const found: Lacking[] = [];
  const sql = look.select('executions', ['execution_id', 'state', 'endpoint']);
  const ids: string[] = [];
  for (const row of look.db.prepare(sql).raw().iterate()) {
    const [id, state, endpoint] = row as readonly unknown[];
    if (typeof id !== 'string' || ids.length >= MAX_LACKING) continue;
    const number = facts.ids.find(id);
    const has = number === NONE ? 0 : seen[number]!;
    const needs = needsOf(state) | (toolIds.has(id) ? STEP.tool : 0);
    const tool = failedTools && state === 'RELEASED' && endpoint === '/v1/tools/execute' ? STEP.tool : 0;
    if (((needs | tool) & ~has) !== 0) ids.push(id);
  }
  for (const id of ids) {
    const number = facts.ids.find(id);
    const has = number === NONE ? 0 : seen[number]!;
    const lacking = lackingSteps(look, id, has, toolIds.has(id) || failedTools, prices);
    if (lacking !== null) found.push(lacking);
  }
  for (const { row } of alignment.extra) {
    if (row.action !== 'AGENT_STATE') continue;
    const made = rebuiltTransition(row);
    if (made !== null) {
      const seconds = secondsOf(row.timestamp) ?? 0;
      found.push({ executionId: null, agent: row.agent, seconds, steps: [[made]], taken: 0 });
    }
  }
  return found.sort((a, b) => a.seconds - b.seconds);
}

function needsOf(state: unknown): number {
  if (state === 'COMMITTED') return STEP.reserve | STEP.dispatch | STEP.end;
  if (state === 'RELEASED') return STEP.reserve | STEP.dispatch | STEP.end;
  if (state === 'DENIED' || state === 'FAILED') return STEP.end;
  if (state === 'RESERVED') return STEP.reserve;
  return state === 'DISPATCHED' ? STEP.reserve | STEP.dispatch : 0;
}

function lackingSteps(
  look: LedgerLook,
  id: string,
  has: number,
  tool: boolean,
  prices: Prices | null,
): Lacking | null {
  const records = recordsOf(look, id);
  const state = records.execution?.state;
  const all = rebuild(records, prices, null);
  const reason = records.error?.detail ?? '';
  let needs = needsOf(state);
  if (state === 'RELEASED' && BEFORE_DISPATCH.test(reason)) needs &= ~STEP.dispatch;
  if (tool && state === 'COMMITTED') needs |= STEP.tool;
  if (tool && reason.startsWith('Tool execution failed: ')) needs |= STEP.tool;
  const kinds: Readonly<Record<string, string>> = {
    COMMITTED: 'commit',
    RELEASED: 'release',
    DENIED: 'deny',
    FAILED: 'fail',
  };
  const steps: (readonly Rebuilt[])[] = [];
  for (const step of ['reserve', 'dispatch', 'end', 'tool'] as const) {
    if ((needs & ~has & STEP[step]) === 0) continue;
    const variants = all.filter(
      (made) => made.step === step && (step !== 'end' || kindOf(made.type) === kinds[state ?? '']),
    );
    if (variants.length > 0) steps.push(variants);
  }
  if (steps.length === 0) return null;
  const seconds = secondsOf(steps[0]![0]!.ts) ?? 0;
  return { executionId: id, agent: records.execution?.agent ?? null, seconds, steps, taken: 0 };
}

/** Hashes that are tried to find out what stood in a gap. */
const MAX_TRIES = 60_000;

/**
 * The entries that stood between two others: those of `lacking` that chain from one hash to the other. Null where none
 * do, or too many could.
 */
export function provedMissing(
  prev: string,
  target: string,
  count: number,
  lacking: readonly Lacking[],
): readonly Rebuilt[] | null {
  if (count > 2_000) return null;
  let tries = 0;
  const taken = lacking.map((one) => one.taken);
  const path: Rebuilt[] = [];
  const walk = (hash: string): boolean => {
    if (path.length === count) return hash === target;
    for (const [i, one] of lacking.entries()) {
      const step = one.steps[taken[i]!];
      if (step === undefined) continue;
      for (const made of step) {
        tries += 1;
        if (tries > MAX_TRIES) return false;
        path.push(made);
        taken[i]! += 1;
        if (walk(entryHash(hash, made))) return true;
        path.pop();
        taken[i]! -= 1;
      }
    }
    return false;
  };
  if (!walk(prev)) return null;
  for (const [i, one] of lacking.entries()) one.taken = taken[i]!;
  return path;
}

/** The next lacking entries in the order of their times, as many as fit; they are what other records say, not proved. */
export function likelyMissing(
  count: number,
  lacking: readonly Lacking[],
  from: number,
  to: number,
): Rebuilt[] {
  const path: Rebuilt[] = [];
  for (const one of lacking) {
    if (one.seconds < from || one.seconds > to) continue;
    while (one.taken < one.steps.length && path.length < count) {
      path.push(one.steps[one.taken]![0]!);
      one.taken += 1;
    }
  }
  return path;
}

/** Puts entries before a place, so that everything else is checked as if they were there. */
export function insertRebuilt(facts: Facts, at: number, made: readonly Rebuilt[], firstSeq: number): void {
  if (made.length === 0) return;
  makeRoom(facts, at, made.length);
  for (const [i, one] of made.entries()) {
    const ts = one.ts === '' ? '' : one.ts;
    setEntry(facts, at + i, { ...one, ts }, readPayload(one.type, one.payload));
    facts.flags[at + i] = SEEN.rebuilt;
    facts.placed.set(at + i, firstSeq + i);
  }
}
