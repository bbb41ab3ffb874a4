import type { FoldedStretch } from '../contract/vek.ts';
import type { GraphIndex } from '../core/graph/index.ts';
import type { GraphLayout } from '../core/graph/layout.ts';
import { positionOf } from '../core/graph/search.ts';
import { limits } from '../core/storage/limits.ts';
import type { VekLook } from '../core/vek/store.ts';
import { costOfCall } from './vek-row.ts';

/** Tools that a folded stretch names. */
const NAMED_TOOLS = 8;

/** Stretches that were counted, by their layout: the row of a fold is asked for again and again while scrolling. */
const counted = new WeakMap<GraphLayout, Map<number, FoldedStretch>>();

/** What a row stands for, or null where it is a call of its own. */
export function foldAt(
  s: VekLook,
  index: GraphIndex,
  layout: GraphLayout,
  row: number,
): FoldedStretch | null {
  const { folds } = layout;
  const at = folds === null ? -1 : positionOf(folds.rows, row);
  if (folds === null || at < 0) return null;
  const known = counted.get(layout) ?? new Map<number, FoldedStretch>();
  counted.set(layout, known);
  let stretch = known.get(at);
  if (stretch === undefined) {
    stretch = count(s, index, folds.members.subarray(folds.starts[at], folds.starts[at + 1]));
    known.set(at, stretch);
  }
  return stretch;
}

function count(s: VekLook, index: GraphIndex, members: Int32Array): FoldedStretch {
  const calls = new Map<number, number>();
  let from = Infinity;
  let to = -Infinity;
  for (const node of members) {
    const tool = index.tools[node] as number;
    calls.set(tool, (calls.get(tool) ?? 0) + 1);
    const time = index.timeMicros[node] as number;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  const tools = [...calls]
    .map(([tool, number]) => ({ tool: index.toolNames[tool] as string, calls: number }))
    .sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
  const named = tools.slice(0, NAMED_TOOLS);
  return {
    calls: members.length,
    tools: named,
    otherCalls: members.length - named.reduce((sum, { calls: number }) => sum + number, 0),
    oldest: s.nodeAt(index.rowids[members[members.length - 1] as number] as number)?.hash ?? '',
    fromMicros: from === Infinity ? null : from,
    toMicros: to === -Infinity ? null : to,
    ...costs(s, index, members),
  };
}

/** The sum of what the calls state, in a stretch short enough to read them all. */
function costs(
  s: VekLook,
  index: GraphIndex,
  members: Int32Array,
): Pick<FoldedStretch, 'costMicros' | 'costed'> {
  if (members.length > limits.foldCostCalls) return { costMicros: null, costed: 0 };
  let [sum, costed] = [0, 0];
  for (const node of members) {
    const record = s.nodeAt(index.rowids[node] as number);
    const cost = record === null ? null : costOfCall(s, record);
    if (cost === null) continue;
    sum += cost;
    costed++;
  }
  return { costMicros: costed === 0 ? null : sum, costed };
}
