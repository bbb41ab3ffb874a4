import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import { kindOf, readPayload, type EntryPayload, type StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { witness } from './board.ts';
import { candidatesOf, firstFit } from './candidates.ts';
import { recordsOf, type CallRecords, type Prices } from './records.ts';
import { metadataOf } from './bodies.ts';
import { streamNear, type StreamRow } from './stream-rows.ts';
import { LOCK_SECONDS, secondsOf, STATEMENT_SECONDS } from './times.ts';
import { differences, money, shortId, shown } from './words.ts';

export type InspectOptions = { readonly prices: Prices | null };

/** What the other records say about one entry, read just now: amounts, states, times and who it was. */
export function witnessesOf(look: LedgerLook, entry: StoredEntry, options: InspectOptions): LedgerWitness[] {
  const payload = readPayload(entry.type, entry.payload);
  const said: LedgerWitness[] = [linkWitness(look, entry)];
  const records = entry.executionId === null ? null : recordsOf(look, entry.executionId);
  if (records !== null) {
    said.push(...executionWitness(entry, payload, records));
    said.push(...reservationWitness(entry, payload, records));
    if (records.usage !== null && kindOf(entry.type) === 'commit') {
      const { prompt, completion } = records.usage;
      const agrees = prompt === payload.prompt && completion === payload.completion;
      said.push(
        witness(
          'response',
          'the stored answer',
          `${prompt} prompt and ${completion} completion tokens`,
          agrees,
        ),
      );
    }
    said.push(...siblings(entry, payload, records));
  }
  const price = payload.model === null ? undefined : options.prices?.get(payload.model);
  if (
    price !== undefined &&
    payload.prompt !== null &&
    payload.completion !== null &&
    payload.cost !== null
  ) {
    const micro = payload.prompt * price.inputMicro + payload.completion * price.outputMicro;
    said.push(
      witness(
        'price',
        `the price of ${shown(payload.model)}`,
        `${money(micro)} for its tokens`,
        micro === payload.cost,
      ),
    );
  }
  const twin = twinOf(look, entry, payload);
  if (twin !== null) said.push(twin);
  said.push(...neighbourWitness(look, entry));
  return said;
}

/** What an entry hashed as, found by trying what other records say; null: it fits as it is, or nothing was found. */
export function restoredOf(
  look: LedgerLook,
  entry: StoredEntry,
  options: InspectOptions = { prices: null },
): { readonly what: string; readonly text: string } | null {
  const fits = entryHash(entry.prevHash, entry) === entry.hash;
  const [next] = look.entries(entry.seq + 1, 1);
  const targets = new Set<string>();
  if (!fits) targets.add(entry.hash);
  if (next !== undefined && next.prevHash !== entry.hash) targets.add(next.prevHash);
  if (targets.size === 0) return null;
  const fit = firstFit(candidatesOf(look, entry, options.prices), entry.prevHash, targets);
  if (fit === null) return null;
  const { expected } = differences(fit.candidate, entry);
  const id = fit.candidate.executionId ?? '';
  const head = fit.candidate.type === entry.type ? '' : `${fit.candidate.type} `;
  const tail = id === (entry.executionId ?? '') ? '' : ` of execution ${shortId(id)}`;
  return { what: expected, text: `${head}${fit.candidate.payload}${tail}` };
}

function linkWitness(look: LedgerLook, entry: StoredEntry): LedgerWitness {
  const before = look.db
    .prepare(`${look.select('event_log', ['seq', 'event_hash'])} WHERE seq < ? ORDER BY seq DESC LIMIT 1`)
    .raw()
    .get(entry.seq) as readonly [number, string] | undefined;
  const [next] = look.entries(entry.seq + 1, 1);
  const linked = entry.prevHash === (before?.[1] ?? GENESIS);
  const named = next === undefined || next.prevHash === entry.hash;
  const fits = entryHash(entry.prevHash, entry) === entry.hash;
  const parts = [
    fits ? 'its hash is that of its content' : 'its hash is not that of its content',
    linked ? 'it names the entry before it' : 'it names another entry before it',
    next === undefined
      ? 'no entry follows it'
      : named
        ? 'the entry behind it names it'
        : 'the entry behind it names another one',
  ];
  return witness('hash', `entry ${entry.seq}`, parts.join(', '), fits && linked && named, entry.seq);
}

const near = (a: number | null, b: number | null, within: number): boolean =>
  a !== null && b !== null && Math.abs(a - b) <= within;

function executionWitness(
  entry: StoredEntry,
  payload: EntryPayload,
  { execution, error, id }: CallRecords,
): LedgerWitness[] {
  if (execution === null) return [witness('execution', `execution ${shortId(id)}`, 'has no row', false)];
  const kind = kindOf(entry.type);
  const ends: Readonly<Record<string, string>> = {
    commit: 'COMMITTED',
    release: 'RELEASED',
    deny: 'DENIED',
    fail: 'FAILED',
  };
  const state = ends[kind];
  const begins = kind === 'reserve';
  const at = begins ? execution.createdAt : execution.terminalAt;
  const ts = secondsOf(entry.ts);
  const said: LedgerWitness[] = [];
  const agent = execution.agent === entry.agent;
  said.push(
    witness(
      'execution',
      'its execution',
      `agent ${shown(execution.agent)}, state ${execution.state ?? 'none'}${execution.statusCode === null ? '' : `, status ${execution.statusCode}`}`,
      agent && (state === undefined || execution.state === state),
    ),
  );
  if ((begins || state !== undefined) && at !== null) {
    said.push(
      witness(
        'execution',
        begins ? 'the beginning of its execution' : 'the end of its execution',
        at,
        near(secondsOf(at), ts, LOCK_SECONDS),
      ),
    );
  }
  if (error !== null && kind === 'deny') {
    const agrees = error.estimated === payload.estimated && error.remaining === payload.remaining;
    said.push(
      witness(
        'execution',
        'the stored answer of the denial',
        `estimate ${money(error.estimated ?? 0)}, remaining ${money(error.remaining ?? 0)}`,
        agrees,
      ),
    );
  } else if (error !== null && (kind === 'release' || kind === 'fail')) {
    said.push(witness('execution', 'the stored error', shown(error.detail), error.detail === payload.reason));
  }
  return said;
}

function reservationWitness(
  entry: StoredEntry,
  payload: EntryPayload,
  { reservation }: CallRecords,
): LedgerWitness[] {
  const kind = kindOf(entry.type);
  if (reservation === null || (kind !== 'reserve' && kind !== 'commit' && kind !== 'release')) return [];
  const estimated = reservation.estimatedMicro;
  const said: LedgerWitness[] = [
    witness(
      'reservation',
      'its reservation',
      `estimate ${money(estimated ?? 0)}, agent ${shown(reservation.agent)}`,
      estimated === payload.estimated && reservation.agent === entry.agent,
    ),
  ];
  if (kind === 'reserve') {
    said.push(
      witness(
        'reservation',
        'the expiry of its reservation',
        reservation.expiryAt ?? 'none',
        reservation.expiryAt === payload.expiry,
      ),
    );
  } else if (kind === 'commit') {
    said.push(
      witness(
        'reservation',
        'the cost in its reservation',
        money(reservation.actualMicro ?? 0),
        reservation.actualMicro === payload.cost,
      ),
    );
  }
  const at = kind === 'reserve' ? reservation.reservedAt : reservation.settledAt;
  if (at !== null)
    said.push(
      witness(
        'reservation',
        'the time in its reservation',
        at,
        near(secondsOf(at), secondsOf(entry.ts), LOCK_SECONDS),
      ),
    );
  return said;
}

function siblings(entry: StoredEntry, payload: EntryPayload, { entries }: CallRecords): LedgerWitness[] {
  const said: LedgerWitness[] = [];
  for (const other of entries) {
    if (other.seq === entry.seq) continue;
    const { estimated } = readPayload(other.type, other.payload);
    if (estimated === null || payload.estimated === null) {
      if (other.agent !== entry.agent)
        said.push(witness('entry', `entry ${other.seq}`, `agent ${shown(other.agent)}`, false, other.seq));
      continue;
    }
    said.push(
      witness(
        'entry',
        `entry ${other.seq}`,
        `estimate ${money(estimated)}, agent ${shown(other.agent)}`,
        estimated === payload.estimated && other.agent === entry.agent,
        other.seq,
      ),
    );
  }
  return said;
}

const ACTIONS: Readonly<Record<string, string>> = {
  commit: 'usage.commit',
  deny: 'budget.deny',
  lifecycle: 'AGENT_STATE',
  tool: 'TOOL_EXEC',
  'tool-denied': 'TOOL_EXEC_DENIED',
};

/** The row of the older stream that is likest to an entry, within the time of one transaction. */
function twinOf(look: LedgerLook, entry: StoredEntry, payload: EntryPayload): LedgerWitness | null {
  const action = ACTIONS[kindOf(entry.type)];
  const seconds = secondsOf(entry.ts);
  if (action === undefined || entry.agent === null || seconds === null) return null;
  const rows = streamNear(look, entry.agent, seconds, STATEMENT_SECONDS).filter(
    (row) => row.action === action,
  );
  if (rows.length === 0)
    return witness(
      'stream',
      'the older event stream',
      `has no ${action} of ${shown(entry.agent)} at that time`,
      false,
    );
  const same = rows.find((row) => sameRow(row, payload));
  const row = same ?? rows[0]!;
  const says =
    action === 'usage.commit' ? `${money(row.cost ?? 0)}, ${shown(row.metadata)}` : shown(row.metadata);
  return witness('stream', `row ${row.id} of events`, says, same !== undefined);
}

function sameRow(row: StreamRow, payload: EntryPayload): boolean {
  if (row.action === 'usage.commit') return row.cost === payload.cost && row.metadata === payload.model;
  const said = metadataOf(row.metadata);
  if (said === null) return false;
  if (row.action === 'budget.deny') {
    return (
      said.get('estimated_micro') === payload.estimated && said.get('remaining_micro') === payload.remaining
    );
  }
  if (row.action === 'AGENT_STATE') return said.get('from') === payload.from && said.get('to') === payload.to;
  return said.get('tool_name') === payload.tool;
}

function neighbourWitness(look: LedgerLook, entry: StoredEntry): LedgerWitness[] {
  const around = look.entries(Math.max(0, entry.seq - 1), 3);
  const before = around.find(({ seq }) => seq < entry.seq);
  const after = around.find(({ seq }) => seq > entry.seq);
  const ts = secondsOf(entry.ts);
  const low = before === undefined ? null : secondsOf(before.ts);
  const high = after === undefined ? null : secondsOf(after.ts);
  if (low === null && high === null) return [];
  const agrees =
    ts !== null &&
    (low === null || ts >= low - STATEMENT_SECONDS) &&
    (high === null || ts <= high + STATEMENT_SECONDS);
  const says = [before?.ts, after?.ts].filter((one) => one !== undefined).join(' and ');
  return [witness('neighbours', 'the entries before and behind it', shown(says), agrees)];
}
