import type { JsonArray, JsonNode, JsonObject } from '../json/tree.ts';
import { childrenOf } from './file-places.ts';
import { breaksLine, type FileStyle, type PlacedText } from './file-style.ts';

/** A value and where it stands in its file. */
export type Source = { readonly file: PlacedText; readonly node: JsonNode; readonly at: number };

/**
 * The text of a value in the style of the file it is put into. Numbers and strings are as their source has them, and
 * so is where it breaks lines; without a source, or from a source that is all on one line, the style decides that.
 * A source whose value is not this very one counts where a part of it is. `indent` is the indentation of the line on
 * which the value begins; null keeps it on one line.
 */
export function layOut(
  node: JsonNode,
  source: Source | null,
  style: FileStyle,
  indent: string | null,
): string {
  const onOneLine = indent === null || style.lineBreak === null;
  return write(
    node,
    source,
    { style, shaped: source !== null && hasLines(source.file) },
    onOneLine ? null : indent,
  );
}

/** A key with its quotes, as the source has it, or else in the style of the file. */
export function keyText(key: string, source: Source | null, style: FileStyle): string {
  if (source === null) return quoted(key, style);
  const { text, places } = source.file;
  const from = places.key[source.at]!;
  return text.slice(from, text.lastIndexOf('"', places.start[source.at]! - 1) + 1);
}

/** A string with its quotes; what needs no escape gets one only where the file does so everywhere. */
export function quoted(value: string, style: Pick<FileStyle, 'ascii' | 'slash'>): string {
  let text = JSON.stringify(value);
  if (style.slash) text = text.replaceAll('/', '\\/');
  if (!style.ascii) return text;
  return text.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type How = {
  readonly style: FileStyle;
  /** the source shows where lines break */
  readonly shaped: boolean;
};

const known = new WeakMap<PlacedText, boolean>();

/** Whether a file has more than one line; looked up once, as a file of one line is read to its end for that. */
function hasLines(file: PlacedText): boolean {
  let lines = known.get(file);
  if (lines === undefined) {
    const { text, places } = file;
    known.set(file, (lines = breaksLine(text, places.start[0]!, places.end[0]!)));
  }
  return lines;
}

function write(node: JsonNode, source: Source | null, how: How, indent: string | null): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(node.value);
    case 'int':
    case 'float':
      return node.text;
    case 'string':
      return source?.node.kind === 'string' && source.node.value === node.value
        ? sliceOf(source)
        : quoted(node.value, how.style);
    case 'array':
      return writeContainer(
        node,
        node.items.map((value) => ({ key: null, value })),
        source,
        how,
        indent,
      );
    case 'object':
      return writeContainer(node, node.entries, source, how, indent);
  }
}

function sliceOf({ file: { text, places }, at }: Source): string {
  return text.slice(places.start[at], places.end[at]);
}

type Part = { readonly key: string | null; readonly value: JsonNode };

function writeContainer(
  node: JsonArray | JsonObject,
  parts: readonly Part[],
  source: Source | null,
  how: How,
  indent: string | null,
): string {
  const [open, close] = node.kind === 'array' ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  const children = sourcesOf(node, parts, source);
  const breaks = breaksOf(node, parts, children, source, how, indent !== null);
  const { style } = how;
  const pad = node.kind === 'array' ? style.pad.list : style.pad.object;
  const lineBreak = style.lineBreak ?? '';
  let line = indent ?? '';
  let text = open!;
  for (let i = 0; i < parts.length; i += 1) {
    const { key, value } = parts[i]!;
    if (breaks[i]! > 0) {
      line = (indent ?? '') + style.unit;
      text += (i === 0 ? '' : ',') + lineBreak.repeat(breaks[i]!) + line;
    } else text += i === 0 ? pad : style.comma;
    const child = children[i]!;
    if (key !== null) text += keyText(key, child, style) + style.colon;
    text += write(value, child, how, indent === null ? null : line);
  }
  const last = breaks.at(-1)!;
  return text + (last > 0 ? lineBreak.repeat(last) + (indent ?? '') : pad) + close!;
}

function sourcesOf(
  node: JsonArray | JsonObject,
  parts: readonly Part[],
  source: Source | null,
): readonly (Source | null)[] {
  if (source === null) return parts.map(() => null);
  const { file } = source;
  const children = childrenOf(file.places, source.at);
  if (source.node === node) {
    return parts.map(({ value }, i) => ({ file, node: value, at: children[i]! }));
  }
  const found = new Map<string | JsonNode, Source>();
  if (source.node.kind === 'object') {
    source.node.entries.forEach(({ key, value }, i) =>
      found.set(key, { file, node: value, at: children[i]! }),
    );
  } else if (source.node.kind === 'array') {
    source.node.items.forEach((value, i) => found.set(value, { file, node: value, at: children[i]! }));
  }
  return parts.map(({ key, value }) => found.get(key ?? value) ?? null);
}

/** How many line breaks stand before each part, and before the closing bracket. */
function breaksOf(
  node: JsonArray | JsonObject,
  parts: readonly Part[],
  children: readonly (Source | null)[],
  source: Source | null,
  how: How,
  free: boolean,
): readonly number[] {
  const every = (count: number): readonly number[] => Array.from({ length: parts.length + 1 }, () => count);
  if (!free) return every(0);
  if (source === null || !how.shaped) return every(how.style.inline[shapeOf(node, parts)] ? 0 : 1);
  const { text, places } = source.file;
  const [start, end] = [places.start[source.at]! + 1, places.end[source.at]!];
  if (source.node !== node) return every(breaksLine(text, start, end) ? 1 : 0);
  const counted: number[] = [];
  let from = start;
  for (const child of children) {
    counted.push(countBreaks(text, from, places.key[child!.at]!));
    from = places.end[child!.at]!;
  }
  return [...counted, countBreaks(text, from, end)];
}

function countBreaks(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n?|\n/g)?.length ?? 0;
}

function shapeOf(node: JsonNode, parts: readonly Part[]): 'flat' | 'nested' | 'object' {
  if (node.kind === 'object') return 'object';
  return parts.some(({ value }) => value.kind === 'array' || value.kind === 'object') ? 'nested' : 'flat';
}
