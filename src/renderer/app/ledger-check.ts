import type { ReportSummary } from '../../contract/ledger.ts';
import { formatCounted } from '../ui/format.ts';
import { api } from './engine.ts';
import { refreshLedger } from './ledgers.ts';
import { runCheck } from './run-check.ts';

/** Recomputes every hash and balance of a ledger. Goes on in the background; `stop` of its state ends it. */
export const verifyLedger = (source: string): Promise<void> =>
  runCheck(source, {
    events: (signal) => api.ledger.verify({ source }, { signal }),
    counted: 'entries',
    endWords: ({ summary }) => endWords(summary),
    refresh: () => refreshLedger(source),
  });

function endWords({ ok, errors, warnings }: ReportSummary): string {
  if (ok && warnings === 0) return 'Nothing fails to add up.';
  return `${formatCounted(errors, 'error')}, ${formatCounted(warnings, 'warning')}.`;
}
