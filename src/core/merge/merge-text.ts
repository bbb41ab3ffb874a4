import type { JsonNode } from '../json/tree.ts';
import { linesOf } from '../json/text-diff.ts';
import { chunksOf, narrowed, verdictOf, type Chunk } from './merge-chunks.ts';
import type { Merging } from './merge-context.ts';
import { takenOf } from './merge-value.ts';
import type { Merged, Sides, TextPart } from './merged.ts';
import { pathText, unitId, type Place } from './path.ts';
import type { Unit, UnitKind } from './unit.ts';
import { disputedLines } from './virtual-lines.ts';

type Text = Extract<JsonNode, { kind: 'string' }>;

/** Merges texts of which one has several lines. Null where all are equal, undefined where they are no such texts. */
export function mergeStrings(
  merging: Merging,
  base: Text,
  ours: Text,
  theirs: Text,
  place: Place,
): Merged | null | undefined {
  const texts = { base: base.value, ours: ours.value, theirs: theirs.value };
  if (merging.disputed.size === 0 && texts.ours === texts.base && texts.theirs === texts.base) return null;
  if (merging.disputed.has(ours) || merging.disputed.has(theirs)) return undefined;
  const open = merging.disputed.has(base) ? disputedLines(base) : [];
  if (open === null) return undefined;
  if (!texts.base.includes('\n') && !texts.ours.includes('\n') && !texts.theirs.includes('\n')) {
    return merging.disputed.has(base) || texts.ours !== texts.base || texts.theirs !== texts.base
      ? undefined
      : null;
  }
  return mergeLines(texts, open, place);
}

/**
 * Merges texts by line (diff3). `open` are the lines of base, by number, that equal nothing. Null where all are equal.
 */
export function mergeLines(texts: Sides<string>, open: readonly number[], place: Place): Merged | null {
  const lines: Sides<readonly string[]> = {
    base: linesOf(texts.base),
    ours: linesOf(texts.ours),
    theirs: linesOf(texts.theirs),
  };
  const numbers = numbered(lines);
  for (const line of open) if (line < numbers.base.length) numbers.base[line] = -1 - line;
  const disputed = new Set(open);
  const parts: TextPart[] = [];
  let count = 0;
  const put = (chunk: Chunk): void => {
    const verdict = verdictOf(chunk, numbers.base, numbers.ours, numbers.theirs);
    const pieces = textsOf(lines, chunk);
    if (chunk.equal || verdict === 'none') {
      parts.push({ kind: 'same', text: pieces.ours });
      return;
    }
    const taken = takenOf(verdict);
    const kind: UnitKind =
      taken === null ? 'text' : lineKind(pieces.base, taken === 'theirs' ? pieces.theirs : pieces.ours);
    const unit: Unit = {
      id: unitId(place, count),
      path: pathText(place),
      what: 'lines',
      kind,
      taken,
      base: { kind: 'string', value: pieces.base },
      ours: { kind: 'string', value: pieces.ours },
      theirs: { kind: 'string', value: pieces.theirs },
      at: chunk.from,
      baseDisputed: between(disputed, chunk.from.base, chunk.to.base),
    };
    count += 1;
    parts.push({ kind: 'lines', unit });
  };
  for (const chunk of chunksOf(numbers.base, numbers.ours, numbers.theirs)) {
    const conflict =
      !chunk.equal && verdictOf(chunk, numbers.base, numbers.ours, numbers.theirs) === 'conflict';
    if (!conflict) put(chunk);
    else for (const part of narrowed(chunk, numbers.base, numbers.ours, numbers.theirs)) put(part);
  }
  return count === 0 ? null : { kind: 'text', parts, sides: texts };
}

function lineKind(base: string, now: string): UnitKind {
  return base === '' ? 'add' : now === '' ? 'delete' : 'modify';
}

function textsOf(lines: Sides<readonly string[]>, { from, to }: Chunk): Sides<string> {
  return {
    base: lines.base.slice(from.base, to.base).join(''),
    ours: lines.ours.slice(from.ours, to.ours).join(''),
    theirs: lines.theirs.slice(from.theirs, to.theirs).join(''),
  };
}

function between(numbers: ReadonlySet<number>, from: number, to: number): boolean {
  if (numbers.size === 0) return false;
  for (let i = from; i < to; i += 1) if (numbers.has(i)) return true;
  return false;
}

function numbered(lines: Sides<readonly string[]>): Sides<Int32Array> {
  const numbers = new Map<string, number>();
  const of = (list: readonly string[]): Int32Array =>
    Int32Array.from(list, (line) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    });
  return { base: of(lines.base), ours: of(lines.ours), theirs: of(lines.theirs) };
}
