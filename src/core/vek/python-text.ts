// White space as Python's str.strip takes it off: the Unicode White_Space set and the four information separators.
const space = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const leading = new RegExp(`^${space}+`, 'u');
const trailing = new RegExp(`${space}+$`, 'u');

/** The text without white space at both ends, as Python's `str.strip()` returns it. */
export function pythonStrip(text: string): string {
  return text.replace(leading, '').replace(trailing, '');
}

/** Line ends as Python's text mode reads them: CRLF and CR become LF. */
export function pythonNewlines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
