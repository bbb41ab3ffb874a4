import { textScalar, uniqueScalar, type Dice, type Tagged, type Tree } from './edit-trees.ts';

/** One place of a document that can be changed in two different ways; no two places touch each other. */
export type Slot = {
  /** the conflict that two different changes make, as a path without numbers */
  readonly path: string;
  readonly change: (root: Tree, variant: 0 | 1) => void;
};

type Find = (root: Tree) => Tree;
type Put = (path: string, change: Slot['change']) => void;

/** All places of a document at which something can be changed. */
export function slotsOf(root: Tree, dice: Dice): Slot[] {
  const slots: Slot[] = [];
  let count = 1_000_000;
  const maker: Maker = {
    dice,
    next: () => (count += 1),
    put: (path, change) => slots.push({ path, change }),
  };
  inTree(maker, root, '', (tree) => tree);
  return slots;
}

type Maker = { readonly dice: Dice; readonly next: () => number; readonly put: Put };

function inTree(maker: Maker, tree: Tree, path: string, find: Find): void {
  if (tree.kind === 'object') inObject(maker, tree, path, find);
  else if (tree.kind === 'text') inText(maker, tree, path, find);
  else if (tree.kind === 'list') {
    if (tree.names !== null) inNamed(maker, tree, path, find);
    else inList(maker, tree, path, find);
  }
}

function inObject(maker: Maker, tree: Extract<Tree, { kind: 'object' }>, path: string, find: Find): void {
  for (const [key, part] of tree.entries) {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2')}`;
    const findPart: Find = (root) => entriesOf(find(root)).get(key)!;
    if (part.kind !== 'scalar' && maker.dice(5) > 0) inTree(maker, part, at, findPart);
    else entrySlot(maker, key, part, at, find);
  }
  if (maker.dice(3) === 0) {
    const key = `new${maker.next()}`;
    const [one, two] = [
      textScalar(`new ${maker.next()}`),
      { kind: 'list', names: null, items: [] } satisfies Tree,
    ];
    maker.put(`${path}/${key}`, (root, variant) => entriesOf(find(root)).set(key, variant === 0 ? one : two));
  }
}

/** A whole value: changed in two ways, or deleted by one and changed by the other, also somewhere inside. */
function entrySlot(maker: Maker, key: string, part: Tree, path: string, find: Find): void {
  const [one, two] = [uniqueScalar(maker.dice, maker.next), uniqueScalar(maker.dice, maker.next)];
  const deletes = maker.dice(3);
  maker.put(path, (root, variant) => {
    const entries = entriesOf(find(root));
    if (deletes === variant) entries.delete(key);
    else if (part.kind === 'object' && deletes < 2) entriesOf(entries.get(key)!).set('inside', one);
    else entries.set(key, variant === 0 ? one : two);
  });
}

function inText(maker: Maker, tree: Extract<Tree, { kind: 'text' }>, path: string, find: Find): void {
  for (let i = maker.dice(2); i < tree.lines.length; i += 3) {
    const { tag } = tree.lines[i]!;
    const [one, two] = [`line ${maker.next()}`, `line ${maker.next()}`];
    const kind = maker.dice(3);
    maker.put(path, (root, variant) => {
      const text = find(root);
      if (text.kind === 'text')
        text.lines = exchanged(text.lines, tag, kind, variant === 0 ? one : two, variant);
    });
  }
}

/** A list without names: places that can move others lie apart, and fields of elements that are alike. */
function inList(maker: Maker, tree: Extract<Tree, { kind: 'list' }>, path: string, find: Find): void {
  for (let i = maker.dice(2); i < tree.items.length; i += 3) {
    const { tag, of } = tree.items[i]!;
    const kind = maker.dice(3);
    if (of.kind === 'object' && kind === 0) {
      fieldSlots(maker, of, `${path}[]`, (root) => elementOf(find(root), tag));
      continue;
    }
    const [one, two] = [uniqueScalar(maker.dice, maker.next), uniqueScalar(maker.dice, maker.next)];
    maker.put(path, (root, variant) => {
      const list = find(root);
      if (list.kind === 'list')
        list.items = exchanged(list.items, tag, kind, variant === 0 ? one : two, variant);
    });
  }
}

/** Kind 0 replaces, 1 inserts after, 2 deletes (or, as the other way to change it, replaces). */
function exchanged<T>(
  items: readonly Tagged<T>[],
  tag: number,
  kind: number,
  other: T,
  variant: 0 | 1,
): Tagged<T>[] {
  return items.flatMap((item) => {
    if (item.tag !== tag) return [item];
    if (kind === 1) return [item, { tag: -tag, of: other }];
    return kind === 2 && variant === 0 ? [] : [{ tag, of: other }];
  });
}

/** A list with names: each element by itself, and either its order or what comes and goes. */
function inNamed(maker: Maker, tree: Extract<Tree, { kind: 'list' }>, path: string, find: Find): void {
  const names = tree.names!;
  const moves = maker.dice(2) === 0;
  for (const { tag, of } of tree.items) {
    const element: Find = (root) => elementOf(find(root), tag);
    if (moves || maker.dice(3) > 0) fieldSlots(maker, of, `${path}[]`, element);
    else {
      const one = textScalar(`${maker.next()}`);
      maker.put(`${path}[]`, (root, variant) => {
        const list = find(root);
        if (list.kind !== 'list') return;
        if (variant === 0) list.items = list.items.filter((item) => item.tag !== tag);
        else entriesOf(element(root)).set('b', one);
      });
    }
  }
  const [first, second, third] = tree.items.map(({ tag }) => tag);
  if (moves) {
    maker.put(path, (root, variant) => {
      const list = find(root);
      if (list.kind === 'list') swap(list.items, first!, variant === 0 ? second! : third!);
    });
    return;
  }
  const tag = maker.next();
  const [one, two] = [textScalar(`${maker.next()}`), textScalar(`${maker.next()}`)];
  maker.put(`${path}[]/v`, (root, variant) => {
    const list = find(root);
    const entries = new Map<string, Tree>([
      [names, textScalar(`n${tag}`)],
      ['v', variant === 0 ? one : two],
    ]);
    if (list.kind === 'list') list.items = [...list.items, { tag, of: { kind: 'object', entries } }];
  });
}

function swap<T>(items: Tagged<T>[], a: number, b: number): void {
  const [i, j] = [items.findIndex(({ tag }) => tag === a), items.findIndex(({ tag }) => tag === b)];
  [items[i], items[j]] = [items[j]!, items[i]!];
}

/** Two fields of an object, each a place of its own. */
function fieldSlots(maker: Maker, of: Tree, path: string, find: Find): void {
  if (of.kind !== 'object') return;
  for (const key of ['a', 'd']) {
    const part = of.entries.get(key);
    if (part !== undefined) entrySlot(maker, key, part, `${path}/${key}`, find);
  }
}

function entriesOf(tree: Tree): Map<string, Tree> {
  if (tree.kind !== 'object') throw new Error('No object stands here');
  return tree.entries;
}

function elementOf(tree: Tree, tag: number): Tree {
  const found = tree.kind === 'list' ? tree.items.find((item) => item.tag === tag) : undefined;
  if (found === undefined) throw new Error('The element is gone');
  return found.of;
}
