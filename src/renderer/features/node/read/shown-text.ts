import { visibleText } from '../../../ui/visible-text.ts';

/** A text of several lines with everything made visible that draws nothing or turns the text around. */
export const shownText = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll(/[^\n\t]+/g, visibleText);

export type Cut = { readonly end: number; readonly linesLeft: number; readonly charsLeft: number };

/** Where the first `lines` lines and at most `chars` characters end, and how much is behind. */
export function cutAt(text: string, lines: number, chars: number): Cut {
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) break;
  }
  if (end < 0 || end >= text.length - 1) end = text.length;
  if (end > chars) end = halves(text, chars);
  let linesLeft = 0;
  if (end < text.length) {
    linesLeft = text.charAt(end) === '\n' ? 0 : 1;
    for (let at = text.indexOf('\n', end); at >= 0 && at < text.length - 1; at = text.indexOf('\n', at + 1))
      linesLeft += 1;
  }
  return { end, linesLeft, charsLeft: text.length - end };
}

/** A place that does not part the two halves of a character. */
const halves = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
