import { boolOf, field, textOf } from '../../../../core/json/build.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { readBlock, readCallsOf, result, wordsOf } from './detect-blocks.ts';
import type { Block, ChatPart, Field, Part, Turn } from './parts.ts';
import { at, itemsAt, openObject, type Opened, type Path, type Place } from './path.ts';
import type { Reader } from './reader.ts';

const ROLES = new Set([
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
  'model',
  'human',
  'ai',
]);
/** Where a message keeps what was said. */
const SAID = ['content', 'parts', 'tool_calls', 'function_call', 'refusal'];
/** Items of OpenAI's responses interface that are no messages. */
const ITEM_ROLES: ReadonlyMap<string, string> = new Map([
  ['function_call', 'assistant'],
  ['custom_tool_call', 'assistant'],
  ['reasoning', 'assistant'],
  ['function_call_output', 'tool'],
  ['custom_tool_call_output', 'tool'],
]);

/**
 * A conversation with a model: OpenAI's chat and responses, Anthropic's messages, Gemini's contents, and what is
 * written like them. Null where a single item does not fit.
 */
export function readChat(place: Place, reader: Reader): readonly Part[] | null {
  if (place.node.kind === 'array') {
    return isTalk(place.node)
      ? [
          chat(
            place.path,
            itemsAt(place).map((item) => turnAt(item, reader)),
          ),
        ]
      : null;
  }
  if (place.node.kind !== 'object') return null;
  const opened = openObject(place);
  const turns = [...asked(place, opened, reader), ...answered(place, opened, reader)];
  if (turns.length === 0) return null;
  return [chat(place.path, turns), ...fieldsOf(opened.rest(), place.path)];
}

const fieldsOf = (fields: readonly Field[], path: Path): Part[] =>
  fields.length === 0 ? [] : [{ kind: 'fields', path, title: null, fields }];

/** A chat whose results know which call they answer. */
function chat(path: Path, turns: readonly Turn[]): ChatPart {
  const names = new Map<string, string>();
  for (const { blocks } of turns) {
    for (const { kind, id, name } of blocks) {
      if (kind === 'call' && id !== null && name !== null) names.set(id, name);
    }
  }
  const named = (block: Block): Block =>
    block.kind === 'result' && block.name === null && block.id !== null && names.has(block.id)
      ? { ...block, name: names.get(block.id)! }
      : block;
  return {
    kind: 'chat',
    path,
    title: null,
    turns: turns.map((turn) => ({ ...turn, blocks: turn.blocks.map(named) })),
  };
}

/** The request: system text and messages. */
function asked(place: Place, opened: Opened, reader: Reader): Turn[] {
  const key = ['messages', 'contents', 'input'].find((name) => isTalk(at(place, name)?.node));
  const turns: Turn[] = [];
  const talk = key === undefined ? null : opened.take(key);
  const hasModel = textOf(at(place, 'model')?.node) !== null;
  const alone =
    talk === null && hasModel
      ? ['prompt', 'input'].find((name) => textOf(at(place, name)?.node) !== null)
      : undefined;
  if (talk === null && alone === undefined) return [];
  for (const name of ['system', 'instructions', 'system_instruction', 'systemInstruction']) {
    const said = at(place, name);
    if (said === null || !isSaid(said.node)) continue;
    opened.take(name);
    turns.push(simple('system', said.path, saidAt(said, reader)));
  }
  if (talk !== null) turns.push(...itemsAt(talk).map((item) => turnAt(item, reader)));
  if (alone !== undefined) {
    const said = opened.take(alone)!;
    turns.push(simple('user', said.path, saidAt(said, reader)));
  }
  return turns;
}

/** The answer: choices, candidates, output items, or one message as the whole. */
function answered(place: Place, opened: Opened, reader: Reader): Turn[] {
  const choices = at(place, 'choices');
  if (
    choices !== null &&
    every(choices.node, (item) => isMessage(field(item, 'message')) || textOf(field(item, 'text')) !== null)
  ) {
    opened.take('choices');
    return itemsAt(choices).map((item) => choiceAt(item, reader));
  }
  const candidates = at(place, 'candidates');
  if (candidates !== null && every(candidates.node, (item) => isMessage(field(item, 'content')))) {
    opened.take('candidates');
    return itemsAt(candidates).map((item) => choiceAt(item, reader));
  }
  const output = at(place, 'output');
  if (output !== null && isTalk(output.node)) {
    opened.take('output');
    return itemsAt(output).map((item) => turnAt(item, reader));
  }
  const message = at(place, 'message');
  if (message !== null && isMessage(message.node) && isKnownRole(message.node)) {
    opened.take('message');
    const turn = turnAt(message, reader);
    return [{ ...turn, finish: opened.takeText('done_reason') ?? turn.finish }];
  }
  const speaker = textOf(field(place.node, 'role'));
  if ((speaker === 'assistant' || speaker === 'model') && isSaid(field(place.node, 'content'))) {
    return [turnOf(opened, place.path, reader)];
  }
  return [];
}

function choiceAt(place: Place, reader: Reader): Turn {
  const opened = openObject(place);
  const finish = opened.takeText('finish_reason') ?? opened.takeText('finishReason');
  const message = at(place, 'message') ?? at(place, 'content');
  if (message !== null && isMessage(message.node)) {
    opened.take(at(place, 'message') === null ? 'content' : 'message');
    const turn = turnAt(message, reader);
    return { ...turn, finish: finish ?? turn.finish, more: [...turn.more, ...opened.rest()] };
  }
  const said = opened.take('text')!;
  return { ...simple('assistant', place.path, saidAt(said, reader)), finish, more: opened.rest() };
}

function turnAt(place: Place, reader: Reader): Turn {
  const opened = openObject(place);
  const turn = turnOf(opened, place.path, reader);
  return { ...turn, more: opened.rest() };
}

/** Takes a turn out of an object; what is left stays with the caller. */
function turnOf(opened: Opened, path: Path, reader: Reader): Turn {
  const type = textOf(opened.see('type')?.node);
  const given = opened.takeText('role');
  const item = type !== null && ITEM_ROLES.has(type) ? type : null;
  const role = given ?? (item === null ? 'message' : ITEM_ROLES.get(item)!);
  // the form of the turn says it; any other type is a fact of the record
  if (item !== null || type === 'message') opened.take('type');
  const base = { path, role, finish: opened.takeText('stop_reason'), more: [] };
  if (item !== null) return { ...base, name: null, blocks: [itemBlock(item, opened, path, reader)] };
  const isTool = role === 'tool' || role === 'function';
  const answers = isTool && (opened.see('content') ?? opened.see('parts')) !== null;
  const id = answers ? opened.takeText('tool_call_id') : null;
  const name = opened.takeText('name');
  const blocks: Block[] = [];
  for (const key of ['reasoning_content', 'reasoning', 'content', 'parts', 'refusal']) {
    const said = opened.take(key);
    if (said === null) continue;
    if (isTool && (key === 'content' || key === 'parts')) blocks.push(result(said, id, name, reader));
    else if (key.startsWith('reasoning') && said.node.kind === 'string') {
      blocks.push({ ...wordsOf(said.node.value, said.path, reader), kind: 'thinking' });
    } else blocks.push(...saidAt(said, reader));
  }
  blocks.push(...readCallsOf(opened, reader));
  return { ...base, name: answers ? null : name, blocks };
}

/** An item of the responses interface that is no message. */
function itemBlock(type: string, opened: Opened, path: Path, reader: Reader): Block {
  if (type === 'reasoning') {
    const summary = opened.take('summary');
    const blocks = summary === null ? [] : saidAt(summary, reader);
    return {
      kind: 'thinking',
      path,
      name: null,
      id: null,
      raw: null,
      failed: false,
      parts: blocks.flatMap((block) => block.parts),
      more: blocks.flatMap((block) => block.more),
    };
  }
  const id = opened.takeText('call_id');
  const output = type.endsWith('_output') ? opened.take('output') : null;
  if (output !== null) return result(output, id, null, reader);
  const name = opened.takeText('name');
  const [call] = readCallsOf(opened, reader, { id, name, path });
  return call!;
}

/** What stands under `content`, `parts` or `system`: a text, a list of blocks, or nothing. */
function saidAt(place: Place, reader: Reader): Block[] {
  switch (place.node.kind) {
    case 'string':
      return place.node.value === '' ? [] : [wordsOf(place.node.value, place.path, reader)];
    case 'array':
      return itemsAt(place).map((item) => readBlock(item, reader));
    case 'null':
      return [];
    case 'object': {
      const parts = at(place, 'parts');
      if (parts?.node.kind === 'array' && place.node.entries.length === 1) return saidAt(parts, reader);
      return [readBlock(place, reader)];
    }
    default:
      return [
        {
          kind: 'other',
          path: place.path,
          name: null,
          id: null,
          raw: null,
          failed: false,
          parts: reader.value(place),
          more: [],
        },
      ];
  }
}

const simple = (role: string, path: Path, blocks: readonly Block[]): Turn => ({
  path,
  role,
  name: null,
  finish: null,
  blocks,
  more: [],
});

/** A list in which every item is a message and one at least names a known role. */
function isTalk(node: JsonNode | null | undefined): boolean {
  return (
    node?.kind === 'array' &&
    every(node, (item) => isMessage(item) || isItem(item)) &&
    node.items.some((item) => isKnownRole(item) || isItem(item))
  );
}

const every = (node: JsonNode, test: (item: JsonNode) => boolean): boolean =>
  node.kind === 'array' && node.items.length > 0 && node.items.every(test);

const isItem = (node: JsonNode): boolean => ITEM_ROLES.has(textOf(field(node, 'type')) ?? '');

function isMessage(node: JsonNode | null | undefined): boolean {
  if (node?.kind !== 'object') return false;
  if (textOf(field(node, 'role')) === null) return field(node, 'parts')?.kind === 'array';
  return SAID.some((key) => field(node, key) !== undefined);
}

const isKnownRole = (node: JsonNode): boolean =>
  ROLES.has(textOf(field(node, 'role')) ?? '') ||
  (field(node, 'role') === undefined && field(node, 'parts') !== undefined);

/** A text, or a list of texts and typed blocks. */
function isSaid(node: JsonNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === 'string') return true;
  if (node.kind === 'object') return isSaid(field(node, 'parts'));
  return every(
    node,
    (item) =>
      item.kind === 'string' || textOf(field(item, 'type')) !== null || textOf(field(item, 'text')) !== null,
  );
}

/** Whether a list holds typed blocks of text, pictures or resources, as tools answer over MCP. */
export function isBlocks(node: JsonNode): boolean {
  const known = new Set([
    'text',
    'image',
    'audio',
    'resource',
    'resource_link',
    'tool_result',
    'tool_use',
    'input_text',
    'output_text',
    'image_url',
    'thinking',
  ]);
  return every(
    node,
    (item) => known.has(textOf(field(item, 'type')) ?? '') && boolOf(field(item, 'type')) === null,
  );
}
