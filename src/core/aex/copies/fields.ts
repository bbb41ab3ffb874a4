import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import { stringifyJson } from '../../json/pretty.ts';
import { distinctEntries, type JsonNode, type JsonObject } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import { usd } from '../execution/words.ts';
import type { StoredEntry } from '../entry.ts';
import type { CopyNames } from './names.ts';

/** Fields that are named with their values; more are counted. */
const NAMED = 4;
/** Characters of a value that are shown. */
const VALUE_CHARS = 60;

/** What two entries of one number differ in, in words: the values of both copies. */
export function fieldsThatDiffer(a: StoredEntry, b: StoredEntry, names: CopyNames): string {
  const found: string[] = [];
  const add = (name: string, one: string | null, other: string | null): void => {
    if (one !== other) found.push(`${name} is ${shown(one)} in ${names.a} and ${shown(other)} in ${names.b}`);
  };
  add('the type', a.type, b.type);
  add('the execution', a.executionId, b.executionId);
  if (a.payload !== b.payload) found.push(...payloadFields(a.payload, b.payload, names));
  add('the hash before it', a.prevHash, b.prevHash);
  if (found.length === 0) add('its own hash', a.hash, b.hash);
  if (found.length === 0) return 'it holds texts of another kind';
  const more = found.length - NAMED;
  return [...found.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function payloadFields(a: string, b: string, names: CopyNames): readonly string[] {
  const one = objectOf(a);
  const other = objectOf(b);
  if (one === null || other === null) return ['its payload is another text'];
  const keys = new Set(
    [...distinctEntries(one.entries), ...distinctEntries(other.entries)].map(({ key }) => key),
  );
  const found = [...keys].flatMap((key) => {
    const [left, right] = [valueOf(one, key), valueOf(other, key)];
    if (left === right) return [];
    const [own, others] = [left, right].map((text) => (key.endsWith('_micro') ? money(text) : shown(text)));
    return [`${key} is ${own} in ${names.a} and ${others} in ${names.b}`];
  });
  return found.length > 0 ? found : ['its payload has the same values, written in another way'];
}

function objectOf(text: string): JsonObject | null {
  const parsed = parseJson(text, { maxChars: limits.ledgerPayloadChars });
  return parsed.ok && parsed.node.kind === 'object' ? parsed.node : null;
}

function valueOf(node: JsonNode, key: string): string | null {
  const value = field(node, key);
  return value === undefined ? null : stringifyJson(value);
}

const money = (text: string | null): string =>
  text !== null && /^-?\d{1,15}$/.test(text) ? usd(Number(text)) : shown(text);

function shown(text: string | null): string {
  if (text === null) return 'absent';
  return text.length <= VALUE_CHARS ? text : `${text.slice(0, VALUE_CHARS)}…`;
}
