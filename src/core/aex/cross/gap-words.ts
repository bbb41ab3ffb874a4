import { kindOf } from '../entry.ts';
import { witness, type Draft } from './board.ts';
import { KIND } from './facts.ts';
import type { Rebuilt } from './records.ts';
import { kindName, shortId } from './words.ts';

export function contentText(made: readonly Rebuilt[]): string {
  const names = made.slice(0, 5).map((one) => {
    const id = one.executionId === null ? '' : ` of execution ${shortId(one.executionId)}`;
    return `the ${kindName(KIND[kindOf(one.type)])}${id}`;
  });
  return made.length > 5 ? `${names.join(', ')} and ${made.length - 5} more` : names.join(', ');
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

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
