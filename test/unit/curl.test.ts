import { execFile, execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/core/json/parse.ts';
import type { JsonNode } from '../../src/core/json/tree.ts';
import { curlOf } from '../../src/renderer/features/copy/curl.ts';
import { shellQuote } from '../../src/renderer/features/copy/shell-quote.ts';

function node(value: unknown): JsonNode {
  const result = parseJson(typeof value === 'string' ? value : JSON.stringify(value));
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

const lineOf = (value: unknown): string | null => curlOf(node(value))?.text ?? null;

type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: string[];
  readonly body: string;
};

let server: Server;
let base: string;
const seen: Seen[] = [];
const folder = mkdtempSync(join(tmpdir(), 'vekscope-curl-'));

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      seen.push({ method, url, headers: rawHeaders, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // a curl that only tells its arguments
  writeFileSync(join(folder, 'curl'), '#!/bin/sh\nfor word; do printf \'%s\\0\' "$word"; done\n');
  chmodSync(join(folder, 'curl'), 0o755);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The arguments that a shell makes of a command line. */
function argumentsOf(line: string, env: Record<string, string> = {}): string[] {
  const path = `${folder}:${process.env['PATH'] ?? ''}`;
  const out = execFileSync('sh', ['-c', line], { env: { PATH: path, ...env }, encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

const hasCurl = (): boolean => {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
};

/** What the server saw of a command line that the real curl ran. */
async function ran(line: string, env: Record<string, string> = {}): Promise<Seen> {
  seen.length = 0;
  await new Promise<void>((done, failed) => {
    const all = { ...process.env, ...env, no_proxy: '*', NO_PROXY: '*' };
    execFile('sh', ['-c', `${line} --silent --show-error`], { env: all }, (error) =>
      error ? failed(error) : done(),
    );
  });
  return seen[0]!;
}

const headerOf = ({ headers }: Seen, name: string): string | undefined =>
  headers[headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name) + 1 || -1];

describe('shellQuote', () => {
  it('gives a shell exactly the text', () => {
    const texts = fc.sample(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc
          .array(
            fc.constantFrom("'", '"', '\\', '$HOME', '`id`', '\n', ' ', '!', '*', '$(id)', '~', '-x', 'é'),
            {
              maxLength: 8,
            },
          )
          .map((parts) => parts.join('')),
      ),
      300,
    );
    const usable = texts.filter((text) => shellQuote(text) !== null);
    expect(usable.length).toBeGreaterThan(200);
    expect(argumentsOf(`curl ${usable.map(shellQuote).join(' ')}`)).toEqual(usable);
  });

  it('has nothing for what no argument can hold', () => {
    expect(shellQuote('a\0b')).toBeNull();
    expect(shellQuote('\ud800')).toBeNull();
    expect(shellQuote('')).toBe("''");
  });
});

describe('an input as curl', () => {
  it('is the plain address where there is no more', () => {
    expect(lineOf({ url: 'https://example.org/a' })).toBe('curl https://example.org/a');
    expect(lineOf({ uri: 'https://example.org/a?b=1', method: 'get' })).toBe(
      "curl 'https://example.org/a?b=1'",
    );
  });

  it.each([
    [{ path: 'a.md' }],
    [{ url: 'ftp://example.org' }],
    [{ url: 'file:///etc/passwd' }],
    [{ url: 'javascript:alert(1)' }],
    [{ url: '--output=/etc/x' }],
    [{ url: 'https://' }],
    [{ url: 5 }],
    [{ url: 'https://example.org', method: 'GET; rm -rf ~' }],
    [{ url: 'https://example.org', headers: { 'X-A': 'b\r\nX-Evil: 1' } }],
    [{ url: 'https://example.org', headers: { 'bad name:': 'b' } }],
    [{ url: 'https://example.org', body: 'a\0b' }],
    [['https://example.org']],
  ])('%j is none', (input) => {
    expect(lineOf(input)).toBeNull();
  });

  it('keeps numbers of a JSON body as they stand', () => {
    expect(lineOf('{"url":"https://example.org","json":{"a":1.0,"b":12345678901234567890}}')).toBe(
      `curl https://example.org \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{"a":1.0,"b":12345678901234567890}'`,
    );
  });

  it('holds no secret, and names the variables that take their place', () => {
    const input = {
      url: 'https://ada:hunter2@example.org/v1?api_key=sk-123&max_tokens=5&page=2',
      headers: { Authorization: 'Bearer sk-secret', Cookie: 'sid=42', 'X-Api-Key': 'sk-123', Accept: '*/*' },
      params: { access_token: 'tok-9', q: 'it’s' },
    };
    const command = curlOf(node(input))!;
    for (const secret of ['hunter2', 'sk-123', 'sk-secret', 'sid=42', 'tok-9']) {
      expect(command.text).not.toContain(secret);
    }
    expect(command.secrets).toEqual(['CREDENTIALS', 'API_KEY', 'ACCESS_TOKEN', 'AUTHORIZATION', 'COOKIE']);
    const env = Object.fromEntries(command.secrets.map((name) => [name, `<${name} & "x">`]));
    expect(argumentsOf(command.text, env)).toEqual([
      'https://<CREDENTIALS & "x">@example.org/v1?api_key=<API_KEY & "x">&max_tokens=5&page=2&access_token=<ACCESS_TOKEN & "x">&q=it%E2%80%99s',
      '-H',
      'Authorization: Bearer <AUTHORIZATION & "x">',
      '-H',
      'Cookie: <COOKIE & "x">',
      '-H',
      'X-Api-Key: <API_KEY & "x">',
      '-H',
      'Accept: */*',
    ]);
  });

  it('gives a shell one command, whatever the input holds', () => {
    const evil = fc.constantFrom(
      "'; touch pwned; '",
      '$(touch pwned)',
      '`touch pwned`',
      '\n',
      '"',
      '&',
      '#',
      '@/etc/passwd',
      ' -o x',
    );
    const word = fc
      .array(fc.oneof(evil, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 4 })
      .map((w) => w.join(''));
    const input = fc.record(
      {
        path: word,
        body: word,
        headers: fc.dictionary(fc.constantFrom('X-A', 'Cookie', 'Accept'), word),
        params: fc.dictionary(word, word),
      },
      { requiredKeys: ['path'] },
    );
    for (const { path, ...rest } of fc.sample(input, 60)) {
      const command = curlOf(node({ url: `https://example.org/${path}`, ...rest }));
      if (command === null) continue;
      const words = argumentsOf(command.text, { COOKIE: 'c' });
      const [url, ...options] = words.filter((text) => text !== '--globoff');
      expect(url).toMatch(/^https:\/\/example\.org\//);
      // what follows is options, each with its one value
      options.forEach((text, i) => i % 2 === 0 && expect(['-H', '--data-raw']).toContain(text));
      expect(options.length % 2).toBe(0);
      if (rest.body !== undefined) expect(words.at(-1)).toBe(rest.body);
    }
  });

  it.runIf(hasCurl())('does with the real curl what the input says', async () => {
    const body = `it's "quoted" $HOME \`id\` \\ \n@file é 👩‍🔬`;
    const made = await ran(
      lineOf({
        url: `${base}/a/[1]{2}?x=1#part`,
        method: 'PUT',
        params: { q: `a&b 'c'`, list: [1, 2.5], none: null },
        headers: { 'X-Note': `it's $HOME`, Authorization: 'Bearer secret' },
        body,
      })!,
      { AUTHORIZATION: 'from-env' },
    );
    expect(made).toMatchObject({ method: 'PUT', url: '/a/[1]{2}?x=1&q=a%26b+%27c%27&list=1&list=2.5', body });
    expect(headerOf(made, 'x-note')).toBe(`it's $HOME`);
    expect(headerOf(made, 'authorization')).toBe('Bearer from-env');
    expect(headerOf(made, 'content-type')).toBeUndefined();
  });

  it.runIf(hasCurl())('posts JSON and forms with their types', async () => {
    const json = await ran(lineOf({ url: base, json: { a: 'é' } })!);
    expect(json).toMatchObject({ method: 'POST', body: '{"a":"é"}' });
    expect(headerOf(json, 'content-type')).toBe('application/json');
    const form = await ran(lineOf({ url: base, method: 'POST', data: { a: `x'y z`, b: 1 } })!);
    expect(form).toMatchObject({ method: 'POST', body: 'a=x%27y+z&b=1' });
    expect(headerOf(form, 'content-type')).toBe('application/x-www-form-urlencoded');
    expect((await ran(lineOf({ url: base, method: 'HEAD' })!)).method).toBe('HEAD');
  });
});
