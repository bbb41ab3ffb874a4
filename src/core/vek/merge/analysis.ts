import type { ToolRule } from '../../../contract/merge.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { Merge } from '../../merge/merged.ts';

/** One of the two branches of a merge: `tip` is the full hash of its newest call. */
export type BranchTip = { readonly name: string; readonly tip: string };

/** A branch of a merge with the number of calls that only it reaches, and the node of its tip in the graph index. */
export type AnalysedEnd = BranchTip & { readonly node: number; readonly calls: number };

/**
 * What a version of a document holds. `tree`: its value, which has a canonical form; `disputed` are the parts of it
 * (by identity) that the bases it was merged of disagree about. `absent`: an earlier merge took the document out.
 * `opaque`: an output that can't be compared by parts, and why. `unknown`: history is damaged, and it can't be said.
 */
export type Content =
  | { readonly kind: 'tree'; readonly tree: JsonNode; readonly disputed: ReadonlySet<JsonNode> | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'opaque'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What base or one side of a merge has of a document. */
export type Version = {
  /** hash of the call whose output it is; null where no tool returned it */
  readonly call: string | null;
  /** hash of the earlier merge that made it; null where a call did, or where it is a base merged of several */
  readonly merge: string | null;
  /** hash of the output as stored; null where no tool returned it */
  readonly outputHash: string | null;
  /** null where it was not read: a version of a document that only one side changed */
  readonly content: Content | null;
  /** why it is not certain that this is the right version: history is damaged; null where it is */
  readonly doubt: string | null;
};

/** One document that changed on at least one side since the base. Trees are shared: never change one. */
export type AnalysedDocument = {
  /** first 16 hex digits of SHA-256 over tool, NUL and canonical identity */
  readonly id: string;
  readonly tool: string;
  /** the part of the input that names it */
  readonly identity: JsonNode;
  /** the canonical form of `identity` */
  readonly identityText: string;
  readonly title: string;
  readonly state: 'ours' | 'theirs' | 'same' | 'merged' | 'conflicts';
  /** null where it did not exist; of a document that one side changed also where it was not looked for */
  readonly base: Version | null;
  readonly ours: Version | null;
  readonly theirs: Version | null;
  /** the merge by parts; null where one side changed it, where both did equally, and where it is opaque */
  readonly merge: Merge | null;
  /** why only a whole side can be taken; null where parts can, or where one side changed it */
  readonly opaque: string | null;
};

/** Everything that merging `from` into `into` means for documents. Plain data; valid as long as both tips stand. */
export type Analysis = {
  readonly into: AnalysedEnd;
  readonly from: AnalysedEnd;
  /** `into` reaches the tip of `from`: there is nothing to merge */
  readonly already: boolean;
  /** no common call: documents that both have are compared with nothing */
  readonly unrelated: boolean;
  /** full hashes of the best common calls, newest first */
  readonly bases: readonly string[];
  /** tools that both sides called, by name */
  readonly rules: readonly ToolRule[];
  /** conflicts first, then merged, then what one side changed, then what both changed equally; by tool and identity */
  readonly documents: readonly AnalysedDocument[];
  /** what a person should know, in words */
  readonly notes: readonly string[];
};
