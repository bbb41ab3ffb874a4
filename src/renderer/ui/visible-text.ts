// oxlint-disable-next-line no-control-regex -- these are what a name from a store may hide behind
const HIDDEN =
  /[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g;

/**
 * A name from a store with everything replaced that draws nothing or turns the text around, so that
 * `\u202Egnp.exe` can't look like `exe.png`. For showing only; what is copied or sent stays as stored.
 */
export const visibleText = (text: string): string => text.replace(HIDDEN, '\uFFFD');
