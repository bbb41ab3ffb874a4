import type { JsonNode } from '../../src/core/json/tree.ts';

/** An integer from 0 below a bound. */
export type Dice = (below: number) => number;

/** A document that can be changed in place; elements and lines bear tags that stay theirs when others come and go. */
export type Tree =
  | { readonly kind: 'scalar'; readonly node: JsonNode }
  | { readonly kind: 'object'; readonly entries: Map<string, Tree> }
  /** `names`: the field that names each element, null where nothing does */
  | { readonly kind: 'list'; readonly names: string | null; items: Tagged<Tree>[] }
  | { readonly kind: 'text'; readonly lineBreak: string; lines: Tagged<string>[] };

export type Tagged<T> = { readonly tag: number; readonly of: T };

/** A copy with the same tags. */
export function cloneTree(tree: Tree): Tree {
  switch (tree.kind) {
    case 'scalar':
      return tree;
    case 'object':
      return {
        kind: 'object',
        entries: new Map([...tree.entries].map(([key, part]) => [key, cloneTree(part)])),
      };
    case 'list':
      return { ...tree, items: tree.items.map(({ tag, of }) => ({ tag, of: cloneTree(of) })) };
    case 'text':
      return { ...tree, lines: [...tree.lines] };
  }
}

/** The JSON value of a tree. */
export function toJson(tree: Tree): JsonNode {
  switch (tree.kind) {
    case 'scalar':
      return tree.node;
    case 'object':
      return {
        kind: 'object',
        entries: Array.from(tree.entries, ([key, part]) => ({ key, value: toJson(part) })),
      };
    case 'list':
      return { kind: 'array', items: tree.items.map(({ of }) => toJson(of)) };
    case 'text':
      return { kind: 'string', value: tree.lines.map(({ of }) => of + tree.lineBreak).join('') };
  }
}

/** A text node. */
export function textScalar(value: string): Tree {
  return { kind: 'scalar', node: { kind: 'string', value } };
}

/** A value that stands nowhere else: numbers and words with a count in them. */
export function uniqueScalar(dice: Dice, next: () => number): Tree {
  const number = next();
  switch (dice(4)) {
    case 0:
      return { kind: 'scalar', node: { kind: 'int', text: `${number}` } };
    case 1:
      return { kind: 'scalar', node: { kind: 'float', text: `${number}.5` } };
    default:
      return textScalar(`value ${number}`);
  }
}

const keys = [
  'title',
  'state',
  'notes',
  'a/b',
  'x[0]',
  'ä',
  'n~1',
  'limit',
  'owner',
  'tags',
  'data',
  '',
  'hash#1',
];

/** A document of about so many values, with an object at its root. */
export function makeTree(dice: Dice, values: number): Tree {
  let count = 0;
  const next = (): number => (count += 1);
  const make = (size: number): Tree => {
    if (size <= 1) return uniqueScalar(dice, next);
    switch (dice(6)) {
      case 0:
      case 1:
        return object(size);
      case 2:
        return list(['id', 'name', 'key', 'path'][dice(4)]!, size);
      case 3:
        return list(null, size);
      case 4:
        return scalars(size);
      default:
        return text(size);
    }
  };
  const object = (size: number): Tree => {
    const entries = new Map<string, Tree>();
    for (let left = size; left > 0;) {
      const part = 1 + dice(Math.max(1, left >> 1));
      const key = keys[dice(keys.length)]!;
      entries.set(entries.has(key) ? `${key}${next()}` : key, make(part));
      left -= part;
    }
    return { kind: 'object', entries };
  };
  /** objects of six fields, so that one change leaves them alike */
  const list = (names: string | null, size: number): Tree => {
    const items = Array.from({ length: Math.max(3, size >> 3) }, (): Tagged<Tree> => {
      const tag = next();
      const entries = new Map<string, Tree>();
      if (names !== null)
        entries.set(
          names,
          dice(2) === 0
            ? textScalar(`n${tag}`)
            : uniqueScalar(
                () => 0,
                () => tag,
              ),
        );
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) entries.set(key, uniqueScalar(dice, next));
      return { tag, of: { kind: 'object', entries } };
    });
    return { kind: 'list', names, items };
  };
  const scalars = (size: number): Tree => ({
    kind: 'list',
    names: null,
    items: Array.from({ length: size }, () => ({ tag: next(), of: uniqueScalar(dice, next) })),
  });
  const text = (size: number): Tree => ({
    kind: 'text',
    lineBreak: dice(3) === 0 ? '\r\n' : '\n',
    lines: Array.from({ length: Math.max(2, size) }, () => ({ tag: next(), of: `line ${next()}` })),
  });
  return object(values);
}
