import { useSyncExternalStore } from 'react';
import type { Known, TableModel, TableState } from './model.ts';

/** What a table shows now. */
export const useTable = <Question, Row, Shown extends Known<Row>, Place>(
  model: TableModel<Question, Row, Shown, Place>,
): TableState<Question, Row, Shown> => useSyncExternalStore(model.subscribe, model.get);
