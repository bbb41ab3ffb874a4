import { visibleText } from '../visible-text.ts';
import './middle.css';

/** How much of the end always stands there: names of runs differ at their end. */
const TAIL = 8;
/** No line shows more of a name than this; a longer one costs time to lay out. */
const MOST = 400;

/** A name from data on one line. Where it does not fit, it is cut before its last letters, not after its first. */
export function MiddleText({ text, tail = TAIL }: { readonly text: string; readonly tail?: number }) {
  const letters = [...visibleText(text)];
  if (letters.length <= tail + 4) return <bdi className="truncate">{letters.join('')}</bdi>;
  return (
    <bdi className="middle-text">
      <span className="truncate">{letters.slice(0, -tail).slice(0, MOST).join('')}</span>
      <span>{letters.slice(-tail).join('')}</span>
    </bdi>
  );
}
