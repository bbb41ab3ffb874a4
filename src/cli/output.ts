import { hold, jsonOf, type Plain } from '../core/json/build.ts';
import { stringifyJson } from '../core/json/pretty.ts';
import type { JsonNode } from '../core/json/tree.ts';
import type { Failure } from '../core/result.ts';

/** Exit codes: done; done, and problems were found; not done: bad use, refused, or unreadable. */
export const EXIT = { fine: 0, problems: 1, bad: 2 } as const;

/** How a command talks: one JSON value, or words for a person. */
export type Output = {
  readonly json: boolean;
  /** prints the answer: `value` with --json, else `lines` */
  answer(value: Plain, lines: () => readonly string[]): void;
  /** prints what went wrong and returns the exit code */
  failure(error: Failure): number;
  /** words that accompany an answer; on standard error, so that they never mix with it */
  note(text: string): void;
  paint(text: string, colour: Colour): string;
};

export type Colour = 'yellow' | 'green' | 'red' | 'dim';
const CODES: Record<Colour, string> = { yellow: '33', green: '32', red: '31', dim: '2' };

const DANGEROUS =
  // oxlint-disable-next-line no-control-regex -- removing control characters is what this is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{d800}-\u{dfff}]/gu;

// The other controls are escaped in JSON anyway.
const DANGEROUS_IN_JSON = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Text from a store made safe for a terminal: control characters (line breaks and tabs excepted), marks that turn
 * the direction of text, what has no width and halves of characters are written as visible escapes.
 */
export function safe(text: string): string {
  return text.replaceAll(DANGEROUS, escaped);
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safe(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** The first ten digits of a hash, as the Python command shows it. */
export function short(hash: string): string {
  return safeLine(hash.slice(0, 10));
}

/** “1 document”, “2,000 documents”. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

/** Prints bytes as they are, for another program; a terminal gets them too when a person asks for them. */
export function printBytes(bytes: Uint8Array): Promise<void> {
  return new Promise((settle) => process.stdout.write(bytes, () => settle()));
}

/** One JSON value as text, numbers as they stand in the store. */
export function jsonText(value: Plain): string {
  return safeJson(stringifyJson(jsonOf(value)));
}

/** The same JSON with what acts on a terminal as JSON escapes; such signs can stand only in its strings. */
export function safeJson(text: string): string {
  return text.replaceAll(DANGEROUS_IN_JSON, escaped);
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Puts a value of a store into an answer, text-exact. */
export function exact(node: JsonNode): Plain {
  return hold(node);
}

/** The output of one command. */
export function createOutput(json: boolean): Output {
  const colours = process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  return {
    json,
    answer(value, lines) {
      const text = json ? jsonText(value) : lines().join('\n');
      if (text !== '') process.stdout.write(`${text}\n`);
    },
    failure({ kind, message, hint, detail }) {
      if (json) process.stdout.write(`${jsonText({ error: { kind, message, hint } })}\n`);
      else process.stderr.write(`error: ${safe(message)}\n${safe(hint)}\n`);
      if (detail !== undefined && process.env['VEKSCOPE_DEBUG'] === '1')
        process.stderr.write(`${safe(detail)}\n`);
      return EXIT.bad;
    },
    note(text) {
      process.stderr.write(`${safe(text)}\n`);
    },
    paint: (text, colour) => (colours ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text),
  };
}
