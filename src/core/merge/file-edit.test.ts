import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDocuments } from '../../../test/support/json-documents.ts';
import { createClasses } from './merge-hash.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { editsTo } from './file-edit.ts';
import { placesOf } from './file-places.ts';
import { edited } from './file-splice.ts';
import { styleOf } from './file-style.ts';

function parsed(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.node;
}

/** The text of `host` made to hold what `donor` holds. */
function rewrite(host: string, donor: string): string {
  const file = { text: host, places: placesOf(host)! };
  const other = { text: donor, places: placesOf(donor)! };
  const node = parsed(donor);
  const edits = editsTo(
    node,
    { file, node: parsed(host), at: 0 },
    { file: other, node, at: 0 },
    { style: styleOf(file, other), intern: createClasses() },
  );
  return edited(host, edits);
}

const lines = (...of: string[]): string => `${of.join('\n')}\n`;

describe('rewriting a text', () => {
  it('makes any value of any other', () => {
    fc.assert(
      fc.property(jsonDocuments, jsonDocuments, (host, donor) => {
        const text = rewrite(host, donor);
        const intern = createClasses();
        expect(intern(parsed(text)), text).toBe(intern(parsed(donor)));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a text alone that holds the value already', () => {
    fc.assert(
      fc.property(jsonDocuments, (text) => {
        expect(rewrite(text, text)).toBe(text);
        expect(rewrite(text, JSON.stringify(0))).not.toContain(',');
      }),
    );
  });

  it('changes only the token of a scalar, which is as its source has it', () => {
    const host = '{ "a" :1.50,\r\n\t"b":[1,2 ,  3], "c":"x" }';
    expect(rewrite(host, '{"a":2.500e0,"b":[1,20,3],"c":"\\u0041\\/"}')).toBe(
      '{ "a" :2.500e0,\r\n\t"b":[1,20 ,  3], "c":"\\u0041\\/" }',
    );
  });

  it('adds and removes whole lines', () => {
    const host = lines('{', '    "a": 1,', '    "b": [', '        1,', '        2', '    ]', '}');
    expect(rewrite(host, '{"a":1,"b":[1,2,3],"c":{"d":[1,2],"e":[]}}')).toBe(
      lines(
        '{',
        '    "a": 1,',
        '    "b": [',
        '        1,',
        '        2,',
        '        3',
        '    ],',
        '    "c": {',
        '        "d": [',
        '            1,',
        '            2',
        '        ],',
        '        "e": []',
        '    }',
        '}',
      ),
    );
    expect(rewrite(host, '{"b":[2]}')).toBe(lines('{', '    "b": [', '        2', '    ]', '}'));
    expect(rewrite(host, '{"a":1}')).toBe(lines('{', '    "a": 1', '}'));
    expect(rewrite(host, '{}')).toBe(lines('{}'));
  });

  it('keeps on one line what stands on one line', () => {
    const host = lines('{', '  "list": [1, 2, 3],', '  "point": { "x": 1, "y": 2 }', '}');
    expect(rewrite(host, '{"list":[1,2,3,[4,{"a":5}]],"point":{"x":1,"y":2,"z":[0]}}')).toBe(
      lines('{', '  "list": [1, 2, 3, [4, { "a": 5 }]],', '  "point": { "x": 1, "y": 2, "z": [0] }', '}'),
    );
  });

  it('breaks the lines of what is added where its source does, with the indentation of the file', () => {
    const host = lines('{', '\t"a": {', '\t\t"b": 1', '\t}', '}');
    const donor = lines(
      '{',
      '  "a": {',
      '    "b": 1,',
      '    "c": [',
      '      {"d": 1, "e": [2, 3]},',
      '',
      '      {',
      '        "f": 4',
      '      }',
      '    ]',
      '  }',
      '}',
    );
    expect(rewrite(host, donor)).toBe(
      lines(
        '{',
        '\t"a": {',
        '\t\t"b": 1,',
        '\t\t"c": [',
        '\t\t\t{"d": 1, "e": [2, 3]},',
        '',
        '\t\t\t{',
        '\t\t\t\t"f": 4',
        '\t\t\t}',
        '\t\t]',
        '\t}',
        '}',
      ),
    );
  });

  it('moves elements as they are written', () => {
    const host = lines('[', '  {"id":1,  "a":1.0},', '  {"id":2,  "a":2.0},', '  {"id":3,  "a":3.0}', ']');
    const wanted = '[{"id":3,"a":3.0},{"id":1,"a":1.0},{"id":2,"a":9.0}]';
    expect(rewrite(host, wanted)).toBe(
      lines('[', '  {"id":3,  "a":3.0},', '  {"id":1,  "a":1.0},', '  {"id":2,  "a":9.0}', ']'),
    );
  });

  it('keeps the order of keys, and puts new ones behind the key that they follow', () => {
    const host = '{"z":1,"a":2,"m":3}';
    expect(rewrite(host, '{"a":2,"new":0,"m":3,"z":1}')).toBe('{"z":1,"a":2,"new":0,"m":3}');
    expect(rewrite(host, '{"first":0,"z":1}')).toBe('{"first":0,"z":1}');
  });

  it('takes the style of the other file where the file shows none', () => {
    expect(rewrite('{}\n', '{\n\t"a" : [\n\t\t1\n\t]\n}')).toBe('{\n\t"a" : [\n\t\t1\n\t]\n}\n');
    expect(rewrite('[]', '{"a":1}')).toBe('{"a":1}');
  });

  it('keeps leading commas, line ends and a file on one line', () => {
    expect(rewrite('[ 1\r\n, 2\r\n]\r\n', '[1,2,3]')).toBe('[ 1\r\n, 2\r\n, 3\r\n]\r\n');
    expect(
      rewrite('{"a":[1,2]}', lines('{', '  "a": [1, 2],', '  "b": {', '    "c": null', '  }', '}')),
    ).toBe('{"a":[1,2],"b":{"c":null}}');
  });

  it('indents within brackets that open on one line', () => {
    const host = lines('[{', '  "a": 1', '}, {', '  "a": 2', '}]');
    expect(rewrite(host, '[{"a":1},{"a":2},{"a":3,"b":{"c":4}}]')).toBe(
      lines('[{', '  "a": 1', '}, {', '  "a": 2', '}, {', '  "a": 3,', '  "b": {', '    "c": 4', '  }', '}]'),
    );
  });
});
