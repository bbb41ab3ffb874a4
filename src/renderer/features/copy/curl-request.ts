import { boolOf, field, itemsOf, textOf } from '../../../core/json/build.ts';
import { stringifyJson } from '../../../core/json/pretty.ts';
import type { JsonNode } from '../../../core/json/tree.ts';

/** A request as an input describes it. */
export type Request = {
  readonly url: string;
  /** as stated; null where the input names none */
  readonly method: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: RequestBody | null;
};

/** `type`: what the body is when no header says so; null where that is unknown. */
export type RequestBody = {
  readonly text: string;
  readonly type: 'application/json' | 'application/x-www-form-urlencoded' | null;
};

const first = (node: JsonNode, names: readonly string[]): JsonNode | undefined =>
  names.map((name) => field(node, name)).find((value) => value !== undefined && value.kind !== 'null');

/**
 * The HTTP request that an input describes: a `url` or `uri` with http or https, and `method`, `headers`, `params`,
 * `json`, `body` or `data` beside it. Null for anything else.
 */
export function requestOf(input: JsonNode): Request | null {
  if (input.kind !== 'object') return null;
  const address = textOf(first(input, ['url', 'uri', 'href']));
  if (address === null || !/^https?:\/\/[^\s/?#]/i.test(address.trim())) return null;
  const method = textOf(first(input, ['method', 'verb', 'http_method']));
  if (method !== null && !/^[A-Za-z][A-Za-z-]{0,30}$/.test(method.trim())) return null;
  const params = pairsOf(first(input, ['params', 'query', 'query_params', 'search_params']));
  return {
    // a blank would end the address
    url: withParams(address.trim().replaceAll(/\s/g, encodeURIComponent), params),
    method: method === null ? null : method.trim().toUpperCase(),
    headers: pairsOf(first(input, ['headers', 'header'])),
    body: bodyOf(input),
  };
}

function bodyOf(input: JsonNode): RequestBody | null {
  const json = field(input, 'json');
  if (json !== undefined && json.kind !== 'null') {
    // `json: true` beside a body says what the body is
    const flag = boolOf(json) !== null && first(input, ['body', 'data']) !== undefined;
    if (!flag) return { text: stringifyJson(json), type: 'application/json' };
  }
  const form = first(input, ['form', 'form_data']) ?? objectIn(input, 'data');
  if (form !== undefined && form.kind === 'object') {
    return { text: formText(pairsOf(form)), type: 'application/x-www-form-urlencoded' };
  }
  const body = first(input, ['body', 'data', 'content', 'payload']);
  if (body === undefined) return null;
  if (body.kind === 'string') return { text: body.value, type: null };
  return { text: stringifyJson(body), type: 'application/json' };
}

function objectIn(input: JsonNode, name: string): JsonNode | undefined {
  const value = field(input, name);
  return value?.kind === 'object' && value.entries.every((entry) => isFlat(entry.value)) ? value : undefined;
}

const isFlat = (node: JsonNode): boolean =>
  node.kind === 'array' ? node.items.every((item) => scalarText(item) !== null) : node.kind !== 'object';

/** Names and values of an object, or of a list of pairs or of `{name, value}`; a list as value repeats the name. */
function pairsOf(node: JsonNode | undefined): readonly (readonly [string, string])[] {
  if (node?.kind === 'object') {
    return node.entries.flatMap(({ key, value }) => valuesOf(value).map((text) => [key, text] as const));
  }
  return itemsOf(node).flatMap((item) => {
    const name = item.kind === 'array' ? item.items[0] : (field(item, 'name') ?? field(item, 'key'));
    const value = item.kind === 'array' ? item.items[1] : field(item, 'value');
    const key = textOf(name);
    return key === null || value === undefined ? [] : valuesOf(value).map((text) => [key, text] as const);
  });
}

function valuesOf(node: JsonNode): readonly string[] {
  if (node.kind === 'array') return node.items.flatMap((item) => scalarText(item) ?? []);
  return [scalarText(node) ?? []].flat();
}

function scalarText(node: JsonNode): string | null {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'int':
    case 'float':
      return node.text;
    case 'bool':
      return String(node.value);
    default:
      return null;
  }
}

const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll("'", '%27').replaceAll('%20', '+');

const formText = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

function withParams(address: string, params: readonly (readonly [string, string])[]): string {
  if (params.length === 0) return address;
  const hash = address.indexOf('#');
  const base = hash < 0 ? address : address.slice(0, hash);
  const joint = base.includes('?') ? (/[?&]$/.test(base) ? '' : '&') : '?';
  return base + joint + formText(params) + (hash < 0 ? '' : address.slice(hash));
}
