import { describe, expect, it } from 'vitest';
import { expectCase, text } from '../../../test/support/summary-case.ts';
import type { SummaryCase } from '../../../test/support/summary-case.ts';
import { jsonOf } from '../json/build.ts';
import { summariseCall } from './summary.ts';

describe('searching', () => {
  const cases: readonly SummaryCase[] = [
    [
      'web_search',
      { query: 'weather Lyon', max_results: 5 },
      [{ title: 'Météo', url: 'https://m.fr' }, { title: 'x' }],
      'search',
      'weather Lyon',
      '2 results · Météo',
    ],
    [
      'mcp__github__search_code',
      { q: 'parse', repo: 'a/b' },
      { content: [text('{"total_count":2,"items":[{"name":"x.ts"},{"name":"y.ts"}]}')] },
      'search',
      'parse in a/b',
      '2 items · x.ts',
    ],
    [
      'Grep',
      { pattern: 'TODO', path: 'src' },
      'src/a.ts:1: TODO\nsrc/b.ts:2: TODO\n',
      'search',
      'TODO in src',
      '2 lines · src/a.ts:1: TODO src/b.ts:2: TODO',
    ],
    ['run_sql', { sql: 'SELECT 1', database: 'crm' }, { rows: [[1]] }, 'search', 'SELECT 1 in crm', '1 row'],
    ['search', { q: 'nothing' }, { results: [], took_ms: 3 }, 'search', 'nothing', '0 results'],
    ['find_symbol', { name: 'parse' }, { matches: 3 }, 'search', 'parse', '3 matches'],
    ['vector', { query: 'cats' }, { total: 4 }, 'search', 'cats', '4 results'],
    [
      'websearch',
      { queries: ['a', 'b'] },
      { error: null, results: ['u', 'v'] },
      'search',
      'a, b',
      '2 results · u, v',
    ],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
});

describe('fetching', () => {
  const cases: readonly SummaryCase[] = [
    [
      'fetch',
      { url: 'https://user:pw@example.org/a/b?key=1#x' },
      { status: 200, bytes: 48213, text: 'Hello\nworld' },
      'fetch',
      'example.org/a/b',
      '200, 48.2 kB · Hello world',
    ],
    [
      'http_request',
      { method: 'post', url: 'http://localhost:80/' },
      { status_code: 201, body: 'é' },
      'fetch',
      'POST localhost:80',
      '201, 2 B · é',
    ],
    [
      'fetch',
      { url: 'https://x.org' },
      { status: 404, text: 'Not Found' },
      'fetch',
      'x.org',
      '!404 · Not Found',
    ],
    [
      'fetch',
      { url: 'https://x.org' },
      { status: 503, error: 'upstream timed out', text: '' },
      'fetch',
      'x.org',
      '!503 · upstream timed out',
    ],
    [
      'WebFetch',
      { url: 'https://x.org/p', prompt: 'what is it' },
      'A page\nabout x',
      'fetch',
      'x.org/p',
      '14 B · A page about x',
    ],
    [
      'crawl',
      { urls: ['https://a.org/1', 'https://a.org/2'] },
      [{ url: 'https://a.org/1' }, { url: 'https://a.org/2' }],
      'fetch',
      'a.org/1 +1 more',
      '2 items · https://a.org/1',
    ],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
  it('goes by the address where the name says nothing', () => {
    expect(summariseCall('grab', jsonOf({ url: 'https://a.org/1' }), null).kind).toBe('fetch');
  });
});

describe('commands', () => {
  const cases: readonly SummaryCase[] = [
    [
      'bash',
      { command: 'ls -la\n  src', timeout: 5 },
      { stdout: 'total 0\n', stderr: '', exit_code: 0 },
      'shell',
      'ls -la src',
      'exit 0 · total 0',
    ],
    [
      'shell',
      { command: ['bash', '-lc', 'npm test'], workdir: '/x' },
      { output: 'boom', metadata: { exit_code: 2, duration_seconds: 1.5 } },
      'shell',
      'npm test',
      '!exit 2 · boom',
    ],
    [
      'exec',
      { argv: ['git', 'status'] },
      { returncode: 128, stdout: '', stderr: 'fatal: not a git repository' },
      'shell',
      'git status',
      '!exit 128 · fatal: not a git repository',
    ],
    [
      'run_python',
      { code: 'print(1)' },
      'Traceback (most recent call last):\n  File "x"\nValueError: bad\n',
      'shell',
      'print(1)',
      '!ValueError: bad',
    ],
    ['run', { cmd: 'true' }, { exit: 0, stdout: '' }, 'shell', 'true', 'exit 0'],
    ['Bash', { command: 'true' }, '', 'shell', 'true', 'no output'],
    ['terminal', { command: 'sleep 99' }, { timed_out: true, stdout: '' }, 'shell', 'sleep 99', '!timed out'],
    ['bash', { command: 'ls' }, '\u001b[31mred\u001b[0m', 'shell', 'ls', 'red'],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
});

describe('files', () => {
  const cases: readonly SummaryCase[] = [
    ['read_file', { path: 'a.md' }, { content: '# A\n\nb\n' }, 'read', 'a.md', '3 lines, 7 B · # A b'],
    [
      'Read',
      { file_path: '/x/a.ts', offset: 10, limit: 5 },
      'let a = 1;',
      'read',
      '/x/a.ts from 10',
      '1 line, 10 B · let a = 1;',
    ],
    [
      'read_file',
      { path: 'gone' },
      { error: { type: 'ENOENT', message: 'no such file' } },
      'read',
      'gone',
      '!ENOENT: no such file',
    ],
    [
      'str_replace_based_edit_tool',
      { command: 'view', path: 'a.py', view_range: [1, 9] },
      'x = 1\n',
      'read',
      'a.py 1–9',
      '1 line, 6 B · x = 1',
    ],
    [
      'str_replace_based_edit_tool',
      { command: 'create', path: 'a.py', file_text: 'x\ny' },
      'File created',
      'write',
      'a.py · 2 lines, 3 B',
      '“File created”',
    ],
    [
      'str_replace_editor',
      { command: 'str_replace', path: 'a.py', old_str: 'x', new_str: 'y' },
      { ok: true },
      'edit',
      'a.py · y',
      'ok',
    ],
    [
      'write_file',
      { path: 'r.md', content: 'é\n' },
      { ok: true, bytes: 3 },
      'write',
      'r.md · 1 line, 3 B',
      'ok, 3 B',
    ],
    [
      'write_file',
      { path: 'r.md', content: 'x' },
      { ok: false, message: 'read-only' },
      'write',
      'r.md · 1 line, 1 B',
      '!read-only',
    ],
    [
      'apply_patch',
      { input: '*** Begin Patch\n*** Update File: src/a.ts\n@@\n-old\n+new\n*** End Patch' },
      'Done!',
      'edit',
      'src/a.ts · -old',
      '“Done!”',
    ],
    [
      'MultiEdit',
      { file_path: 'b.ts', edits: [{ old_string: 'a', new_string: 'b' }] },
      { applied: true },
      'edit',
      'b.ts · 1 edit',
      'applied',
    ],
    ['list_dir', { path: 'src' }, ['a.ts', 'b.ts'], 'read', 'src', '2 items · a.ts, b.ts'],
  ];
  it.each(cases)('%s %j', (...row) => expectCase(row));
});
