import { NONE } from '../columns.ts';
import { streamVote, type CallContext, type CallRow } from './call.ts';
import { nameOf, SEEN, seqAt } from './facts.ts';
import { entryVote, executionOwner, reservationOwner } from './owners.ts';
import { equal, type Vote } from './votes.ts';

export function checkCallAgents(context: CallContext, row: CallRow, n: number): void {
  const { facts, calls, court, alignment } = context;
  const agent = row.agent === null ? 0 : (facts.numbers.get(row.agent) ?? -1);
  const places = [calls.reserve[n]!, calls.dispatch[n]!, calls.end[n]!, calls.tool[n]!].filter(
    (at) => at !== NONE,
  );
  const rows = places.map((at) => alignment.differing.get(at)).filter((one) => one !== undefined);
  const same =
    places.every((at) => facts.agent[at] === agent) &&
    (!row.reserved || row.reservedAgent === row.agent) &&
    rows.every((one) => one.agent === row.agent);
  if (same) return;
  const seq = seqAt(facts, places[0]!);
  const votes: Vote<string | null>[] = places.map((at) =>
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
    value: row.agent,
    weight: 1.1,
    owner: executionOwner(row.id, row.agent, seq),
    witness: 'execution',
    where: 'its execution',
    seq: null,
  });
  if (row.reserved) {
    votes.push({
      value: typeof row.reservedAgent === 'string' ? row.reservedAgent : null,
      weight: 1.1,
      owner: reservationOwner(row.id, row.agent, seq),
      witness: 'reservation',
      where: 'its reservation',
      seq: null,
    });
  }
  for (const at of places) {
    const streamed = alignment.differing.get(at);
    if (streamed !== undefined) votes.push(streamVote(streamed, streamed.agent, row.id, seqAt(facts, at)));
  }
  const truth = court.decide('agent', votes, equal, (value) => value ?? 'none');
  if (truth === null) return;
  const number = facts.numbers.get(truth);
  if (number !== undefined) for (const at of places) facts.agent[at] = number;
}
