import type { RunTree } from '../../../contract/records.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { microsOf } from './match.ts';
import type { RecordStore } from './open.ts';
import { above, type Place } from './relatives.ts';
import { readId, rowAt, toRow } from './row.ts';
import { FLAG } from './table.ts';

type Node = {
  readonly place: Place;
  readonly by: RunTree['by'];
  readonly children: Node[];
  /** a mirror whose target is in the tree and is counted there */
  mirrored: boolean;
};

/**
 * The whole family of a record across agents (formats/atomic-agents.md §4): from the run that started everything
 * down to helpers, tools, captures and delegated runs. A record stands in it once, however the logs refer to each
 * other, and what was delegated is counted at the target where its line is there.
 */
export function runTree(store: RecordStore, id: string): Result<RunTree> {
  const known = readId(id);
  const records = store.tables().agents.find(({ agent }) => agent === known?.agent);
  const row = known === null || records === undefined ? -1 : rowAt(records, known.path, known.offset);
  if (records === undefined || row === -1)
    return fail(
      'not-found',
      `There is no record ${id} any more: its log was changed or removed.`,
      'Go back to the list and choose another one.',
    );
  const seen = new Set<string>();
  let top: Place = { records, row };
  for (let next: Place | null = top; next !== null && !seen.has(key(next)); next = above(store, next)) {
    seen.add(key(next));
    top = next;
  }
  const { root, more } = grow(store, top);
  return ok({ ...finish(store, root), ...(more > 0 ? { more } : {}) });
}

const key = ({ records, row }: Place): string => `${records.agent}/${row}`;

/** Level by level, so that a limit leaves out what is furthest down. */
function grow(store: RecordStore, top: Place): { readonly root: Node; readonly more: number } {
  const root: Node = { place: top, by: 'root', children: [], mirrored: false };
  const seen = new Set([key(top)]);
  let level: Node[] = [root];
  let more = 0;
  while (level.length > 0) {
    const next: Node[] = [];
    for (const [node, place, by] of below(store, level)) {
      const shown = seen.has(key(place));
      if (by === 'delegated') node.mirrored = shown || seen.size < limits.agentTreeRuns;
      if (shown) continue;
      if (seen.size >= limits.agentTreeRuns) {
        more += 1;
        continue;
      }
      seen.add(key(place));
      const child: Node = { place, by, children: [], mirrored: false };
      node.children.push(child);
      next.push(child);
    }
    level = next;
  }
  return { root, more };
}

type Found = readonly [Node, Place, RunTree['by']];

/** What the nodes of a level started: each agent's parents are looked through once for all of them. */
function below(store: RecordStore, level: readonly Node[]): readonly Found[] {
  const found: Found[] = [];
  const wanted = new Map<string, Map<number, Node>>();
  for (const node of level) {
    const { records, row } = node.place;
    const run = records.run[row]!;
    const target = (records.flags[row]! & FLAG.mirror) === 0 ? null : store.target(records.agent, row);
    const other = store.tables().agents.find(({ agent }) => agent === target?.agent);
    if (target !== null && other !== undefined)
      found.push([node, { records: other, row: target.row }, 'delegated']);
    // a child with its parent's run id has no children of its own: they are its parent's
    if (run === 0 || run === (records.parent?.[row] ?? 0) || records.family.children[run] === 0) continue;
    const runs = wanted.get(records.agent) ?? new Map<number, Node>();
    wanted.set(records.agent, runs);
    if (!runs.has(run)) runs.set(run, node);
  }
  for (const records of store.tables().agents) {
    const runs = wanted.get(records.agent);
    const { parent } = records;
    if (runs === undefined || parent === null) continue;
    for (let row = 0; row < records.count; row++) {
      const node = parent[row] === 0 ? undefined : runs.get(parent[row]!);
      if (node !== undefined) found.push([node, { records, row }, 'child']);
    }
  }
  return found;
}

type Costs = { nanos: number; input: number; output: number };

/** Rows and sums from the leaves up, without recursion: a chain can be long. */
function finish(store: RecordStore, root: Node): RunTree {
  const order: Node[] = [root];
  for (let i = 0; i < order.length; i++) order.push(...order[i]!.children);
  const trees = new Map<Node, RunTree>();
  const costs = new Map<Node, Costs>();
  for (const node of order.toReversed()) {
    const { records, row } = node.place;
    const cost: Costs = node.mirrored
      ? { nanos: 0, input: 0, output: 0 }
      : {
          nanos: records.costNanos[row]!,
          input: records.inputTokens[row]!,
          output: records.outputTokens[row]!,
        };
    for (const child of node.children) {
      const of = costs.get(child)!;
      cost.nanos += of.nanos;
      cost.input += of.input;
      cost.output += of.output;
    }
    costs.set(node, cost);
    trees.set(node, {
      row: toRow(store, records, row),
      by: node.by,
      children: node.children.map((child) => trees.get(child)!),
      costMicros: microsOf(cost.nanos),
      inputTokens: cost.input,
      outputTokens: cost.output,
    });
  }
  return trees.get(root)!;
}
