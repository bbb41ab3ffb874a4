import type { SearchHit } from '../../../../../contract/drafts.ts';
import { visibleText } from '../../../../ui/visible-text.ts';

/** Characters before a place that are shown in a row, so that the place is in sight. */
const BEFORE = 14;

/** The line of a place with what was found marked. */
export function Marked({ hit: { text, from, to } }: { readonly hit: SearchHit }) {
  const before = text.slice(0, from).trimStart();
  const start = whole(before, Math.max(0, before.length - BEFORE));
  return (
    <bdi className="se-words truncate">
      {start > 0 && '…'}
      {visibleText(before.slice(start))}
      <mark>{visibleText(text.slice(from, to))}</mark>
      {visibleText(text.slice(to))}
    </bdi>
  );
}

/** A place that does not part the two halves of a character. */
const whole = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at);
