import type { Result } from '../../../../contract/failure.ts';
import type { LedgerLine, LedgerView, LedgerWindow } from '../../../../contract/ledger.ts';
import { createTableModel, type TableModel } from '../../table/model.ts';
import { knownOf, lineId, seqOfId, seqOfLine, withWindow, type Known } from './windows.ts';

/** The lines of a statement, selected by `lineId`; the engine finds one by the number of its entry. */
export type StatementModel = TableModel<LedgerView, LedgerLine, Known, number>;

/** How the statement asks the engine. */
export type StatementSource = {
  readonly rows: (view: LedgerView, start: number, count: number) => Promise<Result<LedgerWindow>>;
  readonly locate: (view: LedgerView, seq: number) => Promise<Result<number | null>>;
};

export const keyOfView = (view: LedgerView): string => JSON.stringify(view);

/** The lines of a statement, see `createTableModel`. Folding or unfolding a group moves only what is below it. */
export const createStatementModel = (source: StatementSource, first: LedgerView): StatementModel =>
  createTableModel(
    {
      ...source,
      keyOf: keyOfView,
      isSameList: (a, b) => keyOfView({ ...a, open: [] }) === keyOfView({ ...b, open: [] }),
      knownOf,
      withWindow,
      idOf: lineId,
      placeOf: seqOfLine,
      placeOfId: seqOfId,
      pauseMs: 80,
      short: {
        kind: 'io',
        message: 'Some of the entries could not be read.',
        hint: 'The ledger may have changed while it was read. Read again.',
      },
    },
    first,
  );
