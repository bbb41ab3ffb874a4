import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { placesIn } from './places.ts';

const parsed = (text: string): JsonNode => {
  const answer = parseJson(text);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.node;
};

test('a place has the path as merges write it, and its lines', () => {
  const place = placesIn(parsed('{"a":[{"x":1},{"y":[2,3]}],"0":{"a/b":{"c[d~":[]}}}'));
  expect(place('')).toEqual({ path: '', from: 1, to: 18 });
  expect(place('/a/1')).toEqual({ path: '/a[1]', from: 6, to: 11 });
  expect(place('/a/1/y/1')).toEqual({ path: '/a[1]/y[1]', from: 9, to: 9 });
  expect(place('/0/a~1b/c[d~0')).toEqual({ path: '/0/a~1b/c~2d~0', from: 15, to: 15 });
});

test('a pointer that leads nowhere has no place, and a repeated key is its last', () => {
  const place = placesIn(parsed('{"a":1,"b":[2],"a":{"c":3}}'));
  for (const pointer of ['/x', '/b/1', '/b/x', '/b/0/0', '/b/-1']) expect(place(pointer)).toBeNull();
  expect(place('/a/c')).toEqual({ path: '/a/c', from: 7, to: 7 });
});

test('every value of any document is found on the line on which it is written', () => {
  assert(
    property(jsonValue(), (value) => {
      const root = parsed(JSON.stringify(value));
      const lines = prettyJson(root).text.split('\n');
      const place = placesIn(root);
      const walk = (node: JsonNode, pointer: string) => {
        const found = place(pointer)!;
        const own = prettyJson(node).text.split('\n');
        expect(lines[found.from - 1]!.replace(/,$/, '').endsWith(own[0]!.replace(/,$/, ''))).toBe(true);
        expect(found.to - found.from).toBe(own.length - 1);
        if (node.kind === 'array')
          for (const [i, item] of node.items.entries()) walk(item, `${pointer}/${i}`);
        if (node.kind !== 'object') return;
        for (const { key, value: inner } of node.entries) {
          if (node.entries.findLast((entry) => entry.key === key)!.value !== inner) continue;
          walk(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        }
      };
      walk(root, '');
    }),
  );
});

test('a deep or long document is no problem', () => {
  expect(placesIn(parsed('['.repeat(1900) + ']'.repeat(1900)))('/0'.repeat(1899))?.from).toBe(1900);
  const long = placesIn(parsed(`[${'0,'.repeat(200_000)}1]`));
  for (let i = 0; i < 1000; i += 1) expect(long(`/${i}`)?.from).toBe(i + 2);
});
