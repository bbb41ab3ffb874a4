import { NONE } from '../columns.ts';
import { streamVote, type CallContext, type CallRow } from './call.ts';
import { KIND, SEEN, seqAt } from './facts.ts';
import { entryVote, reservationOwner } from './owners.ts';
import { LATEST_SECONDS, LOCK_SECONDS, secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { equal, type Owner, type Vote } from './votes.ts';

type Time = number | null;
const inWords = (value: Time): string => (value === null ? 'no time' : timeText(value));

/** Times of an execution and its reservation against those of its entries, and against each other. */
export function checkCallTimes(context: CallContext, row: CallRow, n: number, owner: Owner): void {
  const { calls, facts } = context;
  const reserve = calls.reserve[n]!;
  const end = calls.end[n]!;
  begun(
    context,
    row,
    reserve !== NONE ? reserve : end !== NONE && facts.kind[end] === KIND.deny ? end : NONE,
    owner,
  );
  if (end !== NONE) ended(context, row, end, owner);
  else {
    const dispatch = calls.dispatch[n]!;
    if (row.terminal !== null) context.court.accuse(owner, 'end', 'none', String(row.terminal), null);
    if (row.reserved && row.settledAt !== null) {
      context.court.accuse(
        reservationOwner(row.id, row.agent, seqOf(context, reserve)),
        'settled',
        'not yet',
        String(row.settledAt),
        null,
      );
    }
    const at = dispatch !== NONE ? dispatch : reserve;
    if (at !== NONE) near(context, row, at, 'last change', secondsOf(row.updated), owner, LOCK_SECONDS);
  }
}

const seqOf = (context: CallContext, at: number): number | null =>
  at === NONE ? null : seqAt(context.facts, at);

function begun(context: CallContext, row: CallRow, at: number, owner: Owner): void {
  if (at === NONE) return;
  const { facts, court } = context;
  const ts = facts.seconds[at]!;
  const created = secondsOf(row.created);
  const isReserve = facts.kind[at] === KIND.reserve;
  const seq = seqAt(facts, at);
  if (!row.reserved || !isReserve) {
    near(context, row, at, 'beginning', created, owner, LOCK_SECONDS);
    return;
  }
  const reserved = secondsOf(row.reservedAt);
  const stored = secondsOf(row.expiryAt);
  const expiry = stored === null ? null : Math.min(stored, LATEST_SECONDS);
  const said = facts.side[at]!;
  const plain =
    row.created === row.reservedAt &&
    reserved !== null &&
    Math.abs(ts - reserved) <= LOCK_SECONDS &&
    expiry === said &&
    expiry > reserved;
  if (plain) return;
  const reservation = reservationOwner(row.id, row.agent, seq);
  const ttl = context.prices.ttl;
  const back = (value: Time): Time =>
    value === null || value === 0 || value === LATEST_SECONDS ? null : value - ttl;
  if (expiry !== said) {
    const votes: Vote<Time>[] = [
      entryVote<Time>(facts, at, said === 0 ? null : said, row.id, 'amount-differs'),
      {
        value: expiry,
        weight: 1,
        owner: reservation,
        witness: 'reservation',
        where: 'its reservation',
        seq: null,
      },
    ];
    for (const value of [said, expiry]) {
      if (value !== null && reserved !== null && Math.abs(value - reserved - ttl) <= 1) {
        votes.push({
          value,
          weight: 1,
          owner: null,
          witness: 'reservation',
          where: `${ttl} seconds after it was reserved`,
          seq: null,
        });
      }
    }
    court.decide('expiry', votes, equal, inWords);
  }
  const votes: Vote<Time>[] = [
    entryVote<Time>(facts, at, ts, row.id, 'time-differs', 1),
    {
      value: created,
      weight: 1,
      owner,
      witness: 'execution',
      where: 'the beginning of its execution',
      seq: null,
    },
    {
      value: reserved,
      weight: 1,
      owner: reservation,
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    },
  ];
  const expired = expiry === said ? back(expiry) : null;
  if (expired !== null)
    votes.push({
      value: expired,
      weight: 1,
      owner: null,
      witness: 'reservation',
      where: 'its expiry',
      seq: null,
    });
  takeTime(context, at, clustered(context, 'time', votes, LOCK_SECONDS));
  if (row.created === row.reservedAt || created === null || reserved === null) return;
  if (Math.abs(created - reserved) > LOCK_SECONDS) return;
  // an execution that was begun before, and is reserved for only now, keeps its beginning
  exact(context, 'beginning', [
    votes[1]!,
    votes[2]!,
    ...(expired === null ? [] : [nearest(votes[3]!, [created, reserved])]),
  ]);
}

/**
 * What an entry says of times that one statement wrote: it is stamped by itself, seconds apart at most, so it speaks for
 * the one of them that is near, and for none if several are.
 */
function secondOf(its: Vote<Time>, votes: readonly Vote<Time>[]): Vote<Time>[] {
  const { value } = its;
  const stamped = new Set(
    votes
      .map((vote) => vote.value)
      .filter((time) => time !== null && Math.abs(time - value!) <= LOCK_SECONDS),
  );
  const [time] = stamped;
  return stamped.size === 1 && time !== undefined ? [{ ...its, value: time, owner: null }] : [];
}

/** A vote for the one of two values that it is nearer to. */
function nearest(vote: Vote<Time>, values: readonly number[]): Vote<Time> {
  const value = vote.value ?? 0;
  const best = values.toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value))[0]!;
  return Math.abs(best - value) <= 1 ? { ...vote, value: best } : { ...vote, weight: 0 };
}

function ended(context: CallContext, row: CallRow, end: number, owner: Owner): void {
  const { facts, alignment } = context;
  const ts = facts.seconds[end]!;
  const settles = row.reserved && (facts.kind[end] === KIND.commit || facts.kind[end] === KIND.release);
  const terminal = secondsOf(row.terminal);
  const streamed = (facts.flags[end]! & SEEN.stream) !== 0 ? undefined : alignment.differing.get(end);
  const plain =
    row.terminal === row.updated &&
    (!settles || row.settledAt === row.terminal) &&
    terminal !== null &&
    Math.abs(ts - terminal) <= LOCK_SECONDS &&
    (streamed === undefined || Math.abs((secondsOf(streamed.timestamp) ?? 0) - ts) <= STATEMENT_SECONDS);
  if (plain) return;
  const seq = seqAt(facts, end);
  const votes: Vote<Time>[] = [
    { value: terminal, weight: 1, owner, witness: 'execution', where: 'the end of its execution', seq: null },
    {
      value: secondsOf(row.updated),
      weight: 1,
      owner,
      witness: 'execution',
      where: 'the last change of its execution',
      seq: null,
    },
  ];
  if (settles) {
    votes.push({
      value: secondsOf(row.settledAt),
      weight: 1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  const its = entryVote<Time>(facts, end, ts, row.id, 'time-differs', 1);
  exact(context, settles ? 'settled' : 'end', [...votes, ...secondOf(its, votes)]);
  const all = [its, ...votes];
  if (streamed !== undefined)
    all.push(streamVote<Time>(streamed, secondsOf(streamed.timestamp), row.id, seq));
  else if ((facts.flags[end]! & SEEN.stream) !== 0) {
    all.push({
      value: ts,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: 'the older event stream',
      seq: null,
    });
  }
  if (
    streamed !== undefined ||
    votes.every(({ value }) => value === null || Math.abs(value - ts) > LOCK_SECONDS)
  ) {
    takeTime(context, end, clustered(context, 'time', all, LOCK_SECONDS));
  }
}

/** Values that one statement wrote, so that they are the same to the letter. */
function exact(context: CallContext, matter: string, votes: readonly Vote<Time>[]): void {
  if (votes.every(({ value }) => value === votes[0]!.value)) return;
  context.court.decide(matter, votes, equal, inWords);
}

function clustered(context: CallContext, matter: string, votes: readonly Vote<Time>[], within: number): Time {
  const same = (a: Time, b: Time): boolean =>
    a === b || (a !== null && b !== null && Math.abs(a - b) <= within);
  if (votes.every(({ value }) => same(value, votes[0]!.value))) {
    const [first] = votes;
    // entry and row of one transaction: two seconds at most
    const streamed = votes.find((vote) => vote.witness === 'stream' && vote.owner !== null);
    if (streamed === undefined || first === undefined || first.owner === null) return null;
    const closer = (a: Time, b: Time): boolean =>
      a === b || (a !== null && b !== null && Math.abs(a - b) <= STATEMENT_SECONDS);
    if (closer(first.value, streamed.value)) return null;
    return context.court.decide(matter, votes, closer, inWords);
  }
  return context.court.decide(matter, votes, same, inWords);
}

/** Takes the settled time of an entry for its own where that is far off, so that nothing else is told of it. */
function takeTime(context: CallContext, at: number, settled: Time): void {
  const { facts } = context;
  if (settled !== null && Math.abs(facts.seconds[at]! - settled) > STATEMENT_SECONDS) {
    facts.seconds[at] = Math.max(0, settled);
  }
}

function near(
  context: CallContext,
  row: CallRow,
  at: number,
  matter: string,
  value: Time,
  owner: Owner,
  within: number,
): void {
  const { facts } = context;
  const ts = facts.seconds[at]!;
  if (value !== null && Math.abs(ts - value) <= within) return;
  const votes: Vote<Time>[] = [
    entryVote<Time>(facts, at, ts, row.id, 'time-differs', 1),
    { value, weight: 1, owner, witness: 'execution', where: `the ${matter} of its execution`, seq: null },
  ];
  const before = at > 0 ? facts.seconds[at - 1]! : 0;
  const after = at + 1 < facts.count ? facts.seconds[at + 1]! : Infinity;
  for (const one of new Set([ts, value])) {
    if (one !== null && one >= before - within && one <= after + within) {
      votes.push({
        value: one,
        weight: 0.5,
        owner: null,
        witness: 'neighbours',
        where: 'the entries around it',
        seq: null,
      });
    }
  }
  if ((facts.flags[at]! & SEEN.stream) !== 0) {
    votes.push({
      value: ts,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: 'the older event stream',
      seq: null,
    });
  } else {
    const streamed = context.alignment.differing.get(at);
    if (streamed !== undefined)
      votes.push(streamVote<Time>(streamed, secondsOf(streamed.timestamp), row.id, seqAt(facts, at)));
  }
  const terminal = secondsOf(row.terminal);
  if (terminal !== null && facts.kind[at] === KIND.deny) {
    votes.push({
      value: terminal,
      weight: 1,
      owner,
      witness: 'execution',
      where: 'the end of its execution',
      seq: null,
    });
  }
  takeTime(context, at, clustered(context, 'time', votes, within));
}
