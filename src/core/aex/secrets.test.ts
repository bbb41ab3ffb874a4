import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskerOf, WITHHELD } from './secrets.ts';

const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const TOKEN = '762f7a0467c20ee454924397158af04a';
const { text, deep } = maskerOf([TOKEN, 'a "quoted" token', 'short']);

describe('tokens of a ledger', () => {
  it('are withheld wherever they stand', () => {
    expect(text(`x${TOKEN}y${TOKEN}`)).toBe(`x${WITHHELD}y${WITHHELD}`);
    expect(text(TOKEN.toUpperCase())).toBe(WITHHELD);
    expect(text(JSON.stringify('a "quoted" token'))).toBe(`"${WITHHELD}"`);
    expect(deep({ [TOKEN]: [TOKEN, 1, null, { a: `-${TOKEN}` }] })).toEqual({
      [WITHHELD]: [WITHHELD, 1, null, { a: `-${WITHHELD}` }],
    });
  });

  it('are withheld in any case, escaped, encoded, and where a text was cut within one', () => {
    const mixed = [...TOKEN].map((sign, i) => (i % 2 === 0 ? sign : sign.toUpperCase())).join('');
    const escaped = [...TOKEN].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join('');
    for (const told of [
      mixed,
      escaped,
      escaped.replaceAll('\\u00', '%'),
      escaped.replaceAll('\\u00', '\\x'),
      `${TOKEN.slice(0, 8)}\\\\u00${TOKEN.charCodeAt(8).toString(16)}${TOKEN.slice(9)}`,
    ])
      expect(text(`a ${told} b`)).toBe(`a ${WITHHELD} b`);
    expect(text(Buffer.from(TOKEN).toString('hex'))).toBe(WITHHELD);
    expect(text(`cut: ${TOKEN.slice(0, 31)}…`)).toBe(`cut: ${WITHHELD}…`);
    expect(text(`cut: ${TOKEN.slice(0, 13)}`)).toBe(`cut: ${WITHHELD}`);
    expect(text(`…${TOKEN.slice(5)} is the rest`)).toBe(`…${WITHHELD} is the rest`);
  });

  it('are withheld in base64 behind any text', () => {
    for (const before of ['', 'a', 'ab', 'Bearer ', 'user:']) {
      for (const form of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${TOKEN}, and more`).toString(form);
        const told = text(`see ${encoded}`);
        expect(told).toContain(WITHHELD);
        expect(told).not.toContain(encoded.slice(14, 40));
      }
    }
  });

  it('are looked for in any text of some million signs without overflow, in time', () => {
    const many = 2_000_000;
    const started = performance.now();
    for (const part of ['x', '-sk_', 'bearer ', 'api_key', '\\\\', 'eyJaaaaaaaa.', 'a1'])
      expect(text(part.repeat(many / part.length) + TOKEN)).not.toContain(TOKEN);
    expect(text(`eyJ${'a'.repeat(many)}`)).toHaveLength(many + 3);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('are not looked for where they are too short to be tokens, and other texts stay as they are', () => {
    const value = { a: ['a short text', 5], b: new Uint8Array(3), when: '2026-03-02 09:00:00' };
    expect(deep(value)).toBe(value);
  });

  it('do not survive in any text around them', () => {
    assert(
      property(string(), string(), array(constantFrom('{', '"', '\\', '7', 'Bearer ')), (a, b, c) => {
        const told = text(`${a}${c.join('')}${TOKEN}${b}`);
        expect(told).not.toContain(TOKEN);
      }),
      { seed },
    );
  });
});

describe('keys by their form', () => {
  it.each([
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer [withheld]'],
    ['{"authorization": "Bearer abc.def-123"}', '{"authorization": "Bearer [withheld]"}'],
    ['Incorrect API key provided: sk-proj-ABCdef123456.', 'Incorrect API key provided: [withheld].'],
    ['OPENAI_API_KEY=abcdefgh12345678', 'OPENAI_API_KEY=[withheld]'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic [withheld]'],
    ['{"access_token": "abcdefgh12345678"}', '{"access_token": "[withheld]"}'],
    ['client_secret=abcdefgh12345678', 'client_secret=[withheld]'],
    ['gsk_aaaaaaaaaaaa and xai-bbbbbbbbbbbb', '[withheld] and [withheld]'],
    ['"x-aex-provider-key":"something-secret"', '"x-aex-provider-key":"[withheld]"'],
  ])('%s', (given, told) => {
    expect(text(given)).toBe(told);
  });

  it('are not seen in what the ledger is made of', () => {
    for (const plain of [
      'a863f3dedd586db2f694b6eb43cfb248b3a38df742b67c9a618bbdaf73816ceb',
      '{"estimated_micro":170,"expiry_at":"2026-03-02T09:03:05+00:00"}',
      'Upstream /v1/chat/completions failed with HTTP 500: simulated 500',
      'risk-management of a task-oriented agent',
      'Invalid API token: insufficient entropy',
      'tokens: 12345678901, max_tokens=4096000000',
    ])
      expect(text(plain)).toBe(plain);
  });
});
