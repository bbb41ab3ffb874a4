/** Control, direction and zero-width characters; not the joiner that makes one emoji of several. */
const HIDDEN =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})|[\p{Cc}\u061C\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * A name from a store with everything replaced that draws nothing or turns the text around, so that
 * `\u202Egnp.exe` can't look like `exe.png`. For showing only; what is copied or sent stays as stored.
 */
export const visibleText = (text: string): string => text.replace(HIDDEN, '\uFFFD');
