import type { Content } from '../../contract/vek.ts';
import { canonicalBytes } from '../json/canonical.ts';
import { decodeJsonBytes, parsePrefixBytes } from '../json/decode.ts';
import { parseJson } from '../json/parse.ts';
import { prettyJson } from '../json/pretty.ts';
import { distinctEntries, type JsonNode } from '../json/tree.ts';
import { limits } from '../storage/limits.ts';
import type { StoredObject, VekLook } from './store.ts';

/**
 * An object as a person reads it (contract `Content`): at most `limitBytes` of the stored bytes, pretty where they
 * are JSON, decoded or as a hex dump where they are not, with what is unusual about them in words.
 */
export function contentOf(s: VekLook, hash: string, limitBytes: number): Content {
  const object = s.objectHead(hash, limitBytes);
  if (object === null) {
    const note =
      'The store has no object with this hash. The Python tool reads it as null; what it was is unknown.';
    return { hash, bytes: 0, form: 'missing', text: '', cut: false, notes: [note] };
  }
  return objectContent(object, limitBytes);
}

/** The same for an object that was read already. */
export function objectContent(object: StoredObject, limitBytes: number): Content {
  const { hash, size, cut } = object;
  const notes = storageNotes(object);
  if (object.storage === 'other')
    return { hash, bytes: size, form: 'unreadable', text: '', cut: false, notes };
  if (size === 0) {
    notes.push('The object has no bytes. The Python tool reads that as null.');
    return { hash, bytes: size, form: 'empty', text: '', cut: false, notes };
  }
  if (cut) return { hash, bytes: size, ...beginning(object.bytes, notes), cut: true };
  return { hash, bytes: size, ...whole(object.bytes, limitBytes, notes) };
}

function storageNotes(object: StoredObject): string[] {
  if (object.storage === 'text') {
    return [
      'Stored as TEXT instead of BLOB: the bytes are the same, but the fsck of the Python tool stops here.',
    ];
  }
  if (object.storage === 'other') return ['The content is stored as a number or as nothing, not as bytes.'];
  return [];
}

type Shown = Pick<Content, 'form' | 'text' | 'cut' | 'notes'>;

function whole(bytes: Uint8Array, limitBytes: number, notes: string[]): Shown {
  const decoded = decodeJsonBytes(bytes);
  if (!decoded.ok) {
    notes.push(`Not JSON: ${decoded.reason}.`);
    return plain(bytes, limitBytes, notes);
  }
  if (decoded.bom) notes.push('Begins with a byte order mark, which vek never writes.');
  if (decoded.encoding !== 'utf-8')
    notes.push(`Written as ${decoded.encoding.toUpperCase()}; vek writes UTF-8.`);
  const parsed = parseJson(decoded.text, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  if (!parsed.ok) {
    const { kind, message, line, column } = parsed.error;
    if (kind === 'syntax') notes.push(`Not JSON: ${message} (line ${line}, column ${column}).`);
    else notes.push(`Shown as it is stored: ${message}.`);
    return plain(bytes, limitBytes, notes);
  }
  notes.push(...canonicalNotes(parsed.node, bytes));
  const pretty = prettyJson(parsed.node, { maxChars: prettyChars(limitBytes) });
  return { form: 'json', text: pretty.text, cut: pretty.cut, notes };
}

/** Indenting makes a document longer; this much more of it is still shown for the same limit. */
function prettyChars(limitBytes: number): number {
  return limitBytes * 4;
}

function canonicalNotes(node: JsonNode, bytes: Uint8Array): string[] {
  const notes: string[] = [];
  const repeated = repeatedKey(node);
  if (repeated !== null) {
    notes.push(
      `The key “${repeated}” stands more than once in one object; the Python tool reads the last one only.`,
    );
  }
  const canonical = canonicalBytes(node);
  if (!canonical.ok) notes.push(`Has no canonical form: ${canonical.reason}.`);
  else if (Buffer.compare(canonical.bytes, bytes) !== 0) {
    notes.push('Not in the canonical form that vek writes; the hash is over the bytes as they are stored.');
  }
  return notes;
}

function repeatedKey(root: JsonNode): string | null {
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'array') for (const item of node.items) open.push(item);
    if (node.kind !== 'object') continue;
    if (distinctEntries(node.entries) !== node.entries) return firstRepeated(node.entries);
    for (const entry of node.entries) open.push(entry.value);
  }
  return null;
}

function firstRepeated(entries: readonly { readonly key: string }[]): string | null {
  const seen = new Set<string>();
  for (const { key } of entries) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return null;
}

/** What bytes that were cut off show: the readable beginning of a JSON document, without the ends it does not have. */
function beginning(bytes: Uint8Array, notes: string[]): Omit<Shown, 'cut'> {
  const { node } = parsePrefixBytes(bytes);
  if (node === null || (node.kind !== 'object' && node.kind !== 'array' && node.kind !== 'string')) {
    const { form, text } = plain(bytes, bytes.byteLength, notes, true);
    return { form, text, notes };
  }
  const pretty = prettyJson(node, { maxChars: prettyChars(bytes.byteLength) }).text;
  return { form: 'json', text: pretty.replace(/"?(\s*[\]}])*$/, ''), notes };
}

function plain(bytes: Uint8Array, limitBytes: number, notes: readonly string[], cut = false): Shown {
  const text = asText(bytes, cut);
  if (text !== null) return { form: 'text', text, cut: false, notes };
  // A line of the dump is 78 characters for 16 bytes.
  const shown = bytes.subarray(0, Math.max(16, Math.floor(limitBytes / 5)));
  return { form: 'hex', text: hexDump(shown), cut: shown.byteLength < bytes.byteLength, notes };
}

/** The bytes as UTF-8 text, or null where they are none or hold control characters that no text has. */
function asText(bytes: Uint8Array, cut: boolean): string | null {
  // Where bytes were cut off, the last character may be cut in two.
  for (let back = 0; back < (cut ? 4 : 1); back += 1) {
    const text = utf8(bytes.subarray(0, Math.max(0, bytes.byteLength - back)));
    if (text !== null) return bytes.some(isOddControl) ? null : text;
  }
  return null;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Tab, line and page breaks and escape sequences stand in texts of tools; other control characters do not. */
function isOddControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
}

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += 16) {
    const part = bytes.subarray(at, at + 16);
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(part, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
    ).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines.join('\n');
}
