import { z } from 'zod';
import type { CallRow, NodeLink } from './vek.ts';

/** The longest text a person can put in place of a conflict, in characters. */
export const MAX_EDIT = 16 * 1024 * 1024;

/** The two sides of a merge: `ours` is the branch that is merged into. On screen they bear their branch names. */
export const SIDES = ['ours', 'theirs'] as const;
export type Side = (typeof SIDES)[number];

/**
 * How a person settles one place of a merge. `edit` puts the text of a JSON value there, or lines of text; null takes
 * the place out. `both` is offered where it means something: lists and texts.
 */
export const choiceSchema = z.discriminatedUnion('take', [
  z.object({ take: z.enum(['base', ...SIDES]) }),
  z.object({ take: z.literal('both'), first: z.enum(SIDES) }),
  z.object({ take: z.literal('edit'), text: z.string().max(MAX_EDIT).nullable() }),
]);
export type Choice = z.infer<typeof choiceSchema>;

/**
 * What counts as one document of a tool (design §3): every call by itself, the tool as one, every input, or the calls
 * with the same values at some JSON pointers of their input.
 */
export const documentRuleSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('call') }),
  z.object({ by: z.literal('tool') }),
  z.object({ by: z.literal('input') }),
  z.object({ by: z.literal('fields'), pointers: z.array(z.string().max(1000)).min(1).max(8) }),
]);
export type DocumentRule = z.infer<typeof documentRuleSchema>;

/** How the rule of a tool was found. `assumed`: nothing could be inferred, so each call stands by itself. */
export type RuleReason = 'naming' | 'same-input' | 'equal-fields' | 'assumed' | 'chosen';

/** What counts as one document of a tool that both sides called. */
export type ToolRule = {
  readonly tool: string;
  readonly rule: DocumentRule;
  readonly reason: RuleReason;
  /** false only for an assumption that nobody has confirmed yet */
  readonly confirmed: boolean;
  /** pointers of input fields that could name a document: in every call of the tool that was looked at */
  readonly candidates: readonly string[];
  readonly documents: number;
  readonly conflicts: number;
};

/** One of the two branches of a merge. `calls` only it reaches. */
export type MergeEnd = {
  readonly name: string;
  readonly tip: string;
  readonly colour: number;
  readonly head: boolean;
  readonly calls: number;
};

/** What a merge would be, before anything is decided. */
export type MergePreview = {
  /** names this analysis: the same tips and rules have the same */
  readonly merge: string;
  readonly into: MergeEnd;
  readonly from: MergeEnd;
  /** `into` has everything of `from` */
  readonly already: boolean;
  /** no common call: every document that both have is compared with nothing */
  readonly unrelated: boolean;
  /** best common calls, newest first. Several (a criss-cross) are merged first into a virtual base. */
  readonly bases: readonly NodeLink[];
  readonly documents: {
    /** changed on one side only, and taken from there */
    readonly ours: number;
    readonly theirs: number;
    /** changed equally on both sides */
    readonly same: number;
    /** changed on both sides and merged without a conflict */
    readonly merged: number;
    readonly conflicted: number;
  };
  readonly conflicts: number;
  readonly rules: readonly ToolRule[];
  /** what a person should know: damage, merges of the Python tool that left documents open, calls that can't be read */
  readonly notes: readonly string[];
  /** choices that were made earlier and kept; null where the merge was not begun */
  readonly progress: { readonly settled: number; readonly open: number } | null;
  /** why nothing can be written now, in words; null where it can */
  readonly blocked: string | null;
};

/** What happened at a place. `lines` and `items`: a part of a text or list; `order`: the order of a list. */
export type UnitWhat = 'value' | 'lines' | 'items' | 'order';

/**
 * Why a place is a conflict, or how the side that was taken changed it: `modify`, `add` and `delete` are changes that
 * were taken, the others conflicts.
 */
export type UnitKind =
  | 'modify'
  | 'add'
  | 'delete'
  | 'modify/modify'
  | 'modify/delete'
  | 'delete/modify'
  | 'add/add'
  | 'type'
  | 'text'
  | 'array'
  | 'order';

/** A value of one side: canonical JSON, or for `lines` the text itself. `cut`: only the beginning is here. */
export type UnitValue = { readonly text: string; readonly bytes: number; readonly cut: boolean };

/** One place of a document at which the three sides are not all equal. */
export type MergeUnit = {
  /** names the place within its document, for as long as its path is the same */
  readonly id: string;
  /** as `/people[0]/role`; the whole document is the empty text */
  readonly path: string;
  readonly what: UnitWhat;
  readonly kind: UnitKind;
  /** the side taken automatically (`both`: they changed it equally); null for a conflict */
  readonly taken: Side | 'both' | null;
  /** null: there is nothing at this place */
  readonly base: UnitValue | null;
  readonly ours: UnitValue | null;
  readonly theirs: UnitValue | null;
  /** of `lines` and `items`: the first line or element in base, ours and theirs, from 0 */
  readonly at: { readonly base: number; readonly ours: number; readonly theirs: number } | null;
  /** the same as long as the three values are; a choice made for another fingerprint does not fit */
  readonly fingerprint: string;
  /** whether both can be kept here */
  readonly both: boolean;
  /** of a virtual base whose own sides disagree here */
  readonly baseDisputed: boolean;
};

/** One document of a merge, changed on at least one side. */
export type MergeDocument = {
  /** names the document in this repository: of its tool and identity */
  readonly id: string;
  readonly tool: string;
  /** the part of the input that names the document, as canonical JSON */
  readonly identity: string;
  /** what a person calls it: `brief.md`, a query, a command */
  readonly title: string;
  /** the same as long as the three outputs are; a whole side that was chosen for another fingerprint does not fit */
  readonly fingerprint: string;
  /** the side that changed it; `both` where both did, equally (`same`) or not */
  readonly state: 'ours' | 'theirs' | 'same' | 'merged' | 'conflicts';
  /** the call whose output it is on each side; null where there is none, or where an earlier merge made it */
  readonly base: CallRow | null;
  readonly ours: CallRow | null;
  readonly theirs: CallRow | null;
  /** true where the output of that side was made by an earlier merge and returned by no tool */
  readonly synthetic: { readonly base: boolean; readonly ours: boolean; readonly theirs: boolean };
  /** conflicts and what was taken, in the order of the document; only where both sides changed it */
  readonly units: readonly MergeUnit[];
  /** set where an output can't be read or compared by parts: only a whole side can be taken */
  readonly opaque: string | null;
};

/** A merge as it is worked on. `progress` is what `save` was last given, JSON text. */
export type OpenMerge = {
  readonly preview: MergePreview;
  readonly documents: readonly MergeDocument[];
  readonly progress: string | null;
};

/**
 * What a person decided about one document. `whole` takes the whole output of a side. `choices` are by unit; a unit
 * that is not named is as it was taken automatically; `reopened` units (and a reopened document) are open again.
 */
export const documentDecisionSchema = z.object({
  document: z.string().max(200),
  whole: z.enum(['base', ...SIDES]).nullable(),
  reopened: z.union([z.boolean(), z.array(z.string().max(100_000))]),
  choices: z.array(z.object({ unit: z.string().max(100_000), choice: choiceSchema })),
});
export type DocumentDecision = z.infer<typeof documentDecisionSchema>;

/** Where a line of a merged text comes from. `open` is a conflict that is not settled. */
export type LineOrigin = 'base' | Side | 'both' | 'edit' | 'open';

/** A document as text, pretty-printed, with the units that begin in its lines. */
export type MergeText = {
  readonly text: string;
  /** only the beginning of a large document is here */
  readonly cut: boolean;
  /** unit id → its first line and the line after its last, from 0; not every unit has lines in every text */
  readonly places: readonly { readonly unit: string; readonly from: number; readonly to: number }[];
};

/** The four panes: what base, both sides and the result of the decisions are. */
export type MergeTexts = {
  readonly base: MergeText | null;
  readonly ours: MergeText | null;
  readonly theirs: MergeText | null;
  readonly result: MergeText;
  /** one for each line of the result */
  readonly origins: readonly LineOrigin[];
  readonly open: number;
  /** true where no tool returned this result */
  readonly synthetic: boolean;
  /** why the document can't be written as it stands: an edit that is no JSON; null where it can */
  readonly problem: string | null;
};

/** A merge that was begun and not finished. */
export type MergeInProgress = {
  readonly into: string;
  readonly from: string;
  readonly savedMicros: number;
  readonly settled: number;
  readonly open: number;
  /** a branch moved since, or is gone */
  readonly moved: boolean;
};
