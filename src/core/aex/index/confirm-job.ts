import type { JobHandler } from '../../jobs/serve-jobs.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { allFit } from './grown.ts';
import { fromPlainIndex, type PlainIndex } from './transfer.ts';

export type ConfirmInput = { readonly paths: LedgerPaths; readonly plain: PlainIndex };

/** Compares every entry of an index with the store; false: one of them is another one, or is gone. */
export const confirmJob: JobHandler<ConfirmInput, boolean, never> = ({ paths, plain }) =>
  lookAtLedger(paths, (s) => allFit(s, fromPlainIndex(plain)));
