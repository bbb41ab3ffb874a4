import { useMemo } from 'react';
import { useLedgerReport } from '../../../app/ledger-report.ts';
import { useLedgerOverview } from '../../../app/ledgers.ts';
import { SOUND, trustOf, type Trust } from './trust.ts';

/** What the last check says of the chain; nothing where it does not count any more. */
export function useTrust(source: string): Trust {
  const summary = useLedgerOverview(source).value?.report ?? null;
  const { value } = useLedgerReport(source);
  const findings = summary === null || summary.stale ? null : (value?.findings ?? null);
  return useMemo(() => (findings === null ? SOUND : trustOf(findings)), [findings]);
}
