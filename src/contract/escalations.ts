import type { FileFinding } from './agent-files.ts';
import type { ResolutionVerb } from './edits.ts';

/** What the runtime makes of an escalation file (formats/atomic-agents.md §11); the words of `expected.json`. */
export type EscalationVerdict =
  | 'pending'
  | 'pending_with_ignored_block'
  | 'approved'
  | 'denied'
  | 'revised'
  | 'redacted'
  | 'auto_decided'
  | 'unparseable'
  | 'proposal_body_tampered'
  | 'no_proposal';

export type ResolutionBlock = {
  readonly verb: string;
  readonly by: string;
  readonly resolvedAt: string | null;
  readonly note: string | null;
  readonly amendment: string | null;
  readonly line: number;
  /** false: a later one, or one in a file that is still pending */
  readonly counts: boolean;
};

export type Escalation = {
  readonly agent: string;
  readonly path: string;
  readonly state: string;
  readonly verdict: EscalationVerdict;
  readonly blocks: readonly ResolutionBlock[];
  readonly proposalId: string;
  readonly parentRunId: string | null;
  readonly actionClass: string;
  readonly judgeId: string | null;
  readonly escalatedAt: string | null;
  readonly ageSeconds: number | null;
  readonly policyVersion: string | null;
  /** the agent's auto_decide_after_seconds, and what happens then */
  readonly autoDecide: {
    readonly afterSeconds: number;
    readonly leftSeconds: number | null;
    /** what is done then: `block` or `allow` */
    readonly outcome: string;
    readonly from: string;
  } | null;
  readonly tool: string | null;
  /** pretty JSON text of the arguments, and of the whole proposal as it stands */
  readonly argumentsText: string | null;
  readonly proposalText: string | null;
  /** of the bytes of the proposal as they stand: an answer is bound to it; null where there is no proposal */
  readonly proposalSha256: string | null;
  /** why it can't be answered here, in words; null where it can */
  readonly closed: string | null;
  /** an answer that stands in it and would count once the state is no longer pending; answering it so does only that */
  readonly ignored: { readonly verb: ResolutionVerb; readonly by: string } | null;
  readonly reason: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** null: not checked, `hashWhy` says why (floats, no hash) */
  readonly hashOk: boolean | null;
  readonly hashWhy: string;
  readonly argumentsHash: string | null;
  readonly computedHash: string | null;
  /** the runtime's marker stands beside it: final */
  readonly executed: boolean;
  /** records of the run it came from, and of its judgments */
  readonly query: string;
  readonly findings: readonly FileFinding[];
};

export type EscalationQueue = {
  /** those that wait, oldest first, then the others, newest first */
  readonly escalations: readonly Escalation[];
  readonly waiting: number;
  readonly approvedShare: {
    readonly value: number;
    readonly part: number;
    readonly whole: number;
    readonly hint: string | null;
  } | null;
  readonly lastPoll: readonly { readonly agent: string; readonly at: string | null }[];
};
