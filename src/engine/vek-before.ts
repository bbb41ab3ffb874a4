import type { CallsBefore } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import { NONE, type GraphIndex } from '../core/graph/index.ts';
import { parsePrefixBytes } from '../core/json/decode.ts';
import type { JsonNode } from '../core/json/tree.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { documentOf, sameDocument, type NamedDocument } from '../core/vek/document-of.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { linkTo } from './vek-node.ts';

/**
 * The calls before `hash` on its chain of first parents to compare it with: the parent, the last of the same tool, and
 * the last of the same tool on the same document, as far back as `limits.beforeInputs` and `beforeBytes` reach.
 */
export function callsBefore(paths: RepositoryPaths, index: GraphIndex, hash: string): Result<CallsBefore> {
  const looked = lookAtVek(paths, (s): Result<CallsBefore> => {
    const record = s.node(hash);
    if (record === null) {
      return fail('not-found', `The call ${hash} is not in the store.`, 'Select another call.');
    }
    const node = findNode(index, hash);
    const parent = record.parent_hash === null ? null : linkTo(s, record.parent_hash, 'parent');
    const document = documentOf(readInput(s, record.input_hash).tree);
    const alike = node < 0 ? [] : sameToolBefore(index, node);
    const search = document === null ? null : searchDocument(s, index, alike, document);
    return ok({
      parent,
      sameTool: linkAt(s, index, alike[0]),
      sameDocument: linkAt(s, index, search?.found ?? undefined),
      document,
      searched: search?.read ?? 0,
      unsearched: search !== null && search.found === null && search.read < alike.length,
    });
  });
  return looked.ok ? looked.value : looked;
}

type Search = { readonly found: number | null; readonly read: number };

function searchDocument(
  s: VekLook,
  index: GraphIndex,
  alike: readonly number[],
  document: NamedDocument,
): Search {
  let bytes = 0;
  let read = 0;
  for (const node of alike.slice(0, limits.beforeInputs)) {
    if (bytes > limits.beforeBytes) break;
    const record = s.nodeAt(index.rowids[node] as number);
    const input = record === null ? null : readInput(s, record.input_hash);
    read += 1;
    bytes += input?.bytes ?? 0;
    const other = documentOf(input?.tree ?? null);
    if (other !== null && sameDocument(document, other)) return { found: node, read };
  }
  return { found: null, read };
}

/** Ancestors by first parent with the tool of `node`, nearest first: one more than are read. A cycle ends the walk. */
function sameToolBefore(index: GraphIndex, node: number): readonly number[] {
  const { parents, tools } = index;
  const found: number[] = [];
  let at = parents[node] ?? NONE;
  for (let steps = 0; at >= 0 && at !== node && steps < index.count; steps += 1) {
    if (tools[at] === tools[node]) found.push(at);
    if (found.length > limits.beforeInputs) break;
    at = parents[at] ?? NONE;
  }
  return found;
}

function readInput(s: VekLook, hash: string): { readonly tree: JsonNode | null; readonly bytes: number } {
  const object = s.objectHead(hash, limits.contentBytes);
  if (object === null) return { tree: null, bytes: 0 };
  return { tree: parsePrefixBytes(object.bytes).node, bytes: object.bytes.byteLength };
}

function linkAt(s: VekLook, index: GraphIndex, node: number | undefined): CallsBefore['parent'] {
  const record = node === undefined ? null : s.nodeAt(index.rowids[node] as number);
  return record === null ? null : linkTo(s, record.hash, 'parent');
}
