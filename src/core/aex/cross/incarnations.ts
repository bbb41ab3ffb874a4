import { NONE } from '../columns.ts';
import { KIND, nameNumber, nameOf, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';

/** Where the entries of agents that were deleted begin anew, if they were made again under the same name. */
export function incarnations(facts: Facts, alignment: StreamAlignment): Map<number, number> {
  const from = new Map<number, number>();
  for (const { agent, before } of alignment.deletions) {
    const number = nameNumber(facts, agent);
    // the place by the older stream, and everything that still lost its execution
    let at = Math.min(before, facts.count);
    for (let i = at; i < facts.count; i++) {
      const kind = facts.kind[i]!;
      if (
        facts.agent[i] === number &&
        facts.execution[i] === NONE &&
        kind !== KIND.lifecycle &&
        kind !== KIND.other
      )
        at = i + 1;
    }
    from.set(number, Math.max(from.get(number) ?? 0, at));
  }
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
