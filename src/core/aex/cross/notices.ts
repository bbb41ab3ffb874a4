import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import type { Board } from './board.ts';
import { KIND, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import { textMark } from './id-table.ts';
import type { Calls } from './steps.ts';
import { money, shortId, shown } from './words.ts';

/** Open reservations that are listed one by one. */
const MAX_OPEN = 200;
const RECOVERED = textMark('Recovered stale reservation');
const UNCHARGED = new Set(
  ['Upstream provider error', 'Streaming relay failed', 'Streaming ended before settlement'].map(textMark),
);

/** What is worth knowing and no fault of the record: open reservations, recoveries, answers that nothing was charged for. */
export function tellNotices(
  look: LedgerLook,
  facts: Facts,
  calls: Calls,
  nowSeconds: number,
  board: Board,
): void {
  let open = 0;
  const free = new Map<number, { count: number; first: number; id: number }>();
  const uncharged = new Map<number, { count: number; first: number; micro: number }>();
  for (let n = 0; n < calls.count; n++) {
    const reserve = calls.reserve[n]!;
    const end = calls.end[n]!;
    if (end === NONE && reserve !== NONE && open < MAX_OPEN && (facts.flags[reserve]! & SEEN.rebuilt) === 0) {
      open += 1;
      tellOpen(look, facts, calls, n, nowSeconds, board);
    }
    if (end === NONE) continue;
    const agent = facts.agent[end]!;
    if (facts.kind[end] === KIND.commit) {
      const side = facts.side[end]!;
      if (facts.amount[end] === 0 && facts.prompt[side] === 0 && facts.completion[side] === 0) {
        const one = free.get(agent);
        if (one === undefined) free.set(agent, { count: 1, first: end, id: n });
        else one.count += 1;
      }
    } else if (facts.kind[end] === KIND.release) {
      const mark = facts.side[end]!;
      if (mark === RECOVERED) tellRecovered(look, facts, end, board);
      else if (calls.dispatch[n] !== NONE && UNCHARGED.has(mark)) {
        const one = uncharged.get(agent);
        if (one === undefined) uncharged.set(agent, { count: 1, first: end, micro: facts.estimated[end]! });
        else one.count += 1;
      }
    }
  }
  for (const [agent, { count, first }] of free) {
    const seq = seqAt(facts, first);
    board.add(`free:${agent}`, {
      kind: 'spent-unrecorded',
      severity: 'notice',
      seq,
      agent: nameOf(facts, agent),
      message: `${count === 1 ? 'One settlement' : `${count} settlements`} of ${shown(nameOf(facts, agent))} cost nothing because the answer named no usage, the first at entry ${seq}. The provider may have charged for ${count === 1 ? 'it' : 'them'}.`,
      sure: 'possible',
    });
  }
  for (const [agent, { count, first }] of uncharged) {
    const seq = seqAt(facts, first);
    board.add(`uncharged:${agent}`, {
      kind: 'spent-unrecorded',
      severity: 'notice',
      seq,
      agent: nameOf(facts, agent),
      message: `${count === 1 ? 'One call' : `${count} calls`} of ${shown(nameOf(facts, agent))} ended after ${count === 1 ? 'it' : 'they'} went out and before ${count === 1 ? 'it was' : 'they were'} settled, the first at entry ${seq}. The provider may have charged for ${count === 1 ? 'it' : 'them'}; the agent was not charged.`,
      sure: 'possible',
    });
  }
}

function tellOpen(
  look: LedgerLook,
  facts: Facts,
  calls: Calls,
  n: number,
  nowSeconds: number,
  board: Board,
): void {
  const reserve = calls.reserve[n]!;
  const seq = seqAt(facts, reserve);
  const expired = facts.side[reserve]! !== 0 && facts.side[reserve]! < nowSeconds;
  const id = look.entry(seq)?.executionId ?? null;
  board.add(`open:${seq}`, {
    kind: expired ? 'reservation-expired' : 'reservation-open',
    severity: 'notice',
    seq,
    executionId: id,
    agent: nameOf(facts, facts.agent[reserve]!),
    message: expired
      ? `Execution ${shortId(id ?? '')} still holds ${money(facts.estimated[reserve]!)} since entry ${seq}, past its expiry. The next start of the daemon releases it.`
      : `Execution ${shortId(id ?? '')} holds ${money(facts.estimated[reserve]!)} since entry ${seq} and is not settled yet.`,
    sure: 'proved',
  });
}

function tellRecovered(look: LedgerLook, facts: Facts, end: number, board: Board): void {
  const seq = seqAt(facts, end);
  const id = look.entry(seq)?.executionId ?? null;
  board.add(`recovered:${seq}`, {
    kind: 'execution-interrupted',
    severity: 'notice',
    seq,
    executionId: id,
    agent: nameOf(facts, facts.agent[end]!),
    message: `The daemon ended in the middle of execution ${shortId(id ?? '')}; its reservation was released at the next start, at entry ${seq}.`,
    sure: 'proved',
  });
}
