import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from './canonical.ts';
import { listEdits } from './delta-list.ts';
import { applyDelta, diffJson, mirrorDelta } from './delta.ts';
import { createInterner } from './intern.ts';
import { parseJson } from './parse.ts';
import { get } from './pointer.ts';
import { stringifyJson } from './pretty.ts';
import type { JsonNode } from './tree.ts';

function node(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.node;
}

const same = (a: JsonNode, b: JsonNode): boolean => {
  const intern = createInterner();
  return intern(a) === intern(b);
};

const key = fc.constantFrom('a', 'b', 'id', 'name', '', '__proto__', 'a/b~', 'é');
const scalar = fc.oneof(
  fc
    .constantFrom('null', 'true', 'false', '0', '-0', '1', '1.0', '1e0', '0.0', '-0.0', 'NaN', '1e400')
    .map(node),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((value) => node(value.toString())),
  fc.string({ unit: 'binary', maxLength: 5 }).map((value): JsonNode => ({ kind: 'string', value })),
  fc
    .array(fc.constantFrom('one', 'two\n', ' ', 'three'), { maxLength: 8 })
    .map((parts): JsonNode => ({ kind: 'string', value: parts.join('') })),
);
const tree = fc.letrec<{ node: JsonNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 6 }).map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .array(fc.record({ key, value: tie('node') }), { maxLength: 5 })
      .map((entries): JsonNode => ({ kind: 'object', entries })),
  ),
})).node;

/** Two trees that have parts in common: a tree and the same with some values replaced, dropped and added. */
const related = fc
  .tuple(tree, tree, fc.infiniteStream(fc.nat(7)))
  .map(([a, other, dice]): [JsonNode, JsonNode] => {
    const next = (): number => dice.next().value as number;
    const altered = (at: JsonNode): JsonNode => {
      if (next() === 0) return other;
      if (at.kind === 'array') {
        const items = at.items.flatMap((item) =>
          next() === 1 ? [] : next() === 2 ? [other, item] : [altered(item)],
        );
        return { kind: 'array', items };
      }
      if (at.kind !== 'object') return at;
      const entries = at.entries.flatMap((entry) =>
        next() === 1 ? [] : [{ key: entry.key, value: altered(entry.value) }],
      );
      return { kind: 'object', entries };
    };
    return [a, altered(a)];
  });
const pair = fc.oneof(fc.tuple(tree, tree), related);

describe('diffJson', () => {
  it('makes one value of the other', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const delta = diffJson(a, b);
        expect(same(delta === null ? a : applyDelta(a, delta), b)).toBe(true);
      }),
    );
  });

  it('is null exactly where the values are equal', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(diffJson(a, node(stringifyJson(a)))).toBeNull();
        expect(diffJson(a, b) === null).toBe(same(a, b));
      }),
    );
  });

  it('is the mirror of the other direction, and its own mirror’s mirror', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const delta = diffJson(a, b);
        expect(diffJson(b, a)).toEqual(delta === null ? null : mirrorDelta(delta));
        if (delta !== null) expect(mirrorDelta(mirrorDelta(delta))).toEqual(delta);
      }),
    );
  });

  it('lists changes whose pointers lead to what they name', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const edits = listEdits(diffJson(a, b));
        expect(edits.length === 0).toBe(same(a, b));
        for (const edit of edits) {
          if (edit.op !== 'add') {
            const at = edit.op === 'change' ? edit.oldPointer : edit.pointer;
            expect(get(a, at)).toEqual(edit.old);
          }
          if (edit.op !== 'remove') expect(get(b, edit.pointer)).toEqual(edit.new);
        }
      }),
    );
  });

  it('agrees with the canonical form about what is equal', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [one, two] = [canonicalText(a), canonicalText(b)];
        if (one.ok && two.ok) expect(same(a, b)).toBe(one.text === two.text);
      }),
    );
  });

  it('of values nested as deep as they are read is made without overflow', () => {
    const [a, b] = ['1', '2'].map((inner) => node(`${'['.repeat(1_990)}${inner}${',0]'.repeat(1_990)}`)) as [
      JsonNode,
      JsonNode,
    ];
    const delta = diffJson(a, b)!;
    expect(same(applyDelta(a, delta), b)).toBe(true);
    expect(listEdits(delta)).toMatchObject([{ op: 'change', hunks: null }]);
    expect(diffJson(b, a)).toEqual(mirrorDelta(delta));
  });

  it('refuses a value that it was not made from', () => {
    const delta = diffJson(node('{"a":[1,2]}'), node('{"a":[1,3]}'))!;
    for (const other of ['[]', '{}', '{"a":[1]}', '{"a":[1,2,3]}', '{"a":{}}']) {
      expect(() => applyDelta(node(other), delta)).toThrow(/does not fit/);
    }
  });
});

/** The changes as short lines. */
function told(a: string, b: string): readonly string[] {
  return listEdits(diffJson(node(a), node(b))).map((edit) => {
    if (edit.op === 'add') return `+ ${edit.pointer} ${stringifyJson(edit.new)}`;
    if (edit.op === 'remove') return `- ${edit.pointer} ${stringifyJson(edit.old)}`;
    return `${edit.oldPointer} > ${edit.pointer} ${stringifyJson(edit.old)} ${stringifyJson(edit.new)}`;
  });
}

describe('what a person is told', () => {
  it.each<[string, string, readonly string[]]>([
    ['{"rev":7,"ok":true}', '{"ok":true,"rev":8}', ['/rev > /rev 7 8']],
    ['{"a":1}', '{"a":1.0}', ['/a > /a 1 1.0']],
    ['{"a":1.0}', '{"a":1.00}', []],
    ['[1,2,3,4]', '[1,2,9,3,4]', ['+ /2 9']],
    ['[1,2,3]', '[2,3]', ['- /0 1']],
    ['[1,2,3]', '[1,5,3]', ['/1 > /1 2 5']],
    [
      '[{"id":1,"n":1},{"id":2,"n":1}]',
      '[{"id":3,"n":0},{"id":1,"n":1},{"id":2,"n":2}]',
      ['+ /0 {"id":3,"n":0}', '/1/n > /2/n 1 2'],
    ],
    ['[{"id":1}]', '[{"id":2}]', ['- /0 {"id":1}', '+ /0 {"id":2}']],
    [
      '[{"role":"user","content":"hi"}]',
      '[{"role":"user","content":"hi there"},{"role":"assistant","content":"Hello"}]',
      ['/0/content > /0/content "hi" "hi there"', '+ /1 {"role":"assistant","content":"Hello"}'],
    ],
    ['{"a":{"b":1},"a":2}', '{"a":3}', [' >  {"a":{"b":1},"a":2} {"a":3}']],
    ['{"a/b":1}', '{"a/b":2}', ['/a~1b > /a~1b 1 2']],
    ['1', '"1"', [' >  1 "1"']],
  ])('%s → %s', (a, b, expected) => {
    expect(told(a, b)).toEqual(expected);
  });

  it('of a text inside, the words that changed', () => {
    const edits = listEdits(
      diffJson(node('{"note":"mean over 9 runs"}'), node('{"note":"median over 9 runs"}')),
    );
    expect(edits).toMatchObject([
      { op: 'change', hunks: [{ words: [{ from: 0, to: 4, newFrom: 0, newTo: 6 }] }] },
    ]);
  });
});
