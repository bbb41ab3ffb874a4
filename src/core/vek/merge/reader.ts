import type { NodeRecord } from '../../../contract/vek.ts';
import { findNode } from '../../graph/find.ts';
import type { GraphIndex } from '../../graph/index.ts';
import { canonicalText } from '../../json/canonical.ts';
import { parseJsonBytes } from '../../json/decode.ts';
import type { JsonNode } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import { blobHash, nodeHash } from '../hash.ts';
import type { StoredObject, VekLook } from '../store.ts';
import type { Content } from './analysis.ts';
import type { History } from './history.ts';
import { short, type Notes } from './notes.ts';

/** Nesting of a value that is merged: what is written of it stands a few levels deep in the output of the merge. */
export const MERGED_DEPTH = limits.writtenDepth - 4;

/** Thrown where the store is not the one that was indexed: the analysis starts again from a new index. */
export class StoreMoved extends Error {}

/** Inputs that are held at once, whatever their size. */
const INPUTS = 20_000;

/** Reads calls and their values for an analysis, and notes what is wrong with them. */
export type Reader = {
  /** the call at a place of the history */
  call(place: number): NodeRecord;
  /** an input as a value, or null where it has none: missing, no JSON, too large or without a canonical form */
  input(hash: string): JsonNode | null;
  /** an output, or why it can't be compared by parts */
  output(hash: string): Content;
  /** the bytes of an output, or in words why they can't be read */
  outputBytes(hash: string): Uint8Array | string;
  /**
   * The input of an earlier call, of which only that is read: its row is not checked. `value` is called for what was
   * not known by its hash.
   */
  earlierInput(place: number): { readonly hash: string; value(): JsonNode | null };
  /** inputs and outputs read so far, and their bytes */
  readonly read: { objects: number; bytes: number };
};

/** A reader inside a look. Values of inputs are kept up to a limit of bytes. */
export function createReader(s: VekLook, index: GraphIndex, history: History, notes: Notes): Reader {
  const read = { objects: 0, bytes: 0 };
  const inputs = new Map<string, JsonNode | null>();
  const outputs = new Map<string, Content>();
  let held = 0;

  const call = (place: number): NodeRecord => {
    const node = history.nodes === null ? place : history.nodes[place]!;
    const found = s.nodeReadAt(index.rowids[node] as number);
    if (found === null || findNode(index, found.record.hash) !== node) throw new StoreMoved();
    const { record, broken } = found;
    if (broken.length > 0 || nodeHash(record) !== record.hash) {
      notes.add('altered call', short(record.hash), alteredCalls);
    }
    return record;
  };

  const object = (hash: string, maxBytes: number): StoredObject | null => {
    const found = s.objectHead(hash, maxBytes);
    read.objects += 1;
    read.bytes += found?.bytes.byteLength ?? 0;
    if (found !== null && !found.cut && found.storage !== 'other' && blobHash(found.bytes) !== hash) {
      notes.add('altered object', short(hash), alteredObjects);
    }
    return found;
  };

  const input = (hash: string): JsonNode | null => {
    const known = inputs.get(hash);
    if (known !== undefined) return known;
    const found = object(hash, limits.mergeInputBytes);
    const parsed = parsedOf(found, limits.mergeInputBytes);
    const value = typeof parsed === 'string' ? null : parsed;
    if (value === null) notes.add('unreadable input', short(hash), unreadableInputs);
    held += found?.bytes.byteLength ?? 0;
    if (held > limits.mergeHeldBytes || inputs.size > INPUTS) {
      inputs.clear();
      held = 0;
    }
    inputs.set(hash, value);
    return value;
  };

  const output = (hash: string): Content => {
    let content = outputs.get(hash);
    if (content === undefined) {
      content = contentOf(object(hash, limits.mergeOutputBytes), limits.mergeOutputBytes);
      outputs.set(hash, content);
    }
    return content;
  };

  const outputBytes = (hash: string): Uint8Array | string => {
    const found = object(hash, limits.jsonBytes);
    return found === null || found.storage === 'other' || found.cut
      ? `can’t be read (${short(hash)})`
      : found.bytes;
  };

  const inputHash = s.db.prepare<[number], unknown>('SELECT input_hash FROM nodes WHERE rowid = ?').pluck();
  const earlierInput: Reader['earlierInput'] = (place) => {
    const node = history.nodes === null ? place : history.nodes[place]!;
    const hash = inputHash.get(index.rowids[node] as number);
    if (hash === undefined) throw new StoreMoved();
    return typeof hash === 'string' ? { hash, value: () => input(hash) } : { hash: '', value: () => null };
  };

  return { call, input, output, outputBytes, earlierInput, read };
}

/** The value of stored bytes, or why they have none that can be merged and written back. */
export function contentOf(object: StoredObject | null, maxBytes: number): Content {
  const tree = parsedOf(object, maxBytes);
  if (typeof tree === 'string') return { kind: 'opaque', why: tree };
  const canonical = canonicalText(tree);
  if (!canonical.ok) return { kind: 'opaque', why: `can’t be written again: ${canonical.reason}` };
  return { kind: 'tree', tree, disputed: null };
}

/** The value of stored bytes, or in words why they have none. */
function parsedOf(object: StoredObject | null, maxBytes: number): JsonNode | string {
  if (object === null) return 'is not in the store';
  if (object.storage === 'other') return 'is not stored as bytes';
  if (object.cut) {
    return `has ${object.size.toLocaleString('en')} bytes, more than the ${maxBytes.toLocaleString('en')} that are compared`;
  }
  const parsed = parseJsonBytes(object.bytes, { maxDepth: MERGED_DEPTH, maxChars: maxBytes });
  if (parsed.ok) return parsed.node;
  const { kind, message } = parsed.error;
  return kind === 'syntax' ? `is no JSON: ${message}` : `can’t be read whole: ${message}`;
}

function alteredCalls(names: string, count: number): string {
  return `${count === 1 ? 'A call was' : `${count.toLocaleString('en')} calls were`} altered after being recorded (${names}): what ${count === 1 ? 'it says' : 'they say'} may not be what happened.`;
}

function alteredObjects(names: string, count: number): string {
  return `${count === 1 ? 'An input or output was' : `${count.toLocaleString('en')} inputs or outputs were`} altered after being recorded (${names}); the altered ${count === 1 ? 'value is' : 'values are'} compared.`;
}

function unreadableInputs(names: string, count: number): string {
  return `${count === 1 ? 'An input' : `${count.toLocaleString('en')} inputs`} can’t be read (${names}): ${count === 1 ? 'its call counts' : 'their calls count'} as a document by itself.`;
}
