import type { ComparedRow, Ignore, RunComparison, RunSums } from '../contract/compare.ts';
import type { CallRow } from '../contract/vek.ts';
import { fail, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { VekGraph } from './vek-graph.ts';

/** Answers `contract.compare` for one repository. */
export type Runs = {
  compare(a: string, b: string, ignore: Ignore, signal?: AbortSignal): Promise<Result<RunComparison>>;
  rows(comparison: string, start: number, count: number): Result<readonly ComparedRow[]>;
  common(comparison: string, start: number, count: number): Result<readonly CallRow[]>;
  sums(comparison: string, signal?: AbortSignal): Promise<Result<RunSums>>;
};

export type RunsScene = {
  readonly paths: RepositoryPaths;
  graph(): Promise<Result<VekGraph>>;
  revision(): number;
};

export function createRuns(scene: RunsScene): Runs {
  const none = () => fail('refused', scene.paths.dir, '');
  return { compare: async () => none(), rows: none, common: none, sums: async () => none() };
}
