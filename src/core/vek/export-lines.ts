import type { NodeRecord, Ref } from '../../contract/vek.ts';
import { pythonJsonDumps } from '../json/pretty.ts';

/** The fields of one entry of an export, in the order in which they are written. */
export type Fields = Record<string, string | null>;

const plainText = /^[ !#-[\]-~]*$/;

/** A text as Python writes it; most texts here are hashes and base64 and need no look at every character. */
function quoted(value: string | null, ascii: boolean): string {
  if (value === null) return 'null';
  return plainText.test(value) ? `"${value}"` : pythonJsonDumps({ kind: 'string', value }, { ascii });
}

/** Each field as `"key": value`, beyond ASCII escaped or raw. */
export function fieldTexts(fields: Fields, ascii: boolean): string[] {
  return Object.entries(fields).map(([key, value]) => `"${key}": ${quoted(value, ascii)}`);
}

/** One line of JSON as Python's `json.dumps` prints it by default, with its line end. */
export function jsonLine(fields: Fields): string {
  return `{${fieldTexts(fields, true).join(', ')}}\n`;
}

/** The fields of a node record in the order of the real tool (formats/vek.md §6). */
export function nodeFields(record: NodeRecord): Fields {
  const { hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent } = record;
  return { hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent };
}

/** The fields of an object: standard base64 with padding (formats/vek.md §7). */
export function objectFields(hash: string, bytes: Uint8Array): Fields {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { hash, content_b64: content };
}

/** A ref's line of a JSON Lines export. */
export function refLine({ name, hash }: Pick<Ref, 'name' | 'hash'>): string {
  return jsonLine({ type: 'ref', name, hash });
}

/** A call's line. */
export function nodeLine(record: NodeRecord): string {
  return jsonLine({ type: 'node', ...nodeFields(record) });
}

/** An object's line. */
export function objectLine(hash: string, bytes: Uint8Array): string {
  return jsonLine({ type: 'object', ...objectFields(hash, bytes) });
}
