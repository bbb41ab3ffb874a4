import type { MergeDocument, Side } from '../../../../contract/merge.ts';
import { said, sideName, type Names } from '../names.ts';

/** What the choice of a whole output comes to, in a sentence or two. */
export function wholeExplained(
  document: MergeDocument,
  chosen: 'base' | Side | null,
  open: boolean,
  /** the side that every part is from */
  same: 'base' | Side | null,
  names: Names,
): string {
  if (names.files === true) return fileExplained(document, chosen, same, names);
  if (chosen !== null) {
    return document.synthetic[chosen]
      ? `The output of ${sideName(names, chosen)} as a whole, which an earlier merge put together: no tool returned it.`
      : `The output of ${sideName(names, chosen)} as a whole; nothing of the rest is taken.`;
  }
  if (document.opaque !== null) return document.opaque;
  if (open) return 'Open. Take the whole output of one side.';
  if (same !== null) return `Every part is from ${sideName(names, same)}, so the result is its whole output.`;
  switch (document.state) {
    case 'ours':
    case 'theirs':
      return `Only ${said(names[document.state])} changed this document, so its output was taken automatically.`;
    case 'same':
      return 'Both branches come to the same output.';
    default:
      return 'Merged by parts the result is put together here: no tool ever returned it, so it is marked synthetic.';
  }
}

function fileExplained(
  document: MergeDocument,
  chosen: 'base' | Side | null,
  same: 'base' | Side | null,
  names: Names,
): string {
  switch (chosen) {
    case 'ours':
      return 'Your edit as a whole: what changed on disk is undone by it.';
    case 'theirs':
      return 'The file stays as it is on disk; your edit is dropped.';
    case 'base':
      return 'The file as it was when you began; both changes are undone.';
    case null:
      break;
    default:
      return chosen satisfies never;
  }
  if (document.opaque !== null) return document.opaque;
  if (same !== null) return `Every part is from ${sideName(names, same)}.`;
  switch (document.state) {
    case 'ours':
      return 'Only your edit changed the file, so it was taken.';
    case 'theirs':
      return 'Only the disk changed the file, so nothing of your edit is left to write.';
    case 'same':
      return 'Your edit and the disk come to the same text.';
    default:
      return 'Merged by fields and lines: the result has both changes, but for the places below.';
  }
}
