import type { LedgerReport } from '../../contract/ledger-report.ts';
import type { Problem } from '../../contract/problem.ts';
import type { LedgerBrief } from './brief.ts';

/** The most findings that stand in the list of problems; the ledger's own report has them all. */
const LISTED = 200;

/** What is wrong with a ledger, for the list of all problems: damage, and what the last check found. Notices are not. */
export function problemsOf(
  report: LedgerReport | null,
  stale: boolean,
  brief: LedgerBrief | null,
): readonly Problem[] {
  const damage = (brief?.damage ?? []).map((message): Problem => ({
    kind: 'damaged-file',
    severity: 'error',
    hash: null,
    ref: null,
    message,
  }));
  if (report === null || stale) return damage;
  const found = report.findings.filter(({ severity }) => severity !== 'notice');
  const listed = found.slice(0, LISTED).map(({ severity, seq, message }): Problem => ({
    kind: 'ledger-finding',
    severity,
    hash: null,
    ref: null,
    message,
    facts: seq === null ? {} : { row: seq },
  }));
  if (found.length > LISTED) {
    listed.push({
      kind: 'more',
      severity: 'warning',
      hash: null,
      ref: null,
      message: `${(found.length - LISTED).toLocaleString('en-US')} more findings stand in the report of the check.`,
    });
  }
  return [...damage, ...listed];
}
