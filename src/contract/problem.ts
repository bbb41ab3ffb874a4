/** `error`: a hash or link is broken. `warning`: the store works, a tool may not. `notice`: worth knowing. */
export type Severity = 'error' | 'warning' | 'notice';

/** What a check or an opening can find. */
export type ProblemKind =
  | 'node-altered'
  | 'input-missing'
  | 'input-altered'
  | 'input-not-blob'
  | 'output-missing'
  | 'output-altered'
  | 'output-not-blob'
  | 'parent-missing'
  | 'merge-parent-missing'
  | 'object-altered'
  | 'object-missing'
  | 'object-not-blob'
  | 'object-not-json'
  | 'object-not-parsed'
  | 'object-unreadable'
  | 'duplicate-row'
  | 'ref-dangling'
  | 'ref-name'
  | 'ref-unreadable'
  | 'head-missing'
  | 'head-unreadable'
  | 'head-unborn'
  | 'head-on-tag'
  | 'cycle'
  | 'tool-odd'
  | 'time-form'
  | 'index-damaged'
  | 'file-structure'
  | 'damaged-file'
  | 'lost-rows'
  | 'empty-file'
  | 'schema'
  /** something that a check of a budget ledger found; its report has the rest */
  | 'ledger-finding'
  | 'more';

/** What is known of a problem beside its words, as far as its kind has it. */
export type ProblemFacts = {
  /** the hash recomputed from what is stored */
  readonly computed?: string;
  /** the hash or text that the record names: a parent, an object, the target of a ref */
  readonly named?: string;
  readonly table?: 'nodes' | 'objects' | 'refs';
  readonly row?: number;
  /** how many calls use a damaged object or stand on a circle, and the first of them */
  readonly uses?: number;
  readonly calls?: readonly string[];
  /** the storage class in place of BLOB, and whether the same bytes would fit the hash */
  readonly storage?: string;
  readonly fits?: boolean;
};

/** One thing that is wrong, in words. `hash` is the full hash of the damaged node or object, `ref` a ref name. */
export type Problem = {
  readonly kind: ProblemKind;
  readonly severity: Severity;
  readonly hash: string | null;
  readonly ref: string | null;
  readonly message: string;
  readonly facts?: ProblemFacts;
};

/** How many findings need a person, without those that only repeat another one. */
export type FindingCounts = { readonly errors: number; readonly warnings: number; readonly notices: number };

/** The result of a full check: `ok` is false exactly when a problem has severity `error`. */
export type CheckReport = {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly checked: { readonly nodes: number; readonly objects: number; readonly refs: number };
  /** what was checked and holds */
  readonly sound: readonly SoundFact[];
  /** what this run did not check, with the reason */
  readonly notChecked: readonly string[];
  readonly cutOff: CutOff | null;
};

/** How a check ended, without its list. */
export type CheckSummary = Pick<CheckReport, 'ok' | 'checked'> & { readonly findings: FindingCounts };

/** A hash, link or file that a check found to hold. `text` says it in words; `count` is what was counted for it. */
export type SoundFact = { readonly what: SoundKind; readonly count: number | null; readonly text: string };

export type SoundKind =
  | 'file'
  | 'columns'
  | 'head'
  | 'calls'
  | 'objects'
  | 'parents'
  | 'circles'
  | 'times'
  | 'refs'
  | 'indexes'
  | 'log';

/** Calls that are in the store and that no ref reaches, in a store where a call is missing. */
export type CutOff = {
  readonly calls: number;
  /** how many parts they form, each with one newest call */
  readonly parts: number;
  /** the largest parts first, at most `CUT_OFF_PARTS` */
  readonly listed: readonly CutOffPart[];
};

/** `before`: the call (its hash) or the ref (its name) that this part likely stood before, by the order of recording. */
export type CutOffPart = {
  readonly hash: string;
  readonly tool: string;
  readonly timestamp: string;
  readonly calls: number;
  readonly before: string | null;
};

/** The most parts that `CutOff` lists. */
export const CUT_OFF_PARTS = 50;
