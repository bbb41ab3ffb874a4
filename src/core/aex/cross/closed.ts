import { NONE } from '../columns.ts';
import { kindOf } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board, type Draft } from './board.ts';
import { KIND, SEEN, seqAt, type Facts } from './facts.ts';
import { goneEntries } from './gone.ts';
import { insertRebuilt, type Lacking } from './missing.ts';
import type { Rebuilt } from './records.ts';
import type { StreamAlignment } from './stream.ts';
import type { StreamRow } from './stream-rows.ts';
import { LOCK_SECONDS } from './times.ts';
import { kindName, shortId } from './words.ts';

/** Stories that are told of entries whose removal neither numbers nor hashes show. */
const MAX_CLOSED = 50;

export type ClosedStory = { readonly from: number; readonly draft: Draft; readonly inserted: number };

type Proof = { readonly row: StreamRow | null; readonly place: number };

/**
 * The ends of calls that were removed while everything behind them was numbered and hashed anew: what is written in one
 * step with the entry (execution, reservation, row of the older stream) is all there, and only the entry is not.
 * `lacking`: what numbers and hashes did not explain. Puts the entries where they stood.
 */
export function tellClosed(
  look: LedgerLook,
  facts: Facts,
  lacking: readonly Lacking[],
  alignment: StreamAlignment,
  board: Board,
): ClosedStory[] {
  const free = [...alignment.extra];
  const found: { readonly one: Lacking; readonly made: Rebuilt; readonly proof: Proof }[] = [];
  for (const one of lacking) {
    const made = one.steps[one.taken]?.[0];
    if (one.executionId === null || made?.step !== 'end' || found.length >= MAX_CLOSED) continue;
    if (isToldOtherwise(look, one.executionId, board)) continue;
    const proof = proofOf(look, facts, one, made, free);
    if (proof !== null) found.push({ one, made, proof });
  }
  // from the end on: what is put in moves what stands behind it
  found.sort((a, b) => b.proof.place - a.proof.place);
  return found.map(({ one, made, proof: { row, place } }) => {
    const seq = place < facts.count ? seqAt(facts, place) : seqAt(facts, facts.count - 1) + 1;
    const kind = kindName(KIND[kindOf(made.type)]);
    const id = shortId(one.executionId!);
    const draft = board.add(`closed:${one.executionId}`, {
      kind: 'entry-missing',
      severity: 'error',
      seq,
      executionId: one.executionId,
      agent: one.agent,
      message: `The ${kind} of execution ${id} is missing: it was removed, and what stood behind it was numbered and hashed anew, so that the chain shows nothing. By the other records it stood at about entry ${seq}. The hashes prove nothing from there on.`,
      expected: `the ${kind} of execution ${id}`,
      found: 'nothing',
      since: seq,
      sure: 'likely',
      gone: goneEntries([made], null, null),
      because: [
        witness('execution', `execution ${id}`, `state ${look.execution(one.executionId!)?.state}`, true),
        ...(look.reservation(one.executionId!) === null
          ? []
          : [
              witness(
                'reservation',
                'its reservation',
                `state ${look.reservation(one.executionId!)!.state}`,
                true,
              ),
            ]),
        ...(row === null
          ? []
          : [witness('stream', `row ${row.id} of events`, `${row.action} without an entry`, true)]),
      ],
    });
    insertRebuilt(facts, place, [made], seq);
    one.taken += 1;
    return { from: seq, draft, inserted: 1 };
  });
}

/** Whether an entry of the execution was changed so that it may be the one that lacks. */
function isToldOtherwise(look: LedgerLook, id: string, board: Board): boolean {
  if (board.find((draft) => draft.executionId === id && draft.severity === 'error') !== undefined)
    return true;
  return look.entriesOfExecution(id).some(({ type }) => kindOf(type) === 'other');
}

function proofOf(
  look: LedgerLook,
  facts: Facts,
  one: Lacking,
  made: Rebuilt,
  free: { readonly row: StreamRow; readonly before: number }[],
): Proof | null {
  const id = one.executionId!;
  const state = look.execution(id)?.state;
  const settled = look.reservation(id)?.state;
  const behind = behindLast(facts, id);
  if (made.type === 'usage.commit' || made.type === 'budget.deny') {
    if (made.type === 'usage.commit' && !(state === 'COMMITTED' && settled === 'COMMITTED')) return null;
    const actual = made.type === 'usage.commit' ? look.reservation(id)!.actualMicro : 0;
    const at = free.findIndex(
      ({ row }) => row.action === made.type && row.agent === one.agent && (row.cost ?? 0) === actual,
    );
    if (at === -1) return null;
    const [{ row, before }] = free.splice(at, 1) as [(typeof free)[number]];
    return { row, place: Math.max(behind, Math.min(before, facts.count)) };
  }
  if (made.type !== 'reservation.release' || state !== 'RELEASED' || settled !== 'RELEASED') return null;
  if (behind === 0) return null;
  let place = behind;
  const number = facts.ids.find(id);
  while (place < facts.count && facts.seconds[place]! <= one.seconds && facts.execution[place] !== number)
    place += 1;
  for (let at = behind; at < facts.count && facts.seconds[at]! <= one.seconds + LOCK_SECONDS; at++) {
    // a release that lost its execution
    if (facts.kind[at] === KIND.release && facts.execution[at] === NONE) return null;
  }
  return { row: null, place };
}

/** The place behind the last entry of an execution, what follows its end aside; 0: it has none. */
function behindLast(facts: Facts, id: string): number {
  const number = facts.ids.find(id);
  if (number === NONE) return 0;
  for (let at = facts.count - 1; at >= 0; at--) {
    const isTool = facts.kind[at] === KIND.tool || facts.kind[at] === KIND['tool-denied'];
    if (facts.execution[at] === number && !isTool && (facts.flags[at]! & SEEN.rebuilt) === 0) return at + 1;
  }
  return 0;
}
