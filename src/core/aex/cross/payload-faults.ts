import type { JsonNode } from '../../json/tree.ts';
import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import { CONSTANTS, kindOf, readPayload, type StoredEntry } from '../entry.ts';
import { listed, shown } from './words.ts';

/** What of an entry's payload is not of the form that AEX writes. */
export type Faults = {
  /** in words, as the rest of a sentence about the entry */
  readonly says: string;
  /** of the keys alone that hold something else; null: more than that is wrong */
  readonly expected: string | null;
  readonly found: string | null;
};

export function payloadFaults(entry: StoredEntry): Faults | null {
  const { odd, unlike, state, detail } = readPayload(entry.type, entry.payload);
  if (odd === null) {
    for (const [kind, key, value] of [
      ['dispatch', 'state', state],
      ['deny', 'detail', detail],
    ] as const) {
      const usual = CONSTANTS[key];
      if (!unlike || kindOf(entry.type) !== kind || value === usual) continue;
      const text = `the text "${shown(value)}"`;
      return {
        says: `${key} is ${text}, where AEX writes "${usual}"`,
        expected: `${key} "${usual}"`,
        found: `${key} ${text}`,
      };
    }
    return null;
  }
  const parsed = parseJson(entry.payload);
  if (!parsed.ok || parsed.node.kind !== 'object') {
    return { says: `its payload ${odd}`, expected: null, found: null };
  }
  const says: string[] = [];
  const expected: string[] = [];
  const found: string[] = [];
  for (const one of odd.split(', ')) {
    const wrong = /^gives no (integer|text) as (\w+)$/.exec(one);
    const missing = /^has no (\w+)$/.exec(one);
    if (wrong !== null) {
      const [, kind, key] = wrong as unknown as readonly [string, string, string];
      const value = valueWords(field(parsed.node, key));
      says.push(`${key} is ${value}, where AEX writes ${kind === 'text' ? 'a text' : 'an integer'}`);
      expected.push(`${key} ${kind === 'text' ? 'a text' : 'an integer'}`);
      found.push(`${key} ${value}`);
    } else if (missing !== null) {
      says.push(`it has no ${missing[1]}`);
      expected.push(`a ${missing[1]}`);
      found.push(`no ${missing[1]}`);
    } else says.push(`its payload ${one}`);
  }
  const all = says.length === expected.length;
  return {
    says: listed(says),
    expected: all ? expected.join(', ') : null,
    found: all ? found.join(', ') : null,
  };
}

/** What a key holds: `the text "2725"`, `10.5`, `a list`. */
function valueWords(node: JsonNode | undefined): string {
  switch (node?.kind) {
    case 'string':
      return `the text "${shown(node.value)}"`;
    case 'int':
    case 'float':
      return shown(node.text);
    case 'bool':
      return String(node.value);
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return 'nothing';
  }
}
