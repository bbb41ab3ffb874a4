import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { addWitness, witness, type Board } from './board.ts';
import { KIND, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { capital, entriesText, stepName } from './words.ts';

/** Places of odd times whose executions are read, and notices about the clock. */
const MAX_LOOKED = 2_000;
const MAX_STEPS = 50;

/**
 * The times of the entries in their order. One entry whose time lies outside those of its neighbours, while these are in
 * order, was changed unless its own records agree with it; a step back that everything behind it shares is the clock.
 * Returns the place of the last step back, or −1.
 */
export function checkTimeOrder(look: LedgerLook, facts: Facts, board: Board): number {
  let looked = 0;
  let steps = 0;
  let last = -1;
  for (let at = 0; at < facts.count; at++) {
    const ts = facts.seconds[at]!;
    if ((facts.flags[at]! & SEEN.rebuilt) !== 0) continue;
    const before = at === 0 ? 0 : facts.seconds[at - 1]!;
    const after = at + 1 < facts.count ? facts.seconds[at + 1]! : 0;
    if (ts === 0) {
      tellUnreadable(facts, at, board);
      continue;
    }
    const low = before !== 0 && ts < before;
    const high = after !== 0 && ts > after;
    if (!low && !high) continue;
    const apart = Math.max(low ? before - ts : 0, high ? ts - after : 0);
    const alone = before === 0 || after === 0 || before <= after;
    const known = board.get(`entry:${seqAt(facts, at)}`);
    if (known !== undefined) {
      if (alone) addWitness(known, neighbours(facts, at, before, after));
      continue;
    }
    if (alone && apart > STATEMENT_SECONDS && looked < MAX_LOOKED) {
      looked += 1;
      // at either end of the log only its own records tell a changed time from a step of the clock
      const own = ownTime(look, facts, at);
      const sure = before !== 0 && after !== 0;
      if (own === null ? sure : Math.abs(own - ts) > STATEMENT_SECONDS) {
        tellTime(look, facts, at, before, after, own, board);
        continue;
      }
    }
    if (low) {
      last = at;
      steps += 1;
      if (steps <= MAX_STEPS && apart > STATEMENT_SECONDS && !explained(facts, at - 1, board))
        tellStep(facts, at, before, board);
    }
  }
  return last;
}

const explained = (facts: Facts, at: number, board: Board): boolean => {
  const kind = board.get(`entry:${seqAt(facts, at)}`)?.kind;
  return kind === 'time-differs';
};

/** What the other records of an entry say about its time; null: none does. */
function ownTime(look: LedgerLook, facts: Facts, at: number): number | null {
  if ((facts.flags[at]! & SEEN.stream) !== 0) return facts.seconds[at]!;
  const kind = facts.kind[at]!;
  if (facts.execution[at] === NONE || kind === KIND.dispatch) return null;
  const id = look.entry(seqAt(facts, at))?.executionId;
  const row = id === undefined || id === null ? null : look.execution(id);
  if (row === null) return null;
  if (kind === KIND.reserve || kind === KIND.deny) return secondsOf(row.createdAt);
  return secondsOf(row.terminalAt);
}

function neighbours(facts: Facts, at: number, before: number, after: number): ReturnType<typeof witness> {
  const said = [before === 0 ? '' : timeText(before), after === 0 ? '' : timeText(after)].filter(
    (one) => one !== '',
  );
  return witness('neighbours', 'the entries around it', said.join(' and '), true, seqAt(facts, at));
}

function tellTime(
  look: LedgerLook,
  facts: Facts,
  at: number,
  before: number,
  after: number,
  own: number | null,
  board: Board,
): void {
  const seq = seqAt(facts, at);
  const expected =
    own !== null
      ? timeText(own)
      : before !== 0 && after !== 0
        ? before === after
          ? timeText(before)
          : `${timeText(before)} to ${timeText(after)}`
        : timeText(before === 0 ? after : before);
  const found = timeText(facts.seconds[at]!);
  board.add(`entry:${seq}`, {
    kind: 'time-differs',
    severity: 'error',
    seq,
    executionId: look.entry(seq)?.executionId ?? null,
    agent: nameOf(facts, facts.agent[at]!),
    message: `Entry ${seq} (${stepName(facts.kind[at]!)}) says ${found}, but it was written between entries of ${timeText(before || after)} and ${timeText(after || before)}, which are in order. The hash does not cover the time, so the chain does not notice; only the time of entry ${seq} is affected.`,
    expected,
    found,
    sure: 'likely',
    because: [neighbours(facts, at, before, after)],
  });
}

function tellUnreadable(facts: Facts, at: number, board: Board): void {
  const seq = seqAt(facts, at);
  board.add(`entry:${seq}`, {
    kind: 'time-differs',
    severity: 'error',
    seq,
    agent: nameOf(facts, facts.agent[at]!),
    message: `The time of entry ${seq} is none that AEX writes. The hash does not cover it; only the time of this entry is affected.`,
    expected: 'a time',
    found: 'another text',
    sure: 'proved',
  });
}

/** Entries between two steps of the clock that are told as ahead of it, and not those behind them as late. */
const MAX_AHEAD = 300;

/** The first of the entries before a step back that are dated ahead of those on both sides; null: time went on before. */
function aheadFrom(facts: Facts, at: number): number | null {
  const { seconds } = facts;
  const back = seconds[at - 1]! - seconds[at]!;
  let first = at - 1;
  while (first > 0 && seconds[first - 1]! > seconds[at]! && at - first < MAX_AHEAD) first -= 1;
  if (first === 0 || seconds[first - 1]! > seconds[at]!) return null;
  return seconds[first]! - seconds[first - 1]! >= back ? first : null;
}

function tellAhead(facts: Facts, first: number, at: number, board: Board): void {
  const { seconds } = facts;
  const [from, to, next] = [seqAt(facts, first), seqAt(facts, at - 1), seqAt(facts, at)];
  const [before, after] = [timeText(seconds[first - 1]!), timeText(seconds[at]!)];
  const found = timeText(seconds[first]!);
  const one = from === to;
  board.add(`clock:${next}`, {
    kind: 'clock-back',
    severity: 'notice',
    seq: from,
    agent: nameOf(facts, facts.agent[first]!),
    message: `${capital(entriesText(from, to))} ${one ? 'is' : 'are'} dated ahead of those around ${one ? 'it' : 'them'}: ${found}, between entries of ${before} and ${after}. The clock of the machine was ahead then, or the times were changed in all records.`,
    expected: `${before} to ${after}`,
    found,
    sure: 'possible',
    range: { from, to },
    because: [
      witness('neighbours', `entry ${seqAt(facts, first - 1)}`, before, true, seqAt(facts, first - 1)),
      witness('neighbours', `entry ${next}`, after, true, next),
    ],
  });
}

function tellStep(facts: Facts, at: number, before: number, board: Board): void {
  const seq = seqAt(facts, at);
  const first = aheadFrom(facts, at);
  if (first !== null) {
    tellAhead(facts, first, at, board);
    return;
  }
  board.add(`clock:${seq}`, {
    kind: 'clock-back',
    severity: 'notice',
    seq,
    agent: nameOf(facts, facts.agent[at]!),
    message: `The clock of the machine went back before entry ${seq}: the entry before it is of ${timeText(before)}, this one and those behind it are from ${timeText(facts.seconds[at]!)} on.`,
    expected: `not before ${timeText(before)}`,
    found: timeText(facts.seconds[at]!),
    sure: 'likely',
    because: [
      witness('neighbours', `entry ${seqAt(facts, at - 1)}`, timeText(before), true, seqAt(facts, at - 1)),
    ],
  });
}
