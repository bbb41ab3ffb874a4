import type { JsonArray, JsonNode, JsonObject } from '../json/tree.ts';
import { weave } from './merge-order.ts';
import { keysInOrder } from './merge-units.ts';
import type { ListPart, Merge, Merged, MergedKeyed, MergedObject, MergedText, Pane } from './merged.ts';
import type { Annotated, LineOrigin, RunPiece } from './resolve-tree.ts';
import type { Unit, Value } from './unit.ts';

/** One side of a merge with the units that are in it, in the order that this side has. */
export function annotateSide(part: Merged, node: Value, side: Pane, form: Merge['form']): Annotated {
  if (part.kind === 'text' && form === 'text') return { kind: 'text', pieces: linesOf(part, side) };
  return annotate(part, node, side);
}

function annotate(part: Merged, node: Value, side: Pane): Annotated {
  switch (part.kind) {
    case 'same':
      return value(node, side, []);
    case 'unit':
      return value(node, side, [part.unit.id]);
    case 'text':
      return value(
        node,
        side,
        part.parts.flatMap((piece) => (piece.kind === 'lines' ? [piece.unit.id] : [])),
      );
    case 'object':
      return node?.kind === 'object' ? objectOf(part, node, side) : { kind: 'gone', units: [] };
    case 'list': {
      const { items } = part.sides[side];
      return {
        kind: 'array',
        parts: part.parts.map((inner) => itemOf(inner, items, side)),
        origin: side,
        units: [],
      };
    }
    case 'keyed':
      return keyedOf(part, part.sides[side], side);
  }
}

function value(node: Value, origin: LineOrigin, units: readonly string[]): Annotated {
  return node === undefined ? { kind: 'gone', units } : { kind: 'value', node, origin, units };
}

/** The keys in the side's order; what it does not have stands where the result has it. */
function objectOf(part: MergedObject, node: JsonObject, side: Pane): Annotated {
  const values = new Map(node.entries.map((entry) => [entry.key, entry.value]));
  const parts = new Map(part.entries.map((entry) => [entry.key, entry.part]));
  const entries = weave([...values.keys()], [...parts.keys()]).map((key) => ({
    key,
    part: annotate(parts.get(key)!, values.get(key), side),
  }));
  return { kind: 'object', entries, origin: side, units: [] };
}

function itemOf(part: ListPart, items: readonly JsonNode[], side: Pane): Annotated {
  if (part.kind === 'run') return run(items.slice(part.at[side], part.at[side] + part.count), side, []);
  if (part.kind === 'element') return annotate(part.part, items[part.at[side]], side);
  const { unit } = part;
  const of = unit[side];
  return run(of?.kind === 'array' ? of.items : [], side, [unit.id]);
}

function run(nodes: readonly JsonNode[], origin: LineOrigin, units: readonly string[]): Annotated {
  const pieces: readonly RunPiece[] = [{ nodes, origin }];
  return { kind: 'run', pieces, units };
}

function keyedOf(part: MergedKeyed, { items }: JsonArray, side: Pane): Annotated {
  const parts = keysInOrder(part, side).map((key) => {
    const element = part.elements.get(key)!;
    return annotate(element.part, items[element.at[side]], side);
  });
  return { kind: 'array', parts, origin: side, units: part.order === null ? [] : [part.order.id] };
}

function linesOf(part: MergedText, side: Pane) {
  const textOf = (unit: Unit): string => {
    const of = unit[side];
    return of?.kind === 'string' ? of.value : '';
  };
  return part.parts.map((piece) =>
    piece.kind === 'same'
      ? { text: piece.text, origin: side, units: [] }
      : { text: textOf(piece.unit), origin: side, units: [piece.unit.id] },
  );
}
