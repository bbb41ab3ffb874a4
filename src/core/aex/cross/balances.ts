import { KIND, SEEN, type Facts } from './facts.ts';

/** What the entries of one agent come to. */
export type Sums = {
  spent: number;
  reserved: number;
  prompt: number;
  completion: number;
  settlements: number;
  /** the least that its budget must have been, and the entry that proves it */
  least: number;
  leastAt: number;
  lastActivityAt: number;
  readonly denials: Denial[];
  moreDenials: number;
};
/** A denial: what the budget was, if the sums up to it are right. */
export type Denial = { readonly at: number; readonly budget: number };

const KEPT_DENIALS = 5_000;

/** Replays all entries as the facts have them, by the rules of formats/aex.md §7. By number of the agent. */
export function sumsOf(facts: Facts, from: ReadonlyMap<number, number>): Map<number, Sums> {
  const byAgent: (Sums | undefined)[] = Array.from({ length: facts.names.length });
  for (const [agent, spent] of facts.opening) byAgent[agent] = { ...emptySums(), spent };
  for (let at = 0; at < facts.count; at++) {
    const agent = facts.agent[at]!;
    if (agent === 0) continue;
    const sums = (byAgent[agent] ??= emptySums());
    if (from.size > 0 && at < (from.get(agent) ?? 0)) continue;
    const kind = facts.kind[at]!;
    const estimated = facts.estimated[at]!;
    const amount = facts.amount[at]!;
    switch (kind) {
      case KIND.reserve:
        if (estimated > 0) sums.reserved += estimated;
        if ((facts.flags[at]! & SEEN.rebuilt) === 0) bound(sums, sums.spent + sums.reserved, at);
        break;
      case KIND.commit: {
        if (!Number.isNaN(amount)) sums.spent += amount;
        if (estimated > 0) sums.reserved = Math.max(0, sums.reserved - estimated);
        const side = facts.side[at]!;
        sums.prompt += facts.prompt[side]! || 0;
        sums.completion += facts.completion[side]! || 0;
        sums.settlements += 1;
        sums.lastActivityAt = at;
        bound(sums, sums.spent, at);
        break;
      }
      case KIND.release:
        if (estimated > 0) sums.reserved = Math.max(0, sums.reserved - estimated);
        break;
      case KIND.deny:
        // put in from other records, its place among its neighbours is not certain
        if (Number.isNaN(amount) || (facts.flags[at]! & SEEN.rebuilt) !== 0) break;
        if (sums.denials.length < KEPT_DENIALS) {
          sums.denials.push({ at, budget: amount + sums.spent + sums.reserved });
        } else sums.moreDenials += 1;
        break;
      case KIND.lifecycle:
        sums.lastActivityAt = at;
        break;
      default:
    }
  }
  return new Map(byAgent.flatMap((sums, agent) => (sums === undefined ? [] : [[agent, sums] as const])));
}

export function emptySums(): Sums {
  return {
    spent: 0,
    reserved: 0,
    prompt: 0,
    completion: 0,
    settlements: 0,
    least: 0,
    leastAt: -1,
    lastActivityAt: -1,
    denials: [],
    moreDenials: 0,
  };
}

function bound(sums: Sums, needed: number, at: number): void {
  if (needed > sums.least) {
    sums.least = needed;
    sums.leastAt = at;
  }
}
