import { boolOf, textOf } from '../../../../core/json/build.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { readPicture } from './image.ts';
import { limits } from './limits.ts';
import type { Block, Field, Part } from './parts.ts';
import { at, INSIDE, itemsAt, openObject, type Opened, type Path, type Place } from './path.ts';
import type { Reader } from './reader.ts';

const EMPTY = { name: null, id: null, raw: null, failed: false, more: [] } as const;

export const wordsOf = (text: string, path: Path, reader: Reader): Block => ({
  ...EMPTY,
  kind: 'words',
  path,
  parts: [reader.words(text, path)],
});

/** One block of a message, in the forms of OpenAI, Anthropic and Gemini; an unknown one is shown as its fields. */
export function readBlock(place: Place, reader: Reader): Block {
  if (place.node.kind === 'string') return wordsOf(place.node.value, place.path, reader);
  if (place.node.kind !== 'object') return other(place, reader);
  const opened = openObject(place);
  const type = textOf(at(place, 'type')?.node);
  const block = byType(type, place, opened, reader);
  if (block === null) return other(place, reader);
  opened.take('type');
  return { ...block, more: [...block.more, ...opened.rest()] };
}

const other = (place: Place, reader: Reader): Block => ({
  ...EMPTY,
  kind: 'other',
  path: place.path,
  parts: reader.value(place),
});

function byType(type: string | null, place: Place, opened: Opened, reader: Reader): Block | null {
  const { path } = place;
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text':
    case 'refusal':
    case null: {
      const picture = pictureIn(place, opened, ['inline_data', 'inlineData']);
      if (picture !== null) return picture;
      const call = opened.take('function_call') ?? opened.take('functionCall');
      if (call !== null && type === null) return geminiCall(call, reader);
      const answer = opened.take('function_response') ?? opened.take('functionResponse');
      if (answer !== null && type === null) return geminiResult(answer, reader);
      if (call !== null || answer !== null) return null;
      const text = opened.takeText(type === 'refusal' ? 'refusal' : 'text');
      if (text === null) return null;
      const thought = boolOf(at(place, 'thought')?.node) === true;
      return { ...wordsOf(text, path, reader), kind: thought ? 'thinking' : 'words' };
    }
    case 'thinking': {
      const text = opened.takeText('thinking');
      return text === null ? null : { ...wordsOf(text, path, reader), kind: 'thinking' };
    }
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use': {
      const input = at(place, 'input');
      if (input === null) return null;
      opened.take('input');
      return callOf(input, path, opened.takeText('name'), opened.takeText('id'), reader);
    }
    case 'tool_result':
    case 'mcp_tool_result':
    case 'web_search_tool_result': {
      const content = opened.take('content');
      const id = opened.takeText('tool_use_id');
      const failed = boolOf(opened.take('is_error')?.node) === true;
      if (content === null) return { ...EMPTY, kind: 'result', path, id, failed, parts: [] };
      return { ...result(content, id, null, reader), path, failed };
    }
    case 'image':
    case 'image_url':
    case 'input_image':
      return pictureIn(place, opened, ['image_url', 'source', 'data']);
    default:
      return null;
  }
}

/** A picture under one of these keys, as a text or in an object with `url` or `data`. */
function pictureIn(place: Place, opened: Opened, keys: readonly string[]): Block | null {
  for (const key of keys) {
    const found = at(place, key);
    if (found === null) continue;
    const inner = found.node.kind === 'object' ? openObject(found) : null;
    const text =
      found.node.kind === 'string' ? found : inner === null ? null : (at(found, 'data') ?? at(found, 'url'));
    const picture = text?.node.kind === 'string' ? readPicture(text.node.value) : null;
    if (text === null || picture === null) continue;
    opened.take(key);
    if (inner !== null) {
      inner.take(at(found, 'data') === null ? 'url' : 'data');
      // the picture itself says so
      if (textOf(inner.see('type')?.node) === 'base64') inner.take('type');
      for (const said of ['media_type', 'mime_type', 'mimeType']) {
        if (textOf(inner.see(said)?.node) === picture.mime) inner.take(said);
      }
    }
    const part: Part = { kind: 'image', path: text.path, title: null, ...picture };
    return { ...EMPTY, kind: 'words', path: place.path, parts: [part], more: inner?.rest(`${key}.`) ?? [] };
  }
  return null;
}

function geminiCall(call: Place, reader: Reader): Block {
  const opened = openObject(call);
  const name = opened.takeText('name');
  const args = opened.take('args') ?? { node: { kind: 'object', entries: [] }, path: call.path };
  const block = callOf(args, call.path, name, opened.takeText('id'), reader);
  return { ...block, more: opened.rest() };
}

function geminiResult(answer: Place, reader: Reader): Block {
  const opened = openObject(answer);
  const name = opened.takeText('name');
  const id = opened.takeText('id');
  const response = opened.take('response') ?? { node: { kind: 'null' }, path: answer.path };
  return { ...result(response, id, name, reader), path: answer.path, more: opened.rest() };
}

type Known = { readonly id: string | null; readonly name: string | null; readonly path: Path };

/** The calls beside what was said: `tool_calls`, the older `function_call`, or an item that is itself a call. */
export function readCallsOf(opened: Opened, reader: Reader, item?: Known): Block[] {
  if (item !== undefined) {
    const args = opened.take('arguments') ??
      opened.take('input') ?? { node: { kind: 'null' }, path: item.path };
    return [callOf(args, item.path, item.name, item.id, reader)];
  }
  const calls = opened.take('tool_calls');
  const single = opened.take('function_call');
  const blocks =
    calls === null
      ? []
      : calls.node.kind === 'array'
        ? itemsAt(calls).map((call) => callAt(call, reader))
        : [other(calls, reader)];
  return single === null || single.node.kind === 'null' ? blocks : [...blocks, callAt(single, reader)];
}

function callAt(place: Place, reader: Reader): Block {
  if (place.node.kind !== 'object') return other(place, reader);
  const opened = openObject(place);
  const within = at(place, 'function');
  const inner = within?.node.kind === 'object' ? within : place;
  const said = inner === place ? opened : openObject(inner);
  if (inner !== place) opened.take('function');
  const name = said.takeText('name');
  const id = opened.takeText('id');
  if (textOf(at(place, 'type')?.node) === 'function') opened.take('type');
  const args = said.take('arguments') ?? said.take('args') ?? { node: { kind: 'null' }, path: place.path };
  const more: Field[] = [...opened.rest(), ...(inner === place ? [] : said.rest('function.'))];
  return { ...callOf(args, place.path, name, id, reader), more };
}

/** A call with its arguments, which are JSON or a text that should be. */
function callOf(args: Place, path: Path, name: string | null, id: string | null, reader: Reader): Block {
  const base = { ...EMPTY, kind: 'call', path, name, id } as const;
  if (args.node.kind !== 'string') {
    const empty =
      args.node.kind === 'null' || (args.node.kind === 'object' && args.node.entries.length === 0);
    return { ...base, parts: empty ? [] : reader.value(args) };
  }
  const raw = args.node.value;
  const parsed = raw.length > limits.lookChars * 10 ? null : parseJson(raw, { maxDepth: 100 });
  if (parsed?.ok === true && parsed.node.kind === 'object') {
    const inside = { node: parsed.node, path: [...args.path, INSIDE] };
    return { ...base, raw, parts: parsed.node.entries.length === 0 ? [] : reader.value(inside) };
  }
  return { ...base, raw, parts: raw === '' ? [] : [reader.words(raw, args.path)] };
}

/** What a tool gave back: a text, blocks, or any value. */
export function result(place: Place, id: string | null, name: string | null, reader: Reader): Block {
  const base = { ...EMPTY, kind: 'result', path: place.path, id, name } as const;
  const { node } = place;
  if (node.kind === 'string')
    return { ...base, parts: node.value === '' ? [] : reader.given(node.value, place.path) };
  if (node.kind === 'null') return { ...base, parts: [] };
  return { ...base, parts: reader.value(place) };
}
