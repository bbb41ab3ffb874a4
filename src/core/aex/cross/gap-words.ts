import { kindOf, readPayload } from '../entry.ts';
import { witness, type Draft } from './board.ts';
import { KIND } from './facts.ts';
import type { Rebuilt } from './records.ts';
import { kindName, listed, money, shortId, shown, stepName } from './words.ts';

/** Executions that are named one by one. */
const MAX_NAMED = 4;

/** What entries said, by execution: `Reserved $0.000270, Sent to provider and Spent $0.000184 of execution af899be4`. */
export function contentText(made: readonly Rebuilt[]): string {
  const groups = new Map<string, Rebuilt[]>();
  for (const one of made) {
    const key = one.executionId ?? `of ${one.agent ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const told = [...groups.values()].slice(0, MAX_NAMED).map((group) => {
    const [{ executionId, agent }] = group as [Rebuilt];
    const whose =
      executionId === null
        ? shown(agent)
        : `execution ${shortId(executionId)}${agent === null ? '' : ` (${shown(agent)})`}`;
    return `${listed(group.map(stepText))} of ${whose}`;
  });
  const more = made.length - [...groups.values()].slice(0, MAX_NAMED).flat().length;
  return `${told.join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** One step with the amount that it moved. */
function stepText(one: Rebuilt): string {
  const kind = kindOf(one.type);
  const { cost, estimated } = readPayload(one.type, one.payload);
  const micro = kind === 'commit' || kind === 'tool' ? cost : estimated;
  return `${stepName(KIND[kind])}${micro === null ? '' : ` ${money(micro)}`}`;
}

export function tellContent(draft: Draft, made: readonly Rebuilt[], proved: boolean): void {
  for (const one of made.slice(0, 12)) {
    const kind = kindName(KIND[kindOf(one.type)]);
    const where =
      one.executionId === null ? 'the older event stream' : `execution ${shortId(one.executionId)}`;
    const says = proved ? `its ${kind} closes the chain again` : `has no entry for its ${kind}`;
    draft.because.push(witness(proved ? 'hash' : 'execution', where, says, true));
  }
}
