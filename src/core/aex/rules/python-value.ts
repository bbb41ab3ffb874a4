import { pythonFloat } from '../../json/canonical.ts';
import { distinctEntries, type JsonNode } from '../../json/tree.ts';

/** `str(value)` of a JSON value as Python holds it; AEX counts the characters of such texts (formats/aex.md §7). */
export function pythonStr(node: JsonNode): string {
  return node.kind === 'string' ? node.value : pythonRepr(node);
}

/** `repr(value)` of a JSON value as Python holds it. */
export function pythonRepr(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'None';
    case 'bool':
      return node.value ? 'True' : 'False';
    case 'int':
      return node.text === '-0' ? '0' : node.text;
    case 'float':
      return floatRepr(Number(node.text));
    case 'string':
      return stringRepr(node.value);
    case 'array':
      return `[${node.items.map(pythonRepr).join(', ')}]`;
    case 'object':
      return `{${distinctEntries(node.entries)
        .map(({ key, value }) => `${stringRepr(key)}: ${pythonRepr(value)}`)
        .join(', ')}}`;
  }
}

function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return pythonFloat(value);
}

/** What Python does not count as printable: everything of the categories "other" and "separator" but the blank. */
const special = /[\\'\p{C}\p{Z}]/gu;
const short = new Map([
  ['\\', '\\\\'],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
  [' ', ' '],
]);

function stringRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const inner = value.replaceAll(special, (character) => {
    const known = short.get(character);
    if (known !== undefined) return known;
    if (character === "'") return quote === "'" ? String.raw`\'` : character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${hex(code, 2)}`;
    return code < 0x1_0000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  });
  return `${quote}${inner}${quote}`;
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** Blanks that `int()` takes around digits. */
const integerText = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/;

/** `int(value)` of a JSON value as Python holds it; null where Python raises. */
export function pythonInt(node: JsonNode | undefined): bigint | null {
  if (node === undefined) return null;
  if (node.kind === 'int') return BigInt(node.text);
  if (node.kind === 'bool') return node.value ? 1n : 0n;
  if (node.kind === 'float') {
    const whole = Math.trunc(Number(node.text));
    return Number.isFinite(whole) ? BigInt(whole) : null;
  }
  if (node.kind !== 'string') return null;
  const match = integerText.exec(node.value);
  if (match === null) return null;
  const size = BigInt((match[2] ?? '').replaceAll('_', ''));
  return match[1] === '-' ? -size : size;
}

/** Whether Python takes a JSON value for true. */
export function pythonTruth(node: JsonNode | undefined): boolean {
  switch (node?.kind) {
    case undefined:
    case 'null':
      return false;
    case 'bool':
      return node.value;
    case 'int':
    case 'float':
      return Number(node.text) !== 0;
    case 'string':
      return node.value !== '';
    case 'array':
      return node.items.length > 0;
    case 'object':
      return node.entries.length > 0;
  }
}

/** The number of code points of a text, which is what Python calls its length. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 1; i < text.length; i++) {
    const low = text.charCodeAt(i);
    if (low < 0xdc00 || low > 0xdfff) continue;
    const high = text.charCodeAt(i - 1);
    if (high >= 0xd800 && high <= 0xdbff) pairs++;
  }
  return text.length - pairs;
}
