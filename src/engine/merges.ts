import type {
  DocumentDecision,
  DocumentRule,
  MergeInProgress,
  MergePreview,
  MergeTexts,
  OpenMerge,
} from '../contract/merge.ts';
import type { Operation } from '../contract/operations.ts';
import { nowMicros, type WriteContext } from '../core/operations/context.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { readIndexIn } from '../core/vek/index-read.ts';
import {
  dropProgress,
  listProgress,
  readProgress,
  readRules,
  saveProgress,
  saveRule,
  type KeptPlace,
} from '../core/vek/merge-kept.ts';
import { resolvedOf } from '../core/vek/merge/resolved.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { planMerge, type MergePlan } from '../core/vek/plan-merge.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { createMergeAnalyser, type Question } from './merge-analyser.ts';
import { createAnalysisCache, mergeName, type KeptAnalysis } from './merge-cache.ts';
import { mergeDocuments } from './merge-documents.ts';
import { finishProgress, reviveProgress } from './merge-finished.ts';
import { findBranches, intoBranch } from './merge-found.ts';
import { mergePreview } from './merge-preview.ts';
import { mergeTexts } from './merge-texts.ts';
import type { VekGraph } from './vek-graph.ts';

export type Saved = {
  readonly into: string;
  readonly from: string;
  readonly progress: string;
  readonly settled: number;
  readonly open: number;
};

/** Answers `contract.merge` for one repository. */
export type Merges = {
  preview(into: string | null, from: string, signal?: AbortSignal): Promise<Result<MergePreview>>;
  rule(tool: string, rule: DocumentRule | null): Result<null>;
  open(into: string, from: string, signal?: AbortSignal): Promise<Result<OpenMerge>>;
  texts(merge: string, decision: DocumentDecision, limitBytes: number): Result<MergeTexts>;
  save(saved: Saved): Result<null>;
  abandon(into: string, from: string): Result<null>;
  list(): Result<readonly MergeInProgress[]>;
  plan(merge: string, decisions: readonly DocumentDecision[]): Result<MergePlan>;
  /** hears of every write: a merge that was written is in progress no longer, one that was undone is again */
  wrote(operation: Operation): void;
};

export type MergesScene = {
  readonly paths: RepositoryPaths;
  readonly dataDir: string;
  graph(): Promise<Result<VekGraph>>;
  writing(): WriteContext;
  /** what `list` answers changed */
  tell(): void;
  /** how far a large analysis is; it has ended where both are the same */
  progress(done: number, total: number): void;
};

/** An analysis that was made beside the engine. */
type Made = { readonly name: string; readonly kept: KeptAnalysis };

/** How often an analysis is made anew because a branch moved meanwhile. */
const ATTEMPTS = 4;

/** Merges of one repository. Analyses are made anew whenever a branch or a rule is another one. */
export function createMerges(scene: MergesScene): Merges {
  const { paths, dataDir } = scene;
  const place: KeptPlace = { paths, dataDir };
  const cache = createAnalysisCache();
  const analyser = createMergeAnalyser(paths, scene.progress);
  /** the tips that the choices of a pair of branches were made for */
  const seen = new Map<string, { readonly ours: string; readonly theirs: string }>();

  type Found = {
    readonly kept: KeptAnalysis;
    readonly preview: MergePreview;
    readonly progress: string | null;
  };
  /** An analysis that takes long, and for what. */
  type Apart = { readonly apart: string; readonly question: Question };

  function foundIn(
    s: VekLook,
    graph: VekGraph,
    into: string | null,
    from: string,
    made: Made | null,
  ): Result<Found | Apart> {
    const target = intoBranch(graph.head, into);
    if (!target.ok) return target;
    const branches = findBranches(s, paths, target.value, from);
    if (!branches.ok) return branches;
    const { into: ours, from: theirs, blocked } = branches.value;
    const rules = readRules(place);
    if (!rules.ok) return rules;
    const name = mergeName(ours, theirs, rules.value.rules);
    let kept = made?.name === name ? made.kept : cache.get(name);
    if (kept === null) {
      const question = { into: ours, from: theirs, rules: rules.value.rules };
      const analysed = analyser.now(s, readIndexIn(s, graph.index), question);
      if (analysed === null) return ok({ apart: name, question });
      if (!analysed.ok) return analysed;
      kept = cache.put(name, analysed.value);
    }
    seen.set(JSON.stringify([ours.name, theirs.name]), { ours: ours.tip, theirs: theirs.tip });
    const progress = readProgress(place, ours.name, theirs.name);
    const begun = progress.ok ? progress.value : null;
    const preview = mergePreview(s, graph, kept.analysis, {
      merge: name,
      blocked,
      progress: begun === null ? null : { settled: begun.settled, open: begun.open },
      notes: [
        ...rules.value.notes,
        ...(progress.ok ? [] : [`${progress.error.message} ${progress.error.hint}`]),
      ],
    });
    return ok({ kept, preview, progress: begun?.progress ?? null });
  }

  /** Finds, or has found beside the engine, what merging would be, and makes an answer of it in one look. */
  async function find<T>(
    into: string | null,
    from: string,
    signal: AbortSignal | undefined,
    answer: (found: Found, s: VekLook, graph: VekGraph) => T,
  ): Promise<Result<T>> {
    let made: Made | null = null;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const graph = await scene.graph();
      if (!graph.ok) return graph;
      const looked = lookAtVek(paths, (s): Result<Apart | { readonly done: T }> => {
        const found = foundIn(s, graph.value, into, from, made);
        if (!found.ok || 'apart' in found.value) return found as Result<Apart>;
        return ok({ done: answer(found.value, s, graph.value) });
      });
      if (!looked.ok) return looked;
      if (!looked.value.ok) return looked.value;
      const { value } = looked.value;
      if ('done' in value) return ok(value.done);
      const analysis = await analyser.apart(value.apart, graph.value.index, value.question, signal);
      if (!analysis.ok) return analysis;
      made = { name: value.apart, kept: cache.put(value.apart, analysis.value) };
    }
    return fail('busy', 'The branches kept moving while they were compared.', 'Try again when they rest.');
  }

  function tipsNow(into: string, from: string): Result<{ ours: string; theirs: string }> {
    const known = seen.get(JSON.stringify([into, from]));
    if (known !== undefined) return ok(known);
    return lookAtVek(paths, (s) => ({ ours: s.ref(into) ?? '', theirs: s.ref(from) ?? '' }));
  }

  const told = (result: Result<null>): Result<null> => {
    if (result.ok) scene.tell();
    return result;
  };

  return {
    preview: (into, from, signal) => find(into, from, signal, ({ preview }) => preview),
    rule: (tool, rule) => saveRule(place, tool, rule),
    open: (into, from, signal) =>
      find(into, from, signal, ({ kept, preview, progress }, s, graph) => {
        kept.documents ??= mergeDocuments(s, graph, kept.analysis);
        return { preview, documents: kept.documents, progress };
      }),
    texts(merge, decision, limitBytes) {
      const kept = cache.get(merge);
      const document = kept?.analysis.documents.find(({ id }) => id === decision.document);
      if (document === undefined) return kept === null ? tooOld() : noDocument();
      return lookAtVek(paths, (s) => mergeTexts(s, document, decision, limitBytes));
    },
    save({ into, from, progress, settled, open }) {
      const tips = tipsNow(into, from);
      if (!tips.ok) return tips;
      const savedMicros = nowMicros(scene.writing());
      return told(
        saveProgress(place, { into, from, tips: tips.value, progress, settled, open, savedMicros }),
      );
    },
    abandon: (into, from) => told(dropProgress(place, into, from)),
    list() {
      const listed = listProgress(place);
      if (!listed.ok || listed.value.length === 0) return listed.ok ? ok([]) : listed;
      return lookAtVek(paths, (s) =>
        listed.value.map(({ into, from, tips, settled, open, savedMicros }) => ({
          into,
          from,
          savedMicros,
          settled,
          open,
          moved: s.ref(into) !== tips.ours || s.ref(from) !== tips.theirs,
        })),
      );
    },
    plan(merge, decisions) {
      const kept = cache.get(merge);
      if (kept === null) return tooOld();
      const { analysis } = kept;
      const resolved = lookAtVek(paths, (s) => resolvedOf(analysis, decisions, s));
      if (!resolved.ok) return resolved;
      if (!resolved.value.ok) return resolved.value;
      const { into, from } = analysis;
      return planMerge(
        paths,
        {
          into: into.name,
          from: from.name,
          tips: { ours: into.tip, theirs: from.tip },
          resolved: resolved.value.value,
        },
        scene.writing(),
      );
    },
    wrote({ id, action }) {
      if (action.kind === 'merge') told(finishProgress(place, action.into, action.from, id));
      else if (action.kind === 'undo') told(reviveProgress(place, action.operation));
    },
  };
}

function tooOld(): Result<never> {
  return fail(
    'not-found',
    'This preview of the merge is too old: others were looked at since.',
    'Open the merge again; choices that were saved are kept.',
  );
}

function noDocument(): Result<never> {
  return fail(
    'not-found',
    'This merge has no such document.',
    'Open the merge again; what counts as one document may have changed.',
  );
}
