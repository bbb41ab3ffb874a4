import type { Chain, ChainCall, Finding, Integrity } from '../contract/integrity.ts';
import type { CutOff, Problem, ProblemKind } from '../contract/problem.ts';
import { MISSING } from '../core/graph/index.ts';
import { claimOrder, ownersOf, type GraphRef } from '../core/graph/owners.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { cutOffOf, unreachedParts, type Gap } from '../core/vek/cut-off.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { listFindings } from './vek-findings.ts';
import type { VekGraph } from './vek-graph.ts';

/** Refs whose history runs through a call that are named; the count is not cut. */
const NAMED_REFS = 20;

type Places = { readonly claims: readonly GraphRef[]; readonly owners: Int32Array };

/** Which ref each call belongs to; kept as long as the graph is the same. */
const placesByGraph = new WeakMap<VekGraph, Places>();

function placesOf(graph: VekGraph): Places {
  const known = placesByGraph.get(graph);
  if (known !== undefined) return known;
  const claims = claimOrder(graph.graphRefs);
  const made = { claims, owners: ownersOf(graph.index, claims) };
  placesByGraph.set(graph, made);
  return made;
}

function ownerName({ claims, owners }: Places, node: number): string | null {
  return claims[owners[node] ?? -1]?.name ?? null;
}

/** What is wrong with a repository, as its window lists it. */
export function integrityOf(
  paths: RepositoryPaths,
  graph: VekGraph,
  parts: {
    readonly revision: number;
    readonly problems: readonly Problem[];
    readonly check: Integrity['check'];
  },
): Result<Integrity> {
  const { index } = graph;
  const places = placesOf(graph);
  const place = (problem: Problem): Pick<Finding, 'branch' | 'tool' | 'timeMicros'> => {
    const call = problem.facts?.calls?.[0] ?? problem.hash;
    const node = call === null ? -1 : index.find(call);
    if (node < 0) return { branch: null, tool: null, timeMicros: null };
    const time = index.timeMicros[node] as number;
    return {
      branch: ownerName(places, node),
      tool: index.toolNames[index.tools[node] as number] ?? null,
      timeMicros: Number.isNaN(time) ? null : time,
    };
  };
  const listed = listFindings(parts.problems, place);
  const cutOff = lookAtVek(paths, (look) => cutOffNow(look, graph, parts.problems));
  if (!cutOff.ok) return cutOff;
  return ok({ revision: parts.revision, check: parts.check, ...listed, cutOff: cutOff.value });
}

const GAPS: ReadonlySet<ProblemKind> = new Set(['parent-missing', 'merge-parent-missing', 'ref-dangling']);

/** The calls that no ref reaches in the store as it is now. */
function cutOffNow(
  look: VekLook,
  { index, graphRefs }: VekGraph,
  problems: readonly Problem[],
): CutOff | null {
  const gaps = problems.flatMap((problem): Gap[] => {
    if (!GAPS.has(problem.kind)) return [];
    if (problem.kind === 'ref-dangling') return [{ name: problem.ref ?? '', row: null }];
    const node = problem.hash === null ? -1 : index.find(problem.hash);
    return node < 0 ? [] : [{ name: problem.hash ?? '', row: index.rowids[node] as number }];
  });
  if (gaps.length === 0) return null;
  const parts = unreachedParts(
    {
      parents: index.parents,
      mergeParents: index.mergeParents,
      rowOf: (node) => index.rowids[node] as number,
    },
    graphRefs.map((ref) => ref.node),
  );
  return cutOffOf(parts, gaps, ({ row }) => {
    const record = look.nodeAt(row);
    return { hash: record?.hash ?? '', tool: record?.tool ?? '', timestamp: record?.timestamp ?? '' };
  });
}

/** The chain around a call, for the drawing of a break. */
export function chainOf(paths: RepositoryPaths, graph: VekGraph, hash: string): Result<Chain> {
  const { index } = graph;
  const node = index.find(hash);
  if (node < 0) {
    return fail(
      'not-found',
      `No call has the hash ${hash}.`,
      'It may have been removed since; check the repository again.',
    );
  }
  const places = placesOf(graph);
  const owner = places.claims[places.owners[node] as number] ?? null;
  const parent = index.parents[node] as number;
  const refs = throughRefs(graph, node);
  const looked = lookAtVek(paths, (look): Chain => {
    const record = look.nodeAt(index.rowids[node] as number);
    const named = record?.parent_hash ?? null;
    return {
      ref: owner?.name ?? refs[0] ?? null,
      tip: owner === null || owner.node === node ? null : callAt(look, graph, owner.node),
      newer: owner === null ? 0 : stepsBetween(index.parents, owner.node, node),
      call: callAt(look, graph, node) ?? { hash, tool: '', timestamp: '' },
      parent:
        named === null ? null : { hash: named, present: parent < 0 ? null : callAt(look, graph, parent) },
      older: parent === MISSING || parent < 0 ? 0 : depthOf(index.parents, parent),
      refs: refs.slice(0, NAMED_REFS),
      refCount: refs.length,
    };
  });
  return looked;
}

function callAt(look: VekLook, { index }: VekGraph, node: number): ChainCall | null {
  const record = look.nodeAt(index.rowids[node] as number);
  return record === null ? null : { hash: record.hash, tool: record.tool, timestamp: record.timestamp };
}

/** How many calls stand between two calls of one chain of first parents. */
function stepsBetween(parents: Int32Array, from: number, to: number): number {
  let steps = 0;
  for (let node = from; node >= 0 && node !== to && steps < parents.length; node = parents[node] as number)
    steps++;
  return Math.max(0, steps - 1);
}

/** How many calls stand before this one on its chain of first parents; a circle is counted once. */
function depthOf(parents: Int32Array, from: number): number {
  let depth = 0;
  for (
    let node = parents[from] as number;
    node >= 0 && depth < parents.length;
    node = parents[node] as number
  ) {
    depth++;
  }
  return depth;
}

/** The names of all refs whose history runs through a call. */
function throughRefs({ index, graphRefs }: VekGraph, node: number): string[] {
  const after = descendants(index, node);
  return graphRefs.filter((ref) => ref.node >= 0 && after[ref.node] === 1).map((ref) => ref.name);
}

/** A bitmap of a call and everything that came after it. Linear in the calls, whatever their order. */
function descendants({ parents, mergeParents, count, ordered }: VekGraph['index'], from: number): Uint8Array {
  const after = new Uint8Array(count);
  after[from] = 1;
  const isAfter = (parent: number): boolean => parent >= 0 && after[parent] === 1;
  if (ordered) {
    for (let i = from + 1; i < count; i++) {
      if (isAfter(parents[i] as number) || isAfter(mergeParents[i] as number)) after[i] = 1;
    }
    return after;
  }
  // the children of each call, one list behind the other
  const starts = new Int32Array(count + 1);
  for (const links of [parents, mergeParents]) {
    for (const parent of links) if (parent >= 0) starts[parent + 1] = (starts[parent + 1] as number) + 1;
  }
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const children = new Int32Array(starts[count] as number);
  const filled = starts.slice(0, count);
  for (const links of [parents, mergeParents]) {
    for (let i = 0; i < count; i++) {
      const parent = links[i] as number;
      if (parent < 0) continue;
      children[filled[parent] as number] = i;
      filled[parent] = (filled[parent] as number) + 1;
    }
  }
  const stack = [from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) {
      const child = children[at] as number;
      if (after[child] === 1) continue;
      after[child] = 1;
      stack.push(child);
    }
  }
  return after;
}
