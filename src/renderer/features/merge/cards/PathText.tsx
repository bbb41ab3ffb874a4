import { visibleText } from '../../../ui/visible-text.ts';

/** Signs of a path that are shown; the whole is in its hint. */
const MOST = 300;
/** How much of the end of a long path always stands there: paths differ at their end. */
const TAIL = 24;

/** A path such as `/people[0]/role` on one line; where it does not fit, its middle goes. */
export function PathText({ text }: { readonly text: string }) {
  const seen = visibleText(text.length > MOST ? `${text.slice(0, MOST / 2)}…${text.slice(-MOST / 2)}` : text);
  const cut = seen.length > TAIL + 8 ? seen.length - TAIL : seen.length;
  return (
    <bdi dir="ltr" className="mg-path" title={seen}>
      <span className="truncate">{seen.slice(0, cut)}</span>
      {cut < seen.length && <span className="mg-path-tail">{seen.slice(cut)}</span>}
    </bdi>
  );
}
