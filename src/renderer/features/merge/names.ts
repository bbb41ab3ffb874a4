import type { Choice, MergePreview } from '../../../contract/merge.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** The two branches as they are shown, each with its lane colour, 1 to 8. */
export type Names = {
  readonly ours: { readonly name: string; readonly colour: number };
  readonly theirs: { readonly name: string; readonly colour: number };
};

/** `ours` is the branch that is merged into. */
export const namesOf = ({ into, from }: MergePreview): Names => ({
  ours: { name: visibleText(into.name), colour: into.colour },
  theirs: { name: visibleText(from.name), colour: from.colour },
});

/** A side in words: its branch, or `base`. */
export const sideName = (names: Names, side: 'base' | 'ours' | 'theirs'): string =>
  side === 'base' ? 'base' : names[side].name;

/** How a unit was settled, in words: `Kept from main`, `Both, main first`. */
export function choiceWords(names: Names, choice: Choice): string {
  switch (choice.take) {
    case 'base':
      return 'Back to base';
    case 'ours':
      return `Kept from ${names.ours.name}`;
    case 'theirs':
      return `Taken from ${names.theirs.name}`;
    case 'both':
      return `Both, ${names[choice.first].name} first`;
    case 'edit':
      return choice.text === null ? 'Left out' : 'Edited';
    default:
      return choice satisfies never;
  }
}
