import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import { metadataOf } from './bodies.ts';
import { amountText, streamVote, type CallContext } from './call.ts';
import { sameDigits } from './denials.ts';
import { KIND, nameOf, SEEN, seqAt } from './facts.ts';
import { entryVote } from './owners.ts';
import { isOf } from './stream-likeness.ts';
import type { StreamRow } from './stream-rows.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { equal, type Vote } from './votes.ts';

/** Rows of the older stream that say something else than their entry, where no execution settles it. */
export function checkTwins(context: CallContext, accounts: readonly AccountRow[]): void {
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
    if (!isOf(facts, at, row) && kind === KIND.lifecycle) {
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
    const seq = seqAt(facts, at);
    if (Number.isNaN(value) && sameDigits(context, seq, key, [row.metadata])) continue;
    const votes = [
      entryVote<number | null>(facts, at, Number.isNaN(value) ? null : value, null, 'amount-differs', 1),
      streamVote(row, typeof other === 'number' ? other : null, null, seq),
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
  if (typeof id === 'string' && entry.executionId !== null && id !== entry.executionId) {
    court.decide<string>(
      'execution',
      [
        entryVote(facts, at, entry.executionId, entry.executionId, 'amount-differs'),
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
