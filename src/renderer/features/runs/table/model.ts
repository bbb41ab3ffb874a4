import type { Result } from '../../../../contract/failure.ts';
import type { RecordRow, RecordSort, RecordWindow } from '../../../../contract/records.ts';
import { createTableModel, type TableModel } from '../../table/model.ts';
import { knownOf, withWindow, type Known } from './windows.ts';

/** What the table asks: a query and its order. */
export type Question = { readonly query: string; readonly sort: RecordSort };

/** The records of a question; the engine finds one by its id. */
export type RecordsModel = TableModel<Question, RecordRow, Known, string>;

/** How the table asks the engine. */
export type RecordsSource = {
  readonly rows: (question: Question, start: number, count: number) => Promise<Result<RecordWindow>>;
  readonly locate: (question: Question, id: string) => Promise<Result<number | null>>;
};

export const keyOf = ({ query, sort }: Question): string => `${sort}\n${query}`;

/** The records of a question, see `createTableModel`. */
export const createRecordsModel = (source: RecordsSource, first: Question): RecordsModel =>
  createTableModel(
    {
      ...source,
      keyOf,
      isSameList: (a, b) => keyOf(a) === keyOf(b),
      knownOf,
      withWindow,
      idOf: ({ id }) => id,
      placeOf: ({ id }) => id,
      placeOfId: (id) => id,
      pauseMs: 120,
      short: {
        kind: 'io',
        message: 'Some of the records could not be read.',
        hint: 'A log may have been cut while it was read. Read again.',
      },
    },
    first,
  );
