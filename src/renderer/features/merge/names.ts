import type { Choice, MergePreview } from '../../../contract/merge.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** A side as it is shown, with its lane colour, 1 to 8. `said`: within a sentence, where that is another word. */
export type SideName = { readonly name: string; readonly colour: number; readonly said?: string };

/** The two sides as they are shown: branches, or a person's edit and the disk (`files`). */
export type Names = { readonly ours: SideName; readonly theirs: SideName; readonly files?: true };

/** An edit and what stands on disk. */
export const FILE_NAMES: Names = {
  ours: { name: 'Your edit', said: 'your edit', colour: 1 },
  theirs: { name: 'On disk', said: 'the disk', colour: 2 },
  files: true,
};

/** A side within a sentence. */
export const said = ({ name, said: words }: SideName): string => words ?? name;

/** What both sides were made from, as a heading. */
export const baseName = ({ files }: Names): string => (files === true ? 'When you began' : 'Base');

/** What a document is as a whole. */
export const wholeName = ({ files }: Names): string => (files === true ? 'text' : 'output');

/** `ours` is the branch that is merged into. */
export const namesOf = ({ into, from }: MergePreview): Names => ({
  ours: { name: visibleText(into.name), colour: into.colour },
  theirs: { name: visibleText(from.name), colour: from.colour },
});

/** A side in words. */
export const sideName = (names: Names, side: 'base' | 'ours' | 'theirs'): string =>
  side === 'base' ? (names.files === true ? 'when you began' : 'base') : said(names[side]);

/** How a unit was settled, in words: `Kept from main`, `Both, main first`. */
export function choiceWords(names: Names, choice: Choice): string {
  switch (choice.take) {
    case 'base':
      return names.files === true ? 'As when you began' : 'Back to base';
    case 'ours':
      return `Kept from ${said(names.ours)}`;
    case 'theirs':
      return `Taken from ${said(names.theirs)}`;
    case 'both':
      return `Both, ${said(names[choice.first])} first`;
    case 'edit':
      return choice.text === null ? 'Left out' : 'Edited';
    default:
      return choice satisfies never;
  }
}
