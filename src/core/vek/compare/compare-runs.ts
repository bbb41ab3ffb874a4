import { hasA, hasB, isDifference, ROW } from '../../graph/aligned-shape.ts';
import type { GraphIndex } from '../../graph/index.ts';
import { ignoresNothing, withoutIgnored, type IgnoreRules } from '../../json/ignored.ts';
import type { JsonNode } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import { documentOf } from '../document-of.ts';
import type { VekLook } from '../store.ts';
import { alignCalls, type Alignment, type CallList } from './align-calls.ts';
import {
  contentsOf,
  readContent,
  withoutWhatIsIgnored,
  type CompareProgress,
  type Contents,
} from './contents.ts';
import { divergence, type Divergence } from './divergence.ts';
import type { Describe } from './pair-gap.ts';

/** Two runs side by side. Rows name calls by their place in the lists of the divergence. */
export type ComparedRuns = {
  readonly parted: Divergence;
  readonly rows: Alignment;
  readonly counts: {
    readonly same: number;
    readonly changed: number;
    readonly onlyA: number;
    readonly onlyB: number;
    /** of the same ones, those that differ in what is ignored */
    readonly ignored: number;
  };
  readonly firstDifference: number | null;
  /** contents that count as stored, and calls that were paired by tool and place, because of a limit */
  readonly unread: number;
  readonly undescribed: number;
};

/**
 * Compares two runs: all that only `a` reaches with all that only `b` reaches. Without rules nothing but the records is
 * read, and a few inputs where calls differ.
 */
export function compareRuns(
  s: VekLook,
  index: GraphIndex,
  order: Int32Array,
  ends: { readonly a: number; readonly b: number },
  rules: IgnoreRules,
  progress?: CompareProgress,
): ComparedRuns {
  const parted = divergence(index, order, ends.a, ends.b);
  const nodes = new Int32Array(parted.a.length + parted.b.length);
  nodes.set(parted.a);
  nodes.set(parted.b, parted.a.length);
  const contents = contentsOf(s, index, nodes);
  const counting = withoutWhatIsIgnored(s, contents, rules, progress);
  const describing = describer(s, contents, parted.a.length, rules);
  const ranks = rankOf(order, index.count);
  const list = (own: Int32Array, from: number): CallList => {
    const to = from + own.length;
    const counted = (all: Int32Array): Int32Array =>
      all.subarray(from, to).map((content) => counting.numbers[content]!);
    return {
      length: own.length,
      tools: own.map((node) => index.tools[node]!),
      inputs: counted(contents.inputs),
      outputs: counted(contents.outputs),
      ranks: own.map((node) => ranks[node]!),
    };
  };
  const rows = alignCalls(list(parted.a, 0), list(parted.b, parted.a.length), describing.describe);
  markIgnored(rows, contents, parted.a.length);
  return {
    parted,
    rows,
    counts: countRows(rows),
    firstDifference: firstOf(rows),
    unread: ignoresNothing(rules) ? 0 : counting.unread,
    undescribed: describing.missed(),
  };
}

/** The place of each node in the order, oldest first. */
function rankOf(order: Int32Array, count: number): Int32Array {
  const ranks = new Int32Array(count);
  for (let row = 0; row < order.length; row += 1) ranks[order[row]!] = count - row;
  return ranks;
}

function markIgnored({ kinds, a, b }: Alignment, { inputs, outputs }: Contents, from: number): void {
  kinds.forEach((kind, row) => {
    if (kind !== ROW.same) return;
    const [left, right] = [a[row]!, from + b[row]!];
    if (inputs[left] !== inputs[right] || outputs[left] !== outputs[right]) kinds[row] = ROW.ignored;
  });
}

function countRows({ kinds }: Alignment): ComparedRuns['counts'] {
  const counts = { same: 0, changed: 0, onlyA: 0, onlyB: 0, ignored: 0 };
  for (const kind of kinds) {
    if (!isDifference(kind)) counts.same += 1;
    else if (!hasA(kind)) counts.onlyB += 1;
    else if (!hasB(kind)) counts.onlyA += 1;
    else counts.changed += 1;
    if (kind === ROW.ignored) counts.ignored += 1;
  }
  return counts;
}

function firstOf({ kinds }: Alignment): number | null {
  const at = kinds.findIndex(isDifference);
  return at < 0 ? null : at;
}

/** Reads the inputs of calls that differ: for the documents they name each once, for how alike they are those of a gap. */
function describer(
  s: VekLook,
  { hashes, inputs }: Contents,
  from: number,
  rules: IgnoreRules,
): { readonly describe: Describe; readonly missed: () => number } {
  const named = new Map<number, string | null>();
  let missed = 0;
  let bytes = 0;
  const contentOf = (side: 'a' | 'b', call: number): number => inputs[side === 'a' ? call : from + call]!;
  const read = (content: number): JsonNode | null => {
    const found = readContent(s, hashes[content] ?? null, limits.summaryBytes);
    bytes += found?.bytes ?? 0;
    return found === null || found.node === null ? null : withoutIgnored(found.node, rules);
  };
  const describe: Describe = {
    document: (side, call) => {
      const content = contentOf(side, call);
      let name = named.get(content);
      if (name === undefined) {
        const document = documentOf(read(content));
        named.set(content, (name = document === null ? null : `${document.field} ${document.text}`));
      }
      return name;
    },
    input: (side, call) => read(contentOf(side, call)),
    room: (calls) => {
      const there = named.size + calls <= limits.compareInputs && bytes <= limits.compareInputBytes;
      if (!there) missed += calls;
      return there;
    },
  };
  return { describe, missed: () => missed };
}
