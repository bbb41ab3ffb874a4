import { field, textOf } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import type { ToolKind } from '../../contract/vek.ts';
import { isModelOutput } from './summary-model.ts';
import { firstField, firstNumber, firstText } from './summary-text.ts';
import { names } from './summary-words.ts';

/** Words of tool names, first rule first: `search_replace` is an edit, `todo_write` a plan. */
const rules: readonly (readonly [ToolKind, ReadonlySet<string>])[] = [
  ['test', new Set(['test', 'tests', 'pytest', 'unittest', 'jest', 'vitest', 'mocha'])],
  [
    'model',
    new Set([
      'llm',
      'chat',
      'completion',
      'completions',
      'claude',
      'gpt',
      'openai',
      'anthropic',
      'litellm',
      'gemini',
      'ollama',
      'acompletion',
      'inference',
    ]),
  ],
  [
    'plan',
    new Set([
      'plan',
      'plans',
      'planner',
      'think',
      'thinking',
      'thought',
      'todo',
      'todos',
      'todowrite',
      'reason',
      'reflect',
    ]),
  ],
  [
    'edit',
    new Set(['edit', 'multiedit', 'patch', 'replace', 'rewrite', 'modify', 'update', 'insert', 'refactor']),
  ],
  [
    'search',
    new Set([
      'search',
      'websearch',
      'grep',
      'rg',
      'find',
      'glob',
      'query',
      'lookup',
      'retrieve',
      'recall',
      'sql',
      'google',
      'bing',
      'tavily',
    ]),
  ],
  [
    'message',
    new Set([
      'notify',
      'notification',
      'message',
      'send',
      'email',
      'mail',
      'slack',
      'say',
      'reply',
      'comment',
      'alert',
      'note',
      'notes',
    ]),
  ],
  [
    'fetch',
    new Set([
      'fetch',
      'webfetch',
      'http',
      'https',
      'url',
      'request',
      'requests',
      'curl',
      'wget',
      'download',
      'browse',
      'browser',
      'navigate',
      'goto',
      'scrape',
      'crawl',
    ]),
  ],
  [
    'shell',
    new Set([
      'shell',
      'bash',
      'sh',
      'zsh',
      'terminal',
      'cmd',
      'command',
      'subprocess',
      'powershell',
      'python',
      'ipython',
      'jupyter',
      'repl',
      'interpreter',
      'exec',
      'sandbox',
    ]),
  ],
  ['write', new Set(['write', 'save', 'append', 'upload', 'delete', 'remove', 'mkdir', 'rename'])],
  ['read', new Set(['read', 'cat', 'open', 'load', 'view', 'list', 'ls', 'head', 'tail'])],
];

/** What a tool does: by the words of its name, then by the shape of its values. */
export function kindOf(tool: string, input: JsonNode | null, output: JsonNode | null): ToolKind {
  if (tool === '__merge__') return 'merge';
  if (isModelCall(input)) return 'model';
  const editor = textOf(field(input, 'command'));
  if (editor === 'view' && firstText(input, ['path'])) return 'read';
  if (editor === 'create' && firstText(input, ['path'])) return 'write';
  const segments = tool
    .replaceAll('<locals>', '')
    .split(/\.|\/|::?|__|\s/)
    .filter((part) => part !== '');
  for (const segment of segments.toReversed()) {
    const kind = kindOfName(segment);
    if (kind !== null) return kind;
  }
  return kindOfShape(input, output);
}

function kindOfName(name: string): ToolKind | null {
  const words = name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return rules.find(([, known]) => words.some((word) => known.has(word)))?.[0] ?? null;
}

function isModelCall(input: JsonNode | null): boolean {
  const messages = field(input, 'messages');
  if (messages?.kind === 'array' && messages.items.some((item) => field(item, 'role') !== undefined))
    return true;
  return firstText(input, ['model']) !== null && firstField(input, ['prompt', 'input', 'contents']) !== null;
}

function kindOfShape(input: JsonNode | null, output: JsonNode | null): ToolKind {
  if (firstNumber(output, ['passed']) !== null && firstNumber(output, ['failed']) !== null) return 'test';
  const command = firstField(input, ['command', 'cmd', 'argv']);
  if (command?.kind === 'string' || command?.kind === 'array') return 'shell';
  if (firstText(input, ['code', 'script']) !== null && firstNumber(output, names.exit) !== null)
    return 'shell';
  if (firstField(input, ['patch', 'diff', 'old_string', 'old_str']) !== null) return 'edit';
  if (/^https?:\/\//i.test(firstText(input, names.url) ?? '')) return 'fetch';
  if (firstText(input, ['query', 'q', 'pattern', 'sql', 'search_query']) !== null) return 'search';
  if (
    firstText(input, ['channel', 'to', 'recipient']) !== null &&
    firstText(input, ['text', 'message', 'body']) !== null
  ) {
    return 'message';
  }
  if (firstText(input, ['path', 'file', 'file_path', 'filename']) !== null) {
    if (firstText(input, ['content', 'contents', 'file_text', 'text']) !== null) return 'write';
    if (output?.kind === 'string' || firstText(output, ['content', 'contents', 'text']) !== null)
      return 'read';
  }
  if (output !== null && isModelOutput(output)) return 'model';
  return 'other';
}
