import { pythonFloat, pythonIntegerDigits } from '../../json/canonical.ts';
import { parseJson } from '../../json/parse.ts';
import { compareCodePoints, distinctEntries, type JsonNode } from '../../json/tree.ts';

/** AEX's canonical JSON: sorted keys, no blanks, everything beyond ASCII and DEL escaped (formats/aex.md §3). */
export function canonicalAex(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'int':
      return node.text === '-0' ? '0' : node.text;
    case 'float':
      return pythonFloat(Number(node.text));
    case 'string':
      return asciiString(node.value);
    case 'array':
      return `[${node.items.map(canonicalAex).join(',')}]`;
    case 'object': {
      const entries = distinctEntries(node.entries).toSorted((a, b) => compareCodePoints(a.key, b.key));
      return `{${entries.map(({ key, value }) => `${asciiString(key)}:${canonicalAex(value)}`).join(',')}}`;
    }
  }
}

const beyondAscii = /[\u007f-\uffff]/g;

/** A string literal as Python's `json.dumps` writes it by default; half of a surrogate pair keeps its escape. */
export function asciiString(value: string): string {
  return JSON.stringify(value).replaceAll(
    beyondAscii,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A request body as the original reads it, numbers as written; null where it answers `Invalid JSON body`. Bytes may
 * begin with a byte order mark, a text may not (as `json.loads`).
 */
export function parseAexBody(raw: string | Uint8Array): JsonNode | null {
  const text = typeof raw === 'string' ? raw : decoded(raw);
  if (text === null) return null;
  const parsed = parseJson(text);
  return parsed.ok && !hasHugeInteger(parsed.node) ? parsed.node : null;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    // Takes a byte order mark off.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Python refuses integers of more than 4,300 digits. */
function hasHugeInteger(node: JsonNode): boolean {
  if (node.kind === 'int') return node.text.replace('-', '').length > pythonIntegerDigits;
  if (node.kind === 'array') return node.items.some(hasHugeInteger);
  return node.kind === 'object' && node.entries.some((entry) => hasHugeInteger(entry.value));
}
