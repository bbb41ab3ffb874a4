import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveredText, coverSecrets, hiddenValues, uncovered } from './secrets.ts';

const secret = fc.stringMatching(/^[A-Za-z0-9+/._-]{8,24}$/).map((text) => `s3cret-${text}`);
const row = fc.oneof(
  fc
    .tuple(fc.constantFrom('env: ', '- env: ', 'ENV : '), fc.constantFrom('API_KEY', 'TOKEN'), secret)
    .map(([begin, key, value]) => ({ text: `${begin}${key}=${value}`, secrets: [value] })),
  fc.tuple(secret, secret).map(([a, b]) => ({ text: `env: A=${a}, B=$B, C=${b}`, secrets: [a, b] })),
  fc
    .constantFrom(
      '## server',
      'command: npx',
      'args: -y, thing',
      '',
      'description: (hidden) words',
      'env: A=$A',
    )
    .map((text) => ({ text, secrets: [] as string[] })),
);
const file = fc.tuple(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n')).map(([rows, end]) => ({
  text: rows.map(({ text }) => text).join(end),
  end,
  secrets: rows.flatMap(({ secrets }) => secrets),
}));

describe('secrets of mcp.md', () => {
  it('never leave, and come back each to its own place wherever lines are moved or taken out', () => {
    fc.assert(
      fc.property(
        file,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        (one, moves, gone) => {
          const covered = coveredText('quill/mcp.md', one.text);
          for (const value of one.secrets) expect(covered).not.toContain(value);
          expect(uncovered('quill/mcp.md', covered, one.text)).toEqual({ ok: true, value: one.text });
          const shown = covered.split(one.end);
          const real = one.text.split(one.end);
          for (const [from, to] of moves) {
            const a = from % shown.length;
            const b = to % shown.length;
            shown.splice(b, 0, ...shown.splice(a, 1));
            real.splice(b, 0, ...real.splice(a, 1));
          }
          for (const at of gone) {
            if (shown.length < 2) break;
            shown.splice(at % shown.length, 1);
            real.splice(at % real.length, 1);
          }
          const back = uncovered('quill/mcp.md', shown.join(one.end), one.text);
          expect(back).toEqual({ ok: true, value: real.join(one.end) });
        },
      ),
    );
  });

  it.each([
    'env:\n- A=hunter2',
    '- env:\n  # of the desk\n  A=hunter2',
    '- **env**: A=hunter2',
    '- **env:** A=hunter2',
    '`env`: A=hunter2',
    '+ env: A=hunter2',
    '1. env: A=hunter2',
  ])('do not leave, and come back, as %j', (written) => {
    const text = `## srv\n- command: npx\n${written}\n- transport: stdio\n`;
    const covered = coveredText('quill/mcp.md', text);
    expect(covered).toBe(text.replace('hunter2', '(hidden 1)'));
    expect(uncovered('quill/mcp.md', covered, text)).toEqual({ ok: true, value: text });
  });

  it('are never shown by whatever a person types around the placeholders', () => {
    const typed = fc.constantFrom(
      '(hidden 1)',
      '(hidden 9)',
      'env: ',
      'X=',
      ',',
      ' ',
      'description: ',
      '\n',
      '$',
      'x',
    );
    fc.assert(
      fc.property(file, fc.array(fc.tuple(fc.nat(), fc.nat(3), typed), { maxLength: 6 }), (one, changes) => {
        let shown = coveredText('mcp.md', one.text);
        for (const [at, drop, put] of changes) {
          const from = at % (shown.length + 1);
          shown = shown.slice(0, from) + put + shown.slice(from + drop);
        }
        const back = uncovered('mcp.md', shown, one.text);
        if (!back.ok) {
          for (const value of one.secrets) expect(JSON.stringify(back)).not.toContain(value);
          return;
        }
        const again = coverSecrets('mcp.md', back.value, coverSecrets('mcp.md', one.text).secrets).text;
        for (const value of one.secrets) expect(again).not.toContain(value);
      }),
    );
  });

  it('have the same number where they are the same, and known ones keep theirs', () => {
    const text = 'env: A=one, B=two\nenv: C=one\n';
    expect(coveredText('a/mcp.md', text)).toBe('env: A=(hidden 1), B=(hidden 2)\nenv: C=(hidden 1)\n');
    expect(hiddenValues('a/mcp.md', text)).toBe(3);
    const known = coverSecrets('a/mcp.md', text).secrets;
    expect(coverSecrets('a/mcp.md', 'env: X=new, B=two\n', known).text).toBe(
      'env: X=(hidden 3), B=(hidden 2)\n',
    );
    expect(coveredText('a/tools.md', text)).toBe(text);
  });

  it('fail where a placeholder fits none, or would be shown', () => {
    const original = 'env: A=one\ndescription: x\n';
    for (const text of [
      'env: A=(hidden 2)\n',
      'env: A=x(hidden 1)\n',
      'env: A=(hidden 1)\ndescription: (hidden 1)\n',
      'description: (hidden 1)\n',
    ]) {
      expect(uncovered('mcp.md', text, original), text).toMatchObject({
        ok: false,
        error: { kind: 'bad-request' },
      });
    }
    // a secret with an equals sign would be half a key without one
    expect(uncovered('mcp.md', 'env: (hidden 1)\n', 'env: A=b=c\n').ok).toBe(false);
    // words that stood there before are no placeholder
    const words = 'env: A=one\ndescription: the (hidden 1) of it\n';
    expect(uncovered('mcp.md', coveredText('mcp.md', words), words)).toEqual({ ok: true, value: words });
    expect(uncovered('mcp.md', 'env: A=new\n', null)).toEqual({ ok: true, value: 'env: A=new\n' });
  });
});
