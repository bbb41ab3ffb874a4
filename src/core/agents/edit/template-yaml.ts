import { plainValue } from '../../yaml/yaml-scalar.ts';

/** Begins and goes on so that no sign of YAML has a meaning in it, also not within brackets. */
const plain = /^[\p{L}\p{N}][\p{L}\p{N} _./@+-]*$/u;
/** Controls, what is no character, and signs that turn the direction of a text: written as numbers. */
const HARD_TO_SEE = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufeff\u202a-\u202e\u2066-\u2069]/u;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t' };

/**
 * A text as a scalar of YAML 1.1 on one line, which is read back as exactly this text. It holds no backtick, so that it
 * can't end the fence of a block, and no line of it looks like the end of a header (formats/atomic-agents.md §2).
 */
export function yamlScalar(text: string): string {
  if (plain.test(text) && !text.endsWith(' ') && plainValue(text) === text) return text;
  const inner = Array.from(text, (char) => escapes[char] ?? escaped(char)).join('');
  return `"${inner}"`;
}

function escaped(char: string): string {
  const code = char.codePointAt(0)!;
  if (char === '`') return '\\x60';
  if (!HARD_TO_SEE.test(char)) return char;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A key with its items, one a line; nothing without items. */
export function yamlList(key: string, items: readonly string[], indent = ''): string {
  if (items.length === 0) return '';
  return `${indent}${key}:\n${items.map((item) => `${indent}  - ${yamlScalar(item)}\n`).join('')}`;
}

/** A line with a key and a text; nothing where the text is empty. */
export function yamlLine(key: string, text: string, indent = ''): string {
  return text === '' ? '' : `${indent}${key}: ${yamlScalar(text)}\n`;
}

/** A line with a key and a text that is YAML as it stands: a number, a date, true or false. */
export function yamlRaw(key: string, text: string, indent = ''): string {
  return text === '' ? '' : `${indent}${key}: ${text}\n`;
}
