/**
 * Text as Python reads it, because the runtime is a Python program: which characters are blank, where a line ends, and
 * what `str()` makes of a value (formats/atomic-agents.md §2).
 */

const blanks = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const leading = new RegExp(`^[${blanks}]+`);
const trailing = new RegExp(`[${blanks}]+$`);

const ends = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029';
const lineEnd = new RegExp(`\\r\\n|[${ends}]`);

/** `str.strip()`: JavaScript's `trim` takes a BOM away and leaves U+001C to U+001F and U+0085. */
export function pyStrip(text: string): string {
  return pyRstrip(text.replace(leading, ''));
}

/** `str.rstrip()`. */
export function pyRstrip(text: string): string {
  let end = text.length;
  while (end > 0 && trailing.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A file opened as text: CRLF and CR become LF. */
export function universalNewlines(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

/** `str.splitlines()`, which also ends lines at form feeds, U+0085 and U+2028. */
export function pyLines(text: string): string[] {
  const lines = text.split(lineEnd);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Where each line of `pyLines` begins in the text. */
export function pyLineStarts(text: string): number[] {
  const starts = text === '' ? [] : [0];
  for (const { index, 0: end } of text.matchAll(new RegExp(lineEnd, 'g'))) {
    if (index + end.length < text.length) starts.push(index + end.length);
  }
  return starts;
}

/** `str.split()`. */
export function pyWords(text: string): string[] {
  const stripped = pyStrip(text);
  return stripped === '' ? [] : stripped.split(new RegExp(`[${blanks}]+`));
}

/** The number of code points, as Python's `len` counts. */
export function pyLength(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const high = text.charCodeAt(i);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(i + 1);
    if (low >= 0xdc00 && low <= 0xdfff) {
      count--;
      i++;
    }
  }
  return count;
}

/**
 * A regular expression that means in JavaScript what `pattern` means to Python's `re`: `\s`, `\w`, `\d` by Unicode,
 * `.` anything but LF, `^` and `$` at LF only. Flags: `m` multi-line, `i` any case, `s` dot-all, `g` all matches.
 */
export function pyRegExp(pattern: string, flags = ''): RegExp {
  const multi = flags.includes('m');
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '\\') {
      out += escapeOf(pattern.charAt(++i), inClass);
    } else if (inClass) {
      inClass = c !== ']';
      out += c;
    } else if (c === '[') {
      inClass = true;
      out += c;
    } else if (c === '.') {
      out += flags.includes('s') ? '[^]' : '[^\\n]';
    } else if (c === '^') {
      out += multi ? '(?<![^\\n])' : '(?<![^])';
    } else if (c === '$') {
      out += multi ? '(?![^\\n])' : '(?=\\n?(?![^]))';
    } else {
      out += c;
    }
  }
  return new RegExp(out, `u${flags.includes('i') ? 'i' : ''}${flags.includes('g') ? 'g' : ''}`);
}

function escapeOf(letter: string, inClass: boolean): string {
  if (letter === 's') return inClass ? blanks : `[${blanks}]`;
  if (letter === 'S') return `[^${blanks}]`;
  if (letter === 'w') return inClass ? '\\p{L}\\p{N}_' : '[\\p{L}\\p{N}_]';
  if (letter === 'd') return '\\p{Nd}';
  if (letter === 'b')
    return '(?:(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_])|(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_]))';
  if (letter === '-' && !inClass) return '-';
  if (/[`'"@#:!%&~ <>=,]/.test(letter)) return letter;
  return `\\${letter}`;
}

/** The number of the line (from 1) that holds this offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
