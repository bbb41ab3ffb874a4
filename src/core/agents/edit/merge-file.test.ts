import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DocumentDecision } from '../../../contract/merge.ts';
import { valueBudget } from '../../merge-texts/unit-value.ts';
import { mergeFile } from './merge-file.ts';
import type { EditSides } from './merge-sides.ts';

const NOTE = '---\r\nname: a\r\nstatus: open\r\n---\r\nText.\r\n';
const sides = (more: Partial<EditSides>): EditSides => ({
  path: 'a/memory/n.md',
  known: true,
  base: NOTE,
  ours: NOTE,
  theirs: NOTE,
  disk: 'd'.repeat(64),
  notes: [],
  ...more,
});
const open = (more: Partial<EditSides>) => mergeFile(sides(more), valueBudget());
const decision = (more: Partial<DocumentDecision>): DocumentDecision => ({
  document: 'a/memory/n.md',
  whole: null,
  reopened: false,
  choices: [],
  ...more,
});

it('changes that fit together are an edit upon what stands on disk, with its line ends', () => {
  const merge = open({ ours: NOTE.replace('Text.', 'My text.'), theirs: NOTE.replace('open', 'closed') });
  expect(merge.document).toMatchObject({ state: 'merged', opaque: null });
  expect(merge.result(null)).toEqual({
    ok: true,
    value: {
      path: 'a/memory/n.md',
      base: 'd'.repeat(64),
      text: NOTE.replace('Text.', 'My text.').replace('open', 'closed'),
    },
  });
});

it('an open conflict is no result; a choice, lines that are typed, and a whole side are', () => {
  const merge = open({ ours: NOTE.replace('open', 'closed'), theirs: NOTE.replace('open', 'paused') });
  const unit = merge.document.units[0]!;
  expect(unit).toMatchObject({ path: 'status', taken: null, both: false, at: { ours: 2, theirs: 2 } });
  expect(merge.result(null)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  const texts = merge.texts(decision({}), 1_000_000);
  expect(texts).toMatchObject({ open: 1, origins: ['base', 'base', 'open', 'base', 'base', 'base'] });
  expect(texts.theirs!.places).toEqual([{ unit: unit.id, from: 2, to: 3 }]);
  const of = (choice: DocumentDecision['choices'][number]['choice']) =>
    merge.result(decision({ choices: [{ unit: unit.id, choice }] }));
  expect(of({ take: 'ours' })).toMatchObject({ value: { text: NOTE.replace('open', 'closed') } });
  // what stands on disk is no edit
  expect(of({ take: 'theirs' })).toEqual({ ok: true, value: null });
  expect(of({ take: 'edit', text: 'status: done' })).toMatchObject({
    value: { text: NOTE.replace('open', 'done') },
  });
  expect(of({ take: 'edit', text: null })).toMatchObject({
    value: { text: NOTE.replace('status: open\r\n', '') },
  });
  expect(merge.result(decision({ whole: 'base' }))).toMatchObject({ value: { text: NOTE } });
});

it('both of one key is said to be wrong, and is no result that can be read', () => {
  const merge = open({ ours: NOTE.replace('open', 'closed'), theirs: NOTE.replace('open', 'paused') });
  const choices = [{ unit: merge.document.units[0]!.id, choice: { take: 'both', first: 'ours' } as const }];
  expect(merge.texts(decision({ choices }), 1_000_000).problem).toContain('key would stand twice');
  expect(merge.result(decision({ choices }))).toMatchObject({ ok: false });
});

it('a file that is gone on disk, or that the edit removes, is one conflict of whole sides', () => {
  const gone = open({ ours: NOTE.replace('open', 'closed'), theirs: null, disk: null });
  expect(gone.document).toMatchObject({ state: 'conflicts', units: [] });
  expect(gone.document.opaque).toContain('removed on disk');
  expect(gone.result(null)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  expect(gone.result(decision({ whole: 'ours' }))).toMatchObject({
    value: { base: null, text: NOTE.replace('open', 'closed') },
  });
  expect(gone.result(decision({ whole: 'theirs' }))).toEqual({ ok: true, value: null });
  const removed = open({ ours: null, theirs: NOTE.replace('open', 'closed') });
  expect(removed.document.opaque).toContain('You removed this file');
  expect(removed.result(decision({ whole: 'ours' }))).toMatchObject({ value: { text: null } });
  expect(open({ ours: null, theirs: null, disk: null }).result(null)).toEqual({ ok: true, value: null });
});

it('a result that lost its sense as YAML, though nothing conflicted, is said to have', () => {
  const base = '---\nname: a\nx: &one 1\ny: 2\n---\n';
  const merge = open({
    base,
    ours: base.replace('x: &one 1\n', ''),
    theirs: `${base.replace('y: 2', 'y: *one')}`,
  });
  expect(merge.document.state).toBe('merged');
  expect(merge.notes.join(' ')).toContain('can’t be read as YAML');
  expect(merge.texts(decision({}), 1_000_000).problem).toContain('can’t be read as YAML');
});

it('a base that is not known can not be gone back to', () => {
  const merge = open({ known: false, base: null, ours: 'A\n', theirs: 'B\n' });
  expect(merge.document.units).toMatchObject([{ taken: null, base: null, kind: 'text' }]);
  expect(merge.result(decision({ whole: 'base' }))).toMatchObject({ ok: false });
  expect(merge.texts(decision({}), 1_000_000).base).toBeNull();
  const choices = [{ unit: merge.document.units[0]!.id, choice: { take: 'base' } as const }];
  expect(merge.result(decision({ choices }))).toMatchObject({ ok: false });
  expect(merge.texts(decision({ choices }), 1_000_000).problem).toContain('is not kept');
});

it('where nothing but the order of keys differs, the file stays as it is on disk', () => {
  const base = '---\na: 1\nb: 2\nc: 3\n---\n';
  const merge = open({
    base,
    ours: base.replace('a: 1\nb: 2', 'b: 2\na: 1'),
    theirs: base.replace('b: 2\nc: 3', 'c: 3\nb: 2'),
  });
  expect(merge.document).toMatchObject({ state: 'theirs', units: [], opaque: null });
  expect(merge.result(null)).toEqual({ ok: true, value: null });
});

it('what a clean merge comes to is what its result pane shows, and the sides are as they are', () => {
  const line = fc.constantFrom('a: 1', 'b: 2', 'a: 3', '- x', '# c', '', 'é “q”');
  const text = fc
    .tuple(fc.array(line, { maxLength: 5 }), fc.array(line, { maxLength: 5 }), fc.constantFrom('\n', '\r\n'))
    .map(([head, body, end]) => ['---', ...head, '---', ...body].map((one) => one + end).join(''));
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      const merge = open({ base, ours, theirs });
      const texts = merge.texts(decision({}), 1_000_000);
      expect([texts.base?.text, texts.ours?.text, texts.theirs?.text]).toEqual([base, ours, theirs]);
      const lines = texts.result.text.split('\n').length;
      expect(texts.origins).toHaveLength(lines);
      const made = merge.result(null);
      expect(made.ok).toBe(texts.open === 0);
      if (made.ok) expect(made.value?.text ?? theirs).toBe(texts.result.text);
    }),
    { numRuns: 300 },
  );
});
