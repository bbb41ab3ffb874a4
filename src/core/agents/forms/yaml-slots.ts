import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import type { RowValues, Slot, SlotRow, SlotTable } from './bind.ts';
import { checkField } from './check.ts';
import { decode, encode } from './codec.ts';
import { keysOf, specOf } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FieldValue, FormAbout } from './form.ts';
import type { Wanted, WantedMap } from './yaml-render.ts';
import type { YamlSource } from './yaml-source.ts';
import type { YamlPath } from './yaml-tree.ts';

const nothing: Wanted = { kind: 'scalar', value: null, plain: 'null' };

/** A field of YAML. `base`: the keys above it, which are never taken out with it. */
export function yamlSlot(source: YamlSource, base: YamlPath, def: FieldDef, about: FormAbout): Slot {
  const path = [...base, ...keysOf(def)];
  const spec = specOf(def, about);
  const { value: raw, node } = source.at(path);
  const { value, problem, locked } = decode(def, raw, node);
  const present = raw !== undefined;
  const broken = !present
    ? def.required === true
      ? `${def.label} is missing.`
      : null
    : checkField(spec, value);
  return {
    spec,
    value,
    present,
    line: present ? source.line(path) : null,
    problem: locked === null ? (problem ?? broken) : null,
    locked,
    write: (wanted) => {
      if (wanted !== null) return source.change({ do: 'set', path, value: encode(def, wanted, raw, node) });
      if (!present) return ok([]);
      if (def.nullable === true) return source.change({ do: 'set', path, value: nothing });
      return source.change({ do: 'remove', path, keep: base.length });
    },
  };
}

export function yamlSlots(
  source: YamlSource,
  base: YamlPath,
  defs: readonly FieldDef[],
  about: FormAbout,
): readonly Slot[] {
  return defs.map((def) => yamlSlot(source, base, def, about));
}

type TableOf = {
  readonly rowName: string;
  readonly defs: readonly FieldDef[];
  readonly moves?: boolean;
  /** the fields of a row that is written in another way */
  readonly variant?: (row: YamlMap) => readonly FieldDef[];
};

/** Rows that are the entries of a list of mappings. */
export function listTable(
  source: YamlSource,
  path: YamlPath,
  { rowName, defs, moves = true, variant = () => defs }: TableOf,
  about: FormAbout,
): SlotTable {
  const { value } = source.at(path);
  const items = isList(value) ? value : [];
  const rows = items.map((item, index): SlotRow => {
    const base = [...path, index];
    const slots = isMap(item) ? yamlSlots(source, base, variant(item), about) : [];
    return {
      title: titleOf(slots, `${rowName} ${index + 1}`),
      line: source.line(base),
      slots,
      locked: isMap(item) ? null : `This ${rowName} holds no keys. Change it in the text.`,
    };
  });
  return {
    rowName,
    specs: defs.map((def) => specOf(def, about)),
    rows,
    moves,
    add: (values) => source.change({ do: 'add', path, value: rowMap(defs, values) }),
    remove: (index) => source.change({ do: 'drop', path, index }),
    move: (from, to) => source.change({ do: 'move', path, from, to }),
  };
}

function titleOf(slots: readonly Slot[], otherwise: string): string {
  const named = slots.find(({ value }) => typeof value === 'string' && value !== '');
  return typeof named?.value === 'string' ? named.value : otherwise;
}

/** A mapping of given values by the keys of their fields. */
/** A mapping of given values by the keys of their fields. */
export function rowMap(defs: readonly FieldDef[], values: RowValues): WantedMap {
  let made: WantedMap = { kind: 'map', entries: [] };
  for (const def of defs) {
    const value = values[def.id] ?? null;
    if (value !== null) made = placed(made, keysOf(def), encode(def, value, undefined, null));
  }
  return made;
}

function placed(map: WantedMap, [key, ...below]: YamlPath, value: Wanted): WantedMap {
  const name = String(key);
  if (below.length === 0) return { kind: 'map', entries: [...map.entries, [name, value]] };
  const at = map.entries.findIndex(([one]) => one === name);
  const held = map.entries[at]?.[1];
  const inner = placed(held?.kind === 'map' ? held : { kind: 'map', entries: [] }, below, value);
  if (at === -1) return { kind: 'map', entries: [...map.entries, [name, inner]] };
  return { kind: 'map', entries: map.entries.with(at, [name, inner]) };
}

/** Rows that are the keys of a mapping; the first field is the key itself. One field with no keys is the value. */
export function mapTable(
  source: YamlSource,
  path: YamlPath,
  { rowName, defs, keep }: TableOf & { readonly keep: number },
  about: FormAbout,
): SlotTable {
  const { value } = source.at(path);
  const map: YamlMap = isMap(value) ? value : new Map();
  const [nameDef, ...rest] = defs as [FieldDef, ...FieldDef[]];
  const rows = Array.from(map.keys(), (key): SlotRow => {
    if (typeof key !== 'string') {
      return {
        title: String(key),
        line: null,
        slots: [],
        locked: 'Its name is no text. Change it in the text.',
      };
    }
    const base = [...path, key];
    const inner = map.get(key);
    const whole = rest.length === 1 && keysOf(rest[0]!).length === 0;
    const fits = whole || inner === null || isMap(inner);
    return {
      title: key,
      line: source.line(base),
      slots: [nameSlot(source, base, nameDef, about), ...(fits ? yamlSlots(source, base, rest, about) : [])],
      locked: fits ? null : `${key} holds no keys. Change it in the text.`,
    };
  });
  return {
    rowName,
    specs: defs.map((def) => specOf(def, about)),
    rows,
    moves: false,
    add: (values) => {
      const name = values[nameDef.id];
      if (typeof name !== 'string') return fail('bad-request', `${nameDef.label} is needed.`, 'Give one.');
      if (map.has(name))
        return fail('exists', `${name} is there already.`, 'Take another name, or change that one.');
      const only = rest[0];
      const given = only === undefined ? null : (values[only.id] ?? null);
      const wanted: Wanted =
        only !== undefined && keysOf(only).length === 0 && given !== null
          ? encode(only, given, undefined, null)
          : rowMap(rest, values);
      return source.change({ do: 'set', path: [...path, name], value: wanted });
    },
    remove: (index): Result<readonly TextEdit[]> => {
      const key = Array.from(map.keys())[index];
      if (typeof key !== 'string') return fail('not-found', `There is no such ${rowName}.`, 'Look again.');
      return source.change({ do: 'remove', path: [...path, key], keep });
    },
    move: () => fail('bad-request', 'Their order has no meaning.', 'Leave it as it is.'),
  };
}

function nameSlot(source: YamlSource, path: YamlPath, def: FieldDef, about: FormAbout): Slot {
  const key = String(path.at(-1));
  const spec = specOf(def, about);
  return {
    spec,
    value: key,
    present: true,
    line: source.line(path),
    problem: checkField(spec, key),
    locked: null,
    write: (value: FieldValue) =>
      typeof value === 'string' && value !== key
        ? source.change({ do: 'rename', path, name: value })
        : ok([]),
  };
}
