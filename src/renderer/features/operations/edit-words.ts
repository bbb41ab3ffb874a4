import type { Edit } from '../../../contract/edits.ts';
import { formatCounted } from '../../ui/format.ts';
import { stateWords } from './words.ts';

type EditedFile = Edit['files'][number];

/** What a write changed, in short: the one file that a person asked for, or how many. */
export function editedWords({ files }: Edit): string {
  const asked = files.filter(({ writtenFor }) => writtenFor === 'person');
  const [first] = asked;
  if (first === undefined) return formatCounted(files.length, 'file');
  return asked.length === 1 ? first.path : formatCounted(asked.length, 'file');
}

/** What became of one file, and why where nobody asked for it. */
export function didWords({ before, after, writtenFor }: EditedFile): string {
  const did = before === null ? 'made' : after === null ? 'removed' : 'changed';
  switch (writtenFor) {
    case 'person':
      return did;
    case 'index':
      return `${did} by a rule of the format`;
    case 'version':
      return 'former version, kept as the agent does';
    case 'snapshot':
      return 'snapshot of the shared persona';
    default:
      return writtenFor satisfies never;
  }
}

/** Whether a write can be undone now. */
export const canUndoEdit = ({ undoBlocked, state }: Edit): boolean =>
  undoBlocked === null && state !== 'undone';

/** Why it can't, where that needs words. */
export const undoEditNote = ({ undoBlocked, state }: Edit): string | null =>
  state === 'undone' ? null : undoBlocked;

/** The writes that hold every word of the filter. */
export function filterEdits(list: readonly Edit[], filter: string): readonly Edit[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return list;
  return list.filter(({ title, label, state, files }) => {
    const text = [title, label ?? '', stateWords(state).words, ...files.map(({ path }) => path)]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
