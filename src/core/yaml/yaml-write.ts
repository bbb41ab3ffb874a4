import { pythonFloat } from '../json/canonical.ts';
import { distinctEntries, type JsonNode } from '../json/tree.ts';
import { readYaml } from './yaml.ts';

/**
 * A JSON value as lines of YAML that a person can edit. Texts stand without quotes where YAML 1.1 reads them back as
 * the same text, with several lines as a block, and else in double quotes; so no text becomes a number, date or yes.
 * Keys that the runtime looks for in the lines of an answer are quoted (formats/atomic-agents.md §11).
 */
export function yamlLines(node: JsonNode): readonly string[] {
  if (node.kind === 'object' && node.entries.length > 0) {
    return distinctEntries(node.entries).flatMap(({ key, value }) => under(`${scalar(key)}:`, value));
  }
  if (node.kind === 'array' && node.items.length > 0) return node.items.flatMap((item) => under('-', item));
  return [flat(node)];
}

function under(head: string, value: JsonNode): string[] {
  const nested =
    (value.kind === 'object' && value.entries.length > 0) ||
    (value.kind === 'array' && value.items.length > 0);
  if (nested) return [head, ...yamlLines(value).map(indent)];
  if (value.kind === 'string' && value.value.includes('\n')) {
    const block = blockOf(value.value);
    if (block !== null) return [`${head} ${block[0]}`, ...block.slice(1).map(indent)];
  }
  return [`${head} ${flat(value)}`];
}

const indent = (row: string): string => (row === '' ? '' : `  ${row}`);

function flat(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'int':
      return node.text;
    case 'float':
      return floatText(Number(node.text));
    case 'string':
      return scalar(node.value);
    case 'array':
      return '[]';
    default:
      return '{}';
  }
}

/** YAML 1.1 wants a point in every number with an exponent. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = pythonFloat(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** A text on one line: plain where it is read back as it is. */
function scalar(text: string): string {
  if (text === 'resolved_at' || text === 'note' || text === 'reason') return `"${text}"`;
  if (/^[\p{L}\p{N}_/][^\n\t:#]*$/u.test(text) && text.length <= 200 && !/[\s,[\]{}]$/.test(text)) {
    const read = readYaml(`k: ${text}\n`);
    if (read.ok && read.value instanceof Map && read.value.get('k') === text && readsAsKey(text)) return text;
  }
  return quoted(text);
}

function readsAsKey(text: string): boolean {
  const read = readYaml(`${text}: 1\n`);
  return read.ok && read.value instanceof Map && read.value.get(text) === 1n;
}

/** A literal block of a text with several lines; null where its blanks would be lost. */
function blockOf(text: string): readonly string[] | null {
  const rows = text.replace(/\n+$/, '').split('\n');
  const ends = text.length - text.replace(/\n+$/, '').length;
  const plain = rows.every(
    (row) => /^[\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]*$/.test(row) && !/[ \t\u2028\u2029]$/.test(row),
  );
  if (!plain || ends > 1 || rows[0] === '' || /^[ \t]/.test(rows[0]!) || /^[ \t]*```/m.test(text))
    return null;
  if (/[\u2028\u2029]/.test(text)) return null;
  return [ends === 0 ? '|-' : '|', ...rows];
}

/** Double quotes with escapes for everything that a line or YAML can't hold. */
function quoted(text: string): string {
  let out = '';
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (letter === '"' || letter === '\\') out += `\\${letter}`;
    else if (letter === '\n') out += '\\n';
    else if (letter === '\t') out += '\\t';
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${hex(code, 2)}`;
    else if (code === 0x2028 || code === 0x2029 || code === 0xfeff || code === 0xfffe || code === 0xffff) {
      out += `\\u${hex(code, 4)}`;
    } else out += letter;
  }
  return `"${out}"`;
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
