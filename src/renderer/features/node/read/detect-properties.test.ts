import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonOf, type Plain } from '../../../../core/json/build.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { readContent } from './detect.ts';
import { lineOf, pointerOf, type Path } from './path.ts';
import { playTerminal } from './terminal.ts';

const FORMS = new Set(
  'text tool_use tool_result thinking image image_url function function_call function_call_output reasoning message base64'.split(
    ' ',
  ),
);

/** Every text, number, true and false of a value. A null, and the known forms under `type`, are said by what is drawn. */
function leaves(node: JsonNode, key = ''): string[] {
  switch (node.kind) {
    case 'object':
      return node.entries.flatMap((entry) => leaves(entry.value, entry.key));
    case 'array':
      return node.items.flatMap((item) => leaves(item));
    case 'null':
      return [];
    case 'bool':
      return key === 'is_error' ? [] : [String(node.value)];
    case 'string':
      return node.value === '' || (key === 'type' && FORMS.has(node.value)) ? [] : [node.value];
    default:
      return [node.text];
  }
}

/** Every text that the parts hold, whatever they are. */
function held(value: unknown, into: Set<string>): Set<string> {
  if (typeof value === 'string') into.add(value);
  else if (typeof value === 'boolean') into.add(String(value));
  else if (Array.isArray(value)) for (const item of value) held(item, into);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) held(item, into);
  return into;
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TEXTS = [
  'words',
  '# Title\n\n**bold** and\n\n- a\n- b\n',
  'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1 @@\n-a\n+b\n odd\nlines',
  '*** Begin Patch\n*** Add File: x\n+a\n*** End Patch',
  'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nE: boom',
  '\u001B[31mred\u001B[0m\r\u001B[2Kback\u001B]8;;https://x\u0007link\u001B]8;;\u0007',
  'a,b\n1,2\n3,4',
  '{"a": [1, {"b": "inner"}]}',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[x](javascript:alert(1)) \u202Eevil\u2066',
  '\uD800 half',
  '__proto__',
  PNG,
];

const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ maxLength: 12 }),
  fc.nat({ max: 1e9 }).map((n) => `unique ${n}`),
);
const key = fc.oneof(
  fc.constantFrom(
    ...'role content type text parts messages choices message tool_calls function name arguments id input output thinking source data url image_url finish_reason stdout stderr exit_code command path old new old_string new_string columns rows csv system model usage contents candidates tool_use_id call_id summary is_error patch functionCall args prompt __proto__ constructor'.split(
      ' ',
    ),
  ),
  fc.string({ maxLength: 4 }),
);
const role = fc.constantFrom('user', 'assistant', 'system', 'tool', 'model', 'nobody');
const type = fc.constantFrom(
  'text',
  'tool_use',
  'tool_result',
  'thinking',
  'image',
  'image_url',
  'function',
  'function_call',
  'function_call_output',
  'reasoning',
  'message',
  'new_kind',
);

/** Objects by entries, so that keys may repeat, which plain objects can't. */
const object = (entries: fc.Arbitrary<readonly (readonly [string, JsonNode])[]>): fc.Arbitrary<JsonNode> =>
  entries.map((list) => ({ kind: 'object', entries: list.map(([k, value]) => ({ key: k, value })) }));
const leaf: fc.Arbitrary<JsonNode> = fc.oneof(
  { weight: 4, arbitrary: text.map((value): JsonNode => ({ kind: 'string', value })) },
  fc.constantFrom<JsonNode>(
    { kind: 'null' },
    { kind: 'bool', value: true },
    { kind: 'int', text: '90071992547409931' },
    { kind: 'float', text: '1.50' },
    { kind: 'float', text: 'NaN' },
  ),
);
const { tree } = fc.letrec<{ tree: JsonNode; said: JsonNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    leaf,
    object(fc.array(fc.tuple(key, tie('tree')), { maxLength: 5 })),
    fc.array(tie('tree'), { maxLength: 4 }).map((items): JsonNode => ({ kind: 'array', items })),
    tie('said'),
  ),
  said: object(
    fc.tuple(
      fc
        .oneof(
          role.map((value) => ['role', value] as const),
          type.map((value) => ['type', value] as const),
        )
        .map(([k, value]) => [k, { kind: 'string', value }] as const),
      fc.tuple(
        fc.constantFrom(
          'content',
          'parts',
          'text',
          'tool_calls',
          'function',
          'input',
          'output',
          'summary',
          'source',
        ),
        tie('tree'),
      ),
      fc.tuple(key, tie('tree')),
    ),
  ),
}));
const wrapped = fc.oneof(
  tree,
  fc
    .array(tree, { minLength: 1, maxLength: 3 })
    .chain((items) =>
      fc
        .constantFrom('messages', 'contents', 'choices', 'output', 'content', 'candidates')
        .map((k): JsonNode => ({ kind: 'object', entries: [{ key: k, value: { kind: 'array', items } }] })),
    ),
);

describe('the readable form', () => {
  test('holds every value of the content, and never throws', () => {
    fc.assert(
      fc.property(wrapped, fc.constantFrom('tool', 'edit', 'model.chat'), (node, tool) => {
        const { parts } = readContent(node, tool);
        const texts = [...held(parts, new Set())];
        for (const value of leaves(node)) {
          const there =
            texts.includes(value) ||
            texts.some((one) => one.includes(value) || one.includes(JSON.stringify(value).slice(1, -1)));
          if (!there) throw new Error(`${JSON.stringify(value)} is in no part`);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('names a line of the JSON on which the value of each path begins', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const lines = prettyJson(node).text.split('\n');
        const check = (value: JsonNode, path: Path): void => {
          const line = lines[lineOf(node, path) - 1] ?? '';
          const begins =
            value.kind === 'array' ? '[' : value.kind === 'object' ? '{' : prettyJson(value).text;
          expect(line.includes(begins)).toBe(true);
          expect(line.search(/\S/)).toBe(path.length * 2);
          if (value.kind === 'array') value.items.forEach((item, i) => check(item, [...path, i]));
          if (value.kind === 'object') value.entries.forEach((entry, i) => check(entry.value, [...path, i]));
        };
        check(node, []);
      }),
      { numRuns: 300 },
    );
  });

  test('a pointer is written by its standard', () => {
    const root = jsonOf({ 'a/b': [{ '~': 1 }] });
    expect(pointerOf(root, [0, 0, 0])).toBe('/a~1b/0/~0');
    expect(pointerOf(root, [0, 0, -1, 5])).toBe('/a~1b/0');
  });

  test('stands nesting, width and length', () => {
    const deep = parseJson(`${'{"content":['.repeat(900)}"x"${']}'.repeat(900)}`);
    expect(deep.ok && readContent(deep.node, 'x').parts.length).toBeGreaterThan(0);
    const wide: Plain = Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`k${i}`, 'one\ntwo']));
    expect(readContent(jsonOf(wide), 'x').parts.length).toBeGreaterThan(0);
    for (const long of [
      'a'.repeat(5_000_000),
      '\u001B[1m\r'.repeat(400_000),
      '('.repeat(300_000),
      '- '.repeat(50_000),
      '> '.repeat(50_000),
      '`'.repeat(200_000),
      `at ${'('.repeat(100_000)}`,
      '[['.repeat(30_000),
    ]) {
      expect(readContent(jsonOf({ stdout: long, content: long }), 'x').parts.length).toBeGreaterThan(0);
    }
  });
});

test('terminal output keeps its words and no control character', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            '\u001B[31m',
            '\u001B[0K',
            '\r',
            '\n',
            '\b',
            '\u001B]0;t\u0007',
            '\u001B[5A',
            '\u009B1m',
            '\u001B',
            '\u0007',
          ),
        ),
      ),
      (pieces) => {
        const { lines } = playTerminal(pieces.join(''));
        // oxlint-disable-next-line no-control-regex -- they are the subject
        for (const { text: shown } of lines.flat())
          // oxlint-disable-next-line no-control-regex -- they are the subject
          expect(shown).not.toMatch(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/);
      },
    ),
  );
});
