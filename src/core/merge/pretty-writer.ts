import type { JsonNode } from '../json/tree.ts';
import type { LineOrigin } from './resolve-tree.ts';

/** The lines of a unit in a text, from 0; `to` is the line after its last, and `from` where it has no line. */
export type UnitPlace = { readonly unit: string; readonly from: number; readonly to: number };

/**
 * Writes JSON in the layout of core/json/pretty.ts and knows where each line comes from. Beyond `maxChars` it is `full`:
 * what is written then does not count.
 */
export class LineWriter {
  readonly origins: LineOrigin[] = [];
  readonly places: UnitPlace[] = [];
  readonly #maxChars: number;
  #text = '';

  constructor(maxChars: number) {
    this.#maxChars = maxChars;
  }

  get full(): boolean {
    return this.#text.length > this.#maxChars;
  }

  /** the number of the line that is being written */
  get line(): number {
    return this.origins.length - 1;
  }

  begin(origin: LineOrigin): void {
    this.origins.push(origin);
  }

  newLine(depth: number, origin: LineOrigin): void {
    if (this.full) return;
    this.#text += `\n${indent(depth)}`;
    this.origins.push(origin);
  }

  write(text: string): void {
    if (!this.full) this.#text += text;
  }

  /** Notes that units take the lines from `from` to the current one. */
  place(units: readonly string[], from: number): void {
    for (const unit of units) this.places.push({ unit, from, to: this.line + 1 });
  }

  /** Notes that units have nothing here, before line `at`. */
  placeNothing(units: readonly string[], at: number): void {
    for (const unit of units) this.places.push({ unit, from: at, to: at });
  }

  text(): string {
    return this.#text;
  }
}

const indents: string[] = [];

function indent(depth: number): string {
  if (depth > 100) return '  '.repeat(depth);
  return (indents[depth] ??= '  '.repeat(depth));
}

type Open = { readonly node: JsonNode; readonly depth: number; at: number };

/** Writes a value that is of one origin. Of any depth: it keeps its own stack. */
export function writeNode(writer: LineWriter, root: JsonNode, depth: number, origin: LineOrigin): void {
  const stack: Open[] = [];
  put(writer, root, depth, stack);
  for (let top = stack.at(-1); top !== undefined && !writer.full; top = stack.at(-1)) {
    const { node, at } = top;
    const count =
      node.kind === 'array' ? node.items.length : node.kind === 'object' ? node.entries.length : 0;
    if (at === count) {
      writer.newLine(top.depth, origin);
      writer.write(node.kind === 'array' ? ']' : '}');
      stack.pop();
      continue;
    }
    top.at += 1;
    if (at > 0) writer.write(',');
    writer.newLine(top.depth + 1, origin);
    if (node.kind === 'object') {
      const { key, value } = node.entries[at]!;
      writer.write(`${JSON.stringify(key)}: `);
      put(writer, value, top.depth + 1, stack);
    } else if (node.kind === 'array') put(writer, node.items[at]!, top.depth + 1, stack);
  }
}

function put(writer: LineWriter, node: JsonNode, depth: number, stack: Open[]): void {
  if (node.kind === 'array' || node.kind === 'object') {
    const empty = node.kind === 'array' ? node.items.length === 0 : node.entries.length === 0;
    writer.write(node.kind === 'array' ? (empty ? '[]' : '[') : empty ? '{}' : '{');
    if (!empty) stack.push({ node, depth, at: 0 });
  } else writer.write(scalar(node));
}

function scalar(node: Exclude<JsonNode, { kind: 'array' | 'object' }>): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'string':
      return JSON.stringify(node.value);
    default:
      return node.text;
  }
}
