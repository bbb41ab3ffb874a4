import { field } from './build.ts';
import type { JsonNode } from './tree.ts';

/** The value at a JSON pointer (RFC 6901); of a repeated key the last. Undefined where there is none. */
export function get(node: JsonNode, pointer: string): JsonNode | undefined {
  if (pointer === '') return node;
  if (!pointer.startsWith('/')) return undefined;
  let at: JsonNode | undefined = node;
  for (const part of pointer.slice(1).split('/')) {
    if (at?.kind === 'array') {
      at = /^(?:0|[1-9][0-9]*)$/.test(part) ? at.items[Number(part)] : undefined;
    } else {
      at = field(at, part.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
  }
  return at;
}
