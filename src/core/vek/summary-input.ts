import { field, itemsOf, textOf } from '../json/build.ts';
import type { JsonEntry, JsonNode } from '../json/tree.ts';
import type { ToolKind } from '../../contract/vek.ts';
import { blockText } from './summary-failure.ts';
import { modelInput } from './summary-model.ts';
import {
  counted,
  firstField,
  firstText,
  inline,
  isNested,
  joined,
  measured,
  named,
  oneLine,
  visibleEntries,
} from './summary-text.ts';
import { names, settings } from './summary-words.ts';

/** What a call was asked to do, in one line. `cut`: the value is only the beginning of the input. */
export function describeInput(kind: ToolKind, input: JsonNode, cut: boolean): string {
  const args = argumentsOf(input);
  if (args.kind === 'string' && kind === 'fetch') return shortUrl(args.value);
  if (args.kind !== 'object') return inline(args);
  return byKind(kind, args, cut) ?? describeFields(args, names.telling, 'no arguments');
}

function byKind(kind: ToolKind, args: JsonNode, cut: boolean): string | null {
  switch (kind) {
    case 'merge':
      return mergeInput(args);
    case 'model':
      return modelInput(args);
    case 'search':
      return searchInput(args);
    case 'fetch':
      return fetchInput(args);
    case 'shell':
      return shellInput(args);
    case 'read':
    case 'write':
      return fileInput(kind, args, cut);
    case 'edit':
      return editInput(args);
    case 'test':
      return describeFields(args, ['k', 'test', 'tests', 'target', 'path', 'pattern', 'command'], 'all');
    case 'plan':
      return planInput(args);
    case 'message':
      return messageInput(args);
    case 'other':
      return null;
  }
}

/** The arguments themselves, out of wrappers such as `{"args":[],"kwargs":{…}}` and `{"self":…,"input":{…}}`. */
function argumentsOf(input: JsonNode, depth = 0): JsonNode {
  if (depth > 3) return input;
  const entries = visibleEntries(input).filter(({ value }) => !(isNested(value) && sizeOf(value) === 0));
  const only = entries.length === 1 ? entries[0]! : null;
  if (
    only?.value.kind === 'object' &&
    /^(?:kwargs|arguments|args|input|params|parameters|tool_input)$/.test(only.key)
  ) {
    return argumentsOf(only.value, depth + 1);
  }
  if (only?.key === 'args' && only.value.kind === 'array' && only.value.items.length === 1)
    return only.value.items[0]!;
  return input;
}

function sizeOf(node: JsonNode): number {
  return node.kind === 'array' ? node.items.length : node.kind === 'object' ? node.entries.length : 1;
}

/** The most telling field first, then the others with their names; settings only when there is nothing else. */
export function describeFields(node: JsonNode, telling: readonly string[], empty: string): string {
  const all = visibleEntries(node);
  if (all.length === 0)
    return node.kind === 'object' && node.entries.length > 0 ? counted(node.entries.length, 'fields') : empty;
  const lead = telling
    .map((name) => all.findLast((entry) => entry.key === name))
    .find((entry) => tells(entry));
  const rest = all.filter(
    (entry) => entry !== lead && !settings.has(entry.key) && entry.value.kind !== 'null',
  );
  const short = [
    ...rest.filter((entry) => !isNested(entry.value)),
    ...rest.filter((entry) => isNested(entry.value)),
  ];
  const others = short.length === 0 && lead === undefined ? all : short;
  const listed = others.slice(0, 5).map((entry) => named(entry));
  if (others.length > 5) listed.push(`+${others.length - 5} more`);
  return joined([lead === undefined ? null : inline(lead.value), listed.join(', ')]);
}

function tells(entry: JsonEntry | undefined): boolean {
  if (entry === undefined) return false;
  const { value } = entry;
  return value.kind === 'string'
    ? value.value.trim() !== ''
    : value.kind === 'int' || (value.kind === 'array' && inline(value) !== '');
}

function mergeInput(args: JsonNode): string | null {
  const [current, target] = itemsOf(field(args, 'merge')).map((name) => textOf(name));
  return typeof current === 'string' && typeof target === 'string'
    ? `${oneLine(target, 75)} into ${oneLine(current, 75)}`
    : null;
}

function searchInput(args: JsonNode): string | null {
  const queries = firstField(args, ['queries']);
  const query = firstText(args, names.query) ?? (queries === null ? null : inline(queries));
  if (query === null) return null;
  const place = firstText(args, names.place);
  return joined([oneLine(query, 110), place !== null && place !== query && `in ${oneLine(place, 45)}`], ' ');
}

function fetchInput(args: JsonNode): string | null {
  const url = firstText(args, names.url) ?? textOf(itemsOf(field(args, 'urls'))[0]);
  if (url === null) return null;
  const method = firstText(args, ['method', 'verb'])?.toUpperCase();
  const more = itemsOf(field(args, 'urls')).length - 1;
  return joined(
    [method !== 'GET' && method && oneLine(method, 10), shortUrl(url), more > 0 && `+${more} more`],
    ' ',
  );
}

/** Host and path of an address: without scheme, user, query and fragment. */
function shortUrl(url: string): string {
  const match = /^\s*[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)/i.exec(url);
  if (match === null) return oneLine(url.replace(/[?#].*$/s, ''));
  const host = match[1]!.slice(match[1]!.lastIndexOf('@') + 1);
  return oneLine(host + (match[2] === '/' ? '' : match[2]!));
}

function shellInput(args: JsonNode): string | null {
  const command = firstField(args, names.command);
  if (command?.kind === 'string') return oneLine(command.value);
  if (command?.kind !== 'array') return null;
  const words = command.items.flatMap((item) => (isNested(item) ? [] : inline(item)));
  const [shell, flag, script] = words;
  const wrapped =
    words.length === 3 && /(?:^|\/)(?:ba|z|da)?sh$/.test(shell ?? '') && /^-l?i?c$/.test(flag ?? '');
  return oneLine(wrapped ? script! : words.join(' '));
}

function pathIn(args: JsonNode): string | null {
  const path = firstText(args, names.path);
  if (path !== null) return oneLine(path, 100);
  const several = firstField(args, ['paths', 'files', 'file_paths']);
  const first = textOf(itemsOf(several)[0]);
  if (first === null) return null;
  const more = itemsOf(several).length - 1;
  return joined([oneLine(first, 100), more > 0 && `+${more} more`], ' ');
}

function fileInput(kind: 'read' | 'write', args: JsonNode, cut: boolean): string | null {
  const path = pathIn(args);
  if (path === null) return null;
  if (kind === 'read') return joined([path, lineRange(args)], ' ');
  const body = firstText(args, names.body);
  return joined([path, body !== null && measured(body, cut)]);
}

function lineRange(args: JsonNode): string | null {
  const pair = firstField(args, ['range', 'view_range', 'line_range', 'lines']);
  const from =
    pair === null ? firstField(args, ['start_line', 'start', 'offset', 'line_start']) : itemsOf(pair)[0];
  const to = pair === null ? firstField(args, ['end_line', 'end', 'line_end']) : itemsOf(pair)[1];
  if (from?.kind !== 'int') return null;
  return to?.kind === 'int' ? `${from.text}–${to.text}` : `from ${from.text}`;
}

function editInput(args: JsonNode): string | null {
  const change = firstText(args, names.change);
  const path = pathIn(args) ?? (change === null ? null : patchedPath(change));
  if (path === null) return null;
  const edits = itemsOf(field(args, 'edits')).length;
  const section = firstText(args, ['section', 'heading', 'anchor']);
  if (section !== null) return `${path} #${oneLine(section, 50)}`;
  if (edits === 0 && change === null) return describeFields(args, names.path, path);
  return joined([path, edits > 0 ? counted(edits, 'edits') : change !== null && firstChange(change)]);
}

/** The file that a patch in unified form, or in the form of apply_patch, changes first. */
function patchedPath(patch: string): string | null {
  const match =
    /^\*\*\* (?:Update|Add|Delete) File: (.+)$/m.exec(patch) ?? /^\+\+\+ (?:b\/)?(.+)$/m.exec(patch);
  return match === null ? null : oneLine(match[1]!, 100);
}

/** The first line that a patch adds or removes; of other texts the first words. */
function firstChange(change: string): string {
  const isPatch = /^(?:\*\*\* Begin Patch|diff --git|--- |@@ )/m.test(change);
  const line = isPatch
    ? change.split('\n', 200).find((text) => /^[+-](?!\+\+|--)\s*\S/.test(text))
    : undefined;
  return oneLine(line ?? change, 90);
}

function planInput(args: JsonNode): string | null {
  const list = firstField(args, ['todos', 'steps', 'plan', 'tasks', 'items']);
  if (list?.kind !== 'array') return describeFields(args, [...names.goal, ...names.telling], 'no arguments');
  const current = list.items.find((item) => textOf(field(item, 'status')) === 'in_progress') ?? list.items[0];
  const label = current === undefined ? null : (textOf(current) ?? firstText(current, names.label));
  return joined([counted(list.items.length, 'steps'), label !== null && oneLine(label, 110)]);
}

function messageInput(args: JsonNode): string | null {
  const text = firstText(args, names.message) ?? blockText(field(args, 'content'));
  if (text === null) return null;
  const receiver = firstField(args, names.receiver);
  return joined([receiver !== null && oneLine(inline(receiver), 40), oneLine(text, 115)]);
}
