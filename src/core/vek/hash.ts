import { createHash } from 'node:crypto';
import type { NodeRecord } from '../../contract/vek.ts';

function hashOf(word: string, content: Uint8Array): string {
  return createHash('sha256').update(`${word} ${content.byteLength}\0`).update(content).digest('hex');
}

/** The hash vek gives an object: over its stored bytes, never over a parsed value (formats/vek.md §3). */
export function blobHash(bytes: Uint8Array): string {
  return hashOf('blob', bytes);
}

function text(value: string | null): string {
  return JSON.stringify(value);
}

/**
 * The canonical payload of a node (formats/vek.md §3): keys sorted, `parent_hash` also when null, `merge_parent`
 * only when the column is not NULL. JSON.stringify writes strings as Python does here (formats/vek.md §4).
 */
export function nodePayload(record: Omit<NodeRecord, 'hash'>): string {
  const merge = record.merge_parent === null ? '' : `"merge_parent":${text(record.merge_parent)},`;
  return (
    `{"input_hash":${text(record.input_hash)},${merge}"output_hash":${text(record.output_hash)},` +
    `"parent_hash":${text(record.parent_hash)},"timestamp":${text(record.timestamp)},"tool":${text(record.tool)}}`
  );
}

/** The hash vek gives a node. */
export function nodeHash(record: Omit<NodeRecord, 'hash'>): string {
  return hashOf('node', Buffer.from(nodePayload(record)));
}
