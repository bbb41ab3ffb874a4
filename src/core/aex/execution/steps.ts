import type { ExecutionStep } from '../../../contract/ledger-detail.ts';
import { readTimestamp } from '../../records/time.ts';
import type { ReadEntry, StoredCall } from './call.ts';
import { tokens, usd } from './words.ts';

/** The states an execution was in, in order, each with what says so (formats/aex.md §7). */
export function stepsOf(call: StoredCall, nowMicros: number): ExecutionStep[] {
  const { row, reservation, entries } = call;
  const steps: ExecutionStep[] = [];
  const push = (state: string, at: string | null, seq: number | null, text: string): void => {
    steps.push({ state, at, atMicros: at === null ? null : (readTimestamp(at)?.micros ?? null), seq, text });
  };
  if (row !== null) {
    push(
      'RESERVING',
      row.createdAt,
      null,
      row.endpoint === null
        ? 'The row of the execution names no path.'
        : `${row.endpoint}, by the row of the execution.`,
    );
  }
  for (const one of entries) {
    const told = stepOf(one, call);
    if (told !== null) push(told.state, one.entry.ts, one.entry.seq, told.text);
  }
  const last = steps.at(-1)?.state ?? null;
  const state = row?.state ?? null;
  if (state !== null && state !== lastState(steps)) {
    const at = row!.terminalAt ?? row!.updatedAt;
    push(state, at, null, `The row of the execution says ${state}; no entry of the log does.`);
  }
  if (reservation?.state === 'RESERVED' && last !== null && !isEnd(last)) {
    const expiry = reservation.expiryAt;
    const micros = expiry === null ? null : (readTimestamp(expiry)?.micros ?? null);
    const over = micros !== null && micros < nowMicros;
    push(
      over ? 'EXPIRED' : 'OPEN',
      over ? expiry : null,
      null,
      over
        ? 'Not settled before its expiry. It holds its budget until the daemon starts again and sweeps it.'
        : 'Not settled yet: its budget is held.',
    );
  }
  return steps;
}

const ENDS = new Set(['COMMITTED', 'RELEASED', 'DENIED', 'FAILED']);
const isEnd = (state: string): boolean => ENDS.has(state);
const STATES = new Set(['RESERVING', 'RESERVED', 'DISPATCHED', ...ENDS]);

/** The last step that is a state of AEX. */
function lastState(steps: readonly ExecutionStep[]): string | null {
  return steps.findLast(({ state }) => STATES.has(state))?.state ?? null;
}

const amount = (micro: number | null): string => (micro === null ? 'an unreadable amount' : usd(micro));

function stepOf(
  { entry, payload }: ReadEntry,
  call: StoredCall,
): { readonly state: string; readonly text: string } | null {
  switch (entry.type) {
    case 'budget.reserve':
      return {
        state: 'RESERVED',
        text: `${amount(payload.estimated)} reserved${payload.expiry === null ? '' : ` until ${payload.expiry}`}.`,
      };
    case 'budget.deny':
      return {
        state: 'DENIED',
        text: `Refused: ${amount(payload.estimated)} were asked for and ${amount(payload.remaining)} were left.`,
      };
    case 'execution.dispatched':
      return {
        state: 'DISPATCHED',
        text: call.isTool ? 'The tool was started.' : 'Sent to the provider.',
      };
    case 'usage.commit':
      return { state: 'COMMITTED', text: committed(payload.cost, payload.prompt, payload.completion, call) };
    case 'reservation.release':
      return {
        state: 'RELEASED',
        text: `${amount(payload.estimated)} set free, nothing was charged: ${payload.reason ?? 'no reason is recorded'}`,
      };
    case 'execution.failed':
      return {
        state: 'FAILED',
        text: `${payload.reason ?? 'No reason is recorded'}${payload.status === null ? '' : ` (HTTP ${payload.status})`}.`,
      };
    case 'tool.exec':
      return { state: 'TOOL', text: `The tool ${payload.tool ?? ''} ran, for ${amount(payload.cost)}.` };
    case 'tool.exec.denied':
      return { state: 'TOOL', text: `The tool ${payload.tool ?? ''} failed: ${payload.error ?? ''}` };
    default:
      return { state: entry.type, text: 'A type of entry that AEX 2.0 does not write for an execution.' };
  }
}

function committed(
  cost: number | null,
  prompt: number | null,
  completion: number | null,
  { isTool }: StoredCall,
): string {
  const money = cost === null ? 'An unreadable amount' : usd(cost);
  if (isTool) return `${money} charged.`;
  const used = (prompt ?? 0) + (completion ?? 0);
  if (used === 0 && cost === 0) {
    return 'Settled for nothing: the provider reported no tokens, and AEX charges only what is reported.';
  }
  return `${money} charged for ${tokens(prompt ?? 0)} in and ${(completion ?? 0).toLocaleString('en-US')} out.`;
}
