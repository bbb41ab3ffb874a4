import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import { errorBody, metadataOf } from './bodies.ts';
import { amountText, streamVote, type CallContext, type CallRow } from './call.ts';
import { seqAt } from './facts.ts';
import { entryVote, executionOwner } from './owners.ts';
import type { StreamRow } from './stream-rows.ts';
import { equal, type Vote } from './votes.ts';

/** Compares what an entry says about a denial with the stored answer and the older stream. */
export function checkDenialAmount(
  context: CallContext,
  row: CallRow,
  end: number,
  streamed: StreamRow | null,
): void {
  const { facts, court } = context;
  const said = typeof row.error === 'string' ? errorBody(row.error) : null;
  const seq = seqAt(facts, end);
  const metadata = streamed === null ? null : metadataOf(streamed.metadata);
  for (const [matter, key, column] of [
    ['estimate', 'estimated', 'estimated'],
    ['remaining', 'remaining', 'amount'],
  ] as const) {
    const value = facts[column][end]!;
    const stored = said?.[key] ?? null;
    const other = metadata?.get(`${key}_micro`);
    const inStream = streamed === null ? value : typeof other === 'number' ? other : null;
    if (stored === value && inStream === value) continue;
    if (
      Number.isNaN(value) &&
      sameDigits(context, seq, `${key}_micro`, [row.error, ...(streamed === null ? [] : [streamed.metadata])])
    )
      continue;
    const votes: Vote<number | null>[] = [
      entryVote(facts, end, Number.isNaN(value) ? null : value, row.id, 'amount-differs'),
      {
        value: stored,
        weight: 1,
        owner: executionOwner(row.id, row.agent, seq),
        witness: 'execution',
        where: 'the stored answer of the denial',
        seq: null,
      },
    ];
    if (streamed === null) {
      votes.push({
        value,
        weight: 1,
        owner: null,
        witness: 'stream',
        where: 'the older event stream',
        seq: null,
      });
    } else votes.push(streamVote(streamed, inStream, row.id, seq));
    if (key === 'remaining')
      votes.push(
        ...budgetVotes(
          context,
          end,
          votes.map((vote) => vote.value),
        ),
      );
    const truth = court.decide(matter, votes, equal, amountText);
    if (truth !== null) facts[column][end] = truth;
  }
}

/**
 * Whether an entry and other records name the same integer in the same digits: a client may ask for so many tokens that
 * their price is beyond exact numbers, and is refused.
 */
export function sameDigits(
  { look }: CallContext,
  seq: number,
  key: string,
  others: readonly unknown[],
): boolean {
  const said = digitsOf(look.entry(seq)?.payload, key);
  return said !== null && others.every((text) => digitsOf(text, key) === said);
}

/** The digits of an integer in a JSON object; null where it is none. */
function digitsOf(text: unknown, key: string): string | null {
  if (typeof text !== 'string' || text.length > 1_000_000) return null;
  const parsed = parseJson(text);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  const node = field(parsed.node, key);
  return node?.kind === 'int' ? node.text : null;
}

/** The budget of the agent, less what was spent and reserved then, says what remained. */
function budgetVotes(
  context: CallContext,
  end: number,
  values: readonly (number | null)[],
): Vote<number | null>[] {
  const { facts, sums, counters } = context;
  const agent = facts.agent[end]!;
  const denial = sums.get(agent)?.denials.find(({ at }) => at === end);
  const budget = counters.get(agent)?.budget ?? null;
  if (denial === undefined || budget === null) return [];
  const before = facts.amount[end]!;
  for (const value of new Set(values)) {
    if (value === null || denial.budget - before + value !== budget) continue;
    return [
      { value, weight: 1, owner: null, witness: 'counter', where: 'the budget of its agent', seq: null },
    ];
  }
  return [];
}
