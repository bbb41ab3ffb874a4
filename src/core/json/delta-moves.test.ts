import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTree, jsonNode, relatedPair } from '../../../test/support/merge-triples.ts';
import { listEdits } from './delta-list.ts';
import { listEditsWithMoves, type JsonEditOrMove } from './delta-moves.ts';
import { diffJson } from './delta.ts';
import { createInterner } from './intern.ts';
import { get } from './pointer.ts';
import { stringifyJson } from './pretty.ts';
import type { JsonNode } from './tree.ts';

const same = (a: JsonNode, b: JsonNode): boolean => {
  const intern = createInterner();
  return intern(a) === intern(b);
};

const scalars = fc.array(fc.nat(5), { maxLength: 9 });
const lists = fc
  .tuple(scalars, scalars)
  .map(([a, b]) => [jsonNode(JSON.stringify(a)), jsonNode(JSON.stringify(b))] as const);
const shuffled = fc.uniqueArray(anyTree, { maxLength: 6, selector: stringifyJson }).chain((items) =>
  fc.shuffledSubarray(items, { minLength: items.length }).map((other): readonly [JsonNode, JsonNode] => [
    { kind: 'array', items },
    { kind: 'array', items: other },
  ]),
);
const pairs = fc.oneof(relatedPair, lists, shuffled);

const place = (pointer: string): number => Number(pointer.slice(1));

/** `b` made of `a` and the edits of one array of scalars: what goes is taken out, then what comes is put in. */
function applied(a: JsonNode, edits: readonly JsonEditOrMove[]): JsonNode {
  if (a.kind !== 'array') throw new Error('a list is wanted');
  const gone = new Set<number>();
  const come: { readonly at: number; readonly node: JsonNode }[] = [];
  for (const edit of edits) {
    if (edit.op === 'move') {
      gone.add(place(edit.from));
      come.push({ at: place(edit.to), node: edit.value });
    } else if (edit.op === 'add') come.push({ at: place(edit.pointer), node: edit.new });
    else if (edit.op === 'remove') gone.add(place(edit.pointer));
    else {
      gone.add(place(edit.oldPointer));
      come.push({ at: place(edit.pointer), node: edit.new });
    }
  }
  const items = a.items.filter((_, i) => !gone.has(i));
  for (const { at, node } of come.toSorted((one, two) => one.at - two.at)) items.splice(at, 0, node);
  return { kind: 'array', items };
}

describe('edits with moves', () => {
  it('make the new list of the old one', () => {
    fc.assert(
      fc.property(lists, ([a, b]) => {
        expect(applied(a, listEditsWithMoves(a, b))).toEqual(b);
        expect(applied(a, listEdits(diffJson(a, b)))).toEqual(b);
      }),
      { numRuns: 1_000 },
    );
  });

  it('lead to what they name, within one list', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const edits = listEditsWithMoves(a, b);
        expect(edits.length === 0).toBe(same(a, b));
        expect(edits.length).toBeLessThanOrEqual(listEdits(diffJson(a, b)).length);
        for (const edit of edits) {
          if (edit.op === 'move') {
            expect(same(get(a, edit.from)!, edit.value)).toBe(true);
            expect(get(b, edit.to)).toEqual(edit.value);
            expect(edit.from.split('/').length).toBe(edit.to.split('/').length);
          } else {
            if (edit.op !== 'add')
              expect(get(a, edit.op === 'change' ? edit.oldPointer : edit.pointer)).toEqual(edit.old);
            if (edit.op !== 'remove') expect(get(b, edit.pointer)).toEqual(edit.new);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a list in another order are moves only', () => {
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        const items = a.kind === 'array' ? a.items : [];
        const intern = createInterner();
        if (new Set(items.map(intern)).size < items.length) return;
        const edits = listEditsWithMoves(a, b);
        expect(edits.every((edit) => edit.op === 'move')).toBe(true);
      }),
    );
  });

  it('leave no element that goes and comes unpaired', () => {
    fc.assert(
      fc.property(lists, ([a, b]) => {
        const edits = listEditsWithMoves(a, b);
        const gone = new Set(
          edits.flatMap((edit) => (edit.op === 'remove' ? [stringifyJson(edit.old)] : [])),
        );
        expect(edits.filter((edit) => edit.op === 'add' && gone.has(stringifyJson(edit.new)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each<readonly [string, string, readonly string[]]>([
    ['[1,2,3]', '[2,3,1]', ['/0 > /2 1']],
    ['[1,2]', '[2,1]', ['/0 > /1 1']],
    ['{"0":1,"a":[1,{"b":2}]}', '{"1":1,"a":[{"b":2},1]}', ['- /0', '+ /1', '/a/0 > /a/1 1']],
    ['[1,2,3,4]', '[4,2,3,1]', ['/3 > /0 4', '/0 > /3 1']],
    ['[1,1,2]', '[2,1,1]', ['/2 > /0 2']],
    ['[1,2,3]', '[3,9,2]', ['- /0', '+ /1', '/1 > /2 2']],
    ['[[1,2,3],[4]]', '[[3,1,2],[4]]', ['/0/2 > /0/0 3']],
    ['["a"]', '["b"]', ['/0 ~ /0']],
  ])('%s → %s', (a, b, told) => {
    const shown = listEditsWithMoves(jsonNode(a), jsonNode(b)).map((edit) => {
      if (edit.op === 'move') return `${edit.from} > ${edit.to} ${stringifyJson(edit.value)}`;
      if (edit.op === 'change') return `${edit.oldPointer} ~ ${edit.pointer}`;
      return `${edit.op === 'add' ? '+' : '-'} ${edit.pointer}`;
    });
    expect(shown).toEqual(told);
  });
});
