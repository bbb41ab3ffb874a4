import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadLines } from './payload-lines.ts';

const shown = (payload: string) =>
  payloadLines(payload, null)
    .lines.map(({ pieces }) => pieces.map(({ text }) => text).join(''))
    .join('\n');

describe('a payload as lines', () => {
  it('keeps numbers as they are stored and tells keys from values', () => {
    const { lines } = payloadLines('{"cost_micro":1.0,"model":"a\\"b","x":null}', null);
    expect(lines.map(({ pieces }) => pieces.map(({ text }) => text).join(''))).toEqual([
      '{',
      '  "cost_micro": 1.0,',
      '  "model": "a\\"b",',
      '  "x": null',
      '}',
    ]);
    expect(lines[1]?.pieces.filter(({ kind }) => kind !== 'plain').map(({ kind }) => kind)).toEqual([
      'key',
      'punct',
      'num',
      'punct',
    ]);
  });

  it('marks the lines that another text was proved for', () => {
    const { lines } = payloadLines('{"a":1,"b":2}', '{"a":1,"b":3}');
    expect(lines.map(({ changed }) => changed)).toEqual([false, false, true, false]);
  });

  it('loses nothing of any text, JSON or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const line = text.replaceAll(/[\n\r\u2028\u2029]/g, ' ');
        fc.pre(payloadLines(line, null).lines.length === 1);
        expect(shown(`x${line}`)).toBe(`x${line}`);
      }),
    );
  });

  it('shows a huge payload in part and says how much more there is', () => {
    const many = `[${Array.from({ length: 5000 }, (_, at) => at).join(',')}]`;
    expect(payloadLines(many, null).more).toBe(5002 - 200);
  });
});
