import { aheadBehind, reachable } from '../core/graph/ancestors.ts';
import { findNode } from '../core/graph/find.ts';
import { runJob } from '../core/jobs/run.ts';
import { fail, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { toTransfer, type VekIndex } from '../core/vek/index-read.ts';
import { analyseWithin, type MergeQuestion } from '../core/vek/merge/analyse.ts';
import type { Analysis } from '../core/vek/merge/analysis.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { VekLook } from '../core/vek/store.ts';

export type Question = Omit<MergeQuestion, 'onProgress'>;

/** Makes the analyses of one repository: small ones at once, large ones beside the engine. */
export type MergeAnalyser = {
  /** in this look where that is quick; null: it belongs into a thread of its own */
  now(s: VekLook, index: VekIndex, question: Question): Result<Analysis> | null;
  /** in a thread of its own, once for all who ask for the same `name`; it ends when nobody waits any more */
  apart(name: string, index: VekIndex, question: Question, signal?: AbortSignal): Promise<Result<Analysis>>;
};

type Running = {
  readonly result: Promise<Result<Analysis>>;
  readonly abort: AbortController;
  waiting: number;
};

/** `progress` hears of the large one that runs; at its end `done` is `total`. */
export function createMergeAnalyser(
  paths: RepositoryPaths,
  progress: (done: number, total: number) => void,
): MergeAnalyser {
  const running = new Map<string, Running>();

  function start(name: string, index: VekIndex, { into, from, rules }: Question): Running {
    const abort = new AbortController();
    const input = { paths, index: toTransfer(index), into, from, rules: [...rules] };
    const job = runJob('vek.merge', input, {
      signal: abort.signal,
      onProgress: ({ done, total }) => {
        if (done < total) progress(done, total);
      },
    });
    const result = job.then((answer) => {
      if (running.get(name) === started) running.delete(name);
      progress(1, 1);
      return answer;
    });
    const started: Running = { result, abort, waiting: 0 };
    running.set(name, started);
    return started;
  }

  return {
    now: (s, index, question) =>
      isQuick(s, index, question) ? analyseWithin(s, index, question, limits.mergeInlineInputs) : null,
    async apart(name, index, question, signal) {
      if (signal?.aborted === true) return stopped();
      const work = running.get(name) ?? start(name, index, question);
      work.waiting += 1;
      let leave: (() => void) | null = null;
      const left = new Promise<Result<Analysis>>((resolve) => {
        leave = () => resolve(stopped());
        signal?.addEventListener('abort', leave, { once: true });
      });
      const answer = await Promise.race([work.result, left]);
      if (leave !== null) signal?.removeEventListener('abort', leave);
      work.waiting -= 1;
      if (work.waiting === 0) {
        if (running.get(name) === work) running.delete(name);
        work.abort.abort();
      }
      return answer;
    },
  };
}

function stopped(): Result<never> {
  return fail('cancelled', 'The preview of the merge was stopped.', 'Start it again when you want it.');
}

/** Few calls since the split, with small outputs. */
function isQuick(s: VekLook, index: VekIndex, { into, from }: Question): boolean {
  const [ours, theirs] = [findNode(index, into.tip), findNode(index, from.tip)];
  if (ours < 0 || theirs < 0) return true;
  const { ahead, behind } = aheadBehind(index, ours, theirs);
  if (ahead + behind > limits.mergeInlineCalls) return false;
  const both = [reachable(index, [ours]), reachable(index, [theirs])] as const;
  const size = s.db
    .prepare<[number], number>(
      'SELECT length(content) FROM objects WHERE hash = (SELECT output_hash FROM nodes WHERE rowid = ?)',
    )
    .pluck();
  let bytes = 0;
  for (let node = Math.max(ours, theirs), left = ahead + behind; node >= 0 && left > 0; node--) {
    if (both[0][node] === both[1][node]) continue;
    left -= 1;
    bytes += size.get(index.rowids[node] as number) ?? 0;
    if (bytes > limits.mergeInlineBytes) return false;
  }
  return true;
}
