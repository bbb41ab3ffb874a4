import type { Merge, Pane } from './merged.ts';
import { annotateSide } from './pretty-side.ts';
import { LineWriter, writeNode, type UnitPlace } from './pretty-writer.ts';
import type { Annotated, LineOrigin, TextPiece } from './resolve-tree.ts';
import type { Resolved } from './resolve.ts';

export type { UnitPlace } from './pretty-writer.ts';

/** A document as text and the lines of its units in it; a unit without a value there has none, at its place. */
export type PrettySide = {
  readonly text: string;
  /** only the beginning is here */
  readonly cut: boolean;
  readonly places: readonly UnitPlace[];
};

export type PrettyOptions = {
  /** UTF-16 units of text beyond which it is cut off */
  readonly maxChars?: number;
};

/** Far below the longest text of the engine, so that deep nesting can't make one that is too long. */
const MAX_CHARS = 256 * 1024 * 1024;

/** A result as text; `origins` has one entry for each line (at `\n`). */
export type PrettyResult = PrettySide & { readonly origins: readonly LineOrigin[] };

/**
 * The result of a merge as text: JSON laid out as core/json/pretty.ts does, or the lines themselves of merged texts. The
 * lines of a text inside JSON are one line. Nothing at all is an empty text.
 */
export function prettyResult(resolved: Resolved, { maxChars = MAX_CHARS }: PrettyOptions = {}): PrettyResult {
  return cutAt(printed(resolved.tree, resolved.form, maxChars), maxChars);
}

/** One of the three sides as text, with the same units as the result. */
export function prettySide(
  merge: Merge,
  side: Pane,
  { maxChars = MAX_CHARS }: PrettyOptions = {},
): PrettySide {
  const tree = annotateSide(merge.root, merge.sides[side], side, merge.form);
  const { text, cut, places } = cutAt(printed(tree, merge.form, maxChars), maxChars);
  return { text, cut, places };
}

type Printed = Omit<PrettyResult, 'cut'>;

/** The beginning of a text, with the lines and places that are in it. */
function cutAt({ text, origins, places }: Printed, maxChars: number): PrettyResult {
  if (text.length <= maxChars) return { text, cut: false, origins, places };
  const halfPair = /[\ud800-\udbff]/.test(text.charAt(maxChars - 1)) ? 1 : 0;
  const kept = text.slice(0, Math.max(0, maxChars - halfPair));
  let lines = 1;
  for (let at = kept.indexOf('\n'); at >= 0; at = kept.indexOf('\n', at + 1)) lines += 1;
  return {
    text: kept,
    cut: true,
    origins: origins.slice(0, lines),
    places: places.flatMap(({ unit, from, to }) =>
      from < lines ? [{ unit, from, to: Math.min(to, lines) }] : [],
    ),
  };
}

function printed(tree: Annotated, form: Merge['form'], maxChars: number): Printed {
  if (tree.kind === 'text') return printedText(tree.pieces);
  if (form === 'text') {
    const text = tree.kind === 'value' && tree.node.kind === 'string' ? tree.node.value : '';
    return printedText([{ text, origin: 'base', units: [] }]);
  }
  const writer = new LineWriter(maxChars);
  if (tree.kind === 'gone') {
    writer.begin('base');
    writer.placeNothing(tree.units, 0);
  } else {
    writer.begin(originOf(tree));
    writePart(writer, tree, 0);
  }
  return { text: writer.text(), origins: writer.origins, places: writer.places };
}

function originOf(part: Annotated): LineOrigin {
  return part.kind === 'value' || part.kind === 'object' || part.kind === 'array' ? part.origin : 'base';
}

/** Writes a part whose first line has begun. */
function writePart(writer: LineWriter, part: Annotated, depth: number): void {
  const from = writer.line;
  if (part.kind === 'value') writeNode(writer, part.node, depth, part.origin);
  else if (part.kind === 'object') writeObject(writer, part, depth);
  else if (part.kind === 'array') writeArray(writer, part, depth);
  else return;
  writer.place(part.units, from);
}

function writeObject(
  writer: LineWriter,
  { entries, origin }: Extract<Annotated, { kind: 'object' }>,
  depth: number,
): void {
  let count = 0;
  writer.write('{');
  for (const { key, part } of entries) {
    if (writer.full) return;
    if (part.kind === 'gone') {
      writer.placeNothing(part.units, writer.line + 1);
      continue;
    }
    if (count > 0) writer.write(',');
    count += 1;
    writer.newLine(depth + 1, originOf(part));
    writer.write(`${JSON.stringify(key)}: `);
    writePart(writer, part, depth + 1);
  }
  if (count > 0) writer.newLine(depth, origin);
  writer.write('}');
}

function writeArray(
  writer: LineWriter,
  { parts, origin }: Extract<Annotated, { kind: 'array' }>,
  depth: number,
): void {
  let count = 0;
  writer.write('[');
  const begin = (of: LineOrigin): void => {
    if (count > 0) writer.write(',');
    count += 1;
    writer.newLine(depth + 1, of);
  };
  for (const part of parts) {
    if (writer.full) return;
    if (part.kind === 'run') {
      const from = writer.line + 1;
      for (const piece of part.pieces) {
        for (const node of piece.nodes) {
          if (writer.full) return;
          begin(piece.origin);
          writeNode(writer, node, depth + 1, piece.origin);
        }
      }
      writer.place(part.units, from);
    } else if (part.kind === 'gone') writer.placeNothing(part.units, writer.line + 1);
    else {
      begin(originOf(part));
      writePart(writer, part, depth + 1);
    }
  }
  if (count > 0) writer.newLine(depth, origin);
  writer.write(']');
}

function printedText(pieces: readonly TextPiece[]): Printed {
  const origins: LineOrigin[] = [];
  const spans = new Map<string, UnitPlace>();
  let ended = true;
  for (const { text, origin, units } of pieces) {
    const from = origins.length;
    for (let at = 0; at < text.length;) {
      const end = text.indexOf('\n', at);
      ended = end >= 0;
      at = ended ? end + 1 : text.length;
      origins.push(origin);
    }
    for (const unit of units)
      spans.set(unit, { unit, from: spans.get(unit)?.from ?? from, to: origins.length });
  }
  if (ended) origins.push('base');
  return { text: pieces.map(({ text }) => text).join(''), origins, places: [...spans.values()] };
}
