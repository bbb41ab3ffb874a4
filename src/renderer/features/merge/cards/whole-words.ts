import type { MergeDocument, Side } from '../../../../contract/merge.ts';
import { sideName, type Names } from '../names.ts';

/** What the choice of a whole output comes to, in a sentence or two. */
export function wholeExplained(
  document: MergeDocument,
  chosen: 'base' | Side | null,
  open: boolean,
  /** the side that every part is from */
  same: 'base' | Side | null,
  names: Names,
): string {
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
      return `Only ${names[document.state].name} changed this document, so its output was taken automatically.`;
    case 'same':
      return 'Both branches come to the same output.';
    default:
      return 'Merged by parts the result is put together here: no tool ever returned it, so it is marked synthetic.';
  }
}
