import { expect, it } from 'vitest';
import type { Edit } from '../../../contract/edits.ts';
import { lastUndoableEdit } from '../../state/edits.ts';
import { canUndoEdit, didWords, editedWords, filterEdits, undoEditNote } from './edit-words.ts';

const file = (path: string, writtenFor: Edit['files'][number]['writtenFor'] = 'person') => ({
  path,
  before: 'a',
  after: 'b',
  writtenFor,
});
const edit = (id: string, more: Partial<Edit> = {}): Edit => ({
  id,
  does: 'save',
  title: `Save ${id}`,
  label: null,
  atMicros: 0,
  from: 'window',
  files: [file(`quill/${id}.md`)],
  state: 'done',
  undoBlocked: null,
  ...more,
});

it('names the one file that a person wrote, else how many', () => {
  expect(editedWords(edit('a', { files: [file('q/memory/n.md'), file('q/memory/INDEX.md', 'index')] }))).toBe(
    'q/memory/n.md',
  );
  expect(editedWords(edit('a', { files: [file('x'), file('y')] }))).toBe('2 files');
  expect(editedWords(edit('a', { files: [file('x', 'index')] }))).toBe('1 file');
});

it('says what became of each file, and why', () => {
  expect(didWords({ ...file('x'), before: null })).toBe('made');
  expect(didWords({ ...file('x'), after: null })).toBe('removed');
  expect(didWords(file('x', 'index'))).toBe('changed by a rule of the format');
});

it('undoes the newest write that can be undone', () => {
  const blocked = edit('b', { undoBlocked: 'It changed since.' });
  const undone = edit('c', { state: 'undone' });
  expect(lastUndoableEdit([undone, blocked, edit('a')])?.id).toBe('a');
  expect(lastUndoableEdit([undone, blocked])).toBeNull();
  expect(lastUndoableEdit(null)).toBeNull();
  expect([canUndoEdit(blocked), undoEditNote(blocked)]).toEqual([false, 'It changed since.']);
  expect([canUndoEdit(undone), undoEditNote(undone)]).toEqual([false, null]);
});

it('finds writes by words of title, label, state and path', () => {
  const list = [edit('soul', { label: 'Warmer greeting' }), edit('tools', { state: 'undone' })];
  const ids = (filter: string) => filterEdits(list, filter).map(({ id }) => id);
  expect(ids('warmer')).toEqual(['soul']);
  expect(ids('undone')).toEqual(['tools']);
  expect(ids('quill/ save')).toEqual(['soul', 'tools']);
  expect(ids('nothing such')).toEqual([]);
});
