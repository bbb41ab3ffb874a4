import type { FileFinding, Reading } from './agent-files.ts';

/** One note of memory/ or page of wiki/ (§2.4, §2.6). Fields are null where the file could not be read. */
export type NoteRow = {
  readonly path: string;
  readonly file: string;
  readonly loaded: boolean;
  /** the first rule that it breaks */
  readonly why: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly type: string | null;
  readonly captured: string | null;
  readonly lastSeen: string | null;
  readonly expiresAt: string | null;
  readonly confidence: string | null;
  readonly provenance: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly sources: readonly string[];
  readonly tags: readonly string[];
  readonly supersedes: readonly string[];
  readonly supersededBy: string | null;
  /** notes, pages, raw files it names in frontmatter or text, and whether they are there */
  readonly links: readonly { readonly to: string; readonly path: string | null; readonly by: string }[];
  readonly linkedFrom: readonly string[];
  readonly flags: readonly (
    | 'stale'
    | 'orphan'
    | 'expired'
    | 'archived'
    | 'superseded'
    | 'pinned'
    | 'in-prompt'
    | 'just-missed'
    | 'not-loaded'
    | 'index-differs'
    | 'wrong-section'
  )[];
  readonly versions: readonly {
    readonly path: string;
    readonly at: string | null;
    readonly hash: string | null;
    readonly bytes: number;
  }[];
  readonly tokens: number;
  readonly bytes: number;
  readonly findings: readonly FileFinding[];
};

export type IndexProblem = {
  readonly kind: 'dangling' | 'orphan' | 'duplicate' | 'wrong-section' | 'description-differs';
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
};

export type MemoryPart = {
  readonly part: 'memory';
  readonly notes: readonly NoteRow[];
  readonly indexPath: string | null;
  readonly indexProblems: readonly IndexProblem[];
  /** the exact figures of `expected.json` */
  readonly counts: {
    readonly files: number;
    readonly valid: number;
    readonly invalid: readonly string[];
    readonly badFilename: readonly string[];
    readonly pinned: number;
    readonly archived: number;
    readonly superseded: number;
    readonly stale: readonly string[];
    readonly orphans: readonly string[];
    readonly expired: readonly string[];
    readonly indexDangling: readonly string[];
  };
  readonly archives: readonly { readonly path: string; readonly files: number }[];
  readonly byMonth: readonly { readonly month: string; readonly captured: number; readonly total: number }[];
};

export type WikiPart = {
  readonly part: 'wiki';
  readonly pages: readonly NoteRow[];
  readonly indexPath: string | null;
  readonly indexProblems: readonly IndexProblem[];
  readonly raw: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly pages: readonly string[];
    readonly sourceUrl: string | null;
    readonly ingestedAt: string | null;
  }[];
};

export type JournalPart = {
  readonly part: 'journal';
  readonly entries: readonly {
    readonly path: string;
    readonly day: string | null;
    readonly bytes: number;
    readonly tokens: number;
    readonly headings: readonly string[];
    readonly first: string;
    readonly inPrompt: boolean;
  }[];
};

export type SkillsPart = {
  readonly part: 'skills';
  readonly skills: readonly {
    readonly path: string;
    readonly name: string;
    readonly kind: 'skill' | 'playbook';
    readonly description: string;
    readonly whenToUse: string | null;
    readonly loaded: boolean;
    readonly why: string | null;
    readonly tokens: number;
    readonly bodyLines: number;
    readonly findings: readonly FileFinding[];
    readonly runCapMicros: number | null;
    readonly stages: readonly {
      readonly id: string;
      readonly label: string;
      readonly gate: boolean;
      readonly model: string | null;
      readonly options: readonly string[];
    }[];
  }[];
};

export type SubGoal = {
  readonly id: string;
  readonly label: string;
  readonly status: string;
  readonly assigned: string | null;
  readonly deadline: string | null;
  readonly blockedBy: readonly string[];
  readonly completed: string | null;
  readonly gate: {
    readonly decisionId: string;
    readonly prompt: string;
    readonly options: readonly string[];
    readonly answer: string | null;
    readonly answeredBy: string | null;
    readonly disposition: string | null;
  } | null;
  readonly findings: readonly FileFinding[];
};
export type GoalsPart = {
  readonly part: 'goals';
  readonly goals: readonly {
    readonly path: string;
    readonly id: string;
    readonly kind: 'goal' | 'addressed' | 'conductor';
    readonly loaded: boolean;
    readonly why: string | null;
    readonly intent: string;
    readonly active: boolean;
    readonly priority: string | null;
    readonly created: string | null;
    readonly lastCheck: string | null;
    readonly deadline: string | null;
    readonly criteria: readonly string[];
    readonly subGoals: readonly SubGoal[];
    readonly status: string;
    readonly history: readonly {
      readonly ts: string | null;
      readonly event: string;
      readonly text: string;
      readonly line: number;
    }[];
    readonly historyPath: string | null;
    readonly badHistoryLines: number;
    readonly findings: readonly FileFinding[];
    readonly conductor: {
      readonly playbook: string | null;
      readonly capMicros: number | null;
      readonly state: string;
      readonly conflictKeys: readonly string[];
    } | null;
  }[];
  readonly archive: readonly {
    readonly path: string;
    readonly day: string | null;
    readonly intent: string;
  }[];
};

export type OutcomesPart = {
  readonly part: 'outcomes';
  readonly outcomes: readonly {
    readonly path: string;
    readonly runId: string;
    readonly description: string;
    readonly status: string;
    readonly explanation: string;
    readonly rubric: string | null;
    readonly maxIterations: number | null;
    readonly costMicros: number | null;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly findings: readonly FileFinding[];
    readonly iterations: readonly {
      readonly iteration: number;
      readonly response: string;
      readonly verdict: string;
      readonly judge: string;
      readonly costMicros: number | null;
      readonly judgeCostMicros: number | null;
      readonly latencyMs: number | null;
      readonly at: string | null;
    }[];
  }[];
};

export type EvalRow = {
  readonly path: string;
  readonly line: number;
  readonly ts: string | null;
  readonly day: string | null;
  readonly testId: string;
  readonly category: string;
  readonly verdict: 'pass' | 'fail' | 'judge_error';
  readonly score: number | null;
  readonly scores: readonly { readonly name: string; readonly value: number }[];
  readonly hardFails: readonly string[];
  readonly agentModel: string | null;
  readonly judgeModel: string | null;
  readonly justification: string;
};
export type EvalsPart = {
  readonly part: 'evals';
  readonly threshold: number | null;
  readonly weights: readonly { readonly name: string; readonly weight: number }[];
  readonly rows: readonly EvalRow[];
  readonly badLines: number;
  /** mean weighted score a day over 90 days */
  readonly trend: readonly { readonly day: string; readonly mean: number; readonly n: number }[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly trend: readonly { readonly day: string; readonly mean: number }[];
    readonly delta: number | null;
  }[];
  readonly delta30: number | null;
  readonly passRate: { readonly value: number; readonly part: number; readonly whole: number } | null;
  readonly golden: readonly {
    readonly path: string;
    readonly category: string;
    readonly lastVerdict: string | null;
  }[];
  readonly helperProvenance: {
    readonly share: number;
    readonly part: number;
    readonly whole: number;
    readonly query: string;
  } | null;
};

export type TuningPart = {
  readonly part: 'tuning';
  readonly reports: readonly {
    readonly path: string;
    /** of the bytes of the report: a decision is bound to it */
    readonly sha256: string;
    readonly title: string;
    readonly proposals: readonly {
      readonly id: string;
      readonly targetFile: string | null;
      readonly targetSection: string | null;
      readonly editType: string | null;
      readonly confidence: string | null;
      readonly reversibility: string | null;
      readonly decision: string;
      readonly notes: string;
      readonly line: number;
    }[];
  }[];
};

export type DreamsPart = {
  readonly part: 'dreams';
  readonly dreams: readonly {
    readonly path: string;
    readonly id: string;
    readonly status: string;
    readonly model: string | null;
    readonly instructions: string | null;
    readonly error: string | null;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly appliedAt: string | null;
    readonly costMicros: number | null;
    readonly reportPath: string | null;
    readonly findings: readonly FileFinding[];
    readonly consolidated: readonly string[];
    readonly promoted: readonly string[];
    readonly markedStale: readonly string[];
    /** proposed memory against the present one */
    readonly changes: readonly {
      readonly file: string;
      readonly change: 'added' | 'removed' | 'changed' | 'same';
      readonly beforePath: string | null;
      readonly afterPath: string | null;
      readonly added: number;
      readonly removed: number;
    }[];
  }[];
};

export type ConversationsPart = {
  readonly part: 'conversations';
  readonly conversations: readonly {
    readonly principal: string;
    readonly id: string;
    readonly tokens: number;
    readonly findings: readonly FileFinding[];
    readonly turns: readonly {
      readonly path: string;
      readonly role: string;
      readonly ts: string | null;
      readonly runId: string | null;
      readonly seq: number | null;
      readonly content: string;
      readonly tokens: number;
    }[];
  }[];
};

export type MandatesPart = {
  readonly part: 'mandates';
  readonly mandates: readonly {
    readonly path: string;
    readonly line: number;
    readonly id: string;
    readonly grantedBy: string | null;
    readonly grantedAt: string | null;
    readonly scope: string | null;
    readonly state: string | null;
    readonly expiresAt: string | null;
    readonly constraints: readonly Reading[];
    readonly usedBy: string;
    readonly findings: readonly FileFinding[];
  }[];
  readonly floor: boolean;
};

export type GovernancePart = {
  readonly part: 'governance';
  readonly path: string | null;
  readonly state:
    'NO_GOVERNANCE' | 'GOVERNANCE_NO_BLOCK' | 'GOVERNANCE_INVALID' | 'GOVERNANCE_INCOMPLETE' | 'VALID';
  readonly why: string;
  readonly fields: readonly Reading[];
  readonly leases: readonly {
    readonly path: string;
    readonly key: string;
    readonly runId: string | null;
    readonly state: string;
    readonly stale: boolean;
    readonly why: string;
  }[];
};

export type QueuePart = {
  readonly part: 'queue';
  readonly projects: readonly {
    readonly system: string;
    readonly project: string;
    readonly roles: readonly string[];
    readonly items: readonly {
      readonly path: string;
      readonly state: 'queued' | 'claimed' | 'done' | 'dead-letter' | 'recovered';
      readonly role: string | null;
      readonly modifiedMicros: number;
      readonly reason: string | null;
      readonly lease: string | null;
    }[];
  }[];
};

export const AGENT_PARTS = [
  'memory',
  'wiki',
  'journal',
  'skills',
  'goals',
  'outcomes',
  'evals',
  'tuning',
  'dreams',
  'conversations',
  'mandates',
  'governance',
  'queue',
] as const;
export type AgentPartName = (typeof AGENT_PARTS)[number];
/** One part of an agent. A part that a database holds is `elsewhere`: never an empty list (§13). */
export type AgentPart =
  | MemoryPart
  | WikiPart
  | JournalPart
  | SkillsPart
  | GoalsPart
  | OutcomesPart
  | EvalsPart
  | TuningPart
  | DreamsPart
  | ConversationsPart
  | MandatesPart
  | GovernancePart
  | QueuePart
  | { readonly part: 'elsewhere'; readonly of: AgentPartName; readonly where: string; readonly why: string };
