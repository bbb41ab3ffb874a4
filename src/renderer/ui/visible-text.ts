/** Control, direction and zero-width characters. */
const HIDDEN = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * A name from a store with everything replaced that draws nothing or turns the text around, so that
 * `\u202Egnp.exe` can't look like `exe.png`. For showing only; what is copied or sent stays as stored.
 */
export const visibleText = (text: string): string => text.replace(HIDDEN, '\uFFFD');
