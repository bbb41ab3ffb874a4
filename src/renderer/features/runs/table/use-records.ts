import { useSyncExternalStore } from 'react';
import type { RecordsModel, RecordsState } from './model.ts';

/** What a table of records shows now. */
export const useRecords = (model: RecordsModel): RecordsState =>
  useSyncExternalStore(model.subscribe, model.get);
