import type { JsonNode } from '../json/tree.ts';
import type { Value } from './unit.ts';

type Open = { readonly node: JsonNode; at: number; found: boolean };

/** The nodes of `disputed` and all that hold one of them, in trees of any depth. */
export function holding(disputed: ReadonlySet<JsonNode>, roots: readonly Value[]): ReadonlySet<JsonNode> {
  if (disputed.size === 0) return disputed;
  const found = new Set(disputed);
  for (const root of roots) if (root !== undefined) walk(root, found);
  return found;
}

function walk(root: JsonNode, found: Set<JsonNode>): void {
  const stack: Open[] = [{ node: root, at: 0, found: found.has(root) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const inner = partAt(top.node, top.at);
    top.at += 1;
    if (inner !== undefined) {
      if (found.has(inner)) top.found = true;
      if (inner.kind === 'array' || inner.kind === 'object') {
        stack.push({ node: inner, at: 0, found: found.has(inner) });
      }
      continue;
    }
    stack.pop();
    if (!top.found) continue;
    found.add(top.node);
    const outer = stack.at(-1);
    if (outer !== undefined) outer.found = true;
  }
}

function partAt(node: JsonNode, at: number): Value {
  if (node.kind === 'array') return node.items[at];
  return node.kind === 'object' ? node.entries[at]?.value : undefined;
}
