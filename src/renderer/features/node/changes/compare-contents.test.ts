import { describe, expect, test } from 'vitest';
import type { CallsBefore, Content, NodeLink } from '../../../../contract/vek.ts';
import { compareContents, countChanges, UNASKED_BYTES } from './compare-contents.ts';
import { chosen } from './choice.ts';

let made = 0;
const content = (part: Partial<Content>): Content => {
  made += 1;
  return { hash: `h${made}`, bytes: 10, form: 'json', text: '{}', cut: false, notes: [], ...part };
};

const link = (hash: string, present = true) => ({ hash, present }) as NodeLink;

const before = (part: Partial<CallsBefore>): CallsBefore => ({
  parent: link('p'),
  sameTool: link('t'),
  sameDocument: link('d'),
  document: null,
  searched: 0,
  unsearched: false,
  ...part,
});

describe('two contents', () => {
  test('with one hash are the same, whatever they are', () => {
    expect(compareContents(content({ hash: 'a' }), content({ hash: 'a', form: 'missing' }), false)).toEqual({
      state: 'same',
    });
  });

  test('of JSON are compared by value', () => {
    const changes = compareContents(content({ text: '{"rev":7}' }), content({ text: '{"rev":8}' }), false);
    expect(changes).toMatchObject({ state: 'changed', edits: [{ op: 'change', pointer: '/rev' }] });
    expect(compareContents(content({ text: '{"a":1}' }), content({ text: '{ "a": 1 }' }), false)).toEqual({
      state: 'rewritten',
    });
  });

  test('of which one is no JSON are compared as texts', () => {
    const changes = compareContents(
      content({ form: 'text', text: 'one two three' }),
      content({ form: 'json', text: '"one two four"' }),
      false,
    );
    expect(changes).toMatchObject({ state: 'changed', edits: [{ op: 'change', pointer: '' }] });
  });

  test.each([
    ['missing', /missing from the store/],
    ['unreadable', /can’t be read/],
    ['hex', /bytes without a text/],
  ] as const)('of which one is %s are never called equal', (form, words) => {
    for (const pair of [
      [content({ form }), content({})],
      [content({}), content({ form })],
    ] as const) {
      const changes = compareContents(...pair, false);
      expect(changes.state === 'impossible' ? changes.why : '').toMatch(words);
      expect(countChanges([changes])).toBeNull();
    }
  });

  test('that are large are compared only when asked', () => {
    const [a, b] = [content({ bytes: UNASKED_BYTES }), content({ text: '[1]' })];
    expect(compareContents(a, b, false)).toEqual({ state: 'large', bytes: UNASKED_BYTES + 10 });
    expect(compareContents(a, b, true)).toMatchObject({ state: 'changed' });
  });

  test('that are not here to their end are not compared by their beginning', () => {
    const cut = content({ cut: true });
    expect(compareContents(cut, content({}), false).state).toBe('large');
    expect(compareContents(cut, content({}), true).state).toBe('impossible');
  });
});

describe('the call to compare with', () => {
  const marked = { source: 's', hash: 'm', tool: '' };

  test('is the closest in kind unless a person chose another', () => {
    expect(chosen(before({}), null, null)).toEqual({ choice: 'document', target: 'd' });
    expect(chosen(before({ sameDocument: null }), null, null)).toEqual({ choice: 'tool', target: 't' });
    expect(chosen(before({ sameDocument: null, sameTool: null }), null, null)).toEqual({
      choice: 'parent',
      target: 'p',
    });
    expect(chosen(before({}), 'parent', marked)).toEqual({ choice: 'parent', target: 'p' });
    expect(chosen(before({}), 'marked', marked)).toEqual({ choice: 'marked', target: 'm' });
  });

  test('falls back where what was chosen is not there', () => {
    expect(chosen(before({}), 'marked', null)).toEqual({ choice: 'document', target: 'd' });
    const nothing = before({ parent: link('p', false), sameTool: null, sameDocument: null });
    expect(chosen(nothing, 'tool', null)).toEqual({ choice: null, target: null });
    expect(chosen(null, 'marked', marked)).toEqual({ choice: 'marked', target: 'm' });
  });
});
