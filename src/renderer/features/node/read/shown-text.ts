import { visibleText } from '../../../ui/visible-text.ts';

/** A text of several lines with everything made visible that draws nothing or turns the text around. */
export const shownText = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll(/[^\n\t]+/g, visibleText);

/** Where a text was cut, and how much is behind, by lines or by characters, whichever ended it. */
export type Cut = { readonly end: number; readonly left: number; readonly by: 'lines' | 'characters' };

/** Where the first `lines` lines and at most `chars` characters end. */
export function cutAt(text: string, lines: number, chars: number): Cut {
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) break;
  }
  if (end < 0 || end >= text.length - 1) end = text.length;
  if (end > chars) {
    end = halves(text, chars);
    return { end, left: text.length - end, by: 'characters' };
  }
  let left = 0;
  for (let at = end; at >= 0 && at < text.length - 1; at = text.indexOf('\n', at + 1)) left += 1;
  return { end, left, by: 'lines' };
}

/** A place that does not part the two halves of a character. */
const halves = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
