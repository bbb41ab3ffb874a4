import { z } from 'zod';
import type { AgentFileKind, FileFinding } from './agent-files.ts';
import type { OperationState } from './operations.ts';
import type { PromptEffect } from './drafts.ts';

/** The longest text of an agent's file that can be written, in characters: what is shown of one at most. */
export const MAX_FILE_TEXT = 8 * 1024 * 1024;
/** The most files of one change set. */
export const MAX_EDITS = 500;

const path = z.string().min(1).max(10_000);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const words = z.string().max(10_000);

/**
 * A text that a person wants in a file. `base`: the hash of the bytes it was made from; null: there was no file.
 * `text` null removes the file. Line ends are those of the file.
 */
export const fileEditSchema = z.object({
  path,
  base: sha256.nullable(),
  text: z.string().max(MAX_FILE_TEXT).nullable(),
});
export type FileEdit = z.infer<typeof fileEditSchema>;
export const fileEditsSchema = z.array(fileEditSchema).min(1).max(MAX_EDITS);

export const RESOLUTION_VERBS = ['Approved', 'Denied', 'Redacted', 'Revised'] as const;
export type ResolutionVerb = (typeof RESOLUTION_VERBS)[number];
export const TUNING_DECISIONS = ['pending', 'accepted', 'rejected', 'deferred'] as const;
export type TuningDecision = (typeof TUNING_DECISIONS)[number];

/** What a person asks to be written. */
export const changeSchema = z.discriminatedUnion('do', [
  /** `label` null: one save; else a change set of that name */
  z.object({ do: z.literal('save'), edits: fileEditsSchema, label: words.nullable() }),
  z.object({ do: z.literal('restore'), path, version: sha256 }),
  z.object({ do: z.literal('undo'), edit: z.string().max(64) }),
  /**
   * Answers an escalation. `proposal`: the hash of the proposal that was shown (`Escalation.proposalSha256`).
   * `amendment`: YAML, for `Revised` only.
   */
  z.object({
    do: z.literal('resolve'),
    path,
    proposal: sha256,
    verb: z.enum(RESOLUTION_VERBS),
    by: z.string().max(1_000),
    note: words.nullable(),
    amendment: z.string().max(MAX_FILE_TEXT).nullable(),
  }),
  /** Decides a tuning proposal. `shown`: the hash of the report that was shown. */
  z.object({
    do: z.literal('decide'),
    path,
    shown: sha256,
    proposal: words,
    decision: z.enum(TUNING_DECISIONS),
    notes: words.nullable(),
  }),
  /** What the doctor offers, by the id of its fix. */
  z.object({ do: z.literal('fix'), fix: z.string().max(20_000) }),
  /** Adds text to today's entry of an agent's journal. */
  z.object({ do: z.literal('journal'), agent: z.string().max(1_000), text: z.string().max(MAX_FILE_TEXT) }),
]);
export type Change = z.infer<typeof changeSchema>;
export type ChangeKind = Change['do'];

/** A text before or after, with its hash. Secrets of `mcp.md` are covered in the text, not in the hash. */
export type TextState = { readonly sha256: string; readonly text: string };

/** Why a file is written: a person asked for it, or a rule of the format adds it. */
export type WrittenFor = 'person' | 'index' | 'version' | 'snapshot';

/** One file of a plan; null: it is not there. */
export type PlannedFile = {
  readonly path: string;
  readonly kind: AgentFileKind;
  readonly before: TextState | null;
  readonly after: TextState | null;
  readonly writtenFor: WrittenFor;
  /** of what a rule adds: why, in words; else empty */
  readonly why: string;
  /** what is odd about the text afterwards, and was not before */
  readonly findings: readonly FileFinding[];
};

/** What will be written, exactly. The preview draws it; applying checks every `before` again. */
export type EditPlan = {
  readonly id: string;
  readonly does: ChangeKind;
  /** of an undo: the write that it takes back */
  readonly undoes?: string;
  /** act and object, such as: Save harbor/persona/SOUL.md */
  readonly title: string;
  readonly label: string | null;
  /** in the order in which they are written */
  readonly files: readonly PlannedFile[];
  /** everyone whose runs it changes */
  readonly agents: readonly string[];
  readonly prompts: readonly PromptEffect[];
  readonly warnings: readonly string[];
  /** why it can't be written at this moment, in words: an agent that writes this file runs; null where it can */
  readonly blocked: string | null;
  readonly madeAtMicros: number;
};

/** One write that Vekscope made into a folder of agents. */
export type Edit = {
  readonly id: string;
  readonly does: ChangeKind;
  readonly title: string;
  readonly label: string | null;
  readonly atMicros: number;
  readonly from: 'window' | 'terminal';
  readonly files: readonly {
    readonly path: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly writtenFor: WrittenFor;
  }[];
  readonly state: OperationState;
  /** null when it can be undone now, else why not, in words */
  readonly undoBlocked: string | null;
};

/** A text that a file had, newest first in a history. `sha256` null: the file was not there. */
export type FileVersion = {
  readonly sha256: string | null;
  readonly atMicros: number;
  readonly bytes: number | null;
  /** `saved`: by Vekscope; `seen`: another program had written it; `agent`: kept by the agent under .versions */
  readonly how: 'saved' | 'seen' | 'agent';
  /** the write that made it, and its words; null for what others wrote */
  readonly edit: string | null;
  readonly title: string;
  readonly label: string | null;
  /** it is what stands in the file now */
  readonly current: boolean;
  /** its text is kept and can be restored */
  readonly kept: boolean;
};

/** Edits that are not written yet, kept in the app folder. */
export const changeSetSchema = z.object({
  /** `loose` holds what was typed outside of any named set */
  id: z.string().min(1).max(64),
  label: z.string().max(1_000),
  edits: z.array(fileEditSchema).max(MAX_EDITS),
});
export type ChangeSetInput = z.infer<typeof changeSetSchema>;
export type ChangeSet = ChangeSetInput & {
  readonly savedMicros: number;
  /** paths whose file changed on disk since the edit was begun */
  readonly moved: readonly string[];
};

/** Figures of the runs under one version. Money in micro-dollars. */
export type VersionFigures = {
  readonly query: string;
  /** records, children included */
  readonly runs: number;
  /** those that were started from outside */
  readonly primary: number;
  readonly errors: number;
  readonly costMicros: number;
  /** all cost by primary runs; null without any */
  readonly costPerRunMicros: number | null;
  readonly evals: {
    readonly count: number;
    readonly passed: number;
    readonly failed: number;
    /** mean weighted score, 1 to 5; null without any */
    readonly mean: number | null;
    readonly hardFails: number;
  };
};

/** What an agent was for a while: the texts of its persona, tools and model that were in force together. */
export type PersonaVersion = {
  /** names the set of texts: equal texts have the same */
  readonly id: string;
  readonly number: number;
  readonly label: string | null;
  /** what began it, in words */
  readonly title: string;
  /** null: from before anything is known; then the times of the files say since when at the latest */
  readonly fromMicros: number | null;
  /** null: still in force */
  readonly toMicros: number | null;
  readonly how: 'saved' | 'seen' | 'first';
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  /** paths that differ from the version before */
  readonly changed: readonly string[];
  readonly figures: VersionFigures;
};
