import type { JsonNode } from '../../../../core/json/tree.ts';

/** A value of a document: its path as `/people[0]/role`, and its lines in the indented text, from 1; `to` is its last. */
export type JsonPlace = { readonly path: string; readonly from: number; readonly to: number };

/** What is known of a list or object: its parts, the line of each counted from its own, and where its keys are. */
type Inside = {
  readonly parts: readonly JsonNode[];
  readonly lines: Int32Array;
  readonly keys: ReadonlyMap<string, number>;
};

/**
 * Finds values by JSON pointers (RFC 6901) in the text that `prettyJson` writes of a document. Null where a pointer
 * leads nowhere. A key's `~`, `/` and `[` are `~0`, `~1` and `~2` in the path. Each list or object on the way is counted
 * through once, however many pointers lead into it.
 */
export function placesIn(root: JsonNode): (pointer: string) => JsonPlace | null {
  const heights = heightsOf(root);
  const known = new Map<JsonNode, Inside>();
  const insideOf = (node: JsonNode): Inside => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const parts = partsOf(node);
    const lines = new Int32Array(parts.length);
    let line = 1;
    for (const [i, part] of parts.entries()) {
      lines[i] = line;
      line += heights.get(part) ?? 1;
    }
    // of a repeated key the last entry, as Python reads it
    const keys = new Map(node.kind === 'object' ? node.entries.map(({ key }, i) => [key, i]) : []);
    const inside = { parts, lines, keys };
    known.set(node, inside);
    return inside;
  };
  return (pointer) => {
    let node = root;
    let path = '';
    let from = 1;
    for (const step of stepsOf(pointer)) {
      const { parts, lines, keys } = insideOf(node);
      const at = node.kind === 'array' ? indexOf(step) : (keys.get(step) ?? -1);
      const next = parts[at];
      if (next === undefined) return null;
      path += node.kind === 'array' ? `[${at}]` : `/${pathKey(step)}`;
      from += lines[at]!;
      node = next;
    }
    return { path, from, to: from + (heights.get(node) ?? 1) - 1 };
  };
}

const pathKey = (key: string): string =>
  key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2');

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const indexOf = (step: string): number => (/^\d+$/.test(step) ? Number(step) : -1);

function partsOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'array') return node.items;
  return node.kind === 'object' ? node.entries.map(({ value }) => value) : [];
}

/** How many lines each list and object with anything in it has. Walks with its own stack: nesting may be deep. */
function heightsOf(root: JsonNode): ReadonlyMap<JsonNode, number> {
  const heights = new Map<JsonNode, number>();
  const order: JsonNode[] = [root];
  for (let i = 0; i < order.length; i += 1) {
    for (const part of partsOf(order[i]!)) if (partsOf(part).length > 0) order.push(part);
  }
  for (const node of order.toReversed()) {
    const parts = partsOf(node);
    if (parts.length === 0) continue;
    heights.set(
      node,
      parts.reduce((sum, part) => sum + (heights.get(part) ?? 1), 2),
    );
  }
  return heights;
}
