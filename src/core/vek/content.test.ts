import { describe, expect, it } from 'vitest';
import { objectContent } from './content.ts';
import type { StoredObject } from './store.ts';

function stored(content: string | Uint8Array, keep?: number): StoredObject {
  const all = Buffer.from(content);
  const bytes = keep === undefined ? all : all.subarray(0, keep);
  return { hash: 'h', bytes, size: all.length, cut: bytes.length < all.length, storage: 'blob' };
}

function notesOf(content: string | Uint8Array): string {
  return objectContent(stored(content), 1_000_000).notes.join(' ');
}

describe('content for reading', () => {
  it('canonical JSON is pretty and has no notes; numbers keep their text', () => {
    const content = objectContent(stored('{"a":1.0,"b":[NaN,10000000000000000000001],"c":null}'), 1000);
    expect(content).toEqual({
      hash: 'h',
      bytes: 52,
      form: 'json',
      text: '{\n  "a": 1.0,\n  "b": [\n    NaN,\n    10000000000000000000001\n  ],\n  "c": null\n}',
      cut: false,
      notes: [],
    });
  });

  it.each([
    ['{"b":1,"a":2}', 'Not in the canonical form'],
    ['{"a": 1}', 'Not in the canonical form'],
    ['[1E5]', 'Not in the canonical form'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'The key “c” stands more than once'],
    ['\ufeff{"a":1}', 'byte order mark'],
    [Buffer.from('"hi"', 'utf16le'), 'UTF-16LE'],
    ['"\\ud83d"', 'Has no canonical form'],
    [`[${'9'.repeat(4301)}]`, 'Has no canonical form'],
    ['hello', 'Not JSON: '],
    ['[1,]', 'line 1, column 4'],
    ['', 'has no bytes'],
  ])('%j has a note', (content, note) => {
    expect(notesOf(content)).toContain(note);
  });

  it('null and nothing are told apart', () => {
    expect(objectContent(stored('null'), 100)).toMatchObject({ form: 'json', text: 'null', notes: [] });
    expect(objectContent(stored(''), 100)).toMatchObject({ form: 'empty', text: '' });
  });

  it('text that is not JSON is text, other bytes are a dump', () => {
    expect(objectContent(stored('naïve\n\u001b[31mred'), 100)).toMatchObject({
      form: 'text',
      text: 'naïve\n\u001b[31mred',
    });
    const dump = objectContent(stored(Buffer.from([0, 1, 0x41, 0xff])), 100);
    expect(dump).toMatchObject({ form: 'hex', cut: false });
    expect(dump.text).toBe(`00000000  00 01 41 ff${' '.repeat(36)}  ··A·`);
    expect(objectContent(stored(Buffer.alloc(1000, 0xff)), 100)).toMatchObject({
      form: 'hex',
      cut: true,
      bytes: 1000,
    });
  });

  it('nesting beyond the limit is shown as it is stored', () => {
    const deep = '['.repeat(3000) + ']'.repeat(3000);
    expect(objectContent(stored(deep), 10_000)).toMatchObject({ form: 'text', text: deep });
  });

  it('the beginning of a long document shows no ends that it does not have', () => {
    const long = `{"a":[1,2,{"text":"${'x'.repeat(500)}"}]}`;
    const content = objectContent(stored(long, 60), 60);
    expect(content).toMatchObject({ form: 'json', cut: true, bytes: long.length });
    expect(content.text.endsWith('x')).toBe(true);
    expect(content.text).toContain('"text": "xxx');
  });

  it('a document that grows by indenting is cut, and says so', () => {
    const wide = `[${'[[[[[[1]]]]]],'.repeat(200)}0]`;
    const content = objectContent(stored(wide), wide.length);
    expect(content.cut).toBe(true);
    expect(content.text.length).toBeLessThanOrEqual(wide.length * 4);
  });
});
