import { describe, expect, it } from 'vitest';
import { expectCase, text } from '../../../test/support/summary-case.ts';
import type { SummaryCase } from '../../../test/support/summary-case.ts';
import { jsonOf } from '../json/build.ts';
import type { Plain } from '../json/build.ts';
import { summariseCall } from './summary.ts';

describe('models', () => {
  const messages: Plain = [
    { role: 'system', content: 'Be brief' },
    { role: 'user', content: 'Hi?' },
    { role: 'assistant', content: 'x' },
    { role: 'user', content: [text('What is'), text('this')] },
  ];
  const cases: readonly SummaryCase[] = [
    [
      'openai.chat.completions.create',
      { model: 'gpt-5', messages },
      {
        choices: [{ message: { role: 'assistant', content: 'A cat.' } }],
        usage: { prompt_tokens: 1200, completion_tokens: 84, total_tokens: 1284 },
      },
      'model',
      'gpt-5 · What is this',
      '“A cat.” · 1,284 tokens',
    ],
    [
      'messages.create',
      { model: 'claude-x', system: 's', messages },
      {
        type: 'message',
        role: 'assistant',
        content: [text('Let me look.'), { type: 'tool_use', name: 'search', input: {} }],
        usage: { input_tokens: 10, output_tokens: 5 },
      },
      'model',
      'claude-x · What is this',
      '“Let me look.” · calls search · 15 tokens',
    ],
    [
      'litellm.completion',
      { model: 'm', messages },
      {
        choices: [
          {
            message: { content: null, tool_calls: [{ function: { name: 'get_weather', arguments: '{}' } }] },
          },
        ],
      },
      'model',
      'm · What is this',
      'calls get_weather',
    ],
    [
      'responses',
      { model: 'gpt-5', input: 'Name a colour' },
      {
        output: [{ type: 'message', content: [{ type: 'output_text', text: 'Blue' }] }],
        usage: { total_tokens: 9 },
      },
      'model',
      'gpt-5 · Name a colour',
      '“Blue” · 9 tokens',
    ],
    [
      'ask',
      { model: 'g', contents: [{ role: 'user', parts: [{ text: 'Hey' }] }] },
      { candidates: [{ content: { parts: [{ text: 'Ho' }] } }], usageMetadata: { totalTokenCount: 3 } },
      'model',
      'g · Hey',
      '“Ho” · 3 tokens',
    ],
    [
      'llm',
      { model: 'm', messages: [{ role: 'user', content: [{ type: 'tool_result', content: '42' }] }] },
      { text: 'It is 42' },
      'model',
      'm · 42',
      '“It is 42”',
    ],
    [
      'llm',
      { prompt: 'Say hi' },
      'Error: is what I would say',
      'model',
      'Say hi',
      '“Error: is what I would say”',
    ],
    [
      'llm',
      { model: 'm', messages },
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'model',
      'm · What is this',
      '!overloaded_error: Overloaded',
    ],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
});

describe('tests, plans, messages, merges', () => {
  const tips = ['b9f1c245b40edcee816efa694b161166', '5b9d4e950f3704a409fc91314ec63473'];
  const cases: readonly SummaryCase[] = [
    [
      'run_tests',
      { k: 'net' },
      { passed: 11, failed: 1, seconds: 4.25 },
      'test',
      'net',
      '!11 passed, 1 failed, 4.25 s',
    ],
    [
      'pytest',
      {},
      { exit_code: 0, stdout: '....\n=== 4 passed, 1 skipped in 0.1s ===\n' },
      'test',
      'all',
      '4 passed, 1 skipped',
    ],
    ['pytest', {}, '=== 2 failed, 3 passed in 1s ===', 'test', 'all', '!3 passed, 2 failed'],
    [
      'TodoWrite',
      {
        todos: [
          { content: 'a', status: 'completed' },
          { content: 'b', status: 'in_progress' },
        ],
      },
      'ok',
      'plan',
      '2 steps · b',
      '“ok”',
    ],
    ['think', { thought: 'It is\nlate' }, null, 'plan', 'It is late', 'null'],
    ['notify', { channel: '#storage', text: 'ready' }, null, 'message', '#storage · ready', 'null'],
    [
      'send_email',
      { to: ['a@x.org', 'b@x.org'], subject: 'Hi' },
      { sent: true },
      'message',
      'a@x.org, b@x.org · Hi',
      'sent',
    ],
    [
      '__merge__',
      { merge: ['main', 'try-mock'] },
      { merged_tips: tips },
      'merge',
      'try-mock into main',
      'b9f1c245 + 5b9d4e95',
    ],
    [
      '__merge__',
      { merge: ['main', 'x'] },
      { merged_tips: tips, resolved: [{}] },
      'merge',
      'x into main',
      'b9f1c245 + 5b9d4e95 · 1 document resolved',
    ],
    ['__merge__', { merge: ['main', 'x'] }, null, 'merge', 'x into main', 'null'],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
});

describe('other tools and wrapped functions', () => {
  const cases: readonly SummaryCase[] = [
    [
      'Planner.<locals>.step',
      { self: '<Planner object at 0x7f>', city: 'Lyon', days: 3, api_key: 'sk-1' },
      12,
      'plan',
      'Lyon · days 3',
      '12',
    ],
    ['f', { args: [], kwargs: { name: 'x' } }, true, 'other', 'x', 'true'],
    ['f', {}, {}, 'other', 'no arguments', 'empty'],
    ['f', { k: 5 }, [1, 2, 3], 'other', 'k 5', '3 items · 1, 2, 3'],
    ['f', 'plain', 'some\u202e words', 'other', 'plain', '“some words”'],
    ['f', null, null, 'other', 'null', 'null'],
    ['lint', { files: ['a', 'b'] }, { warnings: [] }, 'other', 'files a, b', '0 warnings'],
    [
      'f',
      { a: { b: { c: { d: 1 } } } },
      { result: { result: { text: 'deep' } } },
      'other',
      'a {b 1 field}',
      '“deep”',
    ],
    ['f', { x: 1 }, { isError: true, content: [text('bad input')] }, 'other', 'x 1', '!bad input'],
    ['f', { x: 1 }, { content: [text('fine')] }, 'other', 'x 1', '“fine”'],
    ['f', { x: 1 }, [text('one'), text('two')], 'other', 'x 1', '“one two”'],
    ['f', { x: 1 }, { content: [{ type: 'image', data: 'aaa' }] }, 'other', 'x 1', '1 block · image'],
    ['f', { x: 1 }, { ok: false }, 'other', 'x 1', '!failed'],
    ['f', { x: 1 }, { errors: [{ message: 'one' }, { message: 'two' }] }, 'other', 'x 1', '!one'],
    ['f', { x: 1 }, '{"ok":false,"reason":"quota"}', 'other', 'x 1', '!quota'],
    ['f', { x: 1 }, 'Error executing tool f: no', 'other', 'x 1', '!Error executing tool f: no'],
    ['f', { x: 1 }, 'Error bars are shown', 'other', 'x 1', '“Error bars are shown”'],
    ['f', { x: 1 }, { status: 'failed', message: 'disk full' }, 'other', 'x 1', '!disk full'],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));

  it('takes empty error fields and other codes for no failure', () => {
    const output = jsonOf({ error: null, errors: [], code: 450 });
    expect(summariseCall('f', jsonOf({ x: 1 }), output).failed).toBe(false);
  });
});
