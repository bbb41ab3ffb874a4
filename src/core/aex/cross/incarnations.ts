import { NONE } from '../columns.ts';
import { KIND, nameNumber, nameOf, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';

/**
 * Where the entries of agents that were deleted begin anew, if they were made again under the same name: behind the last
 * one that lost its execution, and before the first one that has one; between the two where the older stream puts it.
 */
export function incarnations(facts: Facts, { deletions }: StreamAlignment): Map<number, number> {
  const from = new Map<number, number>();
  if (deletions.length === 0) return from;
  const lives = new Map<number, { place: number; lost: number; kept: number }>();
  for (const { agent, before } of deletions) {
    const number = nameNumber(facts, agent);
    const known = lives.get(number);
    if (known === undefined) lives.set(number, { place: before, lost: 0, kept: facts.count });
    else known.place = Math.max(known.place, before);
  }
  for (let at = 0; at < facts.count; at++) {
    const life = lives.get(facts.agent[at]!);
    const kind = facts.kind[at]!;
    if (life === undefined || kind === KIND.lifecycle || kind === KIND.other) continue;
    if (facts.execution[at] === NONE) {
      life.lost = at + 1;
      life.kept = facts.count;
    } else if (life.kept === facts.count) life.kept = at;
  }
  for (const [number, { place, lost, kept }] of lives)
    from.set(number, Math.max(lost, Math.min(place, kept)));
  return from;
}

/** Executions of tools, by number: they take no part in rate windows. */
export function toolRuns(
  facts: Facts,
  calls: { readonly end: Uint32Array; readonly tool: Uint32Array },
): Uint8Array {
  const tools = new Uint8Array(facts.ids.count).fill(1);
  for (let n = 0; n < calls.end.length; n++) {
    const end = calls.end[n]!;
    if (end === NONE || calls.tool[n] !== NONE || facts.kind[end] !== KIND.commit) continue;
    const model = nameOf(facts, facts.model[facts.side[end]!]!);
    if (model?.startsWith('tool:') !== true) tools[n] = 0;
  }
  return tools;
}
