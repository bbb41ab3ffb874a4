import type { Failure } from './failure.ts';
import type { CheckSummary, Problem } from './problem.ts';

/** `gone`: it was open and is no longer there. `loading`: its index is being built. `stopped`: a person ended that. */
export type SourceState = 'ok' | 'loading' | 'stopped' | 'damaged' | 'unreadable' | 'gone';

/** One store found in the opened folder. */
export type Source = {
  readonly id: string;
  readonly kind: 'vek' | 'agents' | 'aex';
  /** path relative to the workspace, `.vek` for the usual one */
  readonly name: string;
  readonly path: string;
  readonly state: SourceState;
  /** one line, such as: 1,284 calls on 3 branches */
  readonly summary: string;
  readonly problems: readonly Problem[];
};

export type Workspace = {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly sources: readonly Source[];
  /** what opening did or found that the person should hear, such as an operation that was completed */
  readonly messages: readonly string[];
};

/** A folder that was opened before. `open` is false where this host may not or can't open it; `why` says why. */
export type Recent = {
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly openedAtMicros: number;
  readonly open: boolean;
  readonly why: string | null;
  /** a store in it was written to within the last seconds */
  readonly changing: boolean;
  /** damage was known when it was last open */
  readonly damaged: boolean;
};

/** Which host the window runs in and what only a desktop can do. */
export type HostInfo = {
  readonly host: 'electron' | 'browser';
  readonly version: string;
  readonly sample: string | null;
  /** the folder, or the link to a call, to show at start, if the command named one */
  readonly initial: string | null;
  /** folders this host may open; null: any */
  readonly roots: readonly string[] | null;
  readonly dataDir: string;
};

/** The log of this installation. `text` is its end, `about` what a report needs to know of the program and machine. */
export type LogFile = {
  readonly path: string;
  readonly text: string;
  readonly about: string;
};

/** What the engine tells the window without being asked. */
export type EngineEvent =
  | { readonly type: 'source-changed'; readonly source: string; readonly revision: number }
  | { readonly type: 'source-state'; readonly source: Source }
  | {
      readonly type: 'progress';
      readonly source: string;
      readonly work: string;
      readonly done: number;
      readonly total: number | null;
    }
  | { readonly type: 'operations-changed'; readonly source: string }
  /** something was written into a folder of agents, or a change set of it is another one */
  | { readonly type: 'edits-changed'; readonly source: string }
  /** a merge was begun, saved, finished or abandoned */
  | { readonly type: 'merges-changed'; readonly source: string }
  /** failed or damaged calls became known: strips, shapes and folded views are other ones now */
  | { readonly type: 'marks-changed'; readonly source: string }
  | { readonly type: 'sources-changed'; readonly workspace: Workspace };

/** Progress of a check, then its report or why there is none. */
export type CheckEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'report'; readonly report: CheckSummary; readonly atMicros: number }
  | { readonly type: 'failed'; readonly error: Failure };
