import { useMemo } from 'react';
import { useLedgerReport } from '../../../app/ledger-report.ts';
import { useLedgerOverview } from '../../../app/ledgers.ts';
import { wrongCells, type Wrong } from './wrong.ts';

const NONE: Wrong = new Map();

/** By entry: what of it the last check found to be wrong; nothing where that does not count any more. */
export function useWrong(source: string): Wrong {
  const summary = useLedgerOverview(source).value?.report ?? null;
  const { value } = useLedgerReport(source);
  const findings = summary === null || summary.stale ? null : (value?.findings ?? null);
  return useMemo(() => (findings === null ? NONE : wrongCells(findings)), [findings]);
}
