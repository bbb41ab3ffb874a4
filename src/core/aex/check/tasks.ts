import type { LedgerInvariant } from '../../../contract/ledger-report.ts';
import { buffersOf, type CallPart } from '../cross/beside.ts';
import { readCallPart } from '../cross/call-facts.ts';
import type { KeyRange } from '../cross/keyed-rows.ts';
import { readStreamFacts, type StreamFacts } from '../cross/stream-facts.ts';
import { wordList } from '../cross/word-list.ts';
import type { LedgerLook } from '../store.ts';
import { checkRules } from './invariants.ts';
import { CONTROL, type Shared } from './shared.ts';
import { UNCOUNTED } from './spans.ts';
import { checkPages, type Pages } from './start-check.ts';

/** What a task comes to: something of what stands beside the entries. */
export type TaskResult =
  | { readonly task: 'stream'; readonly stream: StreamFacts | null; readonly words: readonly string[] }
  | { readonly task: 'rules'; readonly rules: readonly LedgerInvariant[] }
  | { readonly task: 'calls'; readonly index: number; readonly part: CallPart }
  | { readonly task: 'pages'; readonly pages: Pages };

/** Parts in which the executions are shared out. */
const CALL_PARTS = 16;
/** All tasks: the older stream, the invariants, the parts of the executions, the pages of the file. */
const TASKS = CALL_PARTS + 3;

/** Says for all threads where the executions of this look begin and end. */
export function agreeOnCalls(look: LedgerLook, { calls }: Shared): void {
  const rows = look.select('executions', ['rowid']);
  const end = (order: string): unknown =>
    look.db.prepare<[], unknown>(`${rows} ORDER BY "rowid" ${order} LIMIT 1`).pluck().get();
  const [first, last] = [end('ASC'), end('DESC')];
  const exact = Number.isSafeInteger(first) && Number.isSafeInteger(last);
  calls.set(exact ? [Number(first), Number(last)] : [Number.NaN, Number.NaN]);
}

/** The next task that nobody does yet; null: all are taken. */
export function takeTask({ control }: Shared): number | null {
  const task = Atomics.add(control, CONTROL.task, 1);
  return task < TASKS ? task : null;
}

export function doTask(look: LedgerLook, shared: Shared, task: number, fileBytes: number): TaskResult {
  if (task === 0) {
    const words = wordList();
    const stream = readStreamFacts(look, words);
    return { task: 'stream', stream, words: words.texts };
  }
  if (task === 1) return { task: 'rules', rules: checkRules(look) };
  if (task === TASKS - 1) return { task: 'pages', pages: checkPages(look, fileBytes) };
  return { task: 'calls', index: task - 2, part: readCalls(look, shared, task - 2) };
}

/** The memory of a result, for moving it to another thread. */
export function buffersOfResult(result: TaskResult): ArrayBuffer[] {
  if (result.task === 'stream') return buffersOf(result.stream);
  return result.task === 'calls' ? buffersOf(result.part?.calls ?? null) : [];
}

function readCalls(look: LedgerLook, shared: Shared, index: number): CallPart {
  const range = partOf(shared, index);
  if (range === null) return null;
  const words = wordList();
  const width = Math.max(0, range.last - range.first + 1);
  const expected = width <= UNCOUNTED ? width : Math.ceil(look.counts().executions / CALL_PARTS) + 512;
  const calls = readCallPart(look, words, range, expected);
  return calls === null ? null : { calls, words: words.texts };
}

/** The row numbers of a part, which may be empty; null: rows can't be told apart by number. */
function partOf({ calls: [first = Number.NaN, last = Number.NaN] }: Shared, index: number): KeyRange | null {
  if (!(last >= first)) return null;
  const step = Math.ceil((last - first + 1) / CALL_PARTS);
  return { first: first + index * step, last: Math.min(last, first + (index + 1) * step - 1) };
}
