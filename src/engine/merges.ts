import type {
  DocumentDecision,
  DocumentRule,
  MergeInProgress,
  MergePreview,
  MergeTexts,
  OpenMerge,
} from '../contract/merge.ts';
import type { Plan } from '../contract/operations.ts';
import type { WriteContext } from '../core/operations/context.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
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
  plan(merge: string, decisions: readonly DocumentDecision[]): Result<Plan>;
};

export type MergesScene = {
  readonly paths: RepositoryPaths;
  readonly dataDir: string;
  graph(): Promise<Result<VekGraph>>;
  writing(): WriteContext;
  /** what `list` answers changed */
  tell(): void;
};

export function createMerges(scene: MergesScene): Merges {
  const none = () => fail('refused', `${scene.dataDir}`, '');
  return {
    preview: async () => none(),
    rule: none,
    open: async () => none(),
    texts: none,
    save: none,
    abandon: none,
    list: () => ok([]),
    plan: none,
  };
}
