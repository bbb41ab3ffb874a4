import { pythonFloat } from './canonical.ts';
import { jsonFalse, jsonNull, jsonTrue } from './tree.ts';
import type { JsonNode } from './tree.ts';

const held = Symbol('json node');

/** A finished node inside plain data for `jsonOf`. */
export type Held = { readonly [held]: JsonNode };

/** Plain data that has a JSON form. A field that is undefined is left out. */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | Held
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

/** Marks a finished node so that `jsonOf` takes it as it is. */
export function hold(node: JsonNode): Held {
  return { [held]: node };
}

/** The node of plain data. Whole numbers become integers, others floats; keys in the order of the object. */
export function jsonOf(value: Plain): JsonNode {
  if (value === null) return jsonNull;
  switch (typeof value) {
    case 'boolean':
      return value ? jsonTrue : jsonFalse;
    case 'number':
      return Number.isInteger(value)
        ? { kind: 'int', text: BigInt(value).toString() }
        : { kind: 'float', text: pythonFloat(value) };
    case 'bigint':
      return { kind: 'int', text: value.toString() };
    case 'string':
      return { kind: 'string', value };
    default:
      return ofObject(value);
  }
}

function ofObject(value: Held | readonly Plain[] | { readonly [key: string]: Plain | undefined }): JsonNode {
  if (isList(value)) return { kind: 'array', items: value.map(jsonOf) };
  if (isHeld(value)) return value[held];
  const entries = Object.entries(value).flatMap(([key, part]) =>
    part === undefined ? [] : [{ key, value: jsonOf(part) }],
  );
  return { kind: 'object', entries };
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value);
}

function isHeld(value: object): value is Held {
  return held in value;
}

/** The value of a key; of a repeated key the last, as Python reads it. Undefined where the node has no such key. */
export function field(node: JsonNode | null | undefined, key: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.entries.findLast((entry) => entry.key === key)?.value;
}

/** The text of a string node, else null. */
export function textOf(node: JsonNode | null | undefined): string | null {
  return node?.kind === 'string' ? node.value : null;
}

/** A number node as a double (large integers lose digits), else null. */
export function numberOf(node: JsonNode | null | undefined): number | null {
  return node?.kind === 'int' || node?.kind === 'float' ? Number(node.text) : null;
}

/** The value of a true or false node, else null. */
export function boolOf(node: JsonNode | null | undefined): boolean | null {
  return node?.kind === 'bool' ? node.value : null;
}

/** The items of an array node, else an empty list. */
export function itemsOf(node: JsonNode | null | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}
