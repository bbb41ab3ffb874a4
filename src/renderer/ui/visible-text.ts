/** Control, direction and zero-width characters; not the joiner that makes one emoji of several. */
const HIDDEN =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})|[\p{Cc}\u061C\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * A name from a store with everything replaced that draws nothing or turns the text around, so that
 * `\u202Egnp.exe` can't look like `exe.png`. For showing only; what is copied or sent stays as stored.
 */
export const visibleText = (text: string): string => text.replace(HIDDEN, '\uFFFD');

/** A hint or a spoken name of more signs than this is of no use to anybody; a name of a store may have ten thousand. */
const MOST_SIGNS = 600;

/** A name from a store as the hint of an element or its name for screen readers: a long one loses its middle. */
export function hintText(text: string): string {
  const signs = Array.from(
    text.length > MOST_SIGNS * 4 ? text.slice(0, MOST_SIGNS * 2) + text.slice(-MOST_SIGNS * 2) : text,
  );
  if (signs.length <= MOST_SIGNS) return visibleText(text);
  const half = MOST_SIGNS / 2;
  return visibleText(`${signs.slice(0, half).join('')}…${signs.slice(-half).join('')}`);
}
