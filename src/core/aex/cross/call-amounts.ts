import { NONE } from '../columns.ts';
import { amountText, isTool, streamVote, type CallContext, type CallRow } from './call.ts';
import { KIND, nameOf, SEEN, seqAt } from './facts.ts';
import { entryVote, reservationOwner } from './owners.ts';
import { equal, type Vote } from './votes.ts';
import { counterName } from './words.ts';

const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

export function checkEstimate(context: CallContext, row: CallRow, reserve: number, end: number): void {
  const { facts, court } = context;
  const kind = end === NONE ? -1 : facts.kind[end]!;
  const settled = kind === KIND.commit || kind === KIND.release;
  const first = facts.estimated[reserve]!;
  const same = (!settled || facts.estimated[end] === first) && (!row.reserved || row.estimated === first);
  if (same) return;
  const votes: Vote<number | null>[] = [entryVote(facts, reserve, number(first), row.id, 'amount-differs')];
  if (settled) votes.push(entryVote(facts, end, number(facts.estimated[end]!), row.id, 'amount-differs'));
  if (row.reserved) {
    votes.push({
      value: whole(row.estimated),
      weight: 1,
      owner: reservationOwner(row.id, row.agent, seqAt(facts, reserve)),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  const tool = context.calls.tool[facts.execution[reserve]!]!;
  if (tool !== NONE && facts.kind[tool] === KIND.tool) {
    votes.push(entryVote(facts, tool, number(facts.amount[tool]!), row.id, 'amount-differs'));
  }
  if (kind === KIND.commit && isTool(row))
    votes.push(entryVote(facts, end, number(facts.amount[end]!), row.id, 'amount-differs', 0.6));
  const truth = court.decide('estimate', votes, equal, amountText);
  if (truth === null) return;
  facts.estimated[reserve] = truth;
  if (settled) facts.estimated[end] = truth;
}

const number = (value: number): number | null => (Number.isNaN(value) ? null : value);

export function checkCost(context: CallContext, row: CallRow, n: number, end: number): void {
  const { facts, calls, court, alignment, prices } = context;
  const cost = facts.amount[end]!;
  const side = facts.side[end]!;
  const model = facts.model[side]!;
  const streamed = (facts.flags[end]! & SEEN.stream) !== 0 ? null : alignment.differing.get(end);
  const priced = prices.costOf(model, facts.prompt[side]!, facts.completion[side]!);
  const tool = calls.tool[n]!;
  const ran = tool !== NONE && facts.kind[tool] === KIND.tool ? facts.amount[tool]! : null;
  const same =
    (!row.reserved || row.actual === cost) &&
    (streamed === null || streamed === undefined || streamed.cost === cost) &&
    (ran === null || ran === cost) &&
    (priced === null || priced.micro === cost);
  if (same) return;
  const votes: Vote<number | null>[] = [entryVote(facts, end, number(cost), row.id, 'amount-differs')];
  const seq = seqAt(facts, end);
  if (row.reserved) {
    votes.push({
      value: whole(row.actual),
      weight: 1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  if (streamed !== null && streamed !== undefined)
    votes.push(streamVote(streamed, streamed.cost, row.id, seq));
  else if (streamed === null) {
    votes.push({
      value: cost,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: 'the older event stream',
      seq: null,
    });
  }
  if (ran !== null) votes.push(entryVote(facts, tool, ran, row.id, 'amount-differs', 1));
  if (tool !== NONE && ran !== null && isTool(row)) {
    votes.push({
      value: facts.estimated[end]!,
      // three records of its reservation say it
      weight: 3,
      owner: null,
      witness: 'entry',
      where: 'what was reserved for the tool',
      seq: null,
    });
  }
  const others = votes.filter(({ value }) => value !== cost);
  if (priced !== null && others.length > 0) {
    // a record that says just what the price makes of the tokens was hardly changed to say it
    const isSaid = votes.some(({ value, owner }) => owner !== null && value === priced.micro);
    votes.push({
      value: priced.micro,
      weight: priced.sure ? (isSaid ? 3 : 1) : isSaid ? 1.5 : 0.4,
      owner: null,
      witness: 'price',
      where: priced.sure ? 'tokens times price' : 'tokens times the price of its other settlements',
      seq: null,
    });
  }
  if (others.length === 0) {
    prices.differs(row.id, end, priced!.micro, priced!.sure);
    return;
  }
  votes.push(
    ...balanceVotes(
      context,
      end,
      votes.map(({ value }) => value),
    ),
  );
  const truth = court.decide('cost', votes, equal, amountText);
  if (truth === null) return;
  facts.amount[end] = truth;
  if (ran !== null) facts.amount[tool] = truth;
}

/** What the counter and the next denial of the agent say about the cost of one settlement. */
function balanceVotes(
  context: CallContext,
  end: number,
  values: readonly (number | null)[],
): Vote<number | null>[] {
  const { facts, sums, counters } = context;
  const agent = facts.agent[end]!;
  const sum = sums.get(agent);
  const counter = counters.get(agent);
  const cost = facts.amount[end]!;
  const votes: Vote<number | null>[] = [];
  if (sum === undefined || counter === undefined) return votes;
  const denial = sum.denials.find(({ at }) => at > end);
  for (const value of new Set(values)) {
    if (value === null) continue;
    if (counter.spent !== null && sum.spent - cost + value === counter.spent) {
      votes.push({
        value,
        weight: 0.5,
        owner: null,
        witness: 'counter',
        where: counterName('spent', nameOf(facts, agent)),
        seq: null,
      });
    }
    if (denial !== undefined && counter.budget !== null && denial.budget - cost + value === counter.budget) {
      const seq = seqAt(facts, denial.at);
      votes.push({
        value,
        weight: 1,
        owner: null,
        witness: 'denial',
        where: `the denial at entry ${seq}`,
        seq,
      });
    }
  }
  return votes;
}
