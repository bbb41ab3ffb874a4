import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsed, threeVersions } from '../../../test/support/three-versions.ts';
import { prettyJson, pythonJsonDumps, stringifyJson } from '../json/pretty.ts';
import type { JsonNode } from '../json/tree.ts';
import { mergeFiles, type FileMerge } from './file.ts';
import { mergeJson } from './merge.ts';
import { sameValue } from './merge-same.ts';
import { resolve } from './resolve.ts';
import { takeAll } from './choices.ts';

type Write = (node: JsonNode) => string;

/** Ways in which the same value may be written. */
const styles: readonly Write[] = [
  (node) => `${prettyJson(node).text}\n`,
  (node) => prettyJson(node, { indent: 4 }).text,
  (node) => stringifyJson(node),
  (node) => `\ufeff${prettyJson(node, { indent: 1 }).text.replaceAll('\n', '\r\n')}\r\n`,
  (node) => prettyJson(node).text.replaceAll(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  (node) => pythonJsonDumps(node, { separators: [', ', ' : '] }),
];
const style = fc.constantFrom(...styles);

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function merged(base: string, ours: string, theirs: string): FileMerge {
  const result = mergeFiles({ base: bytesOf(base), ours: bytesOf(ours), theirs: bytesOf(theirs) });
  if (!result.ok) throw new Error(result.problem.message);
  return result.merge;
}

function textOfMerged(base: string, ours: string, theirs: string): string {
  const { bytes, report } = merged(base, ours, theirs);
  if (bytes === null) throw new Error(`conflicts: ${report.conflicts.map(({ path }) => path).join(' ')}`);
  return textOf(bytes);
}

const valueIn = (text: string): JsonNode => parsed(text.replace(/^\ufeff/, ''));

/** A document in a style of its own. */
function tabbed(values: readonly string[]): string {
  return [
    '{',
    `\t"a": ${values[0]},`,
    `\t"b": [${values[1]}, ${values[2]}],`,
    `\t"c": {`,
    `\t\t"d" :${values[3]},`,
    `\t\t"e": {"f": ${values[4]}}`,
    `\t},`,
    `\t"g": [ [${values[5]}],`,
    `\t   ${values[6]}]`,
    '}',
  ].join('\n');
}

/** Values within values, some two thousand levels deep. */
function deep(value: string): string {
  return `${'[{"a":'.repeat(999)}${value}${'}]'.repeat(999)}`;
}

describe('merging files', () => {
  it('gives the value that the merge of their values is', () => {
    fc.assert(
      fc.property(threeVersions, style, style, style, ({ base, ours, theirs }, b, o, t) => {
        const files = merged(b(base), o(ours), t(theirs));
        const values = resolve(mergeJson(valueIn(b(base)), valueIn(o(ours)), valueIn(t(theirs))));
        if (values.open.length > 0) expect(files.bytes).toBeNull();
        else expect(sameValue(valueIn(textOf(files.bytes!)), values.value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('with nothing changed in theirs gives ours to the byte, however theirs is written', () => {
    fc.assert(
      fc.property(threeVersions, style, style, style, ({ base, ours }, b, o, t) => {
        expect(textOfMerged(b(base), o(ours), t(base))).toBe(o(ours));
      }),
    );
  });

  it('with nothing changed in ours gives the value of theirs', () => {
    fc.assert(
      fc.property(threeVersions, style, style, style, ({ base, theirs }, b, o, t) => {
        const text = textOfMerged(b(base), o(base), t(theirs));
        expect(sameValue(valueIn(text), valueIn(t(theirs)))).toBe(true);
      }),
    );
  });

  it('with ours the base to the byte gives theirs to the byte', () => {
    fc.assert(
      fc.property(threeVersions, style, style, ({ base, theirs }, b, t) => {
        const changed = !sameValue(valueIn(b(base)), valueIn(t(theirs)));
        expect(textOfMerged(b(base), b(base), t(theirs))).toBe(changed ? t(theirs) : b(base));
      }),
    );
  });

  it('of one style with changed scalars gives what the other file looks like', () => {
    const changed = fc.array(fc.constantFrom('"x"', '2', '1.50', 'null', '"\\u00e9"'), {
      minLength: 7,
      maxLength: 7,
    });
    const base = ['1', '1', '1', '1', '1', '1', '1'];
    fc.assert(
      fc.property(changed, style, (theirs, b) => {
        expect(textOfMerged(b(valueIn(tabbed(base))), tabbed(base), tabbed(theirs))).toBe(tabbed(theirs));
      }),
    );
  });

  it('leaves every line of ours alone that theirs has nothing to do with', () => {
    const rows = Array.from({ length: 30 }, (_, i) => i);
    fc.assert(
      fc.property(fc.subarray(rows), fc.subarray(rows), (mine, other) => {
        const file = (odd: readonly number[], value: string): string =>
          `{\r\n${rows.map((i) => `   "${i}" :  ${odd.includes(i) ? value : `${i}.0`}`).join(',\r\n')}\r\n}`;
        const theirs = other.filter((i) => !mine.includes(i));
        const both = rows
          .map(
            (i) => `   "${i}" :  ${mine.includes(i) ? '"ours"' : theirs.includes(i) ? '"theirs"' : `${i}.0`}`,
          )
          .join(',\r\n');
        const plain = JSON.stringify(Object.fromEntries(rows.map((i) => [i, i])));
        const base = plain.replaceAll(/:(\d+)/g, ':$1.0');
        expect(textOfMerged(base, file(mine, '"ours"'), file(theirs, '"theirs"'))).toBe(`{\r\n${both}\r\n}`);
      }),
    );
  });

  it('keeps the lines of a text as the file that they come from escapes them', () => {
    const base = '{"t":"one\\ntwo\\nthree\\nfour"}';
    const ours = '{ "t": "\\u006fne\\nTWO\\u000Athree\\nfour" }\n';
    const theirs = '{"t":"one\\ntwo\\nthree\\nf\\u00f6ur"}';
    expect(textOfMerged(base, ours, theirs)).toBe('{ "t": "\\u006fne\\nTWO\\u000Athree\\nf\\u00f6ur" }\n');
  });

  it('adds what both add, ours first', () => {
    const base = '{\n  "a": 1\n}\n';
    const ours = '{\n  "a": 1,\n  "ours": [1]\n}\n';
    const theirs = '{\n  "a": 1,\n  "theirs": { "x": 1e2 }\n}\n';
    expect(textOfMerged(base, ours, theirs)).toBe(
      '{\n  "a": 1,\n  "ours": [1],\n  "theirs": { "x": 1e2 }\n}\n',
    );
  });

  it('merges files that both sides added', () => {
    expect(textOfMerged('', '{"a": 1}\n', '{"b":2}')).toBe('{"a": 1, "b": 2}\n');
    expect(merged(' \n', '{"a":1}', '{"a":2}').report.conflicts).toMatchObject([
      { path: '/a', kind: 'add/add' },
    ]);
  });

  it('says which file is no JSON', () => {
    const bad = mergeFiles({ base: bytesOf('1'), ours: bytesOf('{\n "a": }'), theirs: bytesOf('') });
    expect(bad).toEqual({
      ok: false,
      problem: {
        side: 'ours',
        kind: 'unreadable',
        message: 'There is “}” where a value should be (line 2, column 7)',
      },
    });
    expect(mergeFiles({ base: bytesOf('1'), ours: bytesOf('1'), theirs: bytesOf('') })).toMatchObject({
      problem: { side: 'theirs' },
    });
  });

  it('is not stopped by nesting', () => {
    expect(textOfMerged(deep('1'), deep('1').replaceAll(':', ': '), deep('2'))).toBe(
      deep('2').replaceAll(':', ': '),
    );
    expect(merged(deep('1'), deep('2'), deep('3')).report.conflicts).toHaveLength(1);
    expect(textOf(merged(deep('1'), deep('2'), deep('3')).marked({ ours: 'a', theirs: 'b' }))).toContain(
      '=======',
    );
  });
});

describe('conflict markers', () => {
  const names = { ours: 'main', theirs: 'topic' };
  const hunks = /<{7} main\r?\n([^]*?)={7}\r?\n([^]*?)>{7} topic(?:\r?\n|$)/g;

  it('hold either side whole', () => {
    fc.assert(
      fc.property(threeVersions, style, style, style, ({ base, ours, theirs }, b, o, t) => {
        const files = merged(b(base), o(ours), t(theirs));
        if (files.report.conflicts.length === 0) return;
        const text = textOf(files.marked(names));
        const merge = mergeJson(valueIn(b(base)), valueIn(o(ours)), valueIn(t(theirs)));
        for (const side of ['ours', 'theirs'] as const) {
          const { value } = resolve(merge, takeAll(side));
          const taken = text.replaceAll(hunks, side === 'ours' ? '$1' : '$2');
          if (value !== undefined) expect(sameValue(valueIn(taken), value), taken).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('can be resolved one by one, and what is left is JSON', () => {
    fc.assert(
      fc.property(threeVersions, style, fc.array(fc.boolean()), ({ base, ours, theirs }, w, sides) => {
        const files = merged(w(base), w(ours), w(theirs));
        if (files.report.conflicts.length === 0) return;
        let i = 0;
        const text = textOf(files.marked(names)).replaceAll(hunks, (_, a: string, b: string) =>
          sides[i++ % Math.max(1, sides.length)] === true ? a : b,
        );
        valueIn(text);
      }),
      { numRuns: 500 },
    );
  });

  it('stand around the lines in conflict only', () => {
    const base = '{\n  "a": 1,\n  "b": 1,\n  "c": 1\n}\n';
    const ours = '{\n  "a": 2,\n  "b": 1,\n  "c": 1\n}\n';
    const theirs = '{\n  "a": 3,\n  "b": 1,\n  "c": 4\n}\n';
    expect(textOf(merged(base, ours, theirs).marked(names))).toBe(
      '{\n<<<<<<< main\n  "a": 2,\n=======\n  "a": 3,\n>>>>>>> topic\n  "b": 1,\n  "c": 4\n}\n',
    );
  });

  it('take what one side deleted as a whole', () => {
    const base = '{\n  "a": 1,\n  "b": 1\n}';
    expect(textOf(merged(base, '{\n  "a": 1\n}', '{\n  "a": 1,\n  "b": 2\n}').marked(names))).toBe(
      '{\n<<<<<<< main\n  "a": 1\n=======\n  "a": 1,\n  "b": 2\n>>>>>>> topic\n}',
    );
  });
});
