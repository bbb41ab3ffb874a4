import { isScalar, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { plainValue } from '../../yaml/yaml-scalar.ts';
import { isDate, isList, isMap, typeName } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import { isNumber } from './check.ts';
import type { FieldDef } from './define.ts';
import type { FieldValue } from './form.ts';
import { literal, wantedText } from './yaml-render.ts';
import type { Wanted, WantedScalar } from './yaml-render.ts';
import { isBlock } from './yaml-tree.ts';

/** What a field makes of a value of YAML. `locked`: why it is changed in the text only. */
export type Decoded = {
  readonly value: FieldValue;
  readonly problem: string | null;
  readonly locked: string | null;
};

const fine = (value: FieldValue): Decoded => ({ value, problem: null, locked: null });

/** The value of a field. `node` is where it stands, which shows how numbers and dates are written. */
export function decode(def: FieldDef, value: YamlValue | undefined, node: Node | null): Decoded {
  if (value === undefined || value === null) return fine(null);
  if (isMap(value)) return locked(`${def.label} holds keys of its own.`);
  if (def.type === 'lines') {
    if (!isList(value)) {
      return {
        value: [shown(value, node)],
        problem: `${def.label} is ${typeName(value)}, not a list.`,
        locked: null,
      };
    }
    const nodes = isSeq(node) ? (node.items as readonly (Node | null)[]) : [];
    if (value.some((item) => isMap(item) || isList(item)))
      return locked(`${def.label} holds more than plain lines.`);
    return fine(value.map((item, i) => shown(item, nodes[i] ?? null)));
  }
  if (isList(value)) return locked(`${def.label} holds a list.`);
  if (def.type === 'bool') {
    if (typeof value === 'boolean') return fine(value);
    return {
      value: null,
      problem: `${def.label} is ${typeName(value)}, neither true nor false.`,
      locked: null,
    };
  }
  const text = typeof value === 'string' ? withoutTail(value, node) : shown(value, node);
  if (def.strict === true && typeof value !== 'string') {
    return {
      value: text,
      problem: `${def.label} is ${typeName(value)} and must be a text in quotes.`,
      locked: null,
    };
  }
  if (
    (def.type === 'number' || def.type === 'money') &&
    typeof value !== 'bigint' &&
    typeof value !== 'number'
  ) {
    return { value: text, problem: `${def.label} is ${typeName(value)}, not a number.`, locked: null };
  }
  return fine(text);
}

function locked(why: string): Decoded {
  return { value: null, problem: null, locked: `${why} Change it in the text.` };
}

/** A value as it is written, where that is what a person would type. */
function shown(value: YamlValue, node: Node | null): string {
  if (typeof value === 'string') return value;
  const source = isScalar(node) && node.type === 'PLAIN' ? (node.source ?? '') : '';
  if (typeof value === 'boolean') return source === '' ? (value ? 'yes' : 'no') : source.toLowerCase();
  if (isDate(value)) return source === '' ? value.text : source;
  if (typeof value === 'bigint' || typeof value === 'number')
    return isNumber(source) ? source : String(value);
  return '';
}

/** A block text ends with a line break that belongs to its form. */
function withoutTail(value: string, node: Node | null): string {
  return hasTail(value, node) ? value.slice(0, -1) : value;
}

function hasTail(value: YamlValue | undefined, node: Node | null): boolean {
  return typeof value === 'string' && value.endsWith('\n') && isScalar(node) && isBlock(node);
}

/** What is to be written for a value that `checkField` found good. */
export function encode(
  def: FieldDef,
  value: string | boolean | readonly string[],
  before: YamlValue | undefined,
  node: Node | null,
): Wanted {
  if (typeof value === 'boolean') return bool(value, node);
  if (typeof value !== 'string') {
    const item = def.rules?.item === 'number' ? numberOf : wantedText;
    return {
      kind: 'list',
      items: value.map((one) => keptItem(one, before, node) ?? item(one)),
      flow: def.flow === true,
    };
  }
  switch (def.type) {
    case 'number':
    case 'money':
      return numberOf(value);
    case 'date': {
      if (typeof before === 'string') return wantedText(value);
      const read = plainValue(value);
      return isDate(read as YamlValue)
        ? { kind: 'scalar', value: read as YamlValue, plain: value }
        : wantedText(value);
    }
    default: {
      if (def.bare === true) return { kind: 'scalar', value: plainValue(value) as YamlValue, plain: value };
      // what can't stand in a block is written in quotes, which need no line break
      const block = hasTail(before, node) && literal(value, '', true) !== null;
      return wantedText(block ? `${value}\n` : value);
    }
  }
}

/** A line of a list that is there already, with the value it has: 2026 stays a number. */
function keptItem(text: string, before: YamlValue | undefined, node: Node | null): WantedScalar | null {
  if (!isList(before) || !isSeq(node)) return null;
  const at = before.findIndex(
    (one, i) => typeof one !== 'string' && shown(one, node.items[i] as Node | null) === text,
  );
  if (at === -1) return null;
  const item = node.items[at] as Node | null;
  return isScalar(item) && item.type === 'PLAIN'
    ? { kind: 'scalar', value: before[at]!, plain: item.source ?? text }
    : null;
}

function numberOf(text: string): WantedScalar {
  return { kind: 'scalar', value: plainValue(text) as YamlValue, plain: text };
}

const words: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['on', 'off'],
];

/** On and off in the words that stood there before. */
function bool(value: boolean, node: Node | null): Wanted {
  const source = isScalar(node) && node.type === 'PLAIN' ? (node.source ?? '') : '';
  const pair = words.find((both) => both.includes(source.toLowerCase())) ?? words[0]!;
  const word = value ? pair[0] : pair[1];
  const first = source.charAt(0);
  const plain =
    first === '' || first === first.toLowerCase()
      ? word
      : source.length > 1 && source === source.toUpperCase()
        ? word.toUpperCase()
        : word.charAt(0).toUpperCase() + word.slice(1);
  return { kind: 'scalar', value, plain };
}
