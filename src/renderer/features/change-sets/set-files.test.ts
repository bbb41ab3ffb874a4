import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet, EditPlan, PlannedFile } from '../../../contract/edits.ts';
import { linesOf } from '../../../core/json/text-diff.ts';
import { byOwner, draftFiles, lineCounts, ownerOf, plannedFiles, sumLines } from './set-files.ts';

const planned = (path: string, before: string | null, after: string | null, more = {}): PlannedFile => ({
  path,
  kind: 'memory-note',
  before: before === null ? null : { sha256: '', text: before },
  after: after === null ? null : { sha256: '', text: after },
  writtenFor: 'person',
  why: '',
  findings: [],
  ...more,
});
const planOf = (...files: readonly PlannedFile[]): EditPlan => ({
  id: 'p',
  does: 'save',
  title: '',
  label: null,
  files,
  agents: [],
  prompts: [],
  warnings: [],
  blocked: null,
  madeAtMicros: 0,
});

describe('lines of a change', () => {
  it('count what comes and goes', () => {
    expect(lineCounts('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual({ added: 2, removed: 1 });
    expect(lineCounts('', 'a\nb')).toEqual({ added: 2, removed: 0 });
    expect(lineCounts('a\n', '')).toEqual({ added: 0, removed: 1 });
  });

  it('explain the difference of the lengths, and swap when the texts do', () => {
    const text = array(constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'd')).map((lines) => lines.join(''));
    assert(
      property(text, text, (a, b) => {
        const { added, removed } = lineCounts(a, b);
        expect(added - removed).toBe(linesOf(b).length - linesOf(a).length);
        expect(lineCounts(b, a)).toEqual({ added: removed, removed: added });
      }),
    );
  });
});

describe('files of a set', () => {
  it('of a plan: a person’s first, then what rules add; former versions are not listed', () => {
    const files = plannedFiles(
      planOf(
        planned('q/memory/INDEX.md', 'a\n', 'a\nb\n', { writtenFor: 'index' }),
        planned('q/memory/n.md', null, 'x\n'),
        planned('q/memory/.versions/n.1.md', null, 'x\n', { writtenFor: 'version' }),
        planned('q/memory/o.md', 'x\n', null),
      ),
    );
    expect(files.map(({ path, does }) => [path, does])).toEqual([
      ['q/memory/n.md', 'new'],
      ['q/memory/o.md', 'removed'],
      ['q/memory/INDEX.md', 'changed'],
    ]);
    expect(sumLines(files)).toEqual({ added: 2, removed: 1 });
  });

  it('without a plan: what moved on disk is named, also where no draft could be made', () => {
    const set: ChangeSet = {
      id: 's',
      label: 'S',
      edits: [
        { path: 'q/a.md', base: 'f'.repeat(64), text: 'a' },
        { path: 'q/b.md', base: null, text: 'b' },
        { path: 'q/c.md', base: 'f'.repeat(64), text: null },
      ],
      savedMicros: 0,
      moved: ['q/a.md'],
    };
    expect(draftFiles(set, null).map(({ does, moved, before }) => [does, moved, before])).toEqual([
      ['changed', true, undefined],
      ['new', false, null],
      ['removed', false, undefined],
    ]);
  });

  it('stand with their agents, shared ones last', () => {
    const files = plannedFiles(
      planOf(
        planned('.personas/x/SOUL.md', 'a', 'b'),
        planned('quill/tools.md', 'a', 'b'),
        planned('harbor/model.md', 'a', 'b'),
      ),
    );
    expect(byOwner(files, ['harbor', 'quill'], null).map(({ owner }) => owner)).toEqual([
      'harbor',
      'quill',
      null,
    ]);
  });

  it('know their agent by its whole name', () => {
    expect(ownerOf('quill-two/tools.md', ['quill', 'quill-two'], null)).toBe('quill-two');
    expect(ownerOf('policy.md', ['quill'], null)).toBeNull();
    expect(ownerOf('tools.md', ['quill'], 'quill')).toBe('quill');
    expect(ownerOf('../policy.md', ['quill'], 'quill')).toBeNull();
  });
});
