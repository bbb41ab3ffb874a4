import { isMap, isScalar, isSeq } from 'yaml';
import type { Node } from 'yaml';
import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { YamlLoader } from '../../yaml/yaml.ts';
import { applyEdits, sorted } from './edits.ts';
import { editList } from './yaml-list.ts';
import { moveItem, removeItems, removeKey } from './yaml-remove.ts';
import { inline, valueOf } from './yaml-render.ts';
import type { Wanted } from './yaml-render.ts';
import { colonEnd, column, keyStart, lineEnd, pairsOf, parseTree, placeAt, rangeOf } from './yaml-tree.ts';
import type { Tree, YamlPath } from './yaml-tree.ts';
import { changed, sameValue } from './yaml-value-edit.ts';
import type { YamlChange } from './yaml-value-edit.ts';
import { addItem, addPair, afterColon, mapLines, overScalar, writePair } from './yaml-write.ts';
import type { Edits, Manner } from './yaml-write.ts';

/** The keys that a mapping can have, in the order in which a person would write them. */
export type KeyOrder = (path: YamlPath) => readonly string[];

/**
 * Changes a YAML text at one place and leaves every other byte. What comes out is read as the runtime reads it and must
 * say exactly what was wanted and nothing else; otherwise the next careful way of writing is tried, and then none.
 */
export function editYaml(
  text: string,
  change: YamlChange,
  loader: YamlLoader,
  order: KeyOrder,
): Result<readonly TextEdit[]> {
  const before = readYaml(text, loader);
  const tree = parseTree(text);
  if (!before.ok || tree === null) {
    return fail(
      'bad-request',
      `The text is no YAML that the runtime reads${before.ok ? '' : `: ${before.problem.message}`}.`,
      'Mend it in the text first.',
    );
  }
  const wanted = changed(before.value, change);
  if (wanted === undefined) return refused();
  for (const style of ['PLAIN', 'QUOTE_DOUBLE', 'safe'] as const) {
    const edits = editsOf(tree, change, (path) => ({ style, order: order(path) }));
    if (edits === null) continue;
    // a fence around the text would end at these
    if (loader === 'python' && edits.some((edit) => edit.text.includes('```'))) continue;
    const after = readYaml(applyEdits(text, edits), loader);
    if (after.ok && sameValue(after.value, wanted)) return ok(sorted(edits));
  }
  return refused();
}

function refused(): ReturnType<typeof fail> {
  return fail(
    'bad-request',
    'This can’t be changed by the form without touching something else of the YAML.',
    'Change it in the text.',
  );
}

type MannerAt = (path: YamlPath) => Manner;

function editsOf(tree: Tree, change: YamlChange, manner: MannerAt): Edits {
  const { path } = change;
  switch (change.do) {
    case 'set':
      return setAt(tree, path, change.value, manner);
    case 'remove':
      return removeKey(tree, path, change.keep);
    case 'rename':
      return renameKey(tree, path, change.name);
    default: {
      const { node, pair, depth, aliased } = placeAt(tree, path);
      if (aliased) return null;
      const there = depth === path.length && isSeq(node);
      if (change.do === 'add') {
        if (there && node.items.length > 0) {
          return addItem(tree, node, node.items.length, change.value, manner(path));
        }
        const list: Wanted = { kind: 'list', items: [change.value], flow: false };
        if (!there) return setAt(tree, path, list, manner);
        if (pair === null) return null;
        // `[]` gives way to entries below
        const from = colonEnd(pair);
        const below = lineEnd(tree.text, from);
        const indent = ' '.repeat(column(tree.text, keyStart(pair)));
        return [
          { from, to: rangeOf(node)[1], text: '' },
          { from: below, to: below, text: afterColon(list, indent, manner(path)) },
        ];
      }
      if (!there) return null;
      if (change.do === 'drop') return removeItems(tree, node, pair, [change.index]);
      return moveItem(tree, node, change.from, change.to);
    }
  }
}

function setAt(tree: Tree, path: YamlPath, value: Wanted, manner: MannerAt): Edits {
  const { node, pair, depth, aliased } = placeAt(tree, path);
  if (aliased) return null;
  if (depth === path.length) {
    if (value.kind === 'list' && isSeq(node)) return editList(tree, node, pair, value, manner(path));
    if (pair !== null) return writePair(tree, pair, value, manner(path.slice(0, -1)));
    if (node === null) return null;
    const edit = overScalar(tree, node, value, ' '.repeat(indentOf(tree, node)), manner(path));
    return edit === null ? null : [edit];
  }
  const [key, ...below] = path.slice(depth);
  if (typeof key !== 'string') return null;
  const made = nested(below, value);
  if (made === null) return null;
  const around = path.slice(0, depth);
  if (isMap(node) && (node.items.length > 0 || node.flow === true)) {
    return addPair(tree, node, key, made, manner(around));
  }
  const whole: Wanted = { kind: 'map', entries: [[key, made]] };
  if (depth > 0) return pair === null ? null : writePair(tree, pair, whole, manner(around));
  if (tree.root !== null && !(isScalar(tree.root) && tree.root.source === '')) return null;
  const gap = tree.text === '' || tree.text.endsWith('\n') ? '' : '\n';
  const at = tree.text.length;
  return [{ from: at, to: at, text: `${gap}${mapLines(whole, '', manner([]))}\n` }];
}

function indentOf(tree: Tree, node: Node): number {
  return column(tree.text, rangeOf(node)[0]);
}

/** A value below keys that are not there yet. */
function nested(path: YamlPath, value: Wanted): Wanted | null {
  let made = value;
  for (const key of path.toReversed()) {
    if (typeof key !== 'string') return null;
    made = { kind: 'map', entries: [[key, made]] };
  }
  return made;
}

function renameKey(tree: Tree, path: YamlPath, name: string): Edits {
  const key = path.at(-1);
  const { node, aliased, depth } = placeAt(tree, path.slice(0, -1));
  if (aliased || depth !== path.length - 1 || typeof key !== 'string' || !isMap(node)) return null;
  const edits: TextEdit[] = [];
  for (const pair of pairsOf(node, key)) {
    const [from, to] = rangeOf(pair.key as Node);
    edits.push({ from, to, text: inline({ kind: 'scalar', value: name, plain: name }, 'PLAIN', true) });
  }
  return edits;
}

/** A new YAML text that holds only this. */
export function newYaml(path: YamlPath, value: Wanted, order: KeyOrder): string | null {
  const whole = nested(path, value);
  if (whole?.kind !== 'map') return null;
  for (const style of ['PLAIN', 'safe'] as const) {
    const text = `${mapLines(whole, '', { style, order: order([]) })}\n`;
    const read = readYaml(text);
    if (read.ok && !text.includes('```') && sameValue(read.value, valueOf(whole))) return text;
  }
  return null;
}
