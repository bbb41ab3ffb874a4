import type { Failure } from '../../contract/failure.ts';
import type { ReportSummary } from '../../contract/ledger.ts';
import { setCheck, useCheckStore } from '../state/check.ts';
import { announce } from '../ui/announce.ts';
import { formatCount, formatCounted } from '../ui/format.ts';
import { transportFailure } from './client.ts';
import { api } from './engine.ts';
import { refreshLedger } from './ledgers.ts';

/** How far a check must have come since the last words to a screen reader, as a part of the whole. */
const SAID_EVERY = 0.25;

/** Recomputes every hash and balance of a ledger. Goes on in the background; `stop` of its state ends it. */
export async function verifyLedger(source: string): Promise<void> {
  if ((useCheckStore.getState().bySource[source]?.running ?? null) !== null) return;
  const abort = new AbortController();
  const stop = () => abort.abort();
  const sinceMs = Date.now();
  let at = { done: 0, total: 0 };
  let said = 0;
  setCheck(source, { running: { ...at, sinceMs, stop }, cancelled: null, error: null });
  try {
    for await (const event of await api.ledger.verify({ source }, { signal: abort.signal })) {
      if (event.type === 'progress') {
        at = { done: event.done, total: event.total };
        setCheck(source, { running: { ...at, sinceMs, stop } });
        if (at.done >= said + at.total * SAID_EVERY && at.done < at.total) {
          said = at.done;
          announce(`${formatCount(at.done)} of ${formatCount(at.total)} entries checked.`);
        }
      } else if (event.type === 'done') announce(`Check finished. ${endWords(event.summary)}`);
      else if (event.error.kind !== 'cancelled') fail(source, event.error);
    }
  } catch (error) {
    if (!abort.signal.aborted) fail(source, transportFailure(error));
  }
  if (abort.signal.aborted) {
    setCheck(source, { cancelled: at });
    announce('Check cancelled.');
  }
  await refreshLedger(source);
  setCheck(source, { running: null });
}

function fail(source: string, error: Failure): void {
  setCheck(source, { error });
  announce(`The check could not finish. ${error.message} ${error.hint}`.trim());
}

function endWords({ ok, errors, warnings }: ReportSummary): string {
  if (ok && warnings === 0) return 'Nothing fails to add up.';
  return `${formatCounted(errors, 'error')}, ${formatCounted(warnings, 'warning')}.`;
}
