import { ENTRY_KINDS, type EntryKind } from '../../../contract/ledger.ts';
import { TextPool } from '../../columns/text-pool.ts';
import { FLAG, NONE, type LedgerColumns } from '../columns.ts';
import { columnText, kindOf, READ, readPayloadInto } from '../entry.ts';
import { emptyFields, type PayloadFields } from '../payload-scan.ts';
import { entryArrays, executionArrays, withSlack, type EntryArrays, type ExecutionArrays } from './arrays.ts';
import { Interned } from './interned.ts';
import { stampReader } from './stamp.ts';
import { RunningSums } from './sums.ts';

/** The columns of a row that the index is made of, in their order. */
export const INDEXED = ['seq', 'execution_id', 'agent', 'event_type', 'payload_json', 'ts'] as const;
export type IndexedRow = readonly [
  seq: unknown,
  executionId: unknown,
  agent: unknown,
  type: unknown,
  payload: unknown,
  ts: unknown,
];

/** What the recovery at a start says when it releases a reservation (formats/aex.md §16). */
const RECOVERED = 'Recovered stale reservation';

const COMMIT = ENTRY_KINDS.indexOf('commit');
const RELEASE = ENTRY_KINDS.indexOf('release');
const RESERVE = ENTRY_KINDS.indexOf('reserve');

/**
 * Makes columns of entries that come in the order of seq. What was made before stays as it is: rows are only put behind
 * `count`, and arrays that have no room left are copied. `next` of old rows and what the entries of an execution come
 * to are the exception: they follow what came.
 */
export class IndexBuilder {
  count: number;
  readonly #texts: TextPool;
  readonly #ids: TextPool;
  readonly #sums: RunningSums;
  #columns: EntryArrays;
  #executions: ExecutionArrays;
  #executionCount: number;
  #capacity: number;
  #lastMicros = NaN;
  #summed: number;
  readonly #types = new Map<
    string,
    { readonly id: number; readonly kind: EntryKind; readonly place: number }
  >();
  readonly #details: Interned;
  readonly #executionIds: Interned;
  readonly #ts = stampReader();
  readonly #expiry = stampReader();
  readonly #fields: PayloadFields = emptyFields();

  /** `expected`: how many entries there will be in all, about. */
  constructor(expected: number, from: LedgerColumns | null = null, sums: RunningSums | null = null) {
    this.count = from?.count ?? 0;
    this.#summed = this.count;
    this.#texts = from?.texts ?? new TextPool();
    this.#ids = from?.executions.ids ?? new TextPool();
    this.#details = new Interned(this.#texts);
    this.#executionIds = new Interned(this.#ids);
    this.#executionCount = from?.executions.count ?? 0;
    this.#sums = sums ?? new RunningSums();
    if (from === null) {
      this.#capacity = withSlack(expected);
      this.#columns = entryArrays(this.#capacity);
      this.#executions = executionArrays(withSlack(expected / 3));
      return;
    }
    if (sums === null) this.#sums.resume(from, from.count);
    this.#capacity = from.seq.length;
    this.#columns = from;
    this.#executions = from.executions;
    for (let row = from.count - 1; row >= 0 && Number.isNaN(this.#lastMicros); row--) {
      this.#lastMicros = from.micros[row]!;
    }
    if (expected > this.#capacity) this.#grow(expected);
  }

  add([seq, executionId, agent, type, payload, ts]: IndexedRow): void {
    const row = this.count;
    if (row >= this.#capacity) this.#grow(row + 1);
    const columns = this.#columns;
    const { id, kind, place } = this.#typeOf(typeof type === 'string' ? type : columnText(type));
    columns.seq[row] = Number(seq);
    columns.kind[row] = place;
    columns.type[row] = id;
    columns.agent[row] = agent === null ? 0 : this.#textId(columnText(agent));
    columns.next[row] = NONE;
    let flags = 0;
    const micros = this.#ts(typeof ts === 'string' ? ts : columnText(ts));
    columns.micros[row] = micros;
    if (micros < this.#lastMicros) flags |= FLAG.clockBack;
    if (!Number.isNaN(micros)) this.#lastMicros = micros;

    const fields = this.#fields;
    const isText = typeof payload === 'string';
    const read = readPayloadInto(kind, isText ? payload : columnText(payload), fields);
    if (read !== 0 || !isText) {
      if ((read & READ.odd) !== 0 || !isText) flags |= FLAG.oddPayload;
      if ((read & READ.inexact) !== 0) flags |= FLAG.inexact;
    }
    const { estimated, prompt, completion } = fields;
    const amount = kind === 'deny' ? fields.remaining : fields.cost;
    columns.estimated[row] = estimated ?? NaN;
    columns.amount[row] = amount ?? NaN;
    columns.prompt[row] = prompt ?? NaN;
    columns.completion[row] = completion ?? NaN;
    columns.expiry[row] = place === RESERVE && fields.expiry !== null ? this.#expiry(fields.expiry) : NaN;
    const detail = detailOf(kind, fields);
    columns.detail[row] = detail === null ? 0 : this.#textId(detail);
    if (place === COMMIT) {
      if (amount !== null && estimated !== null && amount > estimated) flags |= FLAG.overrun;
      if (amount === 0 && (prompt ?? 0) === 0 && (completion ?? 0) === 0) flags |= FLAG.free;
    } else if (place === RELEASE && fields.reason === RECOVERED) flags |= FLAG.recovered;
    columns.flags[row] = flags;
    columns.execution[row] = executionId === null ? NONE : this.#follow(row, place, columnText(executionId));
    this.count = row + 1;
  }

  /** The columns of everything that was put in. */
  finish(): { readonly columns: LedgerColumns; readonly sums: RunningSums } {
    const { count } = this;
    this.#sums.run(this.#columns, this.#summed, count);
    this.#summed = count;
    const executions = { ...this.#executions, count: this.#executionCount, ids: this.#ids };
    const columns = { ...this.#columns, count, texts: this.#texts, executions };
    return { columns, sums: this.#sums };
  }

  #typeOf(type: string) {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const kind = kindOf(type);
    const made = { id: this.#textId(type), kind, place: ENTRY_KINDS.indexOf(kind) };
    // A store of a thousand types is no ledger, and may have a million of them.
    if (this.#types.size < 1_000) this.#types.set(type, made);
    return made;
  }

  #textId(text: string): number {
    return text === '' ? 0 : this.#details.id(text);
  }

  /** Puts an entry to those of its execution. Returns the number of the execution. */
  #follow(row: number, place: number, id: string): number {
    if (id === '') return NONE;
    const number = this.#executionIds.id(id) - 1;
    if (number >= this.#executionCount) {
      this.#executionCount = number + 1;
      if (number >= this.#executions.first.length) {
        this.#executions = executionArrays(withSlack(number), this.#executions, number);
      }
      const { first, reserve, settle, entries } = this.#executions;
      first[number] = row;
      reserve[number] = NONE;
      settle[number] = NONE;
      entries[number] = 0;
    } else this.#columns.next[this.#executions.last[number]!] = row;
    const { last, reserve, settle, entries } = this.#executions;
    last[number] = row;
    entries[number]!++;
    if (place === RESERVE) {
      reserve[number] = row;
      settle[number] = NONE;
    } else if ((place === COMMIT || place === RELEASE) && settle[number] === NONE) settle[number] = row;
    return number;
  }

  #grow(least: number): void {
    this.#capacity = withSlack(least);
    this.#columns = entryArrays(this.#capacity, this.#columns, this.count);
  }
}

/** What `LedgerColumns.detail` says. */
export function detailOf(kind: EntryKind, fields: Readonly<PayloadFields>): string | null {
  switch (kind) {
    case 'commit':
      return fields.model;
    case 'release':
    case 'fail':
    case 'policy':
      return fields.reason;
    case 'deny':
      return fields.detail;
    case 'tool':
    case 'tool-denied':
      return fields.tool;
    case 'lifecycle':
      return fields.from === null && fields.to === null ? null : `${fields.from ?? ''} → ${fields.to ?? ''}`;
    default:
      return null;
  }
}
