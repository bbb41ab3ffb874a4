import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { addWitness, witness, type Board } from './board.ts';
import { KIND, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import type { GapStory } from './gaps.ts';
import { kindName, shortId } from './words.ts';

/** Places of the entries of each execution, by its number; NONE: it has none. */
export type Calls = {
  readonly count: number;
  readonly reserve: Uint32Array;
  readonly dispatch: Uint32Array;
  /** settlement, release, denial or failure */
  readonly end: Uint32Array;
  readonly tool: Uint32Array;
  /** its row was found in `executions` */
  readonly found: Uint8Array;
  /** entries that came where they can't */
  readonly misplaced: number;
};

const PHASE = {
  none: 0,
  reserved: 1,
  dispatched: 2,
  committed: 3,
  released: 4,
  denied: 5,
  failed: 6,
  ran: 7,
} as const;

/** Follows each execution through its steps (formats/aex.md §7) and tells of entries that come where they can't. */
export function linkCalls(look: LedgerLook, facts: Facts, gaps: readonly GapStory[], board: Board): Calls {
  const count = facts.ids.count;
  const calls = {
    count,
    reserve: new Uint32Array(count).fill(NONE),
    dispatch: new Uint32Array(count).fill(NONE),
    end: new Uint32Array(count).fill(NONE),
    tool: new Uint32Array(count).fill(NONE),
    found: new Uint8Array(count),
    misplaced: 0,
  };
  const phase = new Uint8Array(count);
  for (let at = 0; at < facts.count; at++) {
    const n = facts.execution[at]!;
    if (n === NONE) continue;
    const kind = facts.kind[at]!;
    const was = phase[n]!;
    const other = kind === KIND.dispatch ? exchangedWith(facts, calls, at, n, was) : NONE;
    if (other !== NONE) {
      tellExchanged(look, facts, at, other, board);
      calls.dispatch[n] = at;
      continue;
    }
    const next = nextPhase(kind, was);
    if (next >= 0) phase[n] = next;
    else if (kind !== KIND.other && kind !== KIND.policy) {
      calls.misplaced += 1;
      // what was put in from other records is no finding
      if ((facts.flags[at]! & (SEEN.broken | SEEN.rebuilt)) === 0)
        tellMisplaced(look, facts, at, was, gaps, board);
      if (was === PHASE.none) phase[n] = after(kind);
      else {
        // it counts as nothing in what follows
        facts.kind[at] = KIND.other;
        continue;
      }
    }
    if (kind === KIND.reserve) first(calls.reserve, n, at);
    else if (kind === KIND.dispatch) first(calls.dispatch, n, at);
    else if (kind === KIND.commit || kind === KIND.release || kind === KIND.deny || kind === KIND.fail) {
      if (calls.end[n] === NONE || next >= 0) calls.end[n] = at;
    } else if (kind === KIND.tool || kind === KIND['tool-denied']) first(calls.tool, n, at);
  }
  return calls;
}

/** Entries between two of one call that stand in each other's place. */
const NEAR = 8;

/** The entry of its call that a dispatch was exchanged with: a reservation behind it, or an end before it; NONE: none. */
function exchangedWith(
  { count, execution, kind, flags }: Facts,
  { dispatch, reserve, end }: Pick<Calls, 'dispatch' | 'reserve' | 'end'>,
  at: number,
  n: number,
  was: number,
): number {
  if (dispatch[n] !== NONE || (flags[at]! & (SEEN.broken | SEEN.rebuilt)) !== 0) return NONE;
  if (was === PHASE.committed && reserve[n] !== NONE && at - end[n]! <= NEAR) return end[n]!;
  if (was !== PHASE.none) return NONE;
  for (let next = at + 1; next < Math.min(count, at + NEAR); next++) {
    if (execution[next] === n) return kind[next] === KIND.reserve ? next : NONE;
  }
  return NONE;
}

function tellExchanged(look: LedgerLook, facts: Facts, at: number, other: number, board: Board): void {
  const [one, two] = [Math.min(at, other), Math.max(at, other)];
  const [from, to] = [seqAt(facts, one), seqAt(facts, two)];
  const id = look.entry(from)?.executionId ?? null;
  const [is, was] = [kindName(facts.kind[one]!), kindName(facts.kind[two]!)];
  const key = `entry:${from}`;
  const said = witness('entry', `entry ${to}`, `the ${was} of the same execution`, false, to);
  const known = board.get(key) ?? board.get(`entry:${to}`);
  if (known !== undefined) {
    addWitness(known, said);
    return;
  }
  board.add(key, {
    kind: 'entries-reordered',
    severity: 'error',
    seq: from,
    executionId: id,
    agent: nameOf(facts, facts.agent[one]!),
    message: `Entries ${from} and ${to} stand in each other's place: the ${is} of execution ${shortId(id ?? '')} comes before its ${was}, which AEX never writes. Their hashes fit, so everything from entry ${from} on was hashed anew: nothing can be trusted from there on.`,
    expected: `order ${to}, ${from}`,
    found: `order ${from}, ${to}`,
    sure: 'likely',
    range: { from, to },
    because: [
      said,
      witness('entry', `entry ${from}`, `the ${is} of execution ${shortId(id ?? '')}`, false, from),
    ],
  });
}

function first(column: Uint32Array, n: number, at: number): void {
  if (column[n] === NONE) column[n] = at;
}

/** The phase that an entry leads to; −1: it can't come now. */
function nextPhase(kind: number, was: number): number {
  switch (kind) {
    case KIND.reserve:
      return was === PHASE.none ? PHASE.reserved : -1;
    case KIND.deny:
      return was === PHASE.none ? PHASE.denied : -1;
    case KIND.dispatch:
      return was === PHASE.reserved ? PHASE.dispatched : -1;
    case KIND.commit:
      return was === PHASE.reserved || was === PHASE.dispatched ? PHASE.committed : -1;
    case KIND.release:
      // a release also comes after a denial or failure (formats/aex.md §7)
      return was === PHASE.reserved ||
        was === PHASE.dispatched ||
        was === PHASE.denied ||
        was === PHASE.failed
        ? PHASE.released
        : -1;
    case KIND.fail:
      return was === PHASE.none || was === PHASE.reserved || was === PHASE.dispatched ? PHASE.failed : -1;
    case KIND.tool:
      return was === PHASE.committed ? PHASE.ran : -1;
    case KIND['tool-denied']:
      if (was === PHASE.released) return PHASE.ran;
      // a release that waited too long for the database was left out, and the reservation is still open
      return was === PHASE.reserved || was === PHASE.dispatched ? was : -1;
    default:
      return was;
  }
}

function after(kind: number): number {
  for (let was = 0; was <= PHASE.ran; was++) {
    const next = nextPhase(kind, was);
    if (next >= 0) return next;
  }
  return PHASE.none;
}

const SAID = [
  'nothing',
  'its reservation',
  'its dispatch',
  'its settlement',
  'its release',
  'its denial',
  'its failure',
  'its tool run',
];

function tellMisplaced(
  look: LedgerLook,
  facts: Facts,
  at: number,
  was: number,
  gaps: readonly GapStory[],
  board: Board,
): void {
  const seq = seqAt(facts, at);
  const id = look.entry(seq)?.executionId ?? null;
  const name = kindName(facts.kind[at]!);
  const said = `the ${name} of execution ${shortId(id ?? '')} follows ${SAID[was]}`;
  const open = gaps.filter(({ from, draft }) => from <= seq && draft.expected !== null);
  const gap = open.at(-1);
  if (gap !== undefined && was === PHASE.none && (gap.to ?? 0) - gap.from > gap.inserted) {
    addWitness(gap.draft, witness('entry', `entry ${seq}`, said, true, seq));
    return;
  }
  const lacks = was === PHASE.none;
  board.add(`entry:${seq}`, {
    kind: lacks ? 'row-missing' : 'entry-unknown',
    severity: 'error',
    seq,
    executionId: id,
    agent: nameOf(facts, facts.agent[at]!),
    message: lacks
      ? `Entry ${seq} is the ${name} of an execution that no entry reserved anything for. The entry before it is missing, or this one was put in. What the entries say about this execution can't be trusted.`
      : `Entry ${seq} can't stand where it is: ${said}. AEX never writes that. It was put in, or its execution was changed.`,
    expected: lacks ? 'a reservation before it' : 'no such entry',
    found: SAID[was] === `its ${name}` ? `a second ${name} of execution ${shortId(id ?? '')}` : said,
    sure: 'likely',
    because: [witness('entry', `entry ${seq}`, said, false, seq)],
  });
}
