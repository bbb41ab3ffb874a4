import { describe, expect, test } from 'vitest';
import { jsonOf, type Plain } from '../../../../core/json/build.ts';
import { readContent } from './detect.ts';
import type { ChatPart, Part } from './parts.ts';

const read = (value: Plain, tool = 'tool') => readContent(jsonOf(value), tool);
const kinds = (value: Plain, tool?: string) => read(value, tool).parts.map((part) => part.kind);
const partOf = <Kind extends Part['kind']>(value: Plain, kind: Kind, tool?: string) => {
  const found = read(value, tool).parts.find((part) => part.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} among ${kinds(value, tool).join(', ')}`);
  return found as Extract<Part, { kind: Kind }>;
};
/** Turns in short: role, and per block its kind, name and the kinds of its parts. */
const talk = (chat: ChatPart) =>
  chat.turns.map(
    ({ role, blocks }) =>
      `${role}: ${blocks.map(({ kind, name, parts }) => `${kind}${name === null ? '' : ` ${name}`}(${parts.map((part) => part.kind).join()})`).join(' ')}`,
  );

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('chats', () => {
  test('OpenAI: request with tool calls, arguments and results', () => {
    const chat = partOf(
      {
        model: 'm',
        messages: [
          { role: 'developer', content: 'Be short.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'c1',
                type: 'function',
                function: { name: 'edit', arguments: '{"path":"a.py","old_string":"x","new_string":"y"}' },
              },
            ],
          },
          { role: 'tool', tool_call_id: 'c1', content: '{"ok": true}' },
        ],
      },
      'chat',
    );
    expect(talk(chat)).toEqual([
      'developer: words(text)',
      'user: words(text) words(image)',
      'assistant: call edit(fields,pair)',
      'tool: result edit(group)',
    ]);
  });

  test('OpenAI: answer with a finish reason; what is left stays a field', () => {
    const { parts } = read({
      id: 'x',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Yes.', refusal: null } },
      ],
      usage: { total_tokens: 3 },
    });
    expect(parts.map((part) => part.kind)).toEqual(['chat', 'fields']);
    const [turn] = (parts[0] as ChatPart).turns;
    expect(turn).toMatchObject({ role: 'assistant', finish: 'stop' });
    expect(turn!.more.map((field) => field.label)).toEqual(['index']);
    expect(parts[1]).toMatchObject({ fields: [{ label: 'id' }, { label: 'usage' }] });
  });

  test('OpenAI: items of the responses interface', () => {
    const chat = partOf(
      {
        output: [
          { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'Think.' }] },
          {
            type: 'function_call',
            call_id: 'f1',
            name: 'look',
            arguments: '{"at":"a"}',
            status: 'completed',
          },
          { type: 'function_call_output', call_id: 'f1', output: 'seen' },
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
          },
        ],
      },
      'chat',
    );
    expect(talk(chat)).toEqual([
      'assistant: thinking(text)',
      'assistant: call look(fields)',
      'tool: result look(text)',
      'assistant: words(text)',
    ]);
  });

  test('Anthropic: blocks of a request and an answer', () => {
    const asked = partOf(
      {
        model: 'c',
        system: [{ type: 'text', text: 'Short.', cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } }],
          },
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: 't', name: 'sql', input: { q: 'SELECT 1' } }],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 't',
                is_error: true,
                content: [{ type: 'text', text: 'no' }],
              },
            ],
          },
        ],
      },
      'chat',
    );
    expect(talk(asked)).toEqual([
      'system: words(text)',
      'user: words(image)',
      'assistant: call sql(fields)',
      'user: result sql(text)',
    ]);
    expect(asked.turns[3]!.blocks[0]!.failed).toBe(true);
    const answered = partOf(
      {
        type: 'message',
        role: 'assistant',
        stop_reason: 'end_turn',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'text', text: 'Yes.' },
        ],
      },
      'chat',
    );
    expect(talk(answered)).toEqual(['assistant: thinking(text) words(text)']);
    expect(answered.turns[0]!.finish).toBe('end_turn');
  });

  test('Gemini: contents, calls, candidates', () => {
    const chat = partOf(
      {
        systemInstruction: { parts: [{ text: 'Short.' }] },
        contents: [
          { role: 'user', parts: [{ text: 'Look' }, { inline_data: { mime_type: 'image/png', data: PNG } }] },
          { role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 1 } } }] },
          { role: 'function', parts: [{ functionResponse: { name: 'f', response: { b: 2 } } }] },
        ],
      },
      'chat',
    );
    expect(talk(chat)).toEqual([
      'system: words(text)',
      'user: words(text) words(image)',
      'model: call f(fields)',
      'function: result(fields)',
    ]);
    const answer = partOf(
      { candidates: [{ content: { role: 'model', parts: [{ text: 'Yes' }] }, finishReason: 'STOP' }] },
      'chat',
    );
    expect(answer.turns[0]).toMatchObject({ role: 'model', finish: 'STOP' });
  });

  test('people with a role are no chat, nor is a list with one odd item', () => {
    expect(
      kinds({
        users: [
          { role: 'admin', content: 'x' },
          { role: 'guest', content: 'y' },
        ],
      }),
    ).not.toContain('chat');
    expect(kinds({ messages: [{ role: 'user', content: 'x' }, 7] })).toEqual(['fields']);
    expect(kinds({ role: 'assistant', name: 'x' })).toEqual(['fields']);
    expect(
      kinds([
        { text: 'a', channel: 'b' },
        { text: 'c', channel: 'd' },
      ]),
    ).toEqual(['table']);
  });
});

describe('what tools take and give', () => {
  test('a run: command, exit code, streams by what they hold', () => {
    expect(kinds({ command: 'ls -la', cwd: '/srv', timeout_s: 2 })).toEqual(['command', 'fields']);
    const diff = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
    const { parts } = read({ exit_code: 1, stdout: diff, stderr: 'warning: CRLF\n', duration_s: 0.5 });
    expect(parts.map(({ kind, title }) => [kind, title])).toEqual([
      ['fields', null],
      ['diff', 'stdout'],
      ['terminal', 'stderr'],
      ['fields', null],
    ]);
    expect(kinds({ command: 'view', path: 'a.py', view_range: [1, 2] })).toEqual(['fields']);
  });

  test('edits: sure names always, common names only beside a file', () => {
    expect(kinds({ old_str: 'a', new_str: 'b' })).toEqual(['pair']);
    expect(kinds({ path: 'a.py', old: 'a', new: 'b' })).toEqual(['fields', 'pair']);
    expect(kinds({ old: 'a', new: 'b' })).toEqual(['fields']);
    expect(
      kinds({
        file_path: 'a',
        edits: [
          { old_string: 'a', new_string: 'b' },
          { old_string: 'c', new_string: 'd' },
        ],
      }),
    ).toEqual(['fields', 'group']);
  });

  test('tables: objects with common keys, columns with rows, CSV under its name', () => {
    expect(partOf([{ a: 1, b: 'x' }, { a: 2 }], 'table')).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        [{ text: '1' }, { value: 'x' }],
        [{ text: '2' }, null],
      ],
    });
    expect(partOf({ columns: ['a', 'b'], rows: [[1, 2]] }, 'table').rows).toHaveLength(1);
    expect(kinds({ columns: ['a', 'b'], rows: [[1]] })).toEqual(['fields']);
    expect(kinds({ csv: 'a,b\n1,2\n3,4\n' })).toEqual(['table']);
    expect(kinds({ note: 'a,b\n1,2\n3,4\n' })).toEqual(['text']);
    expect(kinds({ csv: 'a,b\n1,2\n3\n' })).toEqual(['text']);
    expect(kinds([{ a: 1 }, { b: 2 }, { c: 3 }])).toEqual(['fields']);
    expect(kinds([{ a: 1 }])).toEqual(['fields']);
  });

  test('pictures by their first bytes; SVG and what only says it is one stay text', () => {
    expect(partOf({ data: PNG }, 'image')).toMatchObject({
      mime: 'image/png',
      width: 1,
      height: 1,
      bytes: 70,
    });
    expect(partOf({ any: `data:image/jpeg;base64,${PNG}` }, 'image').mime).toBe('image/png');
    expect(
      kinds({ image: 'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIj48L3N2Zz4gICAgICAgICAgICA=' }),
    ).toEqual(['fields']);
    expect(kinds({ mime: 'image/png', data: 'AAAA'.repeat(20) })).toEqual(['fields']);
  });

  test('Markdown by several signs or its file name, never code', () => {
    expect(kinds('# Title\n\nSome **bold** words\n\n- one\n- two\n')).toEqual(['markdown']);
    expect(kinds({ path: 'a.md', content: 'plain words here' })).toEqual(['fields', 'markdown']);
    expect(kinds({ path: 'a.py', content: '# Title\n\n## More\n\nx = 1\n' })).toEqual(['fields', 'text']);
    expect(kinds('#!/bin/sh\n# install\n\n## second step\n\nfor x in 1; do\n  echo `date`;\ndone\n')).toEqual(
      ['text'],
    );
    expect(kinds('just one line with *stars*')).toEqual(['fields']);
  });

  test('texts with several lines or very long ones are read as text, short ones are fields', () => {
    expect(kinds({ a: 'one\ntwo' })).toEqual(['text']);
    expect(kinds({ a: 'x'.repeat(300) })).toEqual(['text']);
    expect(read({ a: 'one', b: 2, c: [1, 2], d: { e: null } }).rich).toBe(false);
  });

  test('JSON in a text is taken apart, its source kept', () => {
    const part = partOf(
      { body: '{"results": [{"t": "a", "n": 1}, {"t": "b", "n": 2}], "more": false}' },
      'group',
    );
    expect(part).toMatchObject({ title: 'body', text: expect.stringContaining('"more": false') });
    expect(part.parts.map(({ kind, title }) => [kind, title])).toEqual([
      ['table', 'results'],
      ['fields', null],
    ]);
  });

  test('every part knows its place in the JSON', () => {
    const { parts } = read({ a: 1, out: { stderr: 'x\ny', n: 2 } });
    expect(parts[0]).toMatchObject({ kind: 'group', title: 'out', path: [1] });
    expect(parts[0]).toMatchObject({ parts: [{ kind: 'terminal', path: [1, 0] }, { kind: 'fields' }] });
  });
});
