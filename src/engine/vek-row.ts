import type { CallRow, CallSummary, FoldedStretch, NodeRecord, RefBadge } from '../contract/vek.ts';
import type { JsonNode } from '../core/json/tree.ts';
import { parseJsonBytes, parsePrefixBytes } from '../core/json/decode.ts';
import { limits } from '../core/storage/limits.ts';
import { blobHash, nodeHash } from '../core/vek/hash.ts';
import type { ReadRecord } from '../core/vek/record.ts';
import type { VekLook } from '../core/vek/store.ts';
import { costOf, summariseCall } from '../core/vek/summary.ts';

/** Where a call stands in a view. */
export type RowPlace = {
  readonly row: number;
  readonly lane: number;
  readonly colour: number;
  readonly fold: FoldedStretch | null;
  readonly idleMicros: number | null;
};

/** What the graph knows of a call in any view. */
export type GraphFacts = {
  readonly timeMicros: number | null;
  readonly refs: readonly RefBadge[];
  /** a parent that the record names is not in the store */
  readonly missingParent: boolean;
};

type Part = {
  readonly tree: JsonNode | null;
  readonly bytes: number | null;
  readonly cut: boolean;
  readonly broken: string | null;
};

function readPart(s: VekLook, word: 'input' | 'output', hash: string): Part {
  const object = s.objectHead(hash, limits.summaryBytes);
  if (object === null) return { tree: null, bytes: null, cut: false, broken: `${word} is missing` };
  if (object.cut) {
    return { tree: parsePrefixBytes(object.bytes).node, bytes: object.size, cut: true, broken: null };
  }
  const tree = treeOf(object.bytes);
  const altered = blobHash(object.bytes) === hash ? null : `${word} was altered`;
  return {
    tree,
    bytes: object.size,
    cut: false,
    broken: altered ?? (tree === null ? `${word} is not JSON` : null),
  };
}

function treeOf(bytes: Uint8Array): JsonNode | null {
  const parsed = parseJsonBytes(bytes);
  return parsed.ok ? parsed.node : null;
}

/** The summary of a call from what the store holds of its input and output. */
export function summaryOf(s: VekLook, record: NodeRecord): CallSummary {
  return summarise(
    record.tool,
    readPart(s, 'input', record.input_hash),
    readPart(s, 'output', record.output_hash),
  );
}

function summarise(tool: string, input: Part, output: Part): CallSummary {
  return summariseCall(tool, input.tree, output.tree, { inputCut: input.cut, outputCut: output.cut });
}

/** The cost that the record of a call states. */
export function costOfCall(s: VekLook, record: NodeRecord): number | null {
  const tree = (hash: string): JsonNode | null => {
    const object = s.objectHead(hash, limits.summaryBytes);
    if (object === null) return null;
    return object.cut ? parsePrefixBytes(object.bytes).node : treeOf(object.bytes);
  };
  return costOf(tree(record.input_hash), tree(record.output_hash));
}

/**
 * A call as a row shows it. The hashes of the record and of its objects are recomputed from the stored bytes (an
 * object above the summary limit is not); what does not fit is named in `broken`.
 */
export function callRow(s: VekLook, read: ReadRecord, facts: GraphFacts): CallRow {
  const { record } = read;
  const input = readPart(s, 'input', record.input_hash);
  const output = readPart(s, 'output', record.output_hash);
  const broken = [...read.broken];
  if (read.broken.length === 0 && nodeHash(record) !== record.hash) broken.push('record was altered');
  if (facts.missingParent) broken.push('parent is missing');
  for (const part of [input, output]) if (part.broken !== null) broken.push(part.broken);
  return {
    hash: record.hash,
    tool: record.tool,
    summary: summarise(record.tool, input, output),
    timestamp: record.timestamp,
    timeMicros: facts.timeMicros,
    isMerge: record.merge_parent !== null,
    isRoot: record.parent_hash === null,
    broken,
    refs: facts.refs,
    costMicros: costOf(input.tree, output.tree),
    inputBytes: input.bytes,
    outputBytes: output.bytes,
  };
}

/** The row of a record that vanished between the index and this look: a place with nothing in it. */
export function vanishedRow({ timeMicros, refs }: GraphFacts): CallRow {
  return {
    hash: '',
    tool: '',
    summary: { kind: 'other', input: '', output: '', failed: false },
    timestamp: '',
    timeMicros,
    isMerge: false,
    isRoot: false,
    broken: ['this call is no longer in the store'],
    refs,
    costMicros: null,
    inputBytes: null,
    outputBytes: null,
  };
}
