import { NONE } from '../columns.ts';
import type { CallContext, CallRow } from './call.ts';
import type { LedgerLook } from '../store.ts';
import { KIND, SEEN, type Facts } from './facts.ts';
import { tellShift } from './shift-words.ts';
import { alignStream } from './stream.ts';
import { sameAs } from './stream-likeness.ts';
import { LOCK_SECONDS, secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';

/** Records that say when a call began or ended. `expiry`: what its first entry says, which is part of the hash. */
export const CLOCKS = ['log', 'executions', 'reservations', 'events', 'expiry'] as const;
export type Clock = (typeof CLOCKS)[number];

/** When a call began or ended, by each record. */
export type Moment = {
  readonly n: number;
  readonly row: CallRow;
  readonly begins: boolean;
  /** place of its entry */
  readonly at: number;
  readonly said: ReadonlyMap<Clock, number>;
};

/** The same records of several calls that are off by the same time against the others. */
export type TimeShift = {
  /** records that were moved, and those that say when it was */
  readonly moved: ReadonlySet<Clock>;
  readonly others: ReadonlySet<Clock>;
  /** by how much the moved ones are later */
  readonly by: number;
  readonly moments: readonly Moment[];
};

/** Times beside the entries as they were before they were moved: seconds to take off, by execution. */
export type TimesMoved = {
  readonly executions: Map<number, Off>;
  readonly reservations: Map<number, Off>;
};
type Off = { begin: number; end: number };

type Group = {
  readonly by: number;
  /** the records that agree with the entry, and those that are later than it */
  readonly near: Set<Clock>;
  readonly far: Set<Clock>;
  readonly moments: Moment[];
};

/** Columns hold no later time. */
const LATEST = 2 ** 32 - 2;
/** More than any reservation lives. */
const MOST_TTL = 86_400 / 4;

/**
 * Times of a whole table, of one agent or of a stretch that were moved by the same amount: they are told as one, and taken
 * back before anything else is compared. `rows`: the calls in which something differs.
 */
export function takeBackShifts(
  context: CallContext,
  rows: readonly { readonly row: CallRow; readonly n: number }[],
): void {
  const moments = rows.flatMap(({ row, n }) => momentsOf(context, row, n));
  const shifts = groupsOf(moments)
    .filter((group) => new Set(group.moments.map(({ n }) => n)).size > 1)
    .map((group) => verdictOf(context, group, moments));
  for (const shift of shifts) {
    const places = shift.moved.has('log')
      ? takeBackEntries(context, shift)
      : shift.moments.map(({ at }) => at);
    takeBackRows(context, shift);
    tellShift(
      context,
      shift,
      places.toSorted((a, b) => a - b),
    );
  }
  if (shifts.some(({ moved }) => moved.has('log')))
    context.alignment = alignStream(context.look, context.facts, context.beside);
  for (const { moved, by } of shifts) if (moved.has('events')) takeBackStream(context, by);
}

function momentsOf({ facts, calls, alignment }: CallContext, row: CallRow, n: number): Moment[] {
  const reserve = calls.reserve[n]!;
  const end = calls.end[n]!;
  const found: Moment[] = [];
  const add = (begins: boolean, at: number, times: readonly (readonly [Clock, number | null])[]): void => {
    const said = new Map(
      times.flatMap(([clock, time]) => (time === null || time === 0 ? [] : [[clock, time]])),
    );
    if (said.has('log') && said.size > 1) found.push({ n, row, begins, at, said });
  };
  const isUsable = (at: number): boolean =>
    at !== NONE && (facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) === 0;
  if (isUsable(reserve) && facts.kind[reserve] === KIND.reserve) {
    const expiry = facts.side[reserve]!;
    const [reserved, expires] = [secondsOf(row.reservedAt), secondsOf(row.expiryAt)];
    // how long a reservation lives differs from start to start; its own row says it
    const lives = reserved === null || expires === null || expires >= LATEST ? null : expires - reserved;
    add(true, reserve, [
      ['log', facts.seconds[reserve]!],
      ['executions', secondsOf(row.created)],
      ['reservations', row.reserved ? secondsOf(row.reservedAt) : null],
      ['expiry', lives === null || expiry === 0 ? null : expiry - lives],
    ]);
  }
  if (isUsable(end)) {
    const kind = facts.kind[end]!;
    const settles = row.reserved && (kind === KIND.commit || kind === KIND.release);
    const streamed = alignment.differing.get(end);
    const isSame = (facts.flags[end]! & SEEN.stream) !== 0;
    add(false, end, [
      ['log', facts.seconds[end]!],
      ['executions', secondsOf(row.terminal)],
      ['reservations', settles ? secondsOf(row.settledAt) : null],
      [
        'events',
        streamed === undefined ? (isSame ? facts.seconds[end]! : null) : secondsOf(streamed.timestamp),
      ],
    ]);
  }
  return found;
}

/** A moment in which some records are off by one time against the entry. */
type OffMoment = {
  readonly moment: Moment;
  readonly by: number;
  readonly near: Clock[];
  readonly far: Clock[];
};

function offOf(moment: Moment): OffMoment | null {
  const ts = moment.said.get('log')!;
  const near: Clock[] = [];
  const far: Clock[] = [];
  let by = 0;
  for (const [clock, time] of moment.said) {
    const off = time - ts;
    if (Math.abs(off) <= (clock === 'events' ? STATEMENT_SECONDS : LOCK_SECONDS)) near.push(clock);
    else if (far.length > 0 && Math.abs(off - by) > LOCK_SECONDS) return null;
    else {
      if (far.length === 0) by = off;
      far.push(clock);
    }
  }
  return far.length === 0 ? null : { moment, by, near, far };
}

/** Moments in which the same records are off by the same time. */
function groupsOf(moments: readonly Moment[]): readonly Group[] {
  const off = moments.map(offOf).filter((one) => one !== null);
  // one time that is off by this and that is no shift: records were set to it
  const slots = Map.groupBy(off, ({ moment, far }) => moment.said.get(far[0]!)!);
  const isSet = ({ moment, far, by }: OffMoment): boolean =>
    slots.get(moment.said.get(far[0]!)!)!.some((other) => Math.abs(other.by - by) > LOCK_SECONDS);
  const groups: Group[] = [];
  const byOff = new Map<number, Group[]>();
  for (const one of off) {
    if (isSet(one)) continue;
    const { moment, by, near, far } = one;
    const slot = Math.round(by / LOCK_SECONDS);
    const known = [slot - 1, slot, slot + 1]
      .flatMap((other) => byOff.get(other) ?? [])
      .find(
        (group) =>
          Math.abs(group.by - by) <= LOCK_SECONDS &&
          !near.some((clock) => group.far.has(clock)) &&
          !far.some((clock) => group.near.has(clock)),
      );
    if (known !== undefined) {
      for (const clock of near) known.near.add(clock);
      for (const clock of far) known.far.add(clock);
      known.moments.push(moment);
      continue;
    }
    const made: Group = { by, near: new Set(near), far: new Set(far), moments: [moment] };
    groups.push(made);
    byOff.set(slot, [...(byOff.get(slot) ?? []), made]);
  }
  return groups;
}

/** The expiry is part of a hash: who changes it has to hash everything anew. */
const weightOf = (clocks: ReadonlySet<Clock>): number => clocks.size + (clocks.has('expiry') ? 2.2 : 0);

/** Which records were moved: those that fewer others agree with. */
function verdictOf(
  context: CallContext,
  { by, near, far, moments }: Group,
  all: readonly Moment[],
): TimeShift {
  const lead =
    weightOf(near) - weightOf(far) + inOrder(context, moments, by) + byActivity(context, moments, by);
  if (lead >= 0) return { moved: far, others: near, by, moments };
  if (far.size > 1 || !far.has('expiry')) return { moved: near, others: far, by: -by, moments };
  // only the beginning of a call has an expiry: what else is said of these calls was moved with it
  const calls = new Set(moments.map(({ n }) => n));
  const ends = all.filter(({ n, begins }) => !begins && calls.has(n));
  const moved = new Set([...near, ...ends.flatMap(({ said }) => [...said.keys()])]);
  return { moved, others: far, by: -by, moments: [...moments, ...ends] };
}

/** Whether the entries stand in order by their own times (above 0), or by those of the other records. */
function inOrder({ facts }: CallContext, moments: readonly Moment[], by: number): number {
  const moved = new Set(moments.map(({ at }) => at));
  let asTheyAre = 0;
  let otherwise = 0;
  for (const at of moved) {
    for (const [a, b] of [
      [at - 1, at],
      [at, at + 1],
    ] as const) {
      if (a < 0 || b >= facts.count || moved.has(a) === moved.has(b)) continue;
      const [first, second] = [facts.seconds[a]!, facts.seconds[b]!];
      if (first > second + LOCK_SECONDS) asTheyAre += 1;
      if (first + (moved.has(a) ? by : 0) > second + (moved.has(b) ? by : 0) + LOCK_SECONDS) otherwise += 1;
    }
  }
  return asTheyAre === otherwise ? 0 : asTheyAre < otherwise ? 1.2 : -1.2;
}

/** Whether rows of agents were last active when the entries say (above 0), or when the other records say. */
function byActivity({ facts, look }: CallContext, moments: readonly Moment[], by: number): number {
  const moved = new Set(moments.map(({ n }) => n));
  const live = lastActive(look, facts);
  let [asTheyAre, otherwise] = [0, 0];
  for (let at = facts.count - 1; at >= 0 && live.size > 0; at--) {
    const kind = facts.kind[at]!;
    const time = live.get(facts.agent[at]!);
    if (time === undefined || (kind !== KIND.commit && kind !== KIND.lifecycle)) continue;
    live.delete(facts.agent[at]!);
    if (time === null || !moved.has(facts.execution[at]!)) continue;
    if (Math.abs(facts.seconds[at]! - time) <= STATEMENT_SECONDS) asTheyAre += 1;
    else if (Math.abs(facts.seconds[at]! + by - time) <= LOCK_SECONDS) otherwise += 1;
  }
  return Math.sign(asTheyAre - otherwise);
}

const lastActive = (look: LedgerLook, facts: Facts): Map<number, number | null> =>
  new Map(
    look.accounts().map(({ name, lastActivity }) => [facts.numbers.get(name) ?? -1, secondsOf(lastActivity)]),
  );

/** Notes by how much rows beside the entries were moved, so that nothing else is told of them. */
function takeBackRows({ facts, moved: taken }: CallContext, { moved, by, moments }: TimeShift): void {
  for (const table of ['executions', 'reservations'] as const) {
    if (!moved.has(table)) continue;
    for (const { n, begins, at, row } of moments) {
      const off = taken[table].get(n) ?? { begin: 0, end: 0 };
      off[begins ? 'begin' : 'end'] = by;
      if (facts.kind[at] === KIND.deny && row.created === row.terminal) off.begin = by;
      taken[table].set(n, off);
    }
  }
}

/** Puts entries back to their time, and those of which no other record knows a time where they fit in. Gives their places. */
function takeBackEntries(
  { facts, calls, alignment, look }: CallContext,
  { moments, by, moved, others }: TimeShift,
): number[] {
  const done = new Set<number>();
  const back = (at: number): void => {
    if (at === NONE || done.has(at)) return;
    done.add(at);
    facts.seconds[at] = Math.max(0, facts.seconds[at]! - by);
  };
  for (const { at } of moments) back(at);
  for (const { n } of moments) {
    const around = [calls.reserve[n]!, calls.end[n]!].filter((at) => at !== NONE);
    if (around.every((at) => done.has(at))) back(calls.dispatch[n]!);
  }
  // where only the expiry says otherwise, entries without one go with those around them
  const isKnown = (at: number): boolean => others.size > 1 && isTimed(facts.kind[at]!);
  let after = facts.count;
  const nexts = new Uint32Array(facts.count + 1).fill(facts.count);
  for (let at = facts.count - 1; at >= 0; at--) {
    nexts[at] = after;
    if (done.has(at) || isKnown(at)) after = at;
  }
  const live = lastActive(look, facts);
  for (let at = 0; at < facts.count; at++) {
    if (done.has(at) || isKnown(at)) continue;
    const ts = facts.seconds[at]!;
    const streamed = moved.has('events') ? undefined : alignment.differing.get(at);
    const time = secondsOf(streamed?.timestamp);
    const isAt = (other: number | null): boolean =>
      other !== null && Math.abs(ts - by - other) <= STATEMENT_SECONDS;
    const isMoved = (seconds: number): boolean =>
      seconds < (facts.seconds[at - 1] ?? 0) - STATEMENT_SECONDS ||
      seconds > (facts.seconds[nexts[at]!] ?? Infinity) + STATEMENT_SECONDS;
    const isLast = facts.kind[at] === KIND.lifecycle && isAt(live.get(facts.agent[at]!) ?? null);
    if (time === null ? isLast || (isMoved(ts) && !isMoved(ts - by)) : isAt(time)) back(at);
  }
  return [...done];
}

/** Whether other records say when an entry of a kind was written. */
const isTimed = (kind: number): boolean =>
  kind === KIND.reserve || kind === KIND.deny || kind === KIND.commit || kind === KIND.release;

/** Takes rows of the older stream back, where they then say what their entry does. */
function takeBackStream({ facts, alignment }: CallContext, by: number): void {
  for (const [at, row] of alignment.differing) {
    const time = secondsOf(row.timestamp);
    if (time === null || Math.abs(time - by - facts.seconds[at]!) > STATEMENT_SECONDS) continue;
    const back = { ...row, timestamp: timeText(time - by) };
    if (sameAs(facts, at, back)) {
      alignment.differing.delete(at);
      facts.flags[at]! |= SEEN.stream;
    } else alignment.differing.set(at, back);
  }
}

/** The row of a call with its times as they were. */
export function unmoved(row: CallRow, n: number, moved: TimesMoved): CallRow {
  const execution = moved.executions.get(n);
  const reservation = moved.reservations.get(n);
  if (execution === undefined && reservation === undefined) return row;
  const made = { ...row };
  const end = (off: Off): number => (row.terminal === null ? off.begin : off.end);
  if (execution !== undefined) {
    made.created = less(row.created, execution.begin);
    made.updated = less(row.updated, end(execution));
    made.terminal = less(row.terminal, execution.end);
  }
  if (reservation !== undefined) {
    made.reservedAt = less(row.reservedAt, reservation.begin);
    made.settledAt = less(row.settledAt, reservation.end);
    const lives = (secondsOf(row.expiryAt) ?? 0) - (secondsOf(row.reservedAt) ?? 0);
    // an expiry that was left where it was is that of the entry
    if (lives > 0 && lives < MOST_TTL) made.expiryAt = less(row.expiryAt, reservation.begin);
  }
  return made;
}

function less(stored: unknown, seconds: number): unknown {
  const time = seconds === 0 ? null : secondsOf(stored);
  return time === null ? stored : `${timeText(time - seconds).replace(' ', 'T')}+00:00`;
}
