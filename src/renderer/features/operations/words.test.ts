import { expect, test } from 'vitest';
import type { Operation } from '../../../contract/operations.ts';
import { canUndo, changedWords, filterOperations, madeWords, undoNote } from './words.ts';

const operation = (change: Partial<Operation> = {}): Operation => ({
  id: '1',
  title: 'Tag x at 7d20be19',
  action: { kind: 'tag', name: 'x', at: null },
  refs: [{ name: 'tag/x', before: null, after: '7d'.repeat(32) }],
  head: null,
  atMicros: 0,
  state: 'done',
  undoBlocked: null,
  own: true,
  ...change,
});

test('an operation says what it changed in short', () => {
  expect(changedWords(operation())).toBe('tag/x');
  expect(changedWords(operation({ head: { before: null, after: 'ref: x\n' } }))).toBe('tag/x, HEAD');
  expect(changedWords(operation({ refs: [], head: { before: null, after: '' } }))).toBe('HEAD');
  expect(changedWords(operation({ refs: [] }))).toBe('nothing');
});

test('only what this installation wrote can be undone, and the reason stands beside', () => {
  expect(canUndo(operation())).toBe(true);
  expect(undoNote(operation())).toBeNull();
  expect(canUndo(operation({ own: false }))).toBe(false);
  expect(undoNote(operation({ own: false }))).toContain('Another installation');
  expect(undoNote(operation({ undoBlocked: 'tag/x has moved.' }))).toBe('tag/x has moved.');
  expect(undoNote(operation({ undoBlocked: 'It was undone.', state: 'undone' }))).toBeNull();
});

test('the filter looks at titles, states, refs and hashes', () => {
  const list = [operation(), operation({ id: '2', title: 'Fork y', state: 'undone', refs: [] })];
  const ids = (filter: string) => filterOperations(list, filter).map(({ id }) => id);
  expect(ids('')).toEqual(['1', '2']);
  expect(ids('UNDONE')).toEqual(['2']);
  expect(ids('7d7d')).toEqual(['1']);
  expect(ids('tag fork')).toEqual([]);
});

test('a merge says what it put into the store', () => {
  const merge = (resolved: number) =>
    operation({ action: { kind: 'merge', into: 'a', from: 'b', resolved } });
  expect(madeWords(operation())).toBeNull();
  expect(madeWords(merge(0))).toBe('It added one merge call.');
  expect(madeWords(merge(1))).toBe('It added one merge call that holds 1 settled document.');
  expect(madeWords(merge(2000))).toBe('It added one merge call that holds 2,000 settled documents.');
});
