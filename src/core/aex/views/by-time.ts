import type { LedgerSort } from '../../../contract/ledger.ts';

/** Whether lines stand in the order of entries, so that days and gaps have a place among them. */
export const isByTime = (sort: LedgerSort): boolean => sort === 'newest' || sort === 'oldest';
