import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDocuments } from '../../../test/support/json-documents.ts';
import { parseJson } from '../json/parse.ts';
import { stringifyJson } from '../json/pretty.ts';
import type { JsonNode } from '../json/tree.ts';
import { childrenOf, placesOf, type JsonPlaces } from './file-places.ts';

function parsed(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

/** Every value stands where its place says: the text there reads as that value alone. */
function expectPlaced(text: string, places: JsonPlaces, node: JsonNode, number: number): void {
  const slice = text.slice(places.start[number], places.end[number]);
  expect(stringifyJson(parsed(slice))).toBe(stringifyJson(node));
  expect(slice).toBe(slice.trim());
  const children = childrenOf(places, number);
  if (node.kind === 'array') {
    expect(children).toHaveLength(node.items.length);
    node.items.forEach((item, i) => expectPlaced(text, places, item, children[i]!));
  } else if (node.kind === 'object') {
    expect(children).toHaveLength(node.entries.length);
    node.entries.forEach(({ key, value }, i) => {
      const child = children[i]!;
      const before = text.slice(places.key[child], places.start[child]).trimEnd();
      expect(parsed(before.slice(0, -1))).toEqual({ kind: 'string', value: key });
      expect(before.endsWith(':')).toBe(true);
      expectPlaced(text, places, value, child);
    });
  } else {
    expect(children).toEqual([]);
  }
}

describe('places', () => {
  it('are those of every value', () => {
    fc.assert(
      fc.property(jsonDocuments, (text) => {
        const places = placesOf(text)!;
        expectPlaced(text, places, parsed(text), 0);
        expect(places.next[0]).toBe(places.count);
      }),
    );
  });

  it('are found exactly where a parser reads a value', () => {
    const broken = fc.oneof(
      jsonDocuments,
      fc
        .tuple(
          jsonDocuments,
          fc.nat(),
          fc.constantFrom('', '"', ',', '0', '}', '\\', '-', '.', 'e', '\u0001'),
        )
        .map(
          ([text, at, sign]) =>
            text.slice(0, at % (text.length + 1)) + sign + text.slice((at % (text.length + 1)) + 1),
        ),
      fc.string(),
    );
    fc.assert(
      fc.property(broken, (text) => {
        expect(placesOf(text) !== null).toBe(parseJson(text).ok);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '01',
    '-',
    '-01',
    '1.',
    '1e',
    '1e+',
    '.5',
    '-Infinity',
    'Infinity',
    'NaN',
    '-NaN',
    'nul',
    '"\\u12g4"',
    '"\\x"',
    '[1,]',
    '{"a"}',
    '{,}',
    '',
    ' ',
    '1 2',
    '\ufeff1',
    '[',
    '{"a":',
  ])('of %j are there exactly where a parser reads it', (text) => {
    expect(placesOf(text) !== null).toBe(parseJson(text).ok);
  });

  it('of what is nested too deep are none', () => {
    expect(placesOf('['.repeat(2000) + ']'.repeat(2000))?.count).toBe(2000);
    expect(placesOf('['.repeat(2001) + ']'.repeat(2001))).toBeNull();
  });

  it('know escaped quotes and backslashes', () => {
    const text = '{"a\\\\":"\\"", "b\\"":["\\\\\\"", 1e5,"\\\\"]}';
    expectPlaced(text, placesOf(text)!, parsed(text), 0);
  });

  it('cost one pass, whatever the nesting', () => {
    const deep = `${'[{"a":'.repeat(900)}1${'}]'.repeat(900)}`;
    expect(placesOf(deep)!.count).toBe(1801);
    expect(placesOf(`["${'\\\\'.repeat(200_000)}"]`)!.count).toBe(2);
  });
});
