import type { CheckReport, CutOff, Problem, ProblemKind, Severity } from './problem.ts';

/**
 * What is wrong with a call only because of an object it uses. The object has a problem of its own, which names its
 * calls: a person sees one finding.
 */
const CONSEQUENCES: ReadonlySet<ProblemKind> = new Set([
  'input-missing',
  'input-altered',
  'input-not-blob',
  'output-missing',
  'output-altered',
  'output-not-blob',
]);

/** Whether a problem only repeats, for a call, what is wrong with an object. */
export const isConsequence = ({ kind }: Problem): boolean => CONSEQUENCES.has(kind);

/** A problem as the window lists it: `branch` is the ref on whose chain its call stands. */
export type Finding = Problem & {
  readonly branch: string | null;
  readonly tool: string | null;
  /** microseconds since 1970 of its call, where that has a readable time */
  readonly timeMicros: number | null;
};

/** How many findings of a kind there are, and how many of them are in the list. */
export type FindingKind = {
  readonly kind: ProblemKind;
  readonly severity: Severity;
  readonly count: number;
  readonly listed: number;
};

/** The most findings of one kind that a window gets; the exported evidence holds all. */
export const LISTED_FINDINGS = 2000;

/** The last full check of this session. `newCalls`: recorded since then, null where the store did not simply grow. */
export type LastCheck = Omit<CheckReport, 'problems' | 'cutOff'> & {
  readonly startedMicros: number;
  readonly endedMicros: number;
  readonly stale: boolean;
  readonly newCalls: number | null;
  /** records that were hashed and are what their names say */
  readonly verified: { readonly calls: number; readonly objects: number };
};

/** Everything that the integrity view shows of one source. */
export type Integrity = {
  readonly revision: number;
  /** null until a full check ended in this session */
  readonly check: LastCheck | null;
  readonly kinds: readonly FindingKind[];
  /** worst first */
  readonly findings: readonly Finding[];
  /** as the store is now */
  readonly cutOff: CutOff | null;
};

/** One call beside a break in the chain. */
export type ChainCall = {
  readonly hash: string;
  readonly tool: string;
  readonly timestamp: string;
};

/**
 * The chain of first parents around a call: from the newest end of its ref (`newer` calls stand between the two) down
 * to what it names as parent. `older`: how many calls stand before the parent, where that is in the store.
 */
export type Chain = {
  readonly ref: string | null;
  readonly tip: ChainCall | null;
  readonly newer: number;
  readonly call: ChainCall;
  readonly parent: { readonly hash: string; readonly present: ChainCall | null } | null;
  readonly older: number;
  /** refs whose history runs through the call: their number, and the first names */
  readonly refs: readonly string[];
  readonly refCount: number;
};

/** How an exported file is written: JSON in the canonical form, or lines for a person to read. */
export const EVIDENCE_FORMS = ['json', 'text'] as const;
export type EvidenceForm = (typeof EVIDENCE_FORMS)[number];
