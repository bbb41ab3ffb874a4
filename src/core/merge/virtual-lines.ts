import type { JsonNode } from '../json/tree.ts';

const disputed = Symbol('disputed lines');

type Text = Extract<JsonNode, { kind: 'string' }>;
type DisputedText = Text & { readonly [disputed]: readonly number[] };

/** A text some of whose lines (by number, from 0) are in dispute, not the whole of it. */
export function textWithDisputedLines(value: string, lines: readonly number[]): Text {
  const node: DisputedText = { kind: 'string', value, [disputed]: lines };
  return node;
}

/** The lines of a disputed text that are in dispute; null where all of it is. */
export function disputedLines(node: Text): readonly number[] | null {
  return (node as Partial<DisputedText>)[disputed] ?? null;
}
