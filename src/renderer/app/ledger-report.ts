import type { LedgerReport } from '../../contract/ledger-report.ts';
import { api } from './engine.ts';
import { useLedgerOverview } from './ledgers.ts';
import { useAnswer, type Answer } from './use-answer.ts';

/** What the last check of a ledger found; `value` null: it was not checked, or the answer is on its way. */
export function useLedgerReport(source: string): Answer<LedgerReport | null> {
  const at = useLedgerOverview(source).value?.report?.atMicros ?? null;
  return useAnswer(source, `report ${at}`, () => api.ledger.report({ source }));
}
