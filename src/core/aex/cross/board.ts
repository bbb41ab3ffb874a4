import type {
  LedgerFinding,
  LedgerFindingKind,
  LedgerSound,
  LedgerUnknown,
  LedgerWitness,
  Sureness,
  WitnessKind,
} from '../../../contract/ledger-report.ts';
import type { Severity } from '../../../contract/problem.ts';

/** A finding that is still being written: one record that does not fit, with all that is said about it. */
export type Draft = {
  kind: LedgerFindingKind;
  severity: Severity;
  seq: number | null;
  executionId: string | null;
  agent: string | null;
  message: string;
  expected: string | null;
  found: string | null;
  since: number | null;
  sure: Sureness;
  because: LedgerWitness[];
  range?: NonNullable<LedgerFinding['range']>;
  gone?: NonNullable<LedgerFinding['gone']>;
  was?: NonNullable<LedgerFinding['was']>;
  provedMicro?: number;
};

/** Findings that are listed, and witnesses of one. Beyond: their number. */
const MAX_FINDINGS = 3_000;
const MAX_WITNESSES = 40;
const MAX_UNKNOWN = 400;

export type Board = {
  /** One finding for a key; what comes later for the same key becomes part of it. */
  add(key: string, draft: Partial<Draft> & Pick<Draft, 'kind' | 'severity' | 'message'>): Draft;
  get(key: string): Draft | undefined;
  delete(key: string): void;
  find(wanted: (draft: Draft) => boolean): Draft | undefined;
  /** all of them, with their keys */
  keyed(): readonly (readonly [key: string, draft: Draft])[];
  unknown(what: string, message: string, agent?: string | null, seq?: number | null): void;
  sound(what: string, text: string, count: number | null): void;
  result(): {
    readonly findings: readonly LedgerFinding[];
    readonly unknown: readonly LedgerUnknown[];
    readonly sound: readonly LedgerSound[];
  };
};

export function witness(
  kind: WitnessKind,
  where: string,
  says: string,
  agrees: boolean,
  seq: number | null = null,
): LedgerWitness {
  return { witness: kind, where, says, agrees, seq };
}

export function addWitness(draft: Draft, said: LedgerWitness): void {
  if (draft.because.length >= MAX_WITNESSES) return;
  const again = draft.because.some((other) => other.where === said.where && other.says === said.says);
  if (!again) draft.because.push(said);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

export function newBoard(): Board {
  const drafts = new Map<string, Draft>();
  const beyond = new Map<Severity, number>();
  const unknown: LedgerUnknown[] = [];
  const sound: LedgerSound[] = [];
  let moreUnknown = 0;
  return {
    add: (key, given) => {
      const known = drafts.get(key);
      if (known !== undefined) {
        if (RANK[given.severity] < RANK[known.severity]) known.severity = given.severity;
        for (const said of given.because ?? []) addWitness(known, said);
        return known;
      }
      const draft: Draft = {
        seq: null,
        executionId: null,
        agent: null,
        expected: null,
        found: null,
        since: given.seq ?? null,
        sure: 'likely',
        ...given,
        because: [...(given.because ?? [])].slice(0, MAX_WITNESSES),
      };
      if (drafts.size < MAX_FINDINGS || given.severity === 'error') drafts.set(key, draft);
      if (drafts.size > MAX_FINDINGS * 2) {
        drafts.delete(key);
        beyond.set(given.severity, (beyond.get(given.severity) ?? 0) + 1);
      }
      return draft;
    },
    get: (key) => drafts.get(key),
    delete: (key) => {
      drafts.delete(key);
    },
    keyed: () => [...drafts],
    find: (wanted) => [...drafts.values()].find((draft) => wanted(draft)),
    unknown: (what, message, agent = null, seq = null) => {
      if (unknown.length < MAX_UNKNOWN) unknown.push({ what, agent, seq, message });
      else moreUnknown += 1;
    },
    sound: (what, text, count) => {
      sound.push({ what, text, count });
    },
    result: () => {
      const all = [...drafts.values()].sort(inOrder);
      const findings: LedgerFinding[] = all.slice(0, MAX_FINDINGS);
      for (const draft of all.slice(MAX_FINDINGS)) {
        beyond.set(draft.severity, (beyond.get(draft.severity) ?? 0) + 1);
      }
      for (const [severity, count] of beyond) {
        findings.push({
          kind: 'more',
          severity,
          seq: null,
          executionId: null,
          agent: null,
          message: `${count.toLocaleString('en-US')} more findings of this severity are not listed.`,
          expected: null,
          found: null,
          since: null,
          sure: 'proved',
          because: [],
        });
      }
      if (moreUnknown > 0) {
        unknown.push({
          what: 'more',
          agent: null,
          seq: null,
          message: `${moreUnknown} more matters without evidence are not listed.`,
        });
      }
      return { findings, unknown, sound };
    },
  };
}

function inOrder(a: Draft, b: Draft): number {
  const bySeverity = RANK[a.severity] - RANK[b.severity];
  return bySeverity === 0 ? (a.seq ?? Infinity) - (b.seq ?? Infinity) || 0 : bySeverity;
}
