import { decodeJsonBytes } from '../json/decode.ts';

/** How one text is looked for in stored JSON: a filter that SQLite runs, and what is left to see here. */
export type TextSearch = {
  /** an SQL expression over the text of a content, with `?` for each of `patterns` */
  readonly condition: string;
  readonly patterns: readonly string[];
  /** the condition lets more through than it should: `matches` decides */
  readonly rough: boolean;
  /** whether the text stands in a decoded content, as it is or escaped; case does not matter */
  matches(content: string): boolean;
};

/**
 * Prepares a search for a plain text. In JSON it may stand as it is, with the escapes of JSON (a line break, a
 * quote), or wholly in ASCII as other writers do (`\u00e9`). SQLite's LIKE compares letters of ASCII without case;
 * for other letters it only leaves a gap, and `matches` compares them.
 */
export function textSearch(text: string): TextSearch {
  const lower = text.toLowerCase();
  const escaped = JSON.stringify(text).slice(1, -1);
  const needles = [...new Set([lower, escaped.toLowerCase()])];
  const patterns = new Set<string>();
  for (const form of [text, escaped]) if (!form.includes('\0')) patterns.add(`%${likeOf(form, false)}%`);
  if (/[^\0-\x7f]/.test(text)) patterns.add(`%${likeOf(escaped, true)}%`);
  return {
    condition: [...patterns].map(() => `CAST(content AS TEXT) LIKE ? ESCAPE '\\'`).join(' OR '),
    patterns: [...patterns],
    rough: [...text].some(hasOtherCase),
    matches(content) {
      const found = content.toLowerCase();
      if (needles.some((needle) => found.includes(needle))) return true;
      return /\\u/i.test(content) && unescaped(content).toLowerCase().includes(lower);
    },
  };
}

/** The text of a content for `matches`: UTF-16 and the like as Python reads them, else whatever the bytes give. */
export function textOfContent(bytes: Uint8Array): string {
  const decoded = decodeJsonBytes(bytes);
  return decoded.ok ? decoded.text : Buffer.from(bytes).toString('utf8');
}

/** Beyond ASCII, and with another form in the other case. */
function hasOtherCase(character: string): boolean {
  return character > '\x7f' && character.toLowerCase() !== character.toUpperCase();
}

/** A LIKE pattern for a text. Letters with a case beyond ASCII become gaps; `ascii`: all beyond ASCII as `\uXXXX`. */
function likeOf(text: string, ascii: boolean): string {
  let pattern = '';
  for (const character of text) {
    if (character === '%' || character === '_' || character === '\\') pattern += `\\${character}`;
    else if (character <= '\x7f') pattern += character;
    else if (!ascii) pattern += hasOtherCase(character) ? gapFor(character) : character;
    else if (hasOtherCase(character)) pattern += '\\\\u____';
    else for (let i = 0; i < character.length; i++) pattern += `\\\\u${hex4(character.charCodeAt(i))}`;
  }
  return pattern;
}

/** A gap for one letter, or for several where the other case has more (ß, SS). */
function gapFor(character: string): string {
  const same = [character.toLowerCase(), character.toUpperCase()].every(
    (one) => one.length === character.length,
  );
  return same ? '_' : '%';
}

function hex4(code: number): string {
  return code.toString(16).padStart(4, '0');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
