import type { HashedParts } from '../chain/entry-hash.ts';
import { readPayload, type StoredEntry } from '../entry.ts';
import type { ExecutionRow, ReservationRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import {
  errorBody,
  metadataOf,
  statusOfReason,
  toolOf,
  usageOf,
  type ErrorBody,
  type Usage,
} from './bodies.ts';
import { TOOL_ENDPOINT } from './identity.ts';
import { payloadText } from './payload-text.ts';
import { streamNear, type StreamRow } from './stream-rows.ts';
import { LOCK_SECONDS, secondsOf } from './times.ts';

/** Everything the database says about one execution beside a given entry. */
export type CallRecords = {
  readonly id: string;
  readonly execution: ExecutionRow | null;
  readonly reservation: ReservationRow | null;
  readonly usage: Usage | null;
  readonly tool: string | null;
  readonly error: ErrorBody | null;
  readonly entries: readonly StoredEntry[];
  /** rows of the older stream of that agent about when it ended */
  readonly stream: readonly StreamRow[];
};

export type Price = { readonly inputMicro: number; readonly outputMicro: number };
export type Prices = ReadonlyMap<string, Price>;

/** Characters of an answer that are read to take its usage. */
const MAX_ANSWER = 4_000_000;

export function recordsOf(look: LedgerLook, id: string): CallRecords {
  const execution = look.execution(id);
  const reservation = look.reservation(id);
  const body = execution === null ? null : look.body(id, 'response', MAX_ANSWER);
  const failure = execution === null ? null : look.body(id, 'error', 100_000);
  const agent = execution?.agent ?? reservation?.agent ?? null;
  const ended =
    secondsOf(execution?.terminalAt) ?? secondsOf(reservation?.settledAt) ?? secondsOf(execution?.updatedAt);
  return {
    id,
    execution,
    reservation,
    usage: body === null || body.cut ? null : usageOf(body.text),
    tool: body === null ? null : toolOf(body.text),
    error: errorBody(failure?.text ?? null),
    entries: look.entriesOfExecution(id),
    stream: agent === null || ended === null ? [] : streamNear(look, agent, ended, LOCK_SECONDS),
  };
}

/** An entry that other records say there was, with what they leave open as several of one kind. */
export type Rebuilt = HashedParts & {
  readonly agent: string | null;
  readonly ts: string;
  readonly step: 'reserve' | 'dispatch' | 'end' | 'tool';
};

const stored = (seconds: number | null): string =>
  seconds === null ? '' : new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');

const distinct = <T>(values: readonly (T | null | undefined)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== null && value !== undefined)),
];

/** The most entries that one execution is rebuilt as: every record may say another figure. */
const MAX_VARIANTS = 400;

/**
 * The entries that an execution must have had by its other records, all variants of them. `hint` is an entry that
 * stands there now: what it says counts as one more record.
 */
export function rebuild(records: CallRecords, prices: Prices | null, hint: StoredEntry | null): Rebuilt[] {
  const { execution, reservation, id } = records;
  const said = [...records.entries, ...(hint === null ? [] : [hint])].map((entry) => ({
    type: entry.type,
    payload: readPayload(entry.type, entry.payload),
  }));
  const agent = execution?.agent ?? reservation?.agent ?? hint?.agent ?? null;
  const began = secondsOf(reservation?.reservedAt) ?? secondsOf(execution?.createdAt);
  const ended =
    secondsOf(execution?.terminalAt) ?? secondsOf(reservation?.settledAt) ?? secondsOf(execution?.updatedAt);
  const made: Rebuilt[] = [];
  const add = (step: Rebuilt['step'], type: string, payload: string, seconds: number | null): void => {
    if (made.length < MAX_VARIANTS)
      made.push({ type, executionId: id, payload, agent, ts: stored(seconds), step });
  };
  const estimates = distinct([
    reservation?.estimatedMicro,
    ...said.map(({ payload }) => payload.estimated),
    records.error?.estimated,
  ]);
  const reasons = distinct([records.error?.detail, ...said.map(({ payload }) => payload.reason)]);
  for (const estimated of estimates) {
    for (const expiry of distinct([reservation?.expiryAt, ...said.map(({ payload }) => payload.expiry)])) {
      add('reserve', 'budget.reserve', payloadText.reserve(estimated, expiry), began);
    }
  }
  add('dispatch', 'execution.dispatched', payloadText.dispatch(), began);
  const remaining = distinct([records.error?.remaining, ...said.map(({ payload }) => payload.remaining)]);
  const denials = records.stream
    .filter(({ action }) => action === 'budget.deny')
    .map(({ metadata }) => metadataOf(metadata));
  for (const denial of denials) {
    const left = denial?.get('remaining_micro');
    if (typeof left === 'number' && !remaining.includes(left)) remaining.push(left);
  }
  for (const estimated of estimates) {
    for (const left of remaining) add('end', 'budget.deny', payloadText.deny(estimated, left), ended);
    for (const reason of reasons)
      add('end', 'reservation.release', payloadText.release(estimated, reason), ended);
  }
  const statuses = distinct([execution?.statusCode, ...said.map(({ payload }) => payload.status), 500]);
  for (const reason of reasons) {
    if (/^(?:Interrupted|Missing)/.test(reason) || statusOfReason(reason) === null) {
      for (const status of statuses) add('end', 'execution.failed', payloadText.fail(reason, status), ended);
    }
  }
  for (const commit of commits(records, prices, said, estimates)) add('end', 'usage.commit', commit, ended);
  tools(records, said, (type, payload) => add('tool', type, payload, ended));
  return made;
}

type Said = { readonly type: string; readonly payload: ReturnType<typeof readPayload> };

function commits(
  records: CallRecords,
  prices: Prices | null,
  said: readonly Said[],
  estimates: readonly number[],
): string[] {
  const settled = records.stream.filter(({ action }) => action === 'usage.commit');
  const spent = records.reservation?.actualMicro;
  const isTool = records.execution?.endpoint === TOOL_ENDPOINT;
  // rows of several calls lie near: the likeliest is of the same kind and cost
  const unlike = (row: StreamRow): number =>
    (row.cost === spent ? 0 : 2) + ((row.metadata?.startsWith('tool:') === true) === isTool ? 0 : 1);
  const models: (string | null)[] = [
    ...new Set([
      ...said.filter(({ type }) => type !== 'budget.reserve').map(({ payload }) => payload.model),
      ...(records.tool === null ? [] : [`tool:${records.tool}`]),
      ...settled.toSorted((a, b) => unlike(a) - unlike(b)).map(({ metadata }) => metadata),
    ]),
  ];
  const usages: Usage[] = records.usage === null ? [] : [records.usage];
  const ps = distinct([...usages.map((u) => u.prompt), ...said.map(({ payload }) => payload.prompt)]);
  const cs = distinct([...usages.map((u) => u.completion), ...said.map(({ payload }) => payload.completion)]);
  const costs = [
    records.reservation?.actualMicro,
    ...settled.map(({ cost }) => cost),
    ...said.map(({ payload }) => payload.cost),
  ];
  const texts: string[] = [];
  for (const model of models) {
    const price = model === null ? undefined : prices?.get(model);
    for (const p of ps) {
      for (const c of cs) {
        const priced = price === undefined ? null : p * price.inputMicro + c * price.outputMicro;
        for (const cost of distinct([...costs, priced])) {
          for (const estimated of estimates) {
            if (texts.length < MAX_VARIANTS) texts.push(payloadText.commit(cost, estimated, p, c, model));
          }
        }
      }
    }
  }
  return texts;
}

function tools(
  records: CallRecords,
  said: readonly Said[],
  add: (type: string, payload: string) => void,
): void {
  const metadata = records.stream.map((row) => ({ row, said: metadataOf(row.metadata) }));
  const names = distinct([
    records.tool,
    ...said.map(({ payload }) => payload.tool),
    ...said.map(({ payload }) =>
      payload.model?.startsWith('tool:') === true ? payload.model.slice(5) : null,
    ),
    ...metadata.map(({ said: values }) => text(values?.get('tool_name'))),
  ]);
  const costs = distinct([records.reservation?.estimatedMicro, ...said.map(({ payload }) => payload.cost)]);
  const reason = records.error?.detail ?? '';
  const prefix = 'Tool execution failed: ';
  const errors = distinct([
    reason.startsWith(prefix) ? reason.slice(prefix.length) : null,
    ...said.map(({ payload }) => payload.error),
    ...metadata.map(({ said: values }) => text(values?.get('error'))),
  ]);
  for (const name of names) {
    for (const cost of costs) add('tool.exec', payloadText.tool(cost, name));
    for (const error of errors) add('tool.exec.denied', payloadText.toolDenied(error, name));
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A transition as the older stream has it. */
export function rebuiltTransition(row: StreamRow): Rebuilt | null {
  const said = metadataOf(row.metadata);
  const from = text(said?.get('from'));
  const to = text(said?.get('to'));
  if (from === null || to === null) return null;
  return {
    type: 'agent.state.transition',
    executionId: null,
    payload: payloadText.lifecycle(from, text(said?.get('reason')), to),
    agent: row.agent,
    ts: row.timestamp ?? '',
    step: 'end',
  };
}
