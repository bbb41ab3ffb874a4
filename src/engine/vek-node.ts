import type { HashCheck, NodeDetail, NodeLink, NodeRecord } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import { parseJsonBytes, parsePrefixBytes } from '../core/json/decode.ts';
import type { JsonNode } from '../core/json/tree.ts';
import { branchOf } from '../core/graph/layout.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { contentOf } from '../core/vek/content.ts';
import { blobHash, nodeHash } from '../core/vek/hash.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { usageOf } from '../core/vek/usage-of.ts';
import { childrenOf, type VekGraph } from './vek-graph.ts';
import { callRow, summaryOf, type GraphFacts } from './vek-row.ts';
import { factsOf } from './vek-window.ts';

function checkObject(s: VekLook, hash: string): HashCheck {
  const object = s.objectHead(hash, limits.jsonBytes);
  if (object === null) return { state: 'missing', hash };
  if (object.cut) return { state: 'unreadable', hash, reason: 'too large to recompute unasked' };
  const computed = blobHash(object.bytes);
  return computed === hash ? { state: 'match', hash } : { state: 'mismatch', hash, computed };
}

function checkNode(record: NodeRecord, broken: readonly string[]): HashCheck {
  if (broken.length > 0) return { state: 'unreadable', hash: record.hash, reason: broken.join(', ') };
  const computed = nodeHash(record);
  return computed === record.hash
    ? { state: 'match', hash: record.hash }
    : { state: 'mismatch', hash: record.hash, computed };
}

function treeOf(s: VekLook, hash: string): JsonNode | null {
  const object = s.objectHead(hash, limits.contentBytes);
  if (object === null || object.size === 0) return null;
  if (object.cut) return parsePrefixBytes(object.bytes).node;
  const parsed = parseJsonBytes(object.bytes, { maxDepth: limits.jsonDepth });
  return parsed.ok ? parsed.node : null;
}

/** What a link to a call says of it. */
export function linkTo(s: VekLook, hash: string, role: NodeLink['role']): NodeLink {
  const record = s.node(hash);
  if (record === null) return { hash, role, present: false, tool: null, timestamp: null, summary: null };
  return {
    hash,
    role,
    present: true,
    tool: record.tool,
    timestamp: record.timestamp,
    summary: summaryOf(s, record),
  };
}

function childLinks(s: VekLook, { index }: VekGraph, node: number): { links: NodeLink[]; count: number } {
  const { nodes, count } = childrenOf(index, node, limits.childLinks);
  const links: NodeLink[] = [];
  for (const child of nodes) {
    const record = s.nodeAt(index.rowids[child.node] as number);
    if (record !== null) links.push(linkTo(s, record.hash, child.merge ? 'merge-child' : 'child'));
  }
  return { links, count };
}

/** A call that was stored after the graph was read: the next revision knows more of it. */
const UNKNOWN: GraphFacts = { timeMicros: null, refs: [], missingParent: false };

/** Everything about one call, its three hashes recomputed from the stored bytes in the same look. */
export function nodeDetail(
  paths: RepositoryPaths,
  graph: VekGraph,
  revision: number,
  hash: string,
): Result<NodeDetail> {
  const looked = lookAtVek(paths, (s): Result<NodeDetail> => {
    const node = findNode(graph.index, hash);
    const read = s.nodeRead(hash) ?? (node < 0 ? null : s.nodeReadAt(graph.index.rowids[node] as number));
    if (read === null) {
      return fail(
        'not-found',
        `The call ${hash} is not in the store.`,
        'It may have been removed by a clean-up of the real tool. Select another call.',
      );
    }
    const { record } = read;
    const parents: NodeLink[] = [];
    if (record.parent_hash !== null) parents.push(linkTo(s, record.parent_hash, 'parent'));
    if (record.merge_parent !== null) parents.push(linkTo(s, record.merge_parent, 'merge'));
    const children = node < 0 ? { links: [], count: 0 } : childLinks(s, graph, node);
    return ok({
      revision,
      row: callRow(s, read, node < 0 ? UNKNOWN : factsOf(graph, node)),
      branch: node < 0 ? null : branchOf(graph.claims(), node),
      record,
      facts: usageOf(treeOf(s, record.input_hash), treeOf(s, record.output_hash)),
      input: contentOf(s, record.input_hash, limits.contentBytes),
      output: contentOf(s, record.output_hash, limits.contentBytes),
      checks: {
        atMicros: Date.now() * 1000,
        node: checkNode(record, read.broken),
        input: checkObject(s, record.input_hash),
        output: checkObject(s, record.output_hash),
      },
      parents,
      children: children.links,
      childCount: children.count,
    });
  });
  return looked.ok ? looked.value : looked;
}
