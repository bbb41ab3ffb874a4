import { pythonFloat } from './canonical.ts';
import { distinctEntries } from './tree.ts';
import type { JsonEntry, JsonNode } from './tree.ts';

/**
 * An indented text for reading; numbers, key order and duplicate keys as in the source. `maxChars` stops the
 * writing there, and `cut` says so.
 */
export function prettyJson(
  node: JsonNode,
  options: { readonly indent?: number; readonly maxChars?: number } = {},
): { readonly text: string; readonly cut: boolean } {
  const maxChars = options.maxChars ?? Number.POSITIVE_INFINITY;
  const writer = makeWriter(asSource, options.indent ?? 2, ',', ': ', maxChars);
  put(writer, node, '\n');
  if (writer.text.length <= maxChars) return { text: writer.text, cut: false };
  const halfPair = /[\ud800-\udbff]/.test(writer.text.charAt(maxChars - 1)) ? 1 : 0;
  return { text: writer.text.slice(0, Math.max(0, maxChars - halfPair)), cut: true };
}

/** One line without blanks; numbers, key order and duplicate keys as in the source. */
export function stringifyJson(node: JsonNode): string {
  const writer = makeWriter(asSource, null, ',', ':');
  put(writer, node, '');
  return writer.text;
}

export type DumpsOptions = {
  /** blanks per level; absent: one line */
  readonly indent?: number;
  /** escape everything outside ASCII, as Python does by default */
  readonly ascii?: boolean;
  readonly separators?: readonly [item: string, key: string];
};

/**
 * What Python prints for `json.dumps(json.loads(source))`: numbers in Python's form, a repeated key once, by
 * default ASCII and separated by `, ` and `: `. Half a surrogate pair is always escaped.
 */
export function pythonJsonDumps(node: JsonNode, options: DumpsOptions = {}): string {
  const indent = options.indent ?? null;
  const [item, key] = options.separators ?? [indent === null ? ', ' : ',', ': '];
  const writer = makeWriter((options.ascii ?? true) ? asPythonAscii : asPython, indent, item, key);
  put(writer, node, '\n');
  return writer.text;
}

type Style = {
  readonly quote: (value: string) => string;
  readonly number: (node: { readonly kind: 'int' | 'float'; readonly text: string }) => string;
  readonly entries: (entries: readonly JsonEntry[]) => readonly JsonEntry[];
};

const asSource: Style = { quote: JSON.stringify, number: (node) => node.text, entries: (entries) => entries };
const asPython: Style = { quote: JSON.stringify, number: pythonNumber, entries: distinctEntries };
const asPythonAscii: Style = { ...asPython, quote: quoteAscii };

function pythonNumber(node: { readonly kind: 'int' | 'float'; readonly text: string }): string {
  if (node.kind === 'float') return pythonFloat(Number(node.text));
  return node.text === '-0' ? '0' : node.text;
}

function quoteAscii(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type Writer = {
  readonly style: Style;
  readonly step: string | null;
  readonly item: string;
  readonly key: string;
  readonly maxChars: number;
  text: string;
};

function makeWriter(
  style: Style,
  indent: number | null,
  item: string,
  key: string,
  maxChars = Number.POSITIVE_INFINITY,
): Writer {
  return { style, step: indent === null ? null : ' '.repeat(indent), item, key, maxChars, text: '' };
}

/** Appends a value; `lineStart` is the line break and indentation of the line that it stands on. */
function put(writer: Writer, node: JsonNode, lineStart: string): void {
  const { style } = writer;
  switch (node.kind) {
    case 'null':
      writer.text += 'null';
      return;
    case 'bool':
      writer.text += node.value ? 'true' : 'false';
      return;
    case 'int':
    case 'float':
      writer.text += style.number(node);
      return;
    case 'string':
      writer.text += style.quote(node.value);
      return;
    case 'array': {
      const inner = writer.step === null ? '' : lineStart + writer.step;
      const count = node.items.length;
      for (let i = 0; i < count && writer.text.length <= writer.maxChars; i++) {
        writer.text += (i === 0 ? '[' : writer.item) + inner;
        put(writer, node.items[i]!, inner);
      }
      writer.text += count === 0 ? '[]' : `${writer.step === null ? '' : lineStart}]`;
      return;
    }
    case 'object': {
      const inner = writer.step === null ? '' : lineStart + writer.step;
      const entries = style.entries(node.entries);
      for (let i = 0; i < entries.length && writer.text.length <= writer.maxChars; i++) {
        const { key, value } = entries[i]!;
        writer.text += (i === 0 ? '{' : writer.item) + inner + style.quote(key) + writer.key;
        put(writer, value, inner);
      }
      writer.text += entries.length === 0 ? '{}' : `${writer.step === null ? '' : lineStart}}`;
    }
  }
}
