import { NONE } from '../columns.ts';
import { toolPolicyHash } from '../rules/identity.ts';
import { isTool, streamVote, type CallContext, type CallRow } from './call.ts';
import { KIND, nameNumber, nameOf, SEEN, seqAt } from './facts.ts';
import { entryVote, executionOwner, reservationOwner } from './owners.ts';
import { shareOf, shiftOf, type Share } from './shifts.ts';
import { standingAt } from './standing.ts';
import { equal, weigh, type Owner, type Vote } from './votes.ts';
import { listed, shortId } from './words.ts';

type AgentVote = Vote<string | null>;

/** Whose an execution is, by its row, its reservation, its entries, the older stream, and what counters and denials add up to. */
export function checkCallAgents(context: CallContext, row: CallRow, n: number): void {
  const { facts, calls, court, alignment } = context;
  const agent = numberOf(context, row.agent);
  const places = [calls.reserve[n]!, calls.dispatch[n]!, calls.end[n]!, calls.tool[n]!].filter(
    (at) => at !== NONE,
  );
  const rows = places.map((at) => alignment.differing.get(at)).filter((one) => one !== undefined);
  const same =
    places.every((at) => facts.agent[at] === agent) &&
    (!row.reserved || row.reservedAgent === row.agent || numberOf(context, row.reservedAgent) === agent) &&
    rows.every((one) => numberOf(context, one.agent) === agent);
  if (same) return;
  const votes = recordVotes(context, row, places);
  votes.push(...sumVotes(context, row, n, votes));
  const { value: truth } = weigh(votes, equal);
  const accused = new Map<string, AgentVote>();
  for (const vote of votes) {
    if (vote.owner !== null && vote.value !== truth) accused.set(vote.owner.key, vote);
  }
  const group = accused.size > 1 ? groupOf(row, [...accused.values()], seqAt(facts, places[0]!)) : null;
  court.decide(
    'agent',
    group === null
      ? votes
      : votes.map((vote) => (vote.owner === null || vote.value === truth ? vote : { ...vote, owner: group })),
    equal,
    (value) => value ?? 'none',
  );
  if (truth === null) return;
  const key = group?.key ?? [...accused.keys()][0]!;
  const number = numberOf(context, truth);
  const share = shareOf(facts, calls, n);
  const at = places.at(-1)!;
  const others = new Set(votes.map(({ value }) => numberOf(context, value)));
  others.delete(number);
  for (const other of others) context.shifts.push(shiftOf(share, 1, other, at, key));
  context.shifts.push(shiftOf(share, -1, number, at, key));
  for (const place of places) facts.agent[place] = number;
}

/** The number of an agent that a record names, 0: none. Names of one agent that has several are one. */
function numberOf({ facts }: CallContext, name: unknown): number {
  return typeof name === 'string' ? nameNumber(facts, name) : 0;
}

/** What the records of an execution themselves say. */
function recordVotes(context: CallContext, row: CallRow, places: readonly number[]): AgentVote[] {
  const { facts, alignment } = context;
  const seq = seqAt(facts, places[0]!);
  const name = (value: unknown): string | null => nameOf(facts, numberOf(context, value));
  const votes: AgentVote[] = places.map((at) =>
    entryVote(
      facts,
      at,
      nameOf(facts, facts.agent[at]!),
      row.id,
      'agent-differs',
      (facts.flags[at]! & SEEN.rebuilt) !== 0 ? 0.1 : 1,
    ),
  );
  votes.push({
    value: name(row.agent),
    weight: 1.1,
    owner: executionOwner(row.id, row.agent, seq),
    witness: 'execution',
    where: 'its execution',
    seq: null,
  });
  if (row.reserved) {
    votes.push({
      value: name(row.reservedAgent),
      weight: 1.1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  for (const at of places) {
    const streamed = alignment.differing.get(at);
    if (streamed !== undefined) {
      votes.push(streamVote(streamed, name(streamed.agent), row.id, seqAt(facts, at)));
    } else if ((facts.flags[at]! & (SEEN.stream | SEEN.rebuilt)) === SEEN.stream) {
      votes.push({
        value: nameOf(facts, facts.agent[at]!),
        weight: 1,
        owner: null,
        witness: 'stream',
        where: 'the older event stream',
        seq: null,
      });
    }
  }
  return votes;
}

/** What counters, later denials and hashes say: each agent's sums are right only if the execution is its, or is not. */
function sumVotes(context: CallContext, row: CallRow, n: number, votes: readonly AgentVote[]): AgentVote[] {
  const { facts, calls, sums, counters } = context;
  const share = shareOf(facts, calls, n);
  const end = calls.end[n]!;
  const own = end === NONE ? calls.reserve[n]! : end;
  const counted = own === NONE ? 0 : facts.agent[own]!;
  const candidates = [...new Set(votes.map(({ value }) => value))];
  const said: AgentVote[] = [];
  for (const value of candidates) {
    if (value === null) continue;
    const truth = numberOf(context, value);
    for (const other of candidates) {
      const number = numberOf(context, other);
      const counter = counters.get(number);
      if (other === null || counter === undefined) continue;
      const factor = (number === truth ? 1 : 0) - (number === counted ? 1 : 0);
      const sum = sums.get(number);
      const figures: readonly (readonly [keyof Share, number | null])[] = [
        ['spent', counter.spent],
        ['reserved', counter.reserved],
        ['prompt', counter.prompt],
        ['completion', counter.completion],
      ];
      const fitting = figures.filter(
        ([name, is]) => share[name] !== 0 && is === (sum?.[name] ?? 0) + factor * share[name],
      );
      if (fitting.length > 0) {
        said.push({
          value,
          weight: 1.5 + fitting.length,
          owner: null,
          witness: 'counter',
          where: `the ${countersText(
            figures.filter(([name]) => share[name] !== 0).length,
            fitting.map(([name]) => name),
          )} of ${other}`,
          seq: null,
        });
      }
      if (share.spent === 0 || counter.budget === null) continue;
      const later = (sum?.denials ?? []).filter(({ at }) => at > end);
      for (const { at, budget } of later.slice(0, 3)) {
        if (budget + factor * share.spent !== counter.budget) continue;
        const seq = seqAt(facts, at);
        said.push({
          value,
          weight: 2,
          owner: null,
          witness: 'denial',
          where: `the denial at entry ${seq}`,
          seq,
        });
      }
    }
    said.push(...ownVotes(context, row, end, value));
  }
  return said;
}

const COUNTERS = { spent: 'spent', reserved: 'reserved', prompt: 'token', completion: 'token' } as const;

/** Which counters of an agent say so: `counters` where it is all that the execution concerns. */
function countersText(concerned: number, fitting: readonly (keyof typeof COUNTERS)[]): string {
  if (fitting.length === concerned) return 'counters';
  const names = [...new Set(fitting.map((name) => COUNTERS[name]))];
  return `${listed(names)} ${fitting.length === 1 ? 'counter' : 'counters'}`;
}

/** What the execution itself proves of its agent: the policy hash of a tool run, what remained at a denial. */
function ownVotes(context: CallContext, row: CallRow, end: number, value: string): AgentVote[] {
  const { facts, counters } = context;
  if (end === NONE) return [];
  if (facts.kind[end] === KIND.deny) {
    const number = numberOf(context, value);
    const left = facts.amount[end]!;
    const budget = counters.get(number)?.budget ?? null;
    if (budget === null || standingAt(facts, number, end) + left !== budget) return [];
    return [
      { value, weight: 2, owner: null, witness: 'counter', where: `the budget of ${value}`, seq: null },
    ];
  }
  const model = facts.kind[end] === KIND.commit ? nameOf(facts, facts.model[facts.side[end]!]!) : null;
  if (!isTool(row) || model?.startsWith('tool:') !== true) return [];
  if (row.policyHash !== toolPolicyHash(value, model.slice(5))) return [];
  return [{ value, weight: 3, owner: null, witness: 'hash', where: 'its policy hash', seq: null }];
}

/** Several records of one execution that name another agent: told once. */
function groupOf(row: CallRow, accused: readonly AgentVote[], seq: number): Owner {
  const seqs = accused.map((vote) => vote.seq).filter((one) => one !== null);
  const others = accused.filter((vote) => vote.seq === null).map(({ where }) => where);
  const wheres = [
    ...(seqs.length === 0 ? [] : [`${seqs.length === 1 ? 'entry' : 'entries'} ${listed(seqs.map(String))}`]),
    ...others.map((where) => (where === 'its execution' ? 'its row' : where)),
  ];
  return {
    key: `moved:${row.id}`,
    ...(isRun(seqs) ? { range: { from: Math.min(...seqs), to: Math.max(...seqs) } } : {}),
    kind: 'agent-differs',
    seq: seqs.length > 0 ? Math.min(...seqs) : seq,
    executionId: row.id,
    agent: accused[0]!.value,
    name: `Execution ${shortId(row.id)} (${listed(wheres)})`,
    note: 'It was given to another agent. No hash covers the agent of a record, so the chain does not notice.',
  };
}

/** Whether several entries stand one behind the other. */
const isRun = (seqs: readonly number[]): boolean =>
  seqs.length > 1 && Math.max(...seqs) - Math.min(...seqs) === seqs.length - 1;
