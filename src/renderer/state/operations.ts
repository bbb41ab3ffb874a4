import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { Operation } from '../../contract/operations.ts';

export type OperationsState = {
  /** newest first, as the engine gives them; null until they are read */
  readonly list: readonly Operation[] | null;
  readonly error: Failure | null;
};

type OperationsSlice = {
  readonly bySource: Readonly<Record<string, OperationsState>>;
  /** how many writes this window has made */
  readonly writes: number;
};

export const useOperationsStore = create<OperationsSlice>(() => ({ bySource: {}, writes: 0 }));

/** Counts a write of this window. */
export const countWrite = (): void => useOperationsStore.setState(({ writes }) => ({ writes: writes + 1 }));

const NONE: OperationsState = { list: null, error: null };

/** What Vekscope wrote to a source. */
export const useOperations = (source: string | null): OperationsState =>
  useOperationsStore((state) => (source === null ? NONE : (state.bySource[source] ?? NONE)));

const asUndone = (older: Operation): Operation => ({ ...older, state: 'undone' });

/** Counts a write of this window and lists it at once, so that the next key can undo it before the list is read anew. */
export const noteWrite = (source: string, operation: Operation): void =>
  useOperationsStore.setState(({ bySource, writes }) => {
    const { list, error } = bySource[source] ?? NONE;
    const undone = operation.action.kind === 'undo' ? operation.action.operation : null;
    const before = (list ?? [])
      .filter(({ id }) => id !== operation.id)
      .map((older) => (older.id === undone ? asUndone(older) : older));
    return {
      writes: writes + 1,
      bySource: { ...bySource, [source]: { list: [operation, ...before], error } },
    };
  });

/** The newest operation that can be undone now, or null. */
export const lastUndoable = (list: readonly Operation[] | null): Operation | null =>
  list?.find(
    (operation) => operation.own && operation.undoBlocked === null && operation.state !== 'undone',
  ) ?? null;
