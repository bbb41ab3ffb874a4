import { expect, test } from 'vitest';
import type { Operation } from '../../contract/operations.ts';
import { lastUndoable, noteWrite, useOperationsStore } from './operations.ts';

const operation = (id: string, action: Operation['action']): Operation => ({
  id,
  title: id,
  action,
  refs: [],
  head: null,
  atMicros: 0,
  state: 'done',
  undoBlocked: null,
  own: true,
});
const listOf = () => useOperationsStore.getState().bySource['s']?.list ?? null;

test('a write can be undone before the list is read anew, and its undo gives way to the one before', () => {
  noteWrite('s', operation('fork', { kind: 'fork', at: 'h', name: 'a', head: false }));
  expect(lastUndoable(listOf())?.id).toBe('fork');
  noteWrite('s', operation('tag', { kind: 'tag', name: 't', at: 'h' }));
  expect(lastUndoable(listOf())?.id).toBe('tag');
  noteWrite('s', { ...operation('undo', { kind: 'undo', operation: 'tag' }), undoBlocked: 'is an undo' });
  expect(lastUndoable(listOf())?.id).toBe('fork');
  expect(useOperationsStore.getState().writes).toBe(3);
});
