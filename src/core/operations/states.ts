import type { OperationState } from '../../contract/operations.ts';
import type { Entry } from './journal.ts';

/** The state that the record alone gives, before undoing is looked at. */
function endOf(entry: Entry): OperationState {
  return entry.done === null ? 'pending' : entry.done.outcome;
}

/** Whether a write took effect. */
function tookEffect(state: OperationState): boolean {
  return state === 'done' || state === 'completed';
}

/**
 * The state of every entry, by id. An operation is undone when an undo of it took effect that was not itself undone;
 * only own undo lines count, so a stranger's line can't make an operation look undone.
 */
export function operationStates(entries: readonly Entry[]): Map<string, OperationState> {
  const undone = new Set<string>();
  for (const entry of entries.toReversed()) {
    const { action } = entry.begin.plan;
    if (action.kind !== 'undo' || !entry.own || !tookEffect(endOf(entry))) continue;
    if (!undone.has(entry.begin.id)) undone.add(action.operation);
  }
  return new Map(
    entries.map((entry) => {
      const state = endOf(entry);
      return [entry.begin.id, tookEffect(state) && undone.has(entry.begin.id) ? 'undone' : state];
    }),
  );
}

/** Why the record forbids undoing this operation, in words; null when it does not. */
export function undoForbidden(entry: Entry, state: OperationState): string | null {
  if (entry.altered) return 'The line of this operation was altered after it was written.';
  if (!entry.own) return 'Another installation of Vekscope recorded this operation.';
  switch (state) {
    case 'done':
    case 'completed':
      return null;
    case 'undone':
      return 'It is undone already.';
    case 'rolled-back':
      return 'It was rolled back and changed nothing.';
    case 'abandoned':
      return 'It was left half done, and others moved the same refs since.';
    case 'pending':
      return 'It is not finished.';
  }
}
