import { createHash } from 'node:crypto';
import type { GraphIndex } from '../../graph/index.ts';
import { canonicalText } from '../../json/canonical.ts';
import { parseJsonBytes, parsePrefixBytes } from '../../json/decode.ts';
import { ignoresNothing, withoutIgnored, type IgnoreRules } from '../../json/ignored.ts';
import type { JsonNode } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import type { VekLook } from '../store.ts';

/** The inputs and outputs of some calls as numbers: two have the same number where the store has them under one hash. */
export type Contents = {
  /** the hash of each number; null for what is no hash, which equals nothing */
  readonly hashes: readonly (string | null)[];
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
};

type Row = readonly [input: unknown, output: unknown];

/** Reads which input and output each of these calls has. One whose record is gone or unreadable equals no other. */
export function contentsOf(s: VekLook, index: GraphIndex, nodes: Int32Array): Contents {
  const query = s.db
    .prepare<[number], Row>('SELECT input_hash, output_hash FROM nodes WHERE rowid = ?')
    .raw();
  const hashes: (string | null)[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (hash: unknown): number => {
    if (typeof hash !== 'string') return hashes.push(null) - 1;
    let number = numbers.get(hash);
    if (number === undefined) numbers.set(hash, (number = hashes.push(hash) - 1));
    return number;
  };
  const inputs = new Int32Array(nodes.length);
  const outputs = new Int32Array(nodes.length);
  nodes.forEach((node, i) => {
    const row = query.get(index.rowids[node]!);
    inputs[i] = numberOf(row?.[0]);
    outputs[i] = numberOf(row?.[1]);
  });
  return { hashes, inputs, outputs };
}

/** What counts of each content: numbers that are equal where all that differs is ignored. `unread` ones count as stored. */
export type Counting = { readonly numbers: Int32Array; readonly unread: number };

/** Told now and then: contents read so far, and how many there are. */
export type CompareProgress = (done: number, total: number) => void;

const REPORT_EVERY = 500;

/** Reads every content once and gives those the same number that differ only in what is ignored. */
export function withoutWhatIsIgnored(
  s: VekLook,
  { hashes }: Contents,
  rules: IgnoreRules,
  progress?: CompareProgress,
): Counting {
  const numbers = Int32Array.from(hashes, (_, i) => i);
  if (ignoresNothing(rules)) return { numbers, unread: 0 };
  const first = new Map<string, number>();
  let bytes = 0;
  let unread = 0;
  hashes.forEach((hash, i) => {
    if (i % REPORT_EVERY === 0) progress?.(i, hashes.length);
    if (hash === null) return;
    const read = bytes > limits.compareIgnoreBytes ? null : readContent(s, hash, limits.compareObjectBytes);
    bytes += read?.bytes ?? 0;
    const text =
      read === null || read.node === null || read.cut
        ? null
        : canonicalText(withoutIgnored(read.node, rules));
    if (text === null || !text.ok) {
      unread += 1;
      return;
    }
    const key = createHash('sha256').update(text.text).digest('base64');
    const known = first.get(key);
    if (known === undefined) first.set(key, i);
    else numbers[i] = known;
  });
  return { numbers, unread };
}

/** A content, or its beginning where it is longer (`cut`); `node` is null where it is no JSON. `bytes` were read. */
export type ReadContent = { readonly node: JsonNode | null; readonly bytes: number; readonly cut: boolean };

/** Reads at most so many bytes of a content; null where the store does not have it. */
export function readContent(s: VekLook, hash: string | null, limitBytes: number): ReadContent | null {
  const object = hash === null ? null : s.objectHead(hash, limitBytes);
  if (object === null) return null;
  const bytes = object.bytes.byteLength;
  if (object.cut) return { node: parsePrefixBytes(object.bytes).node, bytes, cut: true };
  const parsed = parseJsonBytes(object.bytes, { maxDepth: limits.jsonDepth });
  return { node: parsed.ok ? parsed.node : null, bytes, cut: false };
}
