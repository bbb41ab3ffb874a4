import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { findingKey, type LedgerSelection } from '../../../state/ledgers.ts';

/** How many errors and warnings stand in the view before a row offers the rest. */
export const FIRST_FINDINGS = 3;

/** Errors and warnings in the order of the report, errors first (of them a damaged file), and the notices that fold into one line. */
export function splitFindings(findings: readonly LedgerFinding[]): {
  readonly problems: readonly LedgerFinding[];
  readonly notices: readonly LedgerFinding[];
} {
  const of = (severity: LedgerFinding['severity']) =>
    findings.filter((finding) => finding.severity === severity);
  const errors = of('error').toSorted((a, b) => Number(isDamage(b)) - Number(isDamage(a)));
  return { problems: [...errors, ...of('warning')], notices: of('notice') };
}

/** Notices of records that contradict each other, where only that is not sure enough for a warning. */
export const oddNotices = (findings: readonly LedgerFinding[]): number =>
  findings.filter(({ severity, kind }) => severity === 'notice' && /-differs?$/.test(kind)).length;

/** Much else may only follow from it. */
const isDamage = ({ kind }: LedgerFinding): boolean => kind === 'file-damaged';

/** What the inspector shows of a finding: its entry where that exists, else its execution, else the finding itself. */
export function selectionOf(finding: LedgerFinding): LedgerSelection {
  const { kind, seq, executionId } = finding;
  const gone = kind === 'entry-missing' || kind === 'tail-missing';
  if (seq !== null && !gone) return { kind: 'entry', seq };
  if (seq === null && executionId !== null) return { kind: 'execution', id: executionId };
  return { kind: 'finding', key: findingKey(finding) };
}

/** Whether a finding is about what is selected. */
export function isAbout(finding: LedgerFinding, selected: LedgerSelection | null): boolean {
  if (selected === null) return false;
  const own = selectionOf(finding);
  return JSON.stringify(own) === JSON.stringify(selected);
}

/** The finding after (1) or before (-1) the selected one, around the end; the first or last where none is selected. */
export function stepFinding(
  findings: readonly LedgerFinding[],
  selected: LedgerSelection | null,
  by: 1 | -1,
): LedgerFinding | null {
  if (findings.length === 0) return null;
  const at = findings.findIndex((finding) => isAbout(finding, selected));
  const next = at < 0 ? (by > 0 ? 0 : findings.length - 1) : (at + by + findings.length) % findings.length;
  return findings[next] ?? null;
}
