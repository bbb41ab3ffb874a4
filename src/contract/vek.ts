import { z } from 'zod';
import type { FindingCounts, Problem } from './problem.ts';

export type { CheckReport, Problem } from './problem.ts';

/** A row of `nodes`, with the names and the order of the Python tool (formats/vek.md §6). */
export type NodeRecord = {
  readonly hash: string;
  readonly tool: string;
  readonly input_hash: string;
  readonly output_hash: string;
  readonly parent_hash: string | null;
  readonly timestamp: string;
  readonly merge_parent: string | null;
};

export type RefKind = 'branch' | 'tag' | 'checkpoint';

/** A row of `refs`. `label` is the name without its `tag/` or `checkpoint/` prefix (formats/vek.md §5). */
export type Ref = {
  readonly name: string;
  readonly label: string;
  readonly kind: RefKind;
  readonly hash: string;
};

/** What the HEAD file says. `text` is its content as it stands on disk. */
export type Head =
  | { readonly state: 'branch'; readonly branch: string; readonly text: string }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** The longest filter, and the longest name of a branch in focus: tools and branches may have names of many thousand signs. */
export const MAX_FILTER = 50_000;

/**
 * What part of the graph a view shows: a filter text, and the branches in focus (empty: all). `fold`: long linear
 * stretches are one row each; `open` names those a person opened, by the hash of any call in them.
 */
export const graphViewSchema = z.object({
  filter: z.string().max(MAX_FILTER),
  focus: z.array(z.string().max(MAX_FILTER)).max(64),
  fold: z.boolean().optional(),
  open: z.array(z.string().max(10_000)).max(256).optional(),
});
export type GraphView = z.infer<typeof graphViewSchema>;

/** What a tool does, as far as its name and its values tell; chooses the icon of a row. */
export type ToolKind =
  | 'search'
  | 'fetch'
  | 'shell'
  | 'read'
  | 'write'
  | 'edit'
  | 'model'
  | 'test'
  | 'plan'
  | 'message'
  | 'merge'
  | 'other';

/** A call in one line: what went in, what came out. `failed` when the output reports an error. */
export type CallSummary = {
  readonly kind: ToolKind;
  readonly input: string;
  readonly output: string;
  readonly failed: boolean;
};

/** A badge on a row or a link. `colour` is the lane colour, 1 to 8. */
export type RefBadge = {
  readonly name: string;
  readonly label: string;
  readonly kind: RefKind;
  readonly head: boolean;
  readonly colour: number;
};

/**
 * A long stretch of calls without a fork, merge, ref or damage, folded into one row: the row of its newest call.
 * `costMicros` sums the calls that state a cost (`costed` of them); null where the stretch is too long to read.
 */
export type FoldedStretch = {
  readonly calls: number;
  /** most frequent first, at most eight; `otherCalls` are the rest */
  readonly tools: readonly { readonly tool: string; readonly calls: number }[];
  readonly otherCalls: number;
  readonly oldest: string;
  readonly fromMicros: number | null;
  readonly toMicros: number | null;
  readonly costMicros: number | null;
  readonly costed: number;
};

/** One row of the graph. `broken` lists in words what can't be read of the record; empty when it is whole. */
export type GraphRow = {
  readonly row: number;
  readonly hash: string;
  readonly tool: string;
  readonly summary: CallSummary;
  readonly timestamp: string;
  /** microseconds since 1970, or null where the text is no time */
  readonly timeMicros: number | null;
  readonly lane: number;
  readonly colour: number;
  readonly isMerge: boolean;
  readonly isRoot: boolean;
  readonly broken: readonly string[];
  readonly refs: readonly RefBadge[];
  /** micro-dollars, only where the record itself states a cost */
  readonly costMicros: number | null;
  readonly inputBytes: number | null;
  readonly outputBytes: number | null;
  /** set when this row stands for a folded stretch */
  readonly fold: FoldedStretch | null;
  /** how long nothing was recorded before this call, in microseconds, where that was long for this view; else null */
  readonly idleMicros: number | null;
};

/** A row's call by itself, wherever a view shows it. */
export type CallRow = Omit<GraphRow, 'row' | 'lane' | 'colour' | 'fold' | 'idleMicros'>;

/**
 * A line from a call down to its parent. Rows count from the top of the view; `lane` is the column it runs in
 * between the two ends. `hidden`: calls between the two are filtered out. `missing`: the parent is not in the
 * store, the line ends below `from`. `backward`: the parent stands above (a cycle).
 */
export type GraphEdge = {
  readonly from: number;
  readonly to: number;
  readonly fromLane: number;
  readonly toLane: number;
  readonly lane: number;
  readonly colour: number;
  readonly role: 'parent' | 'merge';
  readonly style: 'solid' | 'hidden' | 'missing' | 'backward';
};

/** A window of rows with every line that crosses it. `revision` changes whenever the store did. */
export type RowWindow = {
  readonly revision: number;
  /** rows in this view */
  readonly total: number;
  /** calls in this view, those that are folded away too */
  readonly calls: number;
  /** calls in the repository */
  readonly all: number;
  readonly start: number;
  readonly rows: readonly GraphRow[];
  readonly edges: readonly GraphEdge[];
  /** columns used in this window */
  readonly lanes: number;
  /** columns used in the whole view */
  readonly viewLanes: number;
};

/**
 * Where a call stands in a view; `row` is null when the filter hides it. `folded`: it is inside a folded stretch, and
 * `row` is the row of that.
 */
export type Located = { readonly hash: string; readonly row: number | null; readonly folded: boolean };

/** The answer of recomputing one hash from the stored bytes, just now. */
export type HashCheck =
  | { readonly state: 'match'; readonly hash: string }
  | { readonly state: 'mismatch'; readonly hash: string; readonly computed: string }
  | { readonly state: 'missing'; readonly hash: string }
  | { readonly state: 'unreadable'; readonly hash: string; readonly reason: string };

/**
 * The bytes of an object for reading. `text` is a pretty form that keeps the source text of every number, key
 * order and duplicates; where the bytes are no JSON it is the decoded text or a hex dump, and `form` says so.
 */
export type Content = {
  readonly hash: string;
  readonly bytes: number;
  readonly form: 'json' | 'empty' | 'text' | 'hex' | 'missing' | 'unreadable';
  readonly text: string;
  /** true when `text` is only the beginning; ask again with a larger limit */
  readonly cut: boolean;
  /** what a person should know: not canonical, duplicate keys, stored as TEXT, not JSON because… */
  readonly notes: readonly string[];
};

export type NodeLink = {
  readonly hash: string;
  readonly role: 'parent' | 'merge' | 'child' | 'merge-child';
  readonly present: boolean;
  readonly tool: string | null;
  readonly timestamp: string | null;
  readonly summary: CallSummary | null;
};

/** What a call states about itself beside its contents. */
export type FactKind =
  | 'model'
  | 'finish'
  | 'duration'
  | 'cost'
  | 'input-tokens'
  | 'output-tokens'
  | 'total-tokens'
  | 'cached-tokens'
  | 'cache-write-tokens'
  | 'reasoning-tokens';

/**
 * One thing that the record of a call states itself, and where: `pointer` is a JSON pointer into that side. A text for
 * `model` and `finish`; a number of tokens, of microseconds (`duration`) or of micro-dollars (`cost`) for the others.
 */
export type CallFact = {
  readonly kind: FactKind;
  readonly value: string | number;
  readonly side: 'input' | 'output';
  readonly pointer: string;
};

/** Everything about one call. `children` is cut at a limit, `childCount` is not. */
export type NodeDetail = {
  readonly revision: number;
  readonly row: CallRow;
  /** the branch whose first-parent chain the call is on, HEAD's before others; null: on none */
  readonly branch: { readonly name: string; readonly colour: number } | null;
  readonly record: NodeRecord;
  /** what is stated nowhere is not listed; of a content beyond the limit of `Content`, what its beginning states */
  readonly facts: readonly CallFact[];
  readonly input: Content;
  readonly output: Content;
  readonly checks: {
    /** microseconds since 1970 when the three hashes were recomputed */
    readonly atMicros: number;
    readonly node: HashCheck;
    readonly input: HashCheck;
    readonly output: HashCheck;
  };
  readonly parents: readonly NodeLink[];
  readonly children: readonly NodeLink[];
  readonly childCount: number;
};

/**
 * Calls before this one on its chain of first parents, to compare it with. `document` is what its input names (a path,
 * an id), by which `sameDocument` was looked for among calls of the same tool: `searched` of them were read, and
 * `unsearched` is true where more are further back.
 */
export type CallsBefore = {
  readonly parent: NodeLink | null;
  readonly sameTool: NodeLink | null;
  readonly sameDocument: NodeLink | null;
  readonly document: { readonly field: string; readonly text: string } | null;
  readonly searched: number;
  readonly unsearched: boolean;
};

/** The tools of a repository, the most used first; `more` names are left out beyond a limit. */
export type ToolNames = {
  readonly tools: readonly { readonly name: string; readonly calls: number }[];
  readonly more: number;
};

/** A branch in the sources pane. `ahead`/`behind` count calls against HEAD's branch; null when not comparable. */
export type BranchInfo = {
  readonly name: string;
  readonly hash: string;
  readonly present: boolean;
  readonly current: boolean;
  readonly colour: number;
  readonly ahead: number | null;
  readonly behind: number | null;
};

export type VekOverview = {
  readonly revision: number;
  readonly head: Head;
  /** hash of the tip of HEAD's branch, null when unborn */
  readonly tip: string | null;
  readonly branches: readonly BranchInfo[];
  readonly tags: readonly Ref[];
  readonly checkpoints: readonly Ref[];
  readonly counts: { readonly nodes: number; readonly objects: number; readonly refs: number };
  /** user_version on disk, and in words what is unusual about the columns */
  readonly schema: { readonly version: number | null; readonly note: string | null };
  /** HEAD.lock, when it is there */
  readonly lock: { readonly sinceMicros: number; readonly stale: boolean } | null;
  readonly newestMicros: number | null;
  /** damage found by opening and by the last check; of very many only the worst */
  readonly problems: readonly Problem[];
  readonly findings: FindingCounts;
  /** the last full check of this session; `stale` once the store changed after it */
  readonly lastCheck: {
    readonly atMicros: number;
    readonly ok: boolean;
    readonly nodes: number;
    readonly objects: number;
    readonly stale: boolean;
  } | null;
  /** null when writing is possible, else why not, in words */
  readonly readOnlyReason: string | null;
};
