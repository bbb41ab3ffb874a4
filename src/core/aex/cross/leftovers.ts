import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import { addWitness, witness } from './board.ts';
import { metadataOf } from './bodies.ts';
import { amountText, streamVote, type CallContext } from './call.ts';
import type { StreamRow } from './stream.ts';
import { KIND, nameOf, SEEN, seqAt } from './facts.ts';
import { sequenceOf } from './gaps.ts';
import { entryVote } from './owners.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { equal, type Vote } from './votes.ts';
import { kindName, shortId, shown } from './words.ts';

/** Rows that lack their counterpart, listed one by one. */
const MAX_LISTED = 300;
/** Places by which the entry without a row may stand behind the hole in the rows. */
const SHIFTED = 300;

/** Executions that entries name and that are not there, and reservations without one. */
export function checkMissingRows(context: CallContext): void {
  const { look, facts, calls, board } = context;
  if (!look.has('executions', 'execution_id')) return;
  const told = new Set<number>();
  for (let at = 0; at < facts.count && told.size < MAX_LISTED; at++) {
    const n = facts.execution[at]!;
    if (n === NONE || n >= calls.count || calls.found[n] === 1 || told.has(n)) continue;
    if ((facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) !== 0) continue;
    told.add(n);
    const seq = seqAt(facts, at);
    const id = look.entry(seq)?.executionId ?? '';
    board.add(`execution:${id}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      executionId: id,
      agent: nameOf(facts, facts.agent[at]!),
      message: `Entry ${seq} is about execution ${shortId(id)}, which has no row. AEX never removes one, except with its whole agent; then the entries lose its id. The row was removed, or the entry was put in.`,
      expected: 'a row in executions',
      found: 'none',
      sure: 'likely',
      because: [witness('entry', `entry ${seq}`, `a ${kindName(facts.kind[at]!)} of it`, true, seq)],
    });
  }
  // Each reservation was met with its execution.
  if (context.counts.reservations === look.counts().reservations) return;
  const sql = `SELECT r.execution_id, r.agent FROM (${look.select('reservations', ['execution_id', 'agent'])}) r WHERE NOT EXISTS (SELECT 1 FROM executions x WHERE x.execution_id = r.execution_id) LIMIT ?`;
  for (const row of look.db.prepare(sql).raw().all(MAX_LISTED)) {
    const [id, agent] = row as readonly unknown[];
    const key = typeof id === 'string' ? id : String(id);
    if (board.get(`execution:${key}`) !== undefined) continue;
    board.add(`reservation:${key}`, {
      kind: 'row-missing',
      severity: 'error',
      executionId: key,
      agent: typeof agent === 'string' ? agent : null,
      message: `There is a reservation for execution ${shortId(key)}, and no such execution.`,
      expected: 'a row in executions',
      found: 'none',
      sure: 'proved',
    });
  }
}

/** Entries without a row in the older stream, and rows without an entry. */
export function checkStream(context: CallContext, accounts: readonly AccountRow[]): void {
  const { look, facts, alignment, board, gaps } = context;
  if (!alignment.readable) return;
  const counter = sequenceOf(look, 'events');
  const ends =
    counter !== null && counter > alignment.lastId
      ? [{ from: alignment.lastId + 1, to: counter + 1, before: facts.count }]
      : [];
  const holes = [...alignment.idGaps, ...ends];
  const taken = new Set<number>();
  for (const hole of holes.slice(0, MAX_LISTED)) {
    const count = hole.to - hole.from;
    // equal rows in a line leave open which of their entries lost its row
    const lost = alignment.lacking
      .filter((at) => !taken.has(at) && at >= previous(holes, hole) && at <= hole.before + SHIFTED)
      .sort((a, b) => Math.abs(a - hole.before) - Math.abs(b - hole.before))
      .slice(0, count);
    for (const at of lost) taken.add(at);
    const at = lost[0];
    const which = count === 1 ? `Row ${hole.from}` : `Rows ${hole.from} to ${hole.to - 1}`;
    const about =
      at === undefined
        ? 'no entry belongs to what is missing, so it was a refusal by a rate limit or the deletion of an agent'
        : `by the entries ${count === 1 ? 'it was' : 'the first was'} that of entry ${seqAt(facts, at)}, a ${kindName(facts.kind[at]!)}`;
    board.add(`hole:${hole.from}`, {
      kind: 'row-missing',
      severity: 'error',
      seq: at === undefined ? null : seqAt(facts, at),
      agent: at === undefined ? null : nameOf(facts, facts.agent[at]!),
      message: `${which} of the older event stream ${count === 1 ? 'is' : 'are'} missing: ${about}. AEX removes no row. The entries are not concerned.`,
      expected: which.toLowerCase(),
      found: 'nothing',
      sure: 'proved',
      because: [
        witness(
          'sequence',
          hole.before >= facts.count ? "SQLite's counter of events" : `row ${hole.to} of events`,
          'the numbers go on by one',
          false,
        ),
      ],
    });
  }
  for (const at of alignment.lacking.slice(0, MAX_LISTED)) {
    if (taken.has(at) || (facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) !== 0) continue;
    const seq = seqAt(facts, at);
    const known = board.get(`entry:${seq}`);
    const said = witness(
      'stream',
      'the older event stream',
      `has no row for this ${kindName(facts.kind[at]!)}`,
      false,
      seq,
    );
    if (known !== undefined) {
      addWitness(known, said);
      continue;
    }
    board.add(`entry:${seq}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      agent: nameOf(facts, facts.agent[at]!),
      message: `Entry ${seq}, a ${kindName(facts.kind[at]!)}, has no row in the older event stream. AEX writes both in one step: the row was removed, or the entry was put in or changed.`,
      expected: 'a row in events',
      found: 'none',
      sure: 'likely',
      because: [said],
    });
  }
  for (const { row, before } of alignment.extra.slice(0, MAX_LISTED)) {
    const said = witness('stream', `row ${row.id} of events`, `${row.action} without an entry`, false);
    const open = gaps.at(-1)?.draft ?? brokenNear(context, before);
    if (open !== undefined && open !== null) {
      addWitness(open, said);
      continue;
    }
    board.add(`stream:${row.id}`, {
      kind: 'row-missing',
      severity: 'error',
      agent: row.agent,
      message: `Row ${row.id} of the older event stream (${shown(row.action)} of ${shown(row.agent)}, ${row.timestamp ?? 'no time'}) has no entry. AEX writes both in one step: the entry was removed and the rest hashed and numbered anew, or the row was put in.`,
      expected: 'an entry',
      found: 'none',
      sure: 'likely',
      because: [said],
    });
  }
  checkTwins(context, accounts);
}

function previous(
  holes: readonly { readonly from: number; readonly before: number }[],
  hole: { readonly from: number },
): number {
  let last = 0;
  for (const other of holes) if (other.from < hole.from) last = Math.max(last, other.before);
  return last;
}

/** A finding about an entry without its true content near a place. */
function brokenNear(context: CallContext, place: number): ReturnType<CallContext['board']['get']> {
  const { facts, board } = context;
  for (let at = Math.max(0, place - 8); at < Math.min(facts.count, place + 8); at++) {
    if ((facts.flags[at]! & SEEN.broken) !== 0) return board.get(`entry:${seqAt(facts, at)}`);
  }
  return undefined;
}

/** Rows of the older stream that say something else than their entry, where no execution settles it. */
function checkTwins(context: CallContext, accounts: readonly AccountRow[]): void {
  const { facts, alignment, court, prices } = context;
  const byName = new Map(accounts.map((account) => [account.name, account]));
  for (const [at, row] of alignment.differing) {
    const kind = facts.kind[at]!;
    const seq = seqAt(facts, at);
    const said = metadataOf(row.metadata);
    if (kind === KIND.commit) {
      const side = facts.side[at]!;
      const model = nameOf(facts, facts.model[side]!);
      if (facts.execution[at] === NONE && row.cost !== facts.amount[at]) {
        court.decide<number | null>(
          'cost',
          [
            entryVote<number | null>(facts, at, facts.amount[at]!, null, 'amount-differs', 1),
            streamVote(row, row.cost, null, seq),
          ],
          equal,
          amountText,
        );
      }
      if (model === row.metadata) continue;
      const votes: Vote<string | null>[] = [
        entryVote(facts, at, model, null, 'amount-differs'),
        streamVote(row, row.metadata, null, seq),
      ];
      for (const value of [model, row.metadata]) {
        const number = value === null ? 0 : (facts.numbers.get(value) ?? -1);
        const priced = prices.costOf(number, facts.prompt[side]!, facts.completion[side]!);
        if (priced !== null && priced.micro === facts.amount[at]) {
          votes.push({
            value,
            weight: priced.sure ? 1 : 0.5,
            owner: null,
            witness: 'price',
            where: 'the price of that model',
            seq: null,
          });
        }
      }
      court.decide('model', votes, equal, (value) => value ?? 'none');
      continue;
    }
    if (kind === KIND.deny) {
      if (facts.execution[at] === NONE) checkLoneDenial(context, at, row, said);
      continue;
    }
    if (row.cost !== 0)
      court.decide(
        'cost',
        [
          streamVote(row, row.cost, null, seq),
          { value: 0, weight: 2, owner: null, witness: 'stream', where: 'every such row', seq: null },
        ],
        equal,
        String,
      );
    const agent = nameOf(facts, facts.agent[at]!);
    if (row.agent !== agent && kind === KIND.lifecycle) {
      const transition = facts.transitions[facts.side[at]!]!;
      const votes: Vote<string | null>[] = [
        entryVote(facts, at, agent, null, 'agent-differs', 1),
        { ...streamVote(row, row.agent, null, seq), weight: 1.1 },
      ];
      for (const value of [agent, row.agent]) {
        const account = value === null ? undefined : byName.get(value);
        if (
          account !== undefined &&
          account.lifecycleState === transition.to &&
          account.lifecycleReason === transition.reason
        ) {
          votes.push({
            value,
            weight: 0.5,
            owner: null,
            witness: 'counter',
            where: 'the row of the agent',
            seq: null,
          });
        }
      }
      const truth = court.decide('agent', votes, equal, (value) => value ?? 'none');
      const number = truth === null ? undefined : facts.numbers.get(truth);
      if (number !== undefined) facts.agent[at] = number;
    }
    const time = secondsOf(row.timestamp);
    const ts = facts.seconds[at]!;
    if (time === null || Math.abs(time - ts) > STATEMENT_SECONDS) tellTwinTime(context, at, row, time);
    if (said === null) continue;
    const keys: readonly (readonly [string, unknown])[] =
      kind === KIND.tool
        ? [['cost_micro', facts.amount[at]!]]
        : kind === KIND.lifecycle
          ? Object.entries(facts.transitions[facts.side[at]!]!)
          : [];
    for (const [key, value] of keys) {
      const other = said.get(key) ?? null;
      if (other === value) continue;
      court.decide<unknown>(
        key,
        [
          entryVote<unknown>(facts, at, value, null, 'amount-differs'),
          streamVote<unknown>(row, other, null, seq),
        ],
        equal,
        String,
      );
    }
    if (kind === KIND.tool || kind === KIND['tool-denied']) checkToolTwin(context, at, row, said);
  }
}

/** A denial of a deleted agent: only the older stream still says what it was. */
function checkLoneDenial(
  context: CallContext,
  at: number,
  row: StreamRow,
  said: ReturnType<typeof metadataOf>,
): void {
  const { facts, court } = context;
  for (const [name, column, key] of [
    ['estimate', 'estimated', 'estimated_micro'],
    ['remaining', 'amount', 'remaining_micro'],
  ] as const) {
    const other = said?.get(key);
    const value = facts[column][at]!;
    if (other === value) continue;
    const votes = [
      entryVote<number | null>(facts, at, value, null, 'amount-differs', 1),
      streamVote(row, typeof other === 'number' ? other : null, null, seqAt(facts, at)),
    ];
    court.decide<number | null>(name, votes, equal, amountText);
  }
}

function checkToolTwin(
  context: CallContext,
  at: number,
  row: Parameters<typeof streamVote>[0],
  said: ReadonlyMap<string, string | number | null>,
): void {
  const { facts, court, look } = context;
  const seq = seqAt(facts, at);
  const entry = look.entry(seq);
  if (entry === null || (facts.flags[at]! & SEEN.rebuilt) !== 0) return;
  const id = said.get('execution_id');
  if (typeof id === 'string' && id !== entry.executionId) {
    court.decide<string>(
      'execution',
      [
        entryVote(facts, at, entry.executionId ?? '', entry.executionId, 'amount-differs'),
        streamVote<string>(row, id, entry.executionId, seq),
      ],
      equal,
      String,
    );
  }
  const own = metadataOf(entry.payload);
  for (const key of ['tool_name', 'error']) {
    const is = own?.get(key);
    const other = said.get(key);
    if (is === undefined || other === undefined || is === other) continue;
    court.decide<unknown>(
      key,
      [
        entryVote<unknown>(facts, at, is, entry.executionId, 'amount-differs'),
        streamVote<unknown>(row, other, entry.executionId, seq),
      ],
      equal,
      String,
    );
  }
}

const near = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= STATEMENT_SECONDS);

function tellTwinTime(
  context: CallContext,
  at: number,
  row: Parameters<typeof streamVote>[0],
  time: number | null,
): void {
  const { facts, court } = context;
  const ts = facts.seconds[at]!;
  const votes: Vote<number | null>[] = [
    entryVote<number | null>(facts, at, ts, null, 'time-differs', 1),
    streamVote<number | null>(row, time, null, seqAt(facts, at)),
  ];
  const before = at > 0 ? facts.seconds[at - 1]! : 0;
  const after = at + 1 < facts.count ? facts.seconds[at + 1]! : Infinity;
  for (const value of [ts, time]) {
    if (value !== null && value >= before - STATEMENT_SECONDS && value <= after + STATEMENT_SECONDS) {
      votes.push({
        value,
        weight: 0.5,
        owner: null,
        witness: 'neighbours',
        where: 'the entries around it',
        seq: null,
      });
    }
  }
  court.decide('time', votes, near, (value) => (value === null ? 'no time' : timeText(value)));
}
