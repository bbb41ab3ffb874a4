import { pyLength, pyRegExp, pyStrip } from './python-text.ts';

/** The verbs of a resolution, as the runtime matches them (formats/atomic-agents.md §11). */
export const VERBS = ['Approved', 'Denied', 'Redacted', 'Revised', 'Auto-decided'] as const;

/** The heading of a resolution, anywhere in the body of an escalation (formats/atomic-agents.md §11). */
export const resolutionHeader = pyRegExp(
  `^###\\s+(${VERBS.join('|')})\\s+by\\s+([\\w\\-.@' ]{1,128})\\s*$`,
  'mg',
);

/** The most characters of a name in the heading of a resolution. */
const MAX_NAME = 128;
const nameLetter = pyRegExp("^[\\w\\-.@' ]$");
/** Letters that Python 3.11 does not know yet, or that are too rare for a name to vouch for them. */
const newLetter =
  /[\u088f\u0c5c\u0cdc\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1\u{10000}-\u{1ffff}\u{2b739}-\u{2b73f}\u{2cea2}-\u{2ceaf}\u{2ebe1}-\u{2f7ff}\u{2fa1e}-\u{2ffff}\u{3134b}-\u{10ffff}]/u;
const fits = (letter: string): boolean => nameLetter.test(letter) && !newLetter.test(letter);
/** Control characters, and what Python takes for the end of a line. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const notInLine = /[\u0000-\u0008\n-\u001f\u007f-\u009f\u2028\u2029]/;

/** Why a name can't stand in the heading of a resolution, in words; null where it can. */
export function nameProblem(name: string): string | null {
  const stripped = pyStrip(name);
  if (stripped === '') return 'An answer needs a name: the runtime leaves one without it alone.';
  const odd = Array.from(stripped).find((letter) => !fits(letter));
  if (odd !== undefined) {
    return `The runtime takes names of letters, digits, blanks and - _ . @ ' only, and this one holds ${shown(odd)}.`;
  }
  const length = pyLength(stripped);
  return length > MAX_NAME ? `The name has ${length} characters, and the runtime takes ${MAX_NAME}.` : null;
}

/** What of a name the runtime takes: composed letters, without anything it would not match. */
export function cleanName(name: string): string {
  const taken = Array.from(name.normalize('NFC').replaceAll(/\s+/g, ' ')).filter(fits);
  return pyStrip(taken.slice(0, MAX_NAME).join(''));
}

/** Why a note can't stand on one line of a resolution, in words; null where it can. */
export function noteProblem(note: string): string | null {
  const odd = notInLine.exec(note)?.[0];
  if (odd === '\n' || odd === '\r') return 'A note is a single line, and this one has several.';
  if (odd !== undefined) return `A note is a single line of text, and this one holds ${shown(odd)}.`;
  return note.isWellFormed() ? null : 'The note holds half of a character, which can’t be written as UTF-8.';
}

/** A character by itself where it can be seen, and its number. */
function shown(letter: string): string {
  const code = `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{M}\p{Z}\p{C}]$/u.test(letter) ? code : `“${letter}” (${code})`;
}
