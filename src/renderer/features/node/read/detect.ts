import { field, textOf } from '../../../../core/json/build.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { readBlock } from './detect-blocks.ts';
import { isBlocks, readChat } from './detect-chat.ts';
import { pairAt, readText, type TextHints } from './detect-text.ts';
import { limits } from './limits.ts';
import type { Field, Part, Reading } from './parts.ts';
import { at, INSIDE, itemsAt, openObject, type Path, type Place } from './path.ts';
import type { Reader } from './reader.ts';
import { gridOfObjects, gridOfRows } from './table.ts';

/** Facts that tell what the rest is about: they stand above it. */
const LEADING = new Set(
  'path file file_path filename filepath url uri doc_id id name title model tool command cmd cwd query sql pattern language status status_code exit_code exitcode returncode return_code ok success error type mime_type role'.split(
    ' ',
  ),
);
const FILE_KEYS = ['path', 'file_path', 'filename', 'file', 'filepath', 'doc_id', 'uri', 'url', 'name'];

/**
 * The readable form of a content. A form is chosen only where the shape leaves no doubt; everything else is listed as
 * fields, so that no value is hidden. The JSON itself is never far: each part knows its place in it.
 */
export function readContent(root: JsonNode, tool: string): Reading {
  const state = { left: limits.values as number };
  const parts = readAt({ node: root, path: [] }, '', makeReader(tool, state), state, 0);
  return {
    parts: parts.length === 0 ? asFields({ node: root, path: [] }, '') : parts,
    rich: parts.some(isRich),
  };
}

const isRich = (part: Part): boolean => part.kind !== 'fields';

type State = { left: number };

function makeReader(tool: string, state: State, depth = 0): Reader {
  const reader: Reader = {
    tool,
    value: (place, label = '') => {
      const parts = readAt(place, label, makeReader(tool, state, depth + 1), state, depth + 1);
      return parts.length > 0 ? parts : asFields(place, label);
    },
    words: (text, path) => said(text, path, {}),
    given: (text, path) => given(text, path, reader, depth),
    rest: (fields, path) => (fields.length === 0 ? [] : [fieldsPart(fields, path)]),
  };
  return reader;
}

/** A text that stands in a part of its own whatever it is. */
function said(text: string, path: Path, hints: TextHints): Part {
  const part = readText(text, path, { ...hints, talk: true });
  return part ?? { kind: 'text', path, title: null, text, prose: true };
}

function given(text: string, path: Path, reader: Reader, depth: number): readonly Part[] {
  const inner = jsonInside(text);
  if (inner !== null && depth < limits.depth) {
    const parts = reader.value({ node: inner, path: [...path, INSIDE] });
    return [{ kind: 'group', path, title: null, parts, text }];
  }
  return [readText(text, path, {}) ?? { kind: 'text', path, title: null, text, prose: false }];
}

/** An object or a list that was written as JSON into a text. */
function jsonInside(text: string): JsonNode | null {
  if (text.length > limits.lookChars * 10 || !/^\s*[{[]/.test(text.slice(0, 100))) return null;
  const parsed = parseJson(text, { maxDepth: 100 });
  if (!parsed.ok || (parsed.node.kind !== 'object' && parsed.node.kind !== 'array')) return null;
  return childCount(parsed.node) === 0 ? null : parsed.node;
}

const childCount = (node: JsonNode): number =>
  node.kind === 'object' ? node.entries.length : node.kind === 'array' ? node.items.length : 0;

/** The parts of a value; none where it has no form of its own and is a field to its parent. */
function readAt(place: Place, label: string, reader: Reader, state: State, depth: number): readonly Part[] {
  state.left -= 1 + childCount(place.node);
  if (state.left < 0 || depth > limits.depth) return [];
  switch (place.node.kind) {
    case 'string': {
      const part = readText(place.node.value, place.path, { key: label });
      return part === null ? [] : [part];
    }
    case 'array':
      return readArray(place, reader, state, depth);
    case 'object':
      return readObject(place, reader, state, depth);
    default:
      return [];
  }
}

function readArray(place: Place, reader: Reader, state: State, depth: number): readonly Part[] {
  const { node, path } = place;
  const talk = readChat(place, reader);
  if (talk !== null) return talk;
  if (isBlocks(node)) {
    const blocks = itemsAt(place).map((item) => readBlock(item, reader));
    return blocks.flatMap(({ parts, more, path: from }) => parts.concat(reader.rest(more, from)));
  }
  const grid = gridOfObjects(node);
  const items = itemsAt(place);
  const pairs =
    items.length > 0 &&
    items.length <= limits.items &&
    items.every((item) => pairAt(item, reader.tool) !== null);
  if (grid !== null && !pairs) return [{ kind: 'table', path, title: null, ...grid, text: null }];
  if (items.length > limits.items) return [];
  const read = eachOf(
    items.map((item, i) => ({ label: `${i + 1}`, place: item })),
    reader,
    state,
    depth,
  );
  return read.rich.length === 0 ? [] : laidOut([], read, path);
}

function readObject(place: Place, reader: Reader, state: State, depth: number): readonly Part[] {
  const { path } = place;
  const talk = readChat(place, reader);
  if (talk !== null) return talk;
  const opened = openObject(place);
  const own: Part[] = [];
  const pair = pairAt(place, reader.tool);
  if (pair !== null) {
    opened.take(pair.keys[0]);
    opened.take(pair.keys[1]);
    own.push(pair.part);
  }
  const columns = at(place, 'columns');
  const rows = at(place, 'rows');
  const grid = columns === null || rows === null ? null : gridOfRows(columns.node, rows.node);
  if (grid !== null) {
    opened.take('columns');
    opened.take('rows');
    own.push({ kind: 'table', path: rows!.path, title: null, ...grid, text: null });
  }
  const command = commandOf(place);
  if (command !== null) {
    opened.take(command.key);
    own.push({ kind: 'command', path: command.path, title: null, text: command.text });
  }
  const entries = opened
    .rest()
    .map((entry) => ({ label: entry.label, place: { node: entry.node, path: entry.path } }));
  const read = eachOf(entries, reader, state, depth, fileOf(place.node));
  if (own.length === 0 && read.rich.length === 0) return [];
  return laidOut(own, read, path);
}

type Entry = { readonly label: string; readonly place: Place };
type Read = {
  readonly rich: readonly Part[];
  readonly leading: readonly Field[];
  readonly plain: readonly Field[];
};

/** Reads values that stand beside each other: those with a form of their own, and the fields that are left. */
function eachOf(
  entries: readonly Entry[],
  reader: Reader,
  state: State,
  depth: number,
  file: string | null = null,
): Read {
  const rich: Part[] = [];
  const leading: Field[] = [];
  const plain: Field[] = [];
  for (const { label, place } of entries) {
    const parts =
      place.node.kind === 'string'
        ? textAt(place.node.value, place.path, label, file, reader, depth)
        : readAt(place, label, reader, state, depth + 1);
    if (parts.some(isRich)) rich.push(titled(parts, label, place.path));
    else
      (LEADING.has(label.toLowerCase()) ? leading : plain).push({
        path: place.path,
        label,
        node: place.node,
      });
  }
  return { rich, leading, plain };
}

/** A command comes first, then what the facts are about, then the forms, then what is left. */
function laidOut(own: readonly Part[], { rich, leading, plain }: Read, path: Path): readonly Part[] {
  const commands = own.filter((part) => part.kind === 'command');
  const forms = [...own.filter((part) => part.kind !== 'command'), ...rich];
  const groups = forms.length === 0 ? [[...leading, ...plain]] : [leading, plain];
  const [first, last] = groups.map((list) => (list.length === 0 ? [] : [fieldsPart(list, path)]));
  return [...commands, ...(first ?? []), ...forms, ...(last ?? [])];
}

function textAt(
  text: string,
  path: Path,
  key: string,
  file: string | null,
  reader: Reader,
  depth: number,
): readonly Part[] {
  const part = readText(text, path, { key, file: FILE_KEYS.includes(key) ? null : file });
  if (part !== null && part.kind !== 'text') return [part];
  const inner = depth < limits.depth && text.length > 60 ? jsonInside(text) : null;
  if (inner !== null) {
    const parts = reader.value({ node: inner, path: [...path, INSIDE] });
    return [{ kind: 'group', path, title: null, parts, text }];
  }
  return part === null ? [] : [part];
}

/** Gives a part its key as title; several are kept together under it. */
function titled(parts: readonly Part[], label: string, path: Path): Part {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.title === null) return { ...only, title: label };
  return { kind: 'group', path, title: label, parts, text: null };
}

/** A value without a form of its own: an object as its entries, anything else as one field. */
function asFields({ node, path }: Place, label: string): readonly Part[] {
  const whole = node.kind === 'object' && node.entries.length > 0;
  return [fieldsPart(whole ? openObject({ node, path }).rest() : [{ path, label, node }], path)];
}

const fieldsPart = (fields: readonly Field[], path: Path): Part => ({
  kind: 'fields',
  path,
  title: null,
  fields,
});

function fileOf(node: JsonNode): string | null {
  for (const key of FILE_KEYS) {
    const name = textOf(field(node, key));
    if (name !== null && name.length < 1_000 && /\.\w{1,8}$/.test(name)) return name;
  }
  return null;
}

/** A command for a shell. Editors also have a `command`, with a path beside it. */
function commandOf(place: Place): { key: string; text: string; path: Path } | null {
  for (const key of ['command', 'cmd']) {
    const found = at(place, key);
    if (found?.node.kind !== 'string' || found.node.value.trim() === '') continue;
    if (['path', 'file_text', 'old_str', 'insert_line'].some((name) => at(place, name) !== null)) return null;
    if (/^[a-z_]+$/.test(found.node.value) && childCount(place.node) > 3) return null;
    return { key, text: found.node.value, path: found.path };
  }
  return null;
}
