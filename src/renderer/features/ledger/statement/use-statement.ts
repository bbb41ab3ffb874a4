import { useSyncExternalStore } from 'react';
import type { StatementModel, StatementState } from './model.ts';

/** What a statement shows now. */
export const useStatement = (model: StatementModel): StatementState =>
  useSyncExternalStore(model.subscribe, model.get);
