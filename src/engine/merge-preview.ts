import type { MergeEnd, MergePreview } from '../contract/merge.ts';
import { branchOf } from '../core/graph/layout.ts';
import { branchColours } from '../core/graph/owners.ts';
import type { AnalysedDocument, AnalysedEnd, Analysis } from '../core/vek/merge/analysis.ts';
import type { VekLook } from '../core/vek/store.ts';
import type { VekGraph } from './vek-graph.ts';
import { linkTo } from './vek-node.ts';

/** What a preview says beside the analysis. */
export type Circumstances = Pick<MergePreview, 'merge' | 'progress' | 'blocked'> & {
  /** what is to be said beside the notes of the analysis */
  readonly notes: readonly string[];
};

/** The most common calls that are sent; a criss-cross of more is damage or a joke. */
const MOST_BASES = 64;

/** An analysis as the window previews it. */
export function mergePreview(
  s: VekLook,
  graph: VekGraph,
  analysis: Analysis,
  { merge, progress, blocked, notes }: Circumstances,
): MergePreview {
  const { documents } = analysis;
  const count = (state: AnalysedDocument['state']): number =>
    documents.reduce((sum, document) => sum + (document.state === state ? 1 : 0), 0);
  return {
    merge,
    ...endsOf(graph, analysis),
    already: analysis.already,
    unrelated: analysis.unrelated,
    bases: analysis.bases.slice(0, MOST_BASES).map((hash) => linkTo(s, hash, 'parent')),
    documents: {
      ours: count('ours'),
      theirs: count('theirs'),
      same: count('same'),
      merged: count('merged'),
      conflicted: count('conflicts'),
    },
    conflicts: documents.reduce((sum, document) => sum + conflictsIn(document), 0),
    rules: analysis.rules,
    notes: [...notes, ...analysis.notes],
    progress,
    blocked,
  };
}

/** How many decisions a document waits for; one where only a whole side can be taken. */
export function conflictsIn({ state, merge }: AnalysedDocument): number {
  if (state !== 'conflicts') return 0;
  return merge === null ? 1 : merge.units.reduce((sum, { taken }) => sum + (taken === null ? 1 : 0), 0);
}

function endsOf(graph: VekGraph, { into, from }: Analysis): { into: MergeEnd; from: MergeEnd } {
  const colours = branchColours(graph.graphRefs);
  const end = ({ name, tip, calls, node }: AnalysedEnd, other: number | null): MergeEnd => {
    const own = colours.get(name) ?? branchOf(graph.claims(), node)?.colour ?? 2;
    return {
      name,
      tip,
      // a tag has no lane: that of its branch, unless the other side has it
      colour: own === other && !colours.has(name) ? (own % 8) + 1 : own,
      head: graph.head.state === 'branch' && graph.head.branch === name,
      calls,
    };
  };
  const ours = end(into, null);
  return { into: ours, from: end(from, ours.colour) };
}
