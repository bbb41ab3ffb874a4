import { KIND, type Facts } from './facts.ts';

/** What was spent and reserved by an agent before a place. */
export function standingAt(facts: Facts, agent: number, before: number): number {
  let spent = 0;
  let reserved = 0;
  for (let at = 0; at < before; at++) {
    if (facts.agent[at] !== agent) continue;
    const kind = facts.kind[at]!;
    const estimated = facts.estimated[at]! || 0;
    if (kind === KIND.reserve) reserved += estimated;
    else if (kind === KIND.commit || kind === KIND.release) {
      if (kind === KIND.commit) spent += facts.amount[at]! || 0;
      reserved = Math.max(0, reserved - estimated);
    }
  }
  return spent + reserved;
}
