import type { BranchInfo, Problem, VekOverview } from '../contract/vek.ts';
import { MISSING } from '../core/graph/index.ts';
import { branchColours, type GraphRef } from '../core/graph/owners.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { VekLook } from '../core/vek/store.ts';
import type { Distances } from './vek-distance.ts';
import type { VekGraph } from './vek-graph.ts';

/** Calls with a missing parent that opening lists one by one; a full check lists all. */
const LISTED_GAPS = 50;

/** The branches with their lane colours and how far they are from HEAD's branch. */
export function branchInfos(graph: VekGraph, distances: Distances): BranchInfo[] {
  const colours = branchColours(graph.graphRefs);
  const apart = distances.of(graph);
  return graph.refs.flatMap((ref, i) => {
    if (ref.kind !== 'branch') return [];
    const { node, head } = graph.graphRefs[i] as GraphRef;
    return [
      {
        name: ref.name,
        hash: ref.hash,
        present: node >= 0,
        current: head,
        colour: colours.get(ref.name) ?? 1,
        ahead: apart[i]?.ahead ?? null,
        behind: apart[i]?.behind ?? null,
      },
    ];
  });
}

/** Damage that shows without recomputing hashes: HEAD, refs and parents that lead nowhere. */
export function openingProblems(paths: RepositoryPaths, graph: VekGraph, s: VekLook): Problem[] {
  const problems: Problem[] = [...s.problems];
  const { head, index } = graph;
  if (head.state === 'missing') {
    problems.push({
      kind: 'head-missing',
      severity: 'warning',
      hash: null,
      ref: null,
      message: `${paths.head} is missing, so no branch is current. The Python tool can't store calls until it is back.`,
    });
  } else if (head.state === 'unreadable') {
    problems.push({
      kind: 'head-unreadable',
      severity: 'warning',
      hash: null,
      ref: null,
      message: `HEAD can't be read: ${head.reason}`,
    });
  }
  for (const [i, ref] of graph.refs.entries()) {
    if ((graph.graphRefs[i] as GraphRef).node >= 0) continue;
    problems.push({
      kind: 'ref-dangling',
      severity: 'error',
      hash: ref.hash,
      ref: ref.name,
      message: `“${ref.name}” points to ${ref.hash}, which is no call of this store.`,
    });
  }
  if (index.missing > 0) problems.push(...gaps(graph, s));
  return problems;
}

function gaps({ index }: VekGraph, s: VekLook): Problem[] {
  const problems: Problem[] = [];
  for (let node = 0; node < index.count && problems.length < LISTED_GAPS; node++) {
    const roles = [
      ...(index.parents[node] === MISSING ? (['parent'] as const) : []),
      ...(index.mergeParents[node] === MISSING ? (['merge parent'] as const) : []),
    ];
    if (roles.length === 0) continue;
    const record = s.nodeAt(index.rowids[node] as number);
    for (const role of roles) {
      const gone = role === 'parent' ? record?.parent_hash : record?.merge_parent;
      problems.push({
        kind: role === 'parent' ? 'parent-missing' : 'merge-parent-missing',
        severity: 'error',
        hash: record?.hash ?? null,
        ref: null,
        message: `The ${role} ${gone ?? ''} of the call ${record?.hash ?? ''} is not in the store; what came before it is cut off.`,
      });
    }
  }
  if (index.missing > problems.length) {
    problems.push({
      kind: 'more',
      severity: 'notice',
      hash: null,
      ref: null,
      message: `${index.missing - problems.length} more parents are missing; a full check lists all of them.`,
    });
  }
  return problems;
}

/** One line for the sources pane and the recents. */
export function summaryLine(graph: VekGraph): string {
  const calls = graph.index.count;
  const branches = graph.refs.filter((ref) => ref.kind === 'branch').length;
  const number = new Intl.NumberFormat('en');
  return `${number.format(calls)} ${calls === 1 ? 'call' : 'calls'} on ${number.format(branches)} ${branches === 1 ? 'branch' : 'branches'}`;
}

/** microseconds since 1970 of the newest call, null when there is none with a time */
export function newestMicros(graph: VekGraph): number | null {
  let newest = -Infinity;
  const times = graph.index.timeMicros;
  for (let i = 0; i < times.length; i++) if ((times[i] as number) > newest) newest = times[i] as number;
  return newest === -Infinity ? null : newest;
}

export type OverviewParts = Pick<
  VekOverview,
  'revision' | 'counts' | 'schema' | 'lock' | 'problems' | 'findings' | 'lastCheck' | 'readOnlyReason'
>;

/** Everything the sources pane shows of one repository. */
export function overviewOf(graph: VekGraph, distances: Distances, parts: OverviewParts): VekOverview {
  const current = graph.graphRefs.findIndex((ref) => ref.head);
  return {
    ...parts,
    head: graph.head,
    tip: current < 0 ? null : (graph.refs[current]?.hash ?? null),
    branches: branchInfos(graph, distances),
    tags: graph.refs.filter((ref) => ref.kind === 'tag'),
    checkpoints: graph.refs.filter((ref) => ref.kind === 'checkpoint'),
    newestMicros: newestMicros(graph),
  };
}
