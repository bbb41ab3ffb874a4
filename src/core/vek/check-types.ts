import type { Problem, ProblemKind } from '../../contract/problem.ts';
import type { IndexRows } from './check-indexes.ts';
import type { Structure } from './check-structure.ts';
import type { HashTable } from './check-table.ts';
import type { Unreached } from './cut-off.ts';
import type { RepositoryPaths } from './paths.ts';

/** What the survey found: how much there is to check, and up to which rows the workers look. */
export type Survey = {
  readonly nodes: Extent;
  readonly objects: Extent;
  readonly indexes: readonly IndexRows[];
  /** the file is damaged, and what could be rescued is looked at */
  readonly salvage: boolean;
};

/** Rows of a table and their smallest and largest row number; 0 rows: no such table, or empty. */
export type Extent = { readonly rows: number; readonly first: number; readonly last: number };

/** Memory that the workers of one check share. */
export type Shared = {
  readonly workers: number;
  readonly survey: Survey;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly nodes: HashTable;
  readonly objects: HashTable;
  /** by the number of an object: a state of `OBJECT` */
  readonly objectStates: Uint8Array<SharedArrayBuffer>;
  /** by the number of a node: its row, and the numbers of its parents or -1 */
  readonly nodeRows: Float64Array<SharedArrayBuffer>;
  readonly parents: Int32Array<SharedArrayBuffer>;
  readonly mergeParents: Int32Array<SharedArrayBuffer>;
  /** by the number of a node: microseconds since 1970, or NaN */
  readonly times: Float64Array<SharedArrayBuffer>;
};

/** Places in `Shared.control`. */
export const CONTROL = { done: 0, objectChunk: 1, nodeChunk: 2, barriers: 3, size: 8 } as const;

/** States of an object that was read. */
export const OBJECT = { whole: 0, altered: 1, notBlob: 2 } as const;

/** A problem with its place in the report: section, then row, then the order in which it was found. */
export type Found = { readonly section: number; readonly row: number; readonly problem: Problem };

/** Sections of the report, in order. */
export const SECTION = { nodes: 0, objects: 1, missing: 2, refs: 3, others: 4 } as const;

/** An object that is altered or stored in the wrong way; the message still needs the calls that use it. */
export type DamagedObject = {
  readonly hash: string;
  readonly row: number;
} & (
  | { readonly kind: 'object-altered'; readonly computed: string }
  | { readonly kind: 'object-not-blob'; readonly storage: string; readonly fits: boolean }
);

/** Which calls use a damaged or missing object: the count, and the first ones by row. */
export type Usage = { count: number; readonly users: { readonly row: number; readonly node: string }[] };

/** What one worker found. */
export type PartOutput = {
  readonly found: readonly Found[];
  readonly damaged: readonly DamagedObject[];
  readonly usage: ReadonlyMap<string, Usage>;
  readonly checked: { readonly nodes: number; readonly objects: number; readonly refs: number };
  /** the indexes that were counted; of one worker only */
  readonly indexes: readonly IndexRows[];
  /** per kind of notice: how many more there are than were listed */
  readonly unlisted: ReadonlyMap<ProblemKind, number>;
  /** what only one worker looks at */
  readonly whole: WholeFacts | null;
};

/** What is so of a store as a whole, for the list of what holds. */
export type WholeFacts = {
  /** null: another step looked at it */
  readonly structure: Structure | null;
  readonly salvage: boolean;
  readonly schema: { readonly version: number | null; readonly indexes: number };
  /** the branch that HEAD names, where it exists */
  readonly headBranch: string | null;
  readonly logBytes: number;
  /** parents that are newer than their child, and all that are in the store */
  readonly newerParents: number;
  readonly parents: number;
  /** the calls that no ref reaches, the largest parts first, cut at a limit; `calls` and `parts` are not */
  readonly unreached: {
    readonly calls: number;
    readonly parts: number;
    readonly listed: readonly (Unreached & {
      readonly hash: string;
      readonly tool: string;
      readonly timestamp: string;
    })[];
  };
};

/**
 * The steps of a check that run as a job. `structure` has SQLite check its pages; `part` is one of several workers;
 * `whole` does all in one look.
 */
export type CheckJobInput =
  | { readonly step: 'structure'; readonly paths: RepositoryPaths }
  | { readonly step: 'survey'; readonly paths: RepositoryPaths }
  | { readonly step: 'part'; readonly paths: RepositoryPaths; readonly shared: Shared; readonly part: number }
  | { readonly step: 'whole'; readonly paths: RepositoryPaths };

/** `moved`: the store changed under one of several looks, so that their answers don't fit together. */
export type CheckJobOutput =
  | { readonly step: 'survey'; readonly survey: Survey }
  | { readonly step: 'part'; readonly output: PartOutput }
  | { readonly step: 'structure'; readonly structure: Structure }
  | { readonly step: 'moved' };

/** Rows checked so far, and all. */
export type CheckProgress = { readonly done: number; readonly total: number };
