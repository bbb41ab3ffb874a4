import type { LineOrigin } from '../../contract/merge.ts';
import type { JsonNode } from '../json/tree.ts';
import type { Value } from './unit.ts';

export type { LineOrigin };

/** A value with where its parts come from. `units` are the ids of the units that are at this very place. */
export type Annotated =
  | {
      readonly kind: 'value';
      readonly node: JsonNode;
      readonly origin: LineOrigin;
      readonly units: readonly string[];
    }
  /** units that left nothing here */
  | { readonly kind: 'gone'; readonly units: readonly string[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: string; readonly part: Annotated }[];
      readonly origin: LineOrigin;
      readonly units: readonly string[];
    }
  | {
      readonly kind: 'array';
      readonly parts: readonly Annotated[];
      readonly origin: LineOrigin;
      readonly units: readonly string[];
    }
  /** elements of the array around it */
  | { readonly kind: 'run'; readonly pieces: readonly RunPiece[]; readonly units: readonly string[] }
  /** a text of lines that is a document itself */
  | { readonly kind: 'text'; readonly pieces: readonly TextPiece[] };

export type RunPiece = { readonly nodes: readonly JsonNode[]; readonly origin: LineOrigin };

/** Whole lines of a text; only the last piece may end without a line break. */
export type TextPiece = {
  readonly text: string;
  readonly origin: LineOrigin;
  readonly units: readonly string[];
};

/** The value of an annotated tree; undefined where nothing is left. */
export function valueOf(part: Annotated): Value {
  switch (part.kind) {
    case 'value':
      return part.node;
    case 'gone':
      return undefined;
    case 'text':
      return { kind: 'string', value: part.pieces.map(({ text }) => text).join('') };
    case 'run':
      return { kind: 'array', items: nodesOf(part.pieces) };
    case 'object': {
      const entries = part.entries.flatMap(({ key, part: inner }) => {
        const value = valueOf(inner);
        return value === undefined ? [] : [{ key, value }];
      });
      return { kind: 'object', entries };
    }
    case 'array': {
      const items: JsonNode[] = [];
      for (const inner of part.parts) {
        if (inner.kind === 'run')
          for (const { nodes } of inner.pieces) for (const node of nodes) items.push(node);
        else {
          const value = valueOf(inner);
          if (value !== undefined) items.push(value);
        }
      }
      return { kind: 'array', items };
    }
  }
}

function nodesOf(pieces: readonly RunPiece[]): readonly JsonNode[] {
  return pieces.flatMap(({ nodes }) => nodes);
}
