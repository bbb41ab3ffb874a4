import type { EntryKind } from '../../contract/ledger.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { limits } from '../storage/limits.ts';
import { TYPE_KINDS } from './columns.ts';
import { canonicalAex } from './rules/canonical.ts';
import {
  clearFields,
  emptyFields,
  KEY,
  NUMBER_KEYS,
  scanPayload,
  setNumber,
  setText,
  type PayloadFields,
} from './payload-scan.ts';

/**
 * An entry of the event log with its texts as stored (formats/aex.md §2). Where a column holds no text, `odd` says so:
 * NULL is then an empty text (null where the format allows it), a BLOB its bytes read as UTF-8, a number its digits.
 */
export type StoredEntry = {
  readonly seq: number;
  readonly executionId: string | null;
  readonly agent: string | null;
  readonly type: string;
  readonly payload: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly ts: string;
  readonly odd: string | null;
};

/** What is read of an entry where others follow its chain. */
export type ReadEntry = Omit<StoredEntry, 'prevHash' | 'hash'>;

/** The columns of a row that `storedEntry` takes, in their order. */
export const ENTRY_COLUMNS = [
  'seq',
  'execution_id',
  'agent',
  'event_type',
  'payload_json',
  'prev_hash',
  'event_hash',
  'ts',
] as const;

/** One row of `ENTRY_COLUMNS`. */
export type EntryValues = readonly [
  seq: unknown,
  executionId: unknown,
  agent: unknown,
  type: unknown,
  payload: unknown,
  prevHash: unknown,
  hash: unknown,
  ts: unknown,
];

export function storedEntry(row: EntryValues): StoredEntry {
  const [seq, executionId, agent, type, payload, prevHash, hash, ts] = row;
  const ordinary =
    typeof seq === 'number' &&
    (executionId === null || typeof executionId === 'string') &&
    (agent === null || typeof agent === 'string') &&
    typeof type === 'string' &&
    typeof payload === 'string' &&
    typeof prevHash === 'string' &&
    typeof hash === 'string' &&
    typeof ts === 'string';
  if (ordinary) return { seq, executionId, agent, type, payload, prevHash, hash, ts, odd: null };
  const odd = row.flatMap((value, i) => {
    const said = oddStorage(value, i === 0, i === 1 || i === 2);
    return said === null ? [] : [`${ENTRY_COLUMNS[i]} ${said}`];
  });
  return {
    seq: Number(seq),
    executionId: executionId === null ? null : columnText(executionId),
    agent: agent === null ? null : columnText(agent),
    type: columnText(type),
    payload: columnText(payload),
    prevHash: columnText(prevHash),
    hash: columnText(hash),
    ts: columnText(ts),
    odd: odd.length === 0 ? null : odd.join(', '),
  };
}

/** A stored value as text: see `StoredEntry`. */
export function columnText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return String(value);
}

function oddStorage(value: unknown, isNumber: boolean, mayBeNull: boolean): string | null {
  if (value === null) return mayBeNull ? null : 'is NULL';
  if (value instanceof Uint8Array) return 'is a BLOB';
  if (typeof value === 'string') return isNumber ? 'is a text' : null;
  return isNumber ? null : 'is a number';
}

/**
 * What the payload of an entry says. Amounts are integers of micro-dollars; null: it says none, or none that can be
 * added exactly (`inexact`). `odd`: it is not of the form of its type (formats/aex.md §4), in words.
 */
export type EntryPayload = Readonly<PayloadFields> & {
  readonly odd: string | null;
  readonly inexact: boolean;
  /** it is of the form of its type, and AEX writes no such text: another spelling, another state of a dispatch */
  readonly unlike: boolean;
};

const K = KEY;
/** The keys that an entry of each kind has. */
const REQUIRED: Readonly<Record<EntryKind, number>> = {
  reserve: K.estimated_micro | K.expiry_at,
  deny: K.detail | K.estimated_micro | K.remaining_micro,
  dispatch: K.state,
  commit: K.completion_tokens | K.cost_micro | K.estimated_micro | K.model | K.prompt_tokens,
  release: K.estimated_micro | K.reason,
  fail: K.reason | K.status_code,
  tool: K.cost_micro | K.tool_name,
  'tool-denied': K.error | K.tool_name,
  lifecycle: K.from | K.reason | K.to,
  policy: K.endpoint | K.reason,
  other: 0,
};

/** The only texts that AEX writes in a dispatch and in a denial. */
export const CONSTANTS = { state: 'DISPATCHED', detail: 'Insufficient budget' } as const;

function isConstant(kind: EntryKind, { state, detail, expiry }: Readonly<PayloadFields>): boolean {
  if (kind === 'reserve') return expiry !== null && expiry.length === 25 && expiry.endsWith('+00:00');
  if (kind === 'dispatch') return state === CONSTANTS.state;
  return kind !== 'deny' || detail === CONSTANTS.detail;
}

export const kindOf = (type: string): EntryKind => TYPE_KINDS.get(type) ?? 'other';

/** `kindOf` for one type after the other, most of which were seen before. */
export function kindFinder(): (type: string) => EntryKind {
  const types: string[] = [];
  const found: EntryKind[] = [];
  return (type) => {
    const at = type.length & 31;
    if (types[at] === type) return found[at]!;
    types[at] = type;
    return (found[at] = kindOf(type));
  };
}

/** How a payload was read: 0 as it should be. */
export const READ = { odd: 1, inexact: 2, unlike: 4 } as const;

/** Reads a payload: fast where it is of the usual form, else exactly. */
export function readPayload(type: string, text: string): EntryPayload {
  const out = emptyFields();
  const kind = kindOf(type);
  const seen = scanPayload(text, out);
  if (seen >= 0 && fits(kind, seen, out)) return { ...out, odd: null, inexact: false, unlike: false };
  const how = readExactly(kind, text, out);
  return { ...out, ...how };
}

/** The same into `out`, for readers of many: returns bits of `READ`. */
export function readPayloadInto(kind: EntryKind, text: string, out: PayloadFields): number {
  clearFields(out);
  const seen = scanPayload(text, out);
  if (seen >= 0 && fits(kind, seen, out)) return 0;
  return bitsOf(readExactly(kind, text, out));
}

/** Bits of `READ` of a payload that was read. */
export function bitsOf({ odd, inexact, unlike }: HowRead): number {
  return (odd === null ? 0 : READ.odd) | (inexact ? READ.inexact : 0) | (unlike ? READ.unlike : 0);
}

type HowRead = Pick<EntryPayload, 'odd' | 'inexact' | 'unlike'>;

function fits(kind: EntryKind, seen: number, out: PayloadFields): boolean {
  const required = REQUIRED[kind];
  if (seen !== required && kind !== 'other') return false;
  if (!isConstant(kind, out)) return false;
  return (required & K.reason) === 0 || out.reason !== null || kind === 'lifecycle';
}

function readExactly(kind: EntryKind, text: string, out: PayloadFields): HowRead {
  clearFields(out);
  const unread = { inexact: false, unlike: false };
  if (text.length > limits.ledgerPayloadChars) {
    return { odd: `has ${text.length} characters, more than are read`, ...unread };
  }
  const parsed = parseJson(text);
  if (!parsed.ok) return { odd: `is no JSON: ${parsed.error.message}`, ...unread };
  if (parsed.node.kind !== 'object') return { odd: 'is no JSON object', ...unread };
  const values = new Map<string, JsonNode>();
  const odd: string[] = [];
  for (const { key, value } of parsed.node.entries) {
    if (values.has(key) && Object.hasOwn(KEY, key)) odd.push(`has ${key} more than once`);
    values.set(key, value);
  }
  let inexact = false;
  const required = REQUIRED[kind];
  for (const [key, bit] of Object.entries(KEY)) {
    const node = values.get(key);
    const wanted = (required & bit) !== 0;
    if (node === undefined) {
      if (wanted) odd.push(`has no ${key}`);
    } else if ((bit & NUMBER_KEYS) !== 0) {
      const { value, exact, plain } = numberOf(node);
      setNumber(out, bit, value);
      if (!exact) inexact = true;
      if (!plain) odd.push(`gives no integer as ${key}`);
    } else if (node.kind === 'string') setText(out, bit, node.value);
    else if (!(node.kind === 'null' && mayBeNull(kind, bit))) odd.push(`gives no text as ${key}`);
  }
  if (odd.length > 0) return { odd: odd.slice(0, 8).join(', '), inexact, unlike: false };
  const isUsual =
    kind === 'other' ||
    (isConstant(kind, out) && values.size === bitCount(required) && canonicalAex(parsed.node) === text);
  return { odd: null, inexact, unlike: !isUsual };
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const mayBeNull = (kind: EntryKind, key: number): boolean =>
  key === K.model || (key === K.reason && kind === 'lifecycle');

type ReadNumber = { readonly value: number | null; readonly exact: boolean; readonly plain: boolean };

/** A value as Python's `int()` takes it, which is how the original adds amounts up. */
function numberOf(node: JsonNode): ReadNumber {
  if (node.kind === 'int') return exactly(Number(node.text), true);
  if (node.kind === 'float') return exactly(Math.trunc(Number(node.text)), false);
  if (node.kind === 'bool') return { value: node.value ? 1 : 0, exact: true, plain: false };
  if (node.kind === 'string' && /^\s*[+-]?\d+(_\d+)*\s*$/.test(node.value)) {
    return exactly(Number(node.value.replaceAll('_', '')), false);
  }
  return { value: null, exact: true, plain: false };
}

function exactly(number: number, plain: boolean): ReadNumber {
  const exact = Number.isSafeInteger(number);
  // -0 is 0
  return { value: exact ? number + 0 : null, exact, plain };
}
