import { isDate, isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import { valueOf } from './yaml-render.ts';
import type { Wanted } from './yaml-render.ts';
import type { YamlPath } from './yaml-tree.ts';

/** One change of a YAML text. `keep`: steps of the path that are not taken out when they become empty. */
export type YamlChange =
  | { readonly do: 'set'; readonly path: YamlPath; readonly value: Wanted }
  | { readonly do: 'remove'; readonly path: YamlPath; readonly keep: number }
  | { readonly do: 'add'; readonly path: YamlPath; readonly value: Wanted }
  | { readonly do: 'drop'; readonly path: YamlPath; readonly index: number }
  | { readonly do: 'move'; readonly path: YamlPath; readonly from: number; readonly to: number }
  | { readonly do: 'rename'; readonly path: YamlPath; readonly name: string };

/** The value that a change must lead to; undefined: it can't be made. */
export function changed(value: YamlValue, change: YamlChange): YamlValue | undefined {
  switch (change.do) {
    case 'set':
      return at(value, change.path, () => valueOf(change.value));
    case 'remove':
      return removed(value, change.path, change.keep);
    case 'add':
      return at(value, change.path, (list) => {
        if (list === undefined || list === null) return [valueOf(change.value)];
        return isList(list) ? [...list, valueOf(change.value)] : undefined;
      });
    case 'drop':
      return at(value, change.path, (list) =>
        isList(list) && change.index < list.length ? list.filter((_, i) => i !== change.index) : undefined,
      );
    case 'move':
      return at(value, change.path, (list) => {
        if (!isList(list) || change.from >= list.length || change.to >= list.length) return undefined;
        const out = list.filter((_, i) => i !== change.from);
        return out.toSpliced(change.to, 0, list[change.from]!);
      });
    case 'rename':
      return renamed(value, change.path, change.name);
  }
}

type Make = (value: YamlValue | undefined) => YamlValue | undefined;

function at(value: YamlValue | undefined, path: YamlPath, make: Make): YamlValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return make(value);
  if (typeof step === 'number') {
    if (!isList(value) || step >= value.length) return undefined;
    const inner = at(value[step], rest, make);
    return inner === undefined ? undefined : value.with(step, inner);
  }
  if (value !== undefined && value !== null && !isMap(value)) return undefined;
  const inner = at(isMap(value) ? value.get(step) : undefined, rest, make);
  if (inner === undefined) return undefined;
  return new Map(isMap(value) ? value : []).set(step, inner);
}

/** The value without a key, and without the mappings around it that it leaves empty. */
function removed(value: YamlValue, path: YamlPath, keep: number): YamlValue | undefined {
  const key = path.at(-1);
  const around = path.slice(0, -1);
  const map = valueAt(value, around);
  if (typeof key !== 'string' || !isMap(map)) return value;
  if (!map.has(key)) return value;
  const left = new Map(map);
  left.delete(key);
  if (left.size > 0) return at(value, around, () => left);
  if (around.length > keep && typeof around.at(-1) === 'string') return removed(value, around, keep);
  return at(value, around, () => null);
}

function renamed(value: YamlValue, path: YamlPath, name: string): YamlValue | undefined {
  const key = path.at(-1);
  return at(value, path.slice(0, -1), (map) => {
    if (!isMap(map) || typeof key !== 'string' || !map.has(key) || map.has(name)) return undefined;
    return new Map(Array.from(map, ([one, held]) => [one === key ? name : one, held] as const));
  });
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: YamlValue | undefined, path: YamlPath): YamlValue | undefined {
  let here: YamlValue | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') here = isList(here) ? here[step] : undefined;
    else here = isMap(here) ? here.get(step) : undefined;
  }
  return here;
}

/** Whether two read values are one and the same. Nothing and an empty mapping count as equal. */
export function sameValue(a: YamlValue, b: YamlValue): boolean {
  if (isMap(a)) {
    if (!isMap(b)) return b === null && a.size === 0;
    return (
      a.size === b.size && Array.from(a).every(([key, one]) => b.has(key) && sameValue(one, b.get(key)!))
    );
  }
  if (isMap(b)) return a === null && b.size === 0;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((one, i) => sameValue(one, b[i]!));
  if (isDate(a)) return isDate(b) && a.kind === b.kind && a.text === b.text;
  return Object.is(a, b);
}
