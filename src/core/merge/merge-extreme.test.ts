import { describe, expect, it } from 'vitest';
import { jsonNode } from '../../../test/support/merge-triples.ts';
import type { JsonNode } from '../json/tree.ts';
import { sameValue } from './merge-same.ts';
import { mergeJson } from './merge.ts';
import { resolve } from './resolve.ts';

/** Nested lists around a value, made without a parser. */
function nested(depth: number, inside: JsonNode): JsonNode {
  let node = inside;
  for (let i = 0; i < depth; i += 1) {
    node =
      i % 2 === 0
        ? { kind: 'array', items: [node] }
        : { kind: 'object', entries: [{ key: 'k', value: node }] };
  }
  return node;
}

describe('values of extreme form', () => {
  it.each([150, 1_000, 10_000])('nested %i levels deep merge without overflow', (depth) => {
    const [base, ours, theirs] = ['1', '2', '3'].map((text) => nested(depth, jsonNode(text))) as [
      JsonNode,
      JsonNode,
      JsonNode,
    ];
    const conflict = mergeJson(base, ours, theirs);
    expect(conflict.units).toHaveLength(1);
    expect(conflict.units[0]!.taken).toBeNull();
    expect(sameValue(resolve(mergeJson(base, ours, nested(depth, jsonNode('1')))).value, ours)).toBe(true);
    expect(mergeJson(base, nested(depth, jsonNode('1')), nested(depth, jsonNode('1'))).units).toEqual([]);
    expect(mergeJson(undefined, ours, theirs).units).toHaveLength(1);
  });

  it('wide and deep at once are not compared again at every level', () => {
    const wide = Array.from({ length: 20_000 }, (_, i): JsonNode => ({ kind: 'int', text: `${i}` }));
    const around = (inside: JsonNode): JsonNode => {
      let node = inside;
      for (let i = 0; i < 190; i += 1)
        node = { kind: 'array', items: [{ kind: 'array', items: wide }, node] };
      return node;
    };
    const merge = mergeJson(around(jsonNode('[1]')), around(jsonNode('[2]')), around(jsonNode('[3]')));
    expect(merge.units).toHaveLength(1);
    expect(merge.units[0]!.kind).toBe('array');
  });
});
