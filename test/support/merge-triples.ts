import * as fc from 'fast-check';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import type { JsonEntry, JsonNode } from '../../src/core/json/tree.ts';
import type { Value } from '../../src/core/merge/unit.ts';

/** The node of a JSON text. Throws where it is none. */
export function jsonNode(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.node;
}

/** The canonical text of a value, `absent` where there is none. What has no canonical form is told by a mark. */
export function canonicalOf(value: Value): string {
  if (value === undefined) return 'absent';
  const result = canonicalText(value);
  return result.ok ? result.text : `!${JSON.stringify(value)}`;
}

const key = fc.constantFrom('a', 'b', 'c', 'id', 'name', '', '__proto__', 'a/b~[0]#1', 'é');
const scalar: fc.Arbitrary<JsonNode> = fc.oneof(
  fc
    .constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-0',
      '1',
      '2',
      '1.0',
      '1.00',
      '1e0',
      '0.0',
      '-0.0',
      'NaN',
      '1e400',
    )
    .map(jsonNode),
  fc
    .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    .map((value): JsonNode => ({ kind: 'int', text: `${value}` })),
  fc.string({ unit: 'binary', maxLength: 4 }).map((value): JsonNode => ({ kind: 'string', value })),
);
const line = fc.constantFrom('one\n', 'two\n', 'three\n', 'four\r\n', '\n', 'five', ' six\n');
const text = fc
  .array(line, { maxLength: 7 })
  .map((lines): JsonNode => ({ kind: 'string', value: lines.join('') }));

/** JSON values with everything that can be odd: repeated keys, half characters, named and nameless elements, texts. */
export const anyTree: fc.Arbitrary<JsonNode> = fc.letrec<{ node: JsonNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    text,
    fc.array(tie('node'), { maxLength: 6 }).map((items): JsonNode => ({ kind: 'array', items })),
    fc
      .uniqueArray(fc.record({ key, value: tie('node') }), { maxLength: 5, selector: (entry) => entry.key })
      .map((entries): JsonNode => ({ kind: 'object', entries })),
    fc
      .array(fc.record({ key, value: tie('node') }), { maxLength: 4 })
      .map((entries): JsonNode => ({ kind: 'object', entries })),
    fc
      .tuple(
        fc.constantFrom('id', 'name'),
        fc.uniqueArray(fc.nat(7), { maxLength: 6 }),
        fc.array(tie('node'), { maxLength: 6 }),
      )
      .map(([name, ids, values]): JsonNode => ({
        kind: 'array',
        items: ids.map((id, i): JsonNode => {
          const own: JsonEntry = { key: name, value: { kind: 'int', text: `${id}` } };
          const value = values[i];
          return { kind: 'object', entries: value === undefined ? [own] : [own, { key: 'v', value }] };
        }),
      })),
  ),
})).node;

type Dice = () => number;

/** The value with some parts replaced, dropped, added, moved and written otherwise, as the dice (0 to 15) say. */
function altered(at: JsonNode, other: JsonNode, dice: Dice): JsonNode {
  if (dice() === 0) return other;
  switch (at.kind) {
    case 'array': {
      if (isNamed(at.items) && dice() !== 8)
        return { kind: 'array', items: alteredNamed(at.items, other, dice) };
      const items = at.items.flatMap((item): readonly JsonNode[] => {
        const die = dice();
        if (die === 1) return [];
        if (die === 2) return [other, item];
        if (die === 3) return [item, item];
        return [altered(item, other, dice)];
      });
      if (dice() === 4) items.push(other);
      return { kind: 'array', items: moved(items, dice) };
    }
    case 'object': {
      const entries = at.entries.flatMap((entry): readonly JsonEntry[] =>
        dice() === 1 ? [] : [{ key: entry.key, value: altered(entry.value, other, dice) }],
      );
      if (dice() === 4) entries.push({ key: `new${dice() % 2}`, value: other });
      return { kind: 'object', entries: moved(entries, dice) };
    }
    case 'string': {
      if (!at.value.includes('\n')) return dice() === 5 ? { kind: 'string', value: `${at.value}x` } : at;
      const lines = at.value.split(/(?<=\n)/).flatMap((each) => {
        const die = dice();
        return die === 1 ? [] : die === 2 ? ['new\n', each] : die === 3 ? [`${dice()}\n`] : [each];
      });
      return { kind: 'string', value: lines.join('') };
    }
    case 'int':
      return dice() === 6 ? { kind: 'int', text: `${dice()}` } : at;
    default:
      return at;
  }
}

function isNamed(items: readonly JsonNode[]): boolean {
  return (
    items.length > 0 &&
    items.every((item) => item.kind === 'object' && /^(id|name)$/.test(item.entries[0]?.key ?? ''))
  );
}

/** Elements that bear names keep them: they change inside, go, come and move. */
function alteredNamed(items: readonly JsonNode[], other: JsonNode, dice: Dice): JsonNode[] {
  const list = items.flatMap((item): readonly JsonNode[] => {
    if (item.kind !== 'object' || dice() === 1) return [];
    const [name, ...rest] = item.entries;
    const entries = rest.map((entry) => ({ key: entry.key, value: altered(entry.value, other, dice) }));
    return [
      { kind: 'object', entries: dice() < 12 ? [name!, ...entries] : [name!, { key: 'v', value: other }] },
    ];
  });
  const [first] = items;
  if (dice() < 8 && first?.kind === 'object') {
    const own: JsonEntry = {
      key: first.entries[0]!.key,
      value: { kind: 'int', text: `${8 + (dice() % 3)}` },
    };
    list.splice(dice() % (list.length + 1), 0, {
      kind: 'object',
      entries: [own, { key: 'v', value: dice() < 8 ? other : first }],
    });
  }
  return dice() < 6 ? swapped(list, dice) : list;
}

function swapped<T>(list: T[], dice: Dice): T[] {
  if (list.length < 2) return list;
  const [a, b] = [dice() % list.length, dice() % list.length];
  [list[a], list[b]] = [list[b]!, list[a]!];
  return list;
}

function moved<T>(list: T[], dice: Dice): T[] {
  if (list.length < 2 || dice() !== 7) return list;
  const [first] = list.splice(dice() % list.length, 1);
  list.splice(dice() % (list.length + 1), 0, first!);
  return list;
}

/** Equal values that are not written alike: other numbers of digits, another order of keys. */
export function respelled(at: JsonNode): JsonNode {
  if (at.kind === 'float' && /^-?\d+\.\d+$/.test(at.text)) return { kind: 'float', text: `${at.text}0` };
  if (at.kind === 'int' && at.text === '0') return { kind: 'int', text: '-0' };
  if (at.kind === 'array') return { kind: 'array', items: at.items.map(respelled) };
  if (at.kind !== 'object') return at;
  const entries = at.entries.map((entry) => ({ key: entry.key, value: respelled(entry.value) }));
  const repeats = new Set(entries.map((entry) => entry.key)).size < entries.length;
  return { kind: 'object', entries: repeats ? entries : entries.toReversed() };
}

/** Base, ours and theirs. */
export type Triple = readonly [base: Value, ours: Value, theirs: Value];

const die = fc.infiniteStream(fc.nat(15));
const side = fc.tuple(anyTree, die);

function sideOf(base: JsonNode, [other, dice]: [JsonNode, Iterator<number>]): JsonNode {
  return altered(base, other, () => dice.next().value as number);
}

/** A value and two that were made of it. */
export const relatedTriple: fc.Arbitrary<Triple> = fc
  .tuple(anyTree, side, side)
  .map(([base, mine, other]): Triple => [base, sideOf(base, mine), sideOf(base, other)]);

const namedList: fc.Arbitrary<JsonNode> = fc
  .tuple(
    fc.constantFrom('id', 'name'),
    fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 7 }),
    fc.infiniteStream(scalar),
  )
  .map(([name, ids, values]): JsonNode => {
    const items = ids.map((id): JsonNode => {
      const own: JsonEntry = { key: name, value: { kind: 'int', text: `${id}` } };
      return { kind: 'object', entries: [own, { key: 'v', value: values.next().value as JsonNode }] };
    });
    return { kind: 'array', items };
  });

/** A list of elements with names, and two that were made of it. */
export const namedTriple: fc.Arbitrary<Triple> = fc
  .tuple(namedList, fc.tuple(scalar, die), fc.tuple(scalar, die))
  .map(([base, mine, other]): Triple => [base, sideOf(base, mine), sideOf(base, other)]);

/** A value and one that was made of it. */
export const relatedPair: fc.Arbitrary<readonly [JsonNode, JsonNode]> = fc
  .tuple(fc.oneof({ arbitrary: anyTree, weight: 3 }, namedList), side)
  .map(([base, other]) => [base, sideOf(base, other)] as const);

const anyValue: fc.Arbitrary<Value> = fc.option(anyTree, { nil: undefined, freq: 8 });

/** Three values, mostly related; each may be absent. */
export const anyTriple: fc.Arbitrary<Triple> = fc.oneof(
  { arbitrary: relatedTriple, weight: 6 },
  { arbitrary: fc.tuple(anyValue, anyValue, anyValue), weight: 1 },
  { arbitrary: namedTriple, weight: 3 },
  {
    arbitrary: fc
      .tuple(relatedTriple, fc.nat(2))
      .map(([triple, gone]): Triple => [
        gone === 0 ? undefined : triple[0],
        gone === 1 ? undefined : triple[1],
        gone === 2 ? undefined : triple[2],
      ]),
    weight: 1,
  },
);

/** Two bases made of one value, and two sides made of those bases: a criss-cross. */
export const crissCross = fc.tuple(anyTree, side, side, side, side).map(([root, one, two, mine, other]) => {
  const bases = [sideOf(root, one), sideOf(root, two)] as const;
  return { root, bases, ours: sideOf(bases[0], mine), theirs: sideOf(bases[1], other) };
});

/** Texts of lines, and two that were made of it. */
export const textTriple: fc.Arbitrary<readonly [string, string, string]> = fc
  .tuple(fc.array(line, { maxLength: 14 }), die, die)
  .map(([lines, one, two]) => {
    const change = (dice: Iterator<number>): string => {
      const base: JsonNode = { kind: 'string', value: `\n${lines.join('')}` };
      const node = altered(base, base, () => dice.next().value as number);
      return node.kind === 'string' ? node.value : '';
    };
    return [`\n${lines.join('')}`, change(one), change(two)] as const;
  });
