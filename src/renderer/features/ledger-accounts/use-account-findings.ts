import { useMemo } from 'react';
import { useLedgerReport } from '../../app/ledger-report.ts';
import { useLedgerOverview } from '../../app/ledgers.ts';
import { accountFindings, type AccountFindings } from './differs.ts';

const NONE: AccountFindings = new Map();

/** What the last check found about the figures of accounts; nothing where it does not count any more. */
export function useAccountFindings(source: string): AccountFindings {
  const summary = useLedgerOverview(source).value?.report ?? null;
  const { value } = useLedgerReport(source);
  const findings = summary === null || summary.stale ? null : (value?.findings ?? null);
  return useMemo(() => (findings === null ? NONE : accountFindings(findings)), [findings]);
}
