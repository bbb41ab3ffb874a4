import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import { formatCount } from '../../../ui/format.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';

/** More of a pretty line is not shown at once; the line as it stands can still be copied. */
const MAX_PRETTY = 2_000_000;

/** A line of a log as JSON that keeps every number as it stands; null where it is none. */
export function readLine(text: string): JsonNode | null {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.node : null;
}

/** The line, indented for reading; as it stands where it is no JSON. */
export function prettyLine(text: string): string {
  const node = readLine(text);
  return node === null ? text : prettyJson(node, { maxChars: MAX_PRETTY }).text;
}

/** A field of the line that needs no view of its own. */
export type Field = { readonly key: string; readonly text: string };

/** What the facts say already, or what only a machine can use. */
const SAID = new Set([
  'ts',
  'run_id',
  'parent_run_id',
  'trigger',
  'primitive',
  'status',
  'summary',
  'model',
  'input_tokens',
  'output_tokens',
  'cost_usd',
  'cost_source',
  'latency_ms',
  'tool_name',
  'agent_name',
]);

/** Characters of a text of the line that are shown beside its key. */
const MAX_TEXT = 240;

/** The other fields of a line that are single values, in their order; lists and objects are for the JSON. */
export function otherFields(text: string): readonly Field[] {
  const node = readLine(text);
  if (node?.kind !== 'object') return [];
  return node.entries.flatMap(({ key, value }) => {
    const shown = SAID.has(key) ? null : plain(key, value);
    return shown === null ? [] : [{ key, text: shown }];
  });
}

function plain(key: string, node: JsonNode): string | null {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'yes' : 'no';
    case 'int':
      return /_tokens$|_count$/.test(key) ? formatCount(Number(node.text)) : node.text;
    case 'float':
      return node.text;
    case 'string':
      return node.value.length > MAX_TEXT ? `${node.value.slice(0, MAX_TEXT).toWellFormed()}…` : node.value;
    case 'array':
    case 'object':
      return null;
    default:
      return node satisfies never;
  }
}

/** `cache_hit_tokens` as `cache hit tokens`. */
export const fieldName = (key: string): string => key.replaceAll('_', ' ');
