import { createHash } from 'node:crypto';
import type { DocumentRule, MergeDocument } from '../contract/merge.ts';
import type { Analysis, BranchTip } from '../core/vek/merge/analysis.ts';

/** How many analyses are kept: a few that windows are at, and the one before. */
const KEPT = 6;

/** An analysis with its name, and what of it was put in words for windows already. */
export type KeptAnalysis = {
  /** the same for the same branches, tips and rules */
  readonly merge: string;
  readonly analysis: Analysis;
  documents: readonly MergeDocument[] | null;
};

/** The latest analyses of one repository by name. */
export type AnalysisCache = {
  get(merge: string): KeptAnalysis | null;
  put(merge: string, analysis: Analysis): KeptAnalysis;
};

export function createAnalysisCache(): AnalysisCache {
  const kept = new Map<string, KeptAnalysis>();
  return {
    get(merge) {
      const found = kept.get(merge);
      if (found === undefined) return null;
      kept.delete(merge);
      kept.set(merge, found);
      return found;
    },
    put(merge, analysis) {
      const made: KeptAnalysis = { merge, analysis, documents: null };
      kept.delete(merge);
      kept.set(merge, made);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
      return made;
    },
  };
}

/** Names an analysis by all that it is made of. */
export function mergeName(
  into: BranchTip,
  from: BranchTip,
  rules: ReadonlyMap<string, DocumentRule>,
): string {
  const chosen = [...rules].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([into.name, into.tip, from.name, from.tip, chosen]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
