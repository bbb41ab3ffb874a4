import { describe, expect, it } from 'vitest';
import { toldMerge, type MergeCase } from '../../../test/support/merge-told.ts';
import { mergeText } from './merge.ts';
import { resolve } from './resolve.ts';

const s = (text: string): string => JSON.stringify(text);

describe('texts', () => {
  it.each<MergeCase>([
    [
      'different lines',
      s('a\nb\nc\n'),
      s('A\nb\nc\n'),
      s('a\nb\nC\n'),
      s('A\nb\nC\n'),
      ['/ modify ours', '/ modify theirs'],
    ],
    ['touching lines', s('a\nb\n'), s('A\nb\n'), s('a\nB\n'), s('A\nb\n'), ['/ text!']],
    [
      'no line break at the end',
      s('a\nb\nc'),
      s('A\nb\nc'),
      s('a\nb\nC'),
      s('A\nb\nC'),
      ['/ modify ours', '/ modify theirs'],
    ],
    ['appended by both without one', s('a\nb'), s('a\nb\nc'), s('a\nb\nd'), s('a\nb\nc'), ['/ text!']],
    [
      'a line break at the end is added by one',
      s('x\ny\na'),
      s('x\ny\na\n'),
      s('X\ny\na'),
      s('X\ny\na\n'),
      ['/ modify theirs', '/ modify ours'],
    ],
    [
      'CRLF stays',
      s('a\r\nb\r\nc\r\n'),
      s('A\r\nb\r\nc\r\n'),
      s('a\r\nb\r\nC\r\n'),
      s('A\r\nb\r\nC\r\n'),
      ['/ modify ours', '/ modify theirs'],
    ],
    [
      'a change of line breaks is a change',
      s('a\r\nb\r\n'),
      s('a\nb\n'),
      s('a\r\nb\r\n'),
      s('a\nb\n'),
      ['/ modify ours'],
    ],
    ['from nothing', s(''), s('a\n'), s('b\n'), s('a\n'), ['/ text!']],
    ['to nothing', s('a\nb\n'), s(''), s('a\nb\n'), s(''), ['/ delete ours']],
    ['one line to several', s('one'), s('one\ntwo'), s('one'), s('one\ntwo'), ['/ modify ours']],
    ['texts of one line are one value', s('a b c'), s('A b c'), s('a b C'), s('A b c'), ['/ modify/modify!']],
    ['a text that became something else', s('a\nb\n'), s('a\nB\n'), '5', s('a\nB\n'), ['/ type!']],
    [
      'a text and a longer one that were added',
      '{}',
      `{"t":${s('a\n')}}`,
      `{"t":${s('a\nb\n')}}`,
      `{"t":${s('a\n')}}`,
      ['/t add/add!'],
    ],
    [
      'half characters are told apart',
      '"\\ud800\\n"',
      '"\\ud801\\n"',
      '"\\ud800\\n"',
      '!{"kind":"string","value":"\\ud801\\n"}',
      ['/ modify ours'],
    ],
  ])('%s', (_, base, ours, theirs, result, units) => {
    expect(toldMerge(base, ours, theirs)).toEqual({ result, units });
  });

  it('of files without a line break merge by line too', () => {
    expect(mergeText('a', 'b', 'c').units).toMatchObject([
      { id: '#0', what: 'lines', kind: 'text', taken: null },
    ]);
    expect(resolve(mergeText('a', 'b', 'a')).value).toEqual({ kind: 'string', value: 'b' });
    expect(mergeText('', '', '').units).toEqual([]);
  });
});
