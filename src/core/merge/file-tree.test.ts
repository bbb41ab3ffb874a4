import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDocuments } from '../../../test/support/json-documents.ts';
import { parsed, threeVersions } from '../../../test/support/three-versions.ts';
import { prettyJson, stringifyJson } from '../json/pretty.ts';
import { placesOf } from './file-places.ts';
import { treeOf, type Tree } from './file-tree.ts';

const read = (text: string, like: Tree | null = null): Tree =>
  treeOf({ text, places: placesOf(text)! }, like);

describe('the tree of a file', () => {
  it('is what a parser makes of it', () => {
    fc.assert(
      fc.property(jsonDocuments, (text) => {
        expect(stringifyJson(read(text).node)).toBe(stringifyJson(parsed(text)));
      }),
    );
  });

  it('is the same whatever it shares with another version', () => {
    fc.assert(
      fc.property(threeVersions, jsonDocuments, ({ base, ours }, other) => {
        for (const like of [prettyJson(base).text, other]) {
          const text = prettyJson(ours).text;
          expect(stringifyJson(read(text, read(like)).node)).toBe(stringifyJson(parsed(text)));
        }
      }),
    );
  });

  it('shares what is the same to the character', () => {
    const base = read('{"a":{"x":1},"b":[{"y":1},{"y":2},{"y":3}],"c":{"z":[1]}}');
    const now = read('{"b":[{"new":0},{"y":1},{"y":2.0},{"y":3}],"a":{"x":1},"c":{"z":[1 ]}}', base);
    const [a, b] = [base.node, now.node].map((node) => {
      if (node.kind !== 'object') throw new Error('no object');
      return new Map(node.entries.map(({ key, value }) => [key, value]));
    });
    expect(b!.get('a')).toBe(a!.get('a'));
    expect(b!.get('c')).not.toBe(a!.get('c'));
    const [olds, news] = [a!.get('b'), b!.get('b')];
    if (olds?.kind !== 'array' || news?.kind !== 'array') throw new Error('no lists');
    expect(news.items.map((item) => olds.items.indexOf(item))).toEqual([-1, 0, -1, 2]);
  });
});
