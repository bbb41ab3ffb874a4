import { assert, constantFrom, integer, oneof, property, string } from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOutput, jsonText, safe, safeLine, short } from '../../src/cli/output.ts';
import { wholeNumber } from '../../src/cli/command.ts';

/** Signs of any kind, the dangerous ones often. */
const anyText = string({
  unit: oneof(
    constantFrom('\u001b', '\u009b', '\u0007', '\u202e', '\u2066', '\u2069', '\r', '\n', '\t', '\u007f'),
    integer({ min: 0, max: 0x10_ff_ff }).map((code) => String.fromCodePoint(code)),
    string({ unit: 'binary' }),
  ),
});

function actsOnTerminal(text: string, allowed: string): boolean {
  return Array.from(text).some((sign) => {
    const code = sign.codePointAt(0) as number;
    const control = code < 32 || (code >= 127 && code < 160);
    const turns = (code >= 0x20_2a && code <= 0x20_2e) || (code >= 0x20_66 && code <= 0x20_69);
    return (control || turns || (code >= 0xd8_00 && code <= 0xdf_ff)) && !allowed.includes(sign);
  });
}

describe('text of a store on a terminal', () => {
  it('holds nothing that acts on the terminal or turns text around', () => {
    assert(
      property(anyText, (text) => {
        expect(actsOnTerminal(safe(text), '\n\t')).toBe(false);
        expect(actsOnTerminal(safeLine(text), '')).toBe(false);
        expect(actsOnTerminal(short(text), '')).toBe(false);
        expect(actsOnTerminal(jsonText({ [text]: text }), '')).toBe(false);
        expect(JSON.parse(jsonText([text]))).toEqual([text]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is left alone otherwise', () => {
    for (const text of ['größer', '漢字かな', '😀 e\u0301', 'שלום مرحبا', 'a\tb\nc', ''])
      expect(safe(text)).toBe(text);
  });

  it('shows what was there', () => {
    expect(safe('a\u001b[31mb\u202ec')).toBe('a\\u001b[31mb\\u202ec');
    expect(safeLine('a\r\n\tb')).toBe('a\\u000d\\n\\tb');
  });
});

describe('colours', () => {
  const terminal = process.stdout.isTTY;
  afterEach(() => {
    process.stdout.isTTY = terminal;
    vi.unstubAllEnvs();
  });

  it('are for terminals, unless NO_COLOR says otherwise', () => {
    vi.stubEnv('NO_COLOR', undefined);
    process.stdout.isTTY = true;
    expect(createOutput(false).paint('x', 'green')).toBe('\u001b[32mx\u001b[0m');
    vi.stubEnv('NO_COLOR', '1');
    expect(createOutput(false).paint('x', 'green')).toBe('x');
    vi.stubEnv('NO_COLOR', '');
    expect(createOutput(false).paint('x', 'green')).toBe('\u001b[32mx\u001b[0m');
    process.stdout.isTTY = false;
    expect(createOutput(false).paint('x', 'green')).toBe('x');
  });
});

describe('whole numbers', () => {
  it('are read as Python reads them, of any size', () => {
    for (const [text, value] of [
      ['0', 0],
      ['-3', -3],
      ['+7', 7],
      ['99999999999999999999', Number.MAX_SAFE_INTEGER],
      ['-99999999999999999999', Number.MIN_SAFE_INTEGER],
    ] as const)
      expect(wholeNumber(text, '-n')).toEqual({ ok: true, value });
    for (const text of ['', 'x', '1.5', '1e3', '0x10', '--1'])
      expect(wholeNumber(text, '-n')).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  });
});
