import { isMap, isScalar } from 'yaml';
import type { Node } from 'yaml';
import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { YamlLoader, YamlReading } from '../../yaml/yaml.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import { shifted } from './edits.ts';
import { lineOf } from './regions.ts';
import type { Region } from './regions.ts';
import { editYaml, newYaml } from './yaml-edit.ts';
import type { KeyOrder } from './yaml-edit.ts';
import { keyStart, pairsOf, parseTree, placeAt, rangeOf } from './yaml-tree.ts';
import type { Tree, YamlPath } from './yaml-tree.ts';
import type { YamlChange } from './yaml-value-edit.ts';
import { valueAt } from './yaml-value-edit.ts';

/** A part of a text that is YAML, with what it says and how it is changed. */
export type YamlSource = {
  readonly value: YamlValue;
  readonly at: (path: YamlPath) => { readonly value: YamlValue | undefined; readonly node: Node | null };
  /** the line of a key in the file */
  readonly line: (path: YamlPath) => number | null;
  readonly change: (change: YamlChange) => Result<readonly TextEdit[]>;
};

/** How a new part is put into the text: the edit that adds it around the YAML. */
export type Create = (yaml: string) => TextEdit;

export type SourceProblem = { readonly message: string; readonly line: number };

/** Reads a part of a text. Without a region everything is missing, and the first change makes the part. */
export function yamlSource(
  text: string,
  region: Region | null,
  loader: YamlLoader,
  order: KeyOrder,
  create: Create,
):
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly problem: SourceProblem } {
  if (region === null) return { ok: true, source: missing(order, create) };
  const yaml = text.slice(region.start, region.end);
  const first = lineOf(text, region.start);
  const { read, tree } = parsedOnce(yaml, loader);
  if (!read.ok) return { ok: false, problem: { ...read.problem, line: read.problem.line + first - 1 } };
  if (tree === null)
    return { ok: false, problem: { message: 'It is no YAML that can be changed', line: first } };
  return {
    ok: true,
    source: {
      value: read.value,
      at: (path) => {
        const place = placeAt(tree, path);
        return { value: valueAt(read.value, path), node: place.depth === path.length ? place.node : null };
      },
      line: (path) => {
        const at = placeOfKey(tree, path);
        return at === null ? null : lineOf(text, region.start + at);
      },
      change: (change) => {
        const made = editYaml(yaml, change, loader, order);
        return made.ok ? ok(shifted(made.value, region.start)) : made;
      },
    },
  };
}

type Parsed = { readonly read: YamlReading; readonly tree: Tree | null };

/** Texts that were parsed last: a form is made anew with every key that is pressed, and most of its parts stay. */
const lately = new Map<string, Parsed>();
const KEPT = 64;

function parsedOnce(yaml: string, loader: YamlLoader): Parsed {
  const key = `${loader} ${yaml}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  const made = { read: readYaml(yaml, loader), tree: parseTree(yaml) };
  lately.set(key, made);
  if (lately.size > KEPT) lately.delete(lately.keys().next().value!);
  return made;
}

function placeOfKey(tree: Tree, path: YamlPath): number | null {
  const step = path.at(-1);
  const { depth, node } = placeAt(tree, typeof step === 'string' ? path.slice(0, -1) : path);
  if (typeof step === 'number') return depth === path.length && node !== null ? rangeOf(node)[0] : null;
  if (step === undefined || depth !== path.length - 1 || !isMap(node)) return null;
  const pair = pairsOf(node, step).at(-1);
  return pair !== undefined && isScalar(pair.key) ? keyStart(pair) : null;
}

function missing(order: KeyOrder, create: Create): YamlSource {
  return {
    value: null,
    at: () => ({ value: undefined, node: null }),
    line: () => null,
    change: (change) => {
      if (change.do === 'remove') return ok([]);
      const value =
        change.do === 'set'
          ? change.value
          : change.do === 'add'
            ? ({ kind: 'list', items: [change.value], flow: false } as const)
            : null;
      const yaml = value === null ? null : newYaml(change.path, value, order);
      if (yaml === null)
        return fail('bad-request', 'There is nothing here that could be changed.', 'Change it in the text.');
      return ok([create(yaml)]);
    },
  };
}
