import type { TextPool } from '../../columns/text-pool.ts';
import type { LedgerColumns } from '../columns.ts';
import type { Masker } from '../secrets.ts';

/**
 * Whether texts of an index hold a token of the ledger's agents, or what looks like a key: an upstream's refusal may
 * repeat one. Such an index is not kept in the app folder.
 */
export function holdsSecrets({ texts, executions }: LedgerColumns, masker: Masker): boolean {
  return holds(texts, masker) || holds(executions.ids, masker);
}

function holds(pool: TextPool, masker: Masker): boolean {
  for (let id = 1; id < pool.size; id++) {
    const text = pool.text(id);
    if (text !== null && masker.text(text) !== text) return true;
  }
  return false;
}
