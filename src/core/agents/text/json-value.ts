import { distinctEntries } from '../../json/tree.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';

/** A JSON document as the value that Python makes of it: whole numbers apart from others, objects as `Map`s. */
export function jsonValue(node: JsonNode): YamlValue {
  switch (node.kind) {
    case 'null':
      return null;
    case 'bool':
      return node.value;
    case 'int':
      return BigInt(node.text);
    case 'float':
      return Number(node.text);
    case 'string':
      return node.value;
    case 'array':
      return node.items.map(jsonValue);
    case 'object':
      return new Map(distinctEntries(node.entries).map(({ key, value }) => [key, jsonValue(value)] as const));
  }
}
