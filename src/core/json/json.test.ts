import { describe, expect, it } from 'vitest';
import { boolOf, field, hold, itemsOf, jsonOf, numberOf, textOf } from './build.ts';
import { canonicalBytes, canonicalText, pythonFloat } from './canonical.ts';
import { decodeJsonBytes, parseJsonBytes, parsePrefixBytes } from './decode.ts';
import { jsonDiff } from './diff.ts';
import { parseJson, parsePrefix } from './parse.ts';
import type { JsonLimits, JsonProblem } from './parse.ts';
import { get } from './pointer.ts';
import { prettyJson, pythonJsonDumps, stringifyJson } from './pretty.ts';
import { compareCodePoints } from './tree.ts';
import type { JsonNode } from './tree.ts';

function node(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
  return result.node;
}

function problem(text: string, limits?: JsonLimits): JsonProblem {
  const result = parseJson(text, limits);
  if (result.ok) throw new Error(`accepted: ${text}`);
  return result.error;
}

function utf16(text: string, little: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return little ? bytes : bytes.swap16();
}

function changes(a: string, b: string): string[] {
  return jsonDiff(node(a), node(b)).map((change) => `${change.op} ${change.path}`);
}

describe('parseJson', () => {
  it('keeps number texts, key order and duplicate keys', () => {
    const text = '{"b":1.50,"a":-0,"b":1E5,"1":[12345678901234567890,NaN,-Infinity]}';
    expect(stringifyJson(node(text))).toBe(text);
  });

  it.each([
    '',
    ' ',
    '-',
    '01',
    '-01',
    '1.',
    '.5',
    '+1',
    '1e',
    '1e+',
    '0x1',
    '1.e5',
    '-Inf',
    'nan',
    'TRUE',
    'nul',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{1:2}',
    '"',
    '"\\',
    '"\\u',
    '"\\u12',
    '"\\u12g4"',
    '"\\x41"',
    '"\t"',
    '"\n"',
    '"\u0000"',
    '"\u001f"',
    '1 2',
    '[]]',
    'nullx',
    '\u00a01',
    '\f1',
    '\u000b1',
    '\u20281',
    '\ufeff1',
    '-NaN',
    '"\\u 123"',
    '"\\u+123"',
    '١',
  ])('refuses %j', (text) => {
    expect(problem(text).kind).toBe('syntax');
  });

  it.each([
    '\t\r\n 1 \t\r\n',
    '[ ]',
    '{ }',
    '[ 1 , 2 ]',
    '{ "a" : 1 }',
    'NaN',
    '-0',
    '0e0',
    '1E+05',
    '""',
    '"\\/"',
    '"\u007f\u2028"',
  ])('reads %j', (text) => {
    expect(parseJson(text).ok).toBe(true);
  });

  it('says where a text stops being JSON', () => {
    expect(problem('{\n  "a": 1,\n  b: 2\n}')).toEqual({
      message: 'There is “b” where a key in double quotes should be',
      offset: 14,
      line: 3,
      column: 3,
      kind: 'syntax',
    });
    expect(problem('[1').message).toBe('The text ends where a comma or the end of the list should be');
    expect(problem('"a\tb"').message).toContain('U+0009');
  });

  it('reads 2,000 levels and refuses more, also when a caller asks for more', () => {
    expect(parseJson('['.repeat(2000) + ']'.repeat(2000)).ok).toBe(true);
    expect(problem('['.repeat(2001) + ']'.repeat(2001), { maxDepth: 1e9 }).kind).toBe('too-deep');
    expect(problem('[[[1]]]', { maxDepth: 2 }).kind).toBe('too-deep');
    expect(problem('{"a":'.repeat(1_000_000)).kind).toBe('too-deep');
  });

  it('walks the deepest documents without overflowing the stack', () => {
    const lists = node('['.repeat(2000) + ']'.repeat(2000));
    const objects = node(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`);
    expect(canonicalText(lists).ok && canonicalText(objects).ok).toBe(true);
    expect(prettyJson(objects).cut).toBe(false);
    expect(pythonJsonDumps(lists)).toHaveLength(4000);
    expect(jsonDiff(objects, node(`${'{"a":'.repeat(2000)}2${'}'.repeat(2000)}`))).toHaveLength(1);
  });

  it('refuses texts beyond the limit of size', () => {
    expect(problem('[1,2,3]', { maxChars: 6 }).kind).toBe('too-large');
    const bytes = parseJsonBytes(new Uint8Array(7).fill(0x20), { maxChars: 6 });
    expect(!bytes.ok && bytes.error.kind).toBe('too-large');
  });
});

describe('parsePrefix', () => {
  it.each([
    ['{"a":1,"b":"xy', '{"a":1,"b":"xy"}'],
    ['{"a":1,"b', '{"a":1}'],
    ['{"a":[1,{"c":tr', '{"a":[1,{}]}'],
    ['[1,23', '[1]'],
    ['["a\\u00', '["a"]'],
    ['{"a":{"b":[]', '{"a":{"b":[]}}'],
    ['"abc', '"abc"'],
    ['[1] x', '[1]'],
  ])('reads what there is of %j', (text, expected) => {
    const prefix = parsePrefix(text);
    expect(prefix.complete).toBe(false);
    expect(stringifyJson(prefix.node!)).toBe(expected);
  });

  it('knows whole texts and texts without a beginning', () => {
    expect(parsePrefix('{"a":1}').complete).toBe(true);
    expect(parsePrefix('').node).toBeNull();
    expect(parsePrefix('hello').node).toBeNull();
  });

  it('reads bytes that were cut inside a character', () => {
    const bytes = new TextEncoder().encode('{"a":"é😀"}');
    const cuts = Array.from({ length: bytes.length - 6 }, (_, i) => bytes.subarray(0, 6 + i));
    expect(cuts.map((cut) => textOf(field(parsePrefixBytes(cut).node, 'a')))).toEqual([
      '',
      '',
      'é',
      'é',
      'é',
      'é',
      'é😀',
      'é😀',
    ]);
  });
});

describe('decodeJsonBytes', () => {
  it.each([
    ['utf-8', false, Buffer.from('{"é":1}')],
    ['utf-8', true, Buffer.from('\ufeff{"é":1}')],
    ['utf-16le', false, utf16('{"é":1}', true)],
    ['utf-16be', false, utf16('{"é":1}', false)],
    ['utf-16le', true, utf16('\ufeff{"é":1}', true)],
    ['utf-16be', true, utf16('\ufeff{"é":1}', false)],
    ['utf-32le', false, Buffer.from([...'{"é":1}'].flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))],
    [
      'utf-32be',
      true,
      Buffer.from([0, 0, 0xfe, 0xff, ...[...'{"é":1}'].flatMap((c) => [0, 0, 0, c.charCodeAt(0)])]),
    ],
  ])('reads %s, byte order mark %s', (encoding, bom, bytes) => {
    expect(decodeJsonBytes(bytes)).toEqual({ ok: true, text: '{"é":1}', encoding, bom });
  });

  it('names the byte that is no UTF-8', () => {
    expect(decodeJsonBytes(Buffer.from('22fffefa22', 'hex'))).toEqual({
      ok: false,
      reason: 'The bytes are no valid UTF-8 at byte 1',
    });
    expect(decodeJsonBytes(Buffer.from('22c3a9c3', 'hex')).ok).toBe(false);
    expect(decodeJsonBytes(Buffer.from('22c0af22', 'hex')).ok).toBe(false);
  });

  it('passes an encoded surrogate, which then has no canonical form', () => {
    const result = parseJsonBytes(Buffer.from('22eda0bd22', 'hex'));
    expect(result).toEqual({ ok: true, node: { kind: 'string', value: '\ud83d' } });
    expect(result.ok && canonicalBytes(result.node).ok).toBe(false);
  });
});

describe('canonicalText', () => {
  it('has none for lone surrogates, in values and keys', () => {
    expect(canonicalText(node('"\\ud83d"')).ok).toBe(false);
    expect(canonicalText(node('{"\\ude00\\ud83d":1}')).ok).toBe(false);
  });

  it('has none for integers that Python does not read', () => {
    expect(canonicalText(node('9'.repeat(4300))).ok).toBe(true);
    expect(canonicalText(node(`-${'9'.repeat(4300)}`)).ok).toBe(true);
    const refused = canonicalText(node('9'.repeat(4301)));
    expect(!refused.ok && refused.reason).toContain('4301 digits');
  });

  it('sorts keys by code point', () => {
    expect(['\u{1f600}', '\uffff', '\ue000', 'é', 'a', ''].toSorted(compareCodePoints)).toEqual([
      '',
      'a',
      'é',
      '\ue000',
      '\uffff',
      '\u{1f600}',
    ]);
  });

  it('lays floats out as Python does', () => {
    expect(
      [1e16, 123456789012345680, 1e-5, 0.0001, -1.5e-7, 5e-324, -0, 1e22, -100].map(pythonFloat),
    ).toEqual([
      '1e+16',
      '1.2345678901234568e+17',
      '1e-05',
      '0.0001',
      '-1.5e-07',
      '5e-324',
      '-0.0',
      '1e+22',
      '-100.0',
    ]);
  });
});

describe('pretty and dumps', () => {
  const text = '{"b":1.50,"a":[],"b":{"c":[-0,{}]},"é\\ud83d":"\u007f😀"}';
  it('indents and keeps the source', () => {
    expect(prettyJson(node('{"b":1.50,"a":[],"b":[-0]}')).text).toBe(
      '{\n  "b": 1.50,\n  "a": [],\n  "b": [\n    -0\n  ]\n}',
    );
  });
  it('stops at a number of characters', () => {
    const whole = prettyJson(node(text)).text;
    expect(prettyJson(node(text), { maxChars: whole.length })).toEqual({ text: whole, cut: false });
    expect(prettyJson(node(text), { maxChars: 10 })).toEqual({ text: whole.slice(0, 10), cut: true });
    expect(prettyJson(node('"😀😀"'), { maxChars: 4 }).text).toBe('"😀');
  });
  it('prints as Python', () => {
    expect(pythonJsonDumps(node(text))).toBe(
      '{"b": {"c": [0, {}]}, "a": [], "\\u00e9\\ud83d": "\\u007f\\ud83d\\ude00"}',
    );
    expect(pythonJsonDumps(node('{"é":[1.50,{}]}'), { indent: 2, ascii: false })).toBe(
      '{\n  "é": [\n    1.5,\n    {}\n  ]\n}',
    );
    expect(pythonJsonDumps(node('[1,{"a":2}]'), { separators: [',', ':'] })).toBe('[1,{"a":2}]');
  });
});

describe('get', () => {
  const doc = node('{"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"d":1,"d":2,"~1":3}');
  it.each([
    ['/foo/0', '"bar"'],
    ['/', '0'],
    ['/a~1b', '1'],
    ['/m~0n', '8'],
    ['/d', '2'],
    ['/~01', '3'],
  ])('%s', (pointer, expected) => {
    expect(stringifyJson(get(doc, pointer)!)).toBe(expected);
  });
  it.each(['/foo/2', '/foo/-', '/foo/00', '/foo/1e0', 'foo', '/x', '/d/x'])(
    'finds nothing at %s',
    (pointer) => {
      expect(get(doc, pointer)).toBeUndefined();
    },
  );
  it('finds the whole', () => {
    expect(get(doc, '')).toBe(doc);
  });
});

describe('jsonDiff', () => {
  it.each([
    ['1', '1.0', ['change /']],
    ['1', 'true', ['change /']],
    ['NaN', 'NaN', ['change /']],
    ['0.0', '-0.0', []],
    ['-0', '0', []],
    ['1e2', '100.0', []],
    ['[1,2,3]', '[0,1,2,3]', ['change [0]', 'change [1]', 'change [2]', 'add [3]']],
    ['[1,2]', '[1]', ['remove [1]']],
    ['{"":1}', '{"":2}', ['change /']],
    ['{"a/b":{"c":1}}', '{"a/b":{"c":2,"b":1}}', ['add /a/b/b', 'change /a/b/c']],
    ['{"a":1,"a":2}', '{"a":2}', []],
    ['{"😀":1}', '{"\uffff":1}', ['add /\uffff', 'remove /😀']],
  ])('%s → %s', (a, b, expected) => {
    expect(changes(a, b)).toEqual(expected);
  });
});

describe('jsonOf', () => {
  it('makes a tree of plain data and takes finished nodes as they are', () => {
    const made = jsonOf({
      a: 1,
      b: 1.5,
      c: [null, true, 10n ** 20n],
      d: undefined,
      e: hold(node('1.50')),
      f: 1e21,
      g: 'x',
    });
    expect(stringifyJson(made)).toBe(
      '{"a":1,"b":1.5,"c":[null,true,100000000000000000000],"e":1.50,"f":1000000000000000000000,"g":"x"}',
    );
    expect([
      numberOf(field(made, 'b')),
      boolOf(itemsOf(field(made, 'c'))[1]),
      textOf(field(made, 'g')),
    ]).toEqual([1.5, true, 'x']);
  });
});
