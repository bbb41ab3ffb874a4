import { describe, expect, test } from 'vitest';
import { jsonOf } from '../../../../core/json/build.ts';
import { readPicture, isDrawable } from './image.ts';
import { limits } from './limits.ts';
import { looksLikeMarkdown } from './markdown-like.ts';
import { comparePair } from './pair.ts';
import { readPatch } from './patch.ts';
import { cutAt, shownText } from './shown-text.ts';
import { gridOfObjects, gridOfText, sortedRows, toCsv } from './table.ts';
import { isTerminalText, playTerminal } from './terminal.ts';
import { readTrace } from './trace.ts';
import { markWords } from './words-of-line.ts';

const plainOf = (text: string) =>
  playTerminal(text).lines.map((line) => line.map((span) => span.text).join(''));

describe('terminal output', () => {
  test('shows what a terminal would: overwritten, stepped back, erased', () => {
    expect(plainOf(' 10 %\r 20 %\rdone \nnext')).toEqual(['done ', 'next']);
    expect(plainOf('abcdef\rxy')).toEqual(['xycdef']);
    expect(plainOf('abc\b\bX')).toEqual(['aXc']);
    expect(plainOf('long line\r\u001B[Kshort')).toEqual(['short']);
    expect(plainOf('abc\u001B[2Kd')).toEqual(['   d']);
    expect(plainOf('a\r\nb\r\n')).toEqual(['a', 'b']);
    expect(plainOf('a\n\n\nb')).toEqual(['a', '', '', 'b']);
  });

  test('keeps colours of 16, 256 and all, weights, and resets', () => {
    const inks = playTerminal(
      '\u001B[31ma\u001B[mb\u001B[1;4;38;5;208mc\u001B[0;48;2;1;2;3md\u001B[0;38:2::255:0:10me\u001B[7mf',
    ).lines[0]!.map(({ text, ink }) => [text, ink]);
    expect(inks).toEqual([
      ['a', expect.objectContaining({ fg: 1, bold: false })],
      ['b', null],
      ['c', expect.objectContaining({ fg: '#ff8700', bold: true, underline: true })],
      ['d', expect.objectContaining({ fg: null, bg: '#010203', bold: false })],
      ['e', expect.objectContaining({ fg: '#ff000a' })],
      ['f', expect.objectContaining({ fg: '#ff000a', inverse: true })],
    ]);
  });

  test('drops and counts everything else: links, titles, moves, bells', () => {
    const { removed } = playTerminal(
      '\u001B]8;;https://evil.example\u001B\\link\u001B]8;;\u0007 \u001B]0;title\u0007\u001B[5A\u001B[?25l\u0007\u009B3B\u001Bc',
    );
    expect(removed).toBe(8);
    expect(plainOf('\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007')).toEqual(['link']);
    expect(plainOf('\u001BPq unfinished')).toEqual([]);
  });

  test('is told from text', () => {
    expect(isTerminalText('plain\r\ntext\r\n')).toBe(false);
    expect(isTerminalText('1 %\r2 %')).toBe(true);
    expect(isTerminalText('\u001B[1mbold')).toBe(true);
  });
});

describe('patches', () => {
  const git =
    'diff --git a/x.py b/y.py\nsimilarity index 90%\nrename from x.py\nrename to y.py\n--- a/x.py\n+++ b/y.py\n@@ -10,99 +10,1 @@ def f():\n same\n-old\n+new\n\\ No newline at end of file\ndiff --git a/i.png b/i.png\nBinary files differ\n';

  test('git: names, facts, numbers; wrong counts do not matter', () => {
    const patch = readPatch(git)!;
    expect(patch).toMatchObject({ added: 1, removed: 1, before: [] });
    expect(patch.files.map(({ name, head }) => [name, head.length])).toEqual([
      ['y.py', 6],
      ['i.png', 2],
    ]);
    expect(patch.files[0]!.hunks[0]!.lines).toEqual([
      { sign: ' ', text: 'same', old: 10, new: 10 },
      { sign: '-', text: 'old', old: 11, new: null },
      { sign: '+', text: 'new', old: null, new: 11 },
      { sign: '\\', text: ' No newline at end of file', old: null, new: null },
    ]);
  });

  test('plain: several files, words before, a removed line that looks like a head', () => {
    const patch = readPatch(
      'I suggest:\n--- a.txt\t2026\n+++ a.txt\n@@ -1,2 +1,1 @@\n--- dashes\n+++ pluses\n--- b.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-gone\n',
    )!;
    expect(patch.before).toEqual(['I suggest:']);
    expect(patch.files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    expect(patch.files[0]!.hunks[0]!.lines.map(({ sign, text }) => sign + text)).toEqual([
      '--- dashes',
      '+++ pluses',
    ]);
  });

  test('apply_patch: added, moved and changed files', () => {
    const patch = readPatch(
      '*** Begin Patch\n*** Update File: a.py\n*** Move to: b.py\n@@ def f():\n-x\n+y\n*** Delete File: c\n*** Add File: d\n+z\n*** End Patch',
    )!;
    expect(patch.files.map(({ name, head }) => [name, head.length])).toEqual([
      ['a.py', 2],
      ['c', 1],
      ['d', 1],
    ]);
    expect(patch).toMatchObject({ added: 2, removed: 1 });
  });

  test('lists, rules and quoted mail are no patches', () => {
    expect(readPatch('- one\n- two\n+ three\n---\n+++ four')).toBeNull();
    expect(readPatch('--- a\n+++ b\nno hunk')).toBeNull();
    expect(readPatch('*** Begin Patch\n*** Update File: a\n same\n*** End Patch')).toBeNull();
  });

  test('words are marked where lines have much in common', () => {
    const lines = readPatch(
      '--- a\n+++ b\n@@ -1,2 +1,2 @@\n-return float(x) * 1000\n-nothing alike\n+return float(y) * 1000\n+entirely other words here\n',
    )!.files[0]!.hunks[0]!.lines;
    const marks = markWords(lines);
    expect(marks.get(lines[0]!)!.filter((word) => word.changed)).toEqual([{ text: 'x', changed: true }]);
    expect(marks.has(lines[1]!)).toBe(false);
  });

  test('a text and what replaces it', () => {
    expect(comparePair('a\nb\nc', 'a\nB\nc')[0]!.lines.map(({ sign, text }) => sign + text)).toEqual([
      ' a',
      '-b',
      '+B',
      ' c',
    ]);
    expect(comparePair('', 'new\n')[0]!.lines.map(({ sign }) => sign)).toEqual(['+']);
    expect(comparePair('x', 'x\n')[0]!.lines.some(({ sign }) => sign === '\\')).toBe(true);
    const large = comparePair('a\n'.repeat(limits.pairLines), 'b\n'.repeat(limits.pairLines));
    expect(large[0]!.lines).toHaveLength(limits.pairLines * 2);
  });
});

/** A trace in short. */
const marks = (text: string) => {
  const trace = readTrace(text)!;
  return {
    language: trace.language,
    message: trace.message,
    marks: trace.lines.flatMap(({ text: line, mark }) => (mark === null ? [] : [line.slice(...mark)])),
    library: trace.lines.filter(({ kind, library }) => kind === 'frame' && library).length,
  };
};

describe('stack traces', () => {
  test('Python, with a chain: the last message counts', () => {
    expect(
      marks(
        'log line\nTraceback (most recent call last):\n  File "/srv/a.py", line 3, in f\n    g()\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/b.py", line 4, in g\n    raise X\nlib.X: no\nafter',
      ),
    ).toEqual({
      language: 'Python',
      message: 'lib.X: no',
      marks: ['"/srv/a.py", line 3', '"/usr/lib/python3/dist-packages/b.py", line 4'],
      library: 1,
    });
  });

  test('JavaScript', () => {
    expect(
      marks(
        'TypeError: x is not a function\n    at run (/srv/app/index.js:10:5)\n    at async file:///srv/app/main.mjs:3:1\n    at node:internal/main:7:2\n    at Object.<anonymous> (/srv/node_modules/y/z.js:1:1)',
      ),
    ).toEqual({
      language: 'JavaScript',
      message: 'TypeError: x is not a function',
      marks: [
        '/srv/app/index.js:10:5',
        'file:///srv/app/main.mjs:3:1',
        'node:internal/main:7:2',
        '/srv/node_modules/y/z.js:1:1',
      ],
      library: 2,
    });
  });

  test('Java, Go and Rust', () => {
    expect(
      marks(
        'Exception in thread "main" java.lang.IllegalStateException: no\n\tat org.example.A.run(A.java:12)\n\tat java.base/java.util.List.of(List.java:3)\nCaused by: x\n\t... 2 more',
      ),
    ).toMatchObject({
      language: 'Java',
      marks: ['A.java:12', 'List.java:3'],
      library: 2,
    });
    expect(
      marks(
        'panic: boom\n\ngoroutine 1 [running]:\nmain.f(0x1)\n\t/srv/main.go:7 +0x1d\nmain.main()\n\t/usr/local/go/src/x.go:3 +0x20',
      ),
    ).toMatchObject({
      language: 'Go',
      message: 'panic: boom',
      marks: ['/srv/main.go:7', '/usr/local/go/src/x.go:3'],
      library: 1,
    });
    expect(
      marks(
        "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds\nstack backtrace:\n   0: rust_begin_unwind\n             at /rustc/abc/library/std/src/panicking.rs:1:5\n   1: app::main\n             at ./src/main.rs:2:5",
      ),
    ).toMatchObject({
      language: 'Rust',
      message: 'index out of bounds',
      library: 1,
    });
  });

  test('prose that mentions a file is none', () => {
    expect(readTrace('Meet\n  at noon\n  at the office')).toBeNull();
    expect(readTrace('File "a", line 1\nis wrong')).toBeNull();
  });
});

describe('tables', () => {
  test('sort numbers as numbers, what is missing last, and leave the source text', () => {
    const { rows } = gridOfObjects(
      jsonOf([{ n: 10, t: 'b' }, { n: 9, t: 'a' }, { t: 'c' }, { n: 1.5, t: 'a' }]),
    )!;
    expect(sortedRows(rows, 0, 'ascending')).toEqual([3, 1, 0, 2]);
    expect(sortedRows(rows, 0, 'descending')).toEqual([0, 1, 3, 2]);
    expect(sortedRows(rows, 1, 'ascending')).toEqual([1, 3, 0, 2]);
  });

  test('copied as CSV no cell can become a formula', () => {
    const grid = gridOfObjects(
      jsonOf([
        { 'a,b': '=1+1', n: -1.5, o: { x: [1] } },
        { 'a,b': ' @SUM(A1)', n: 2, o: null },
        { 'a,b': 'say "x"', n: 3, o: '-2' },
      ]),
    )!;
    expect(toCsv(grid, [0, 1, 2])).toBe(
      '"a,b",n,o\r\n"\'=1+1",-1.5,"{""x"":[1]}"\r\n"\' @SUM(A1)",2,\r\n"say ""x""",3,-2\r\n',
    );
  });

  test('CSV and TSV want the same number of cells in each row', () => {
    expect(gridOfText('a,b\n"x, y",2\n3,4')!.rows[0]![0]).toEqual({ kind: 'string', value: 'x, y' });
    expect(gridOfText('a\tb\n1\t2\n3\t4')!.columns).toEqual(['a', 'b']);
    expect(gridOfText('one, two\nthree')).toBeNull();
  });
});

/** Bytes with room behind them, as base64. */
const of = (...bytes: number[]) =>
  Buffer.from([...bytes, ...Array.from({ length: 60 }, () => 0)]).toString('base64');

describe('pictures', () => {
  test('sizes from their heads', () => {
    expect(readPicture(of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x40, 1, 0xf0, 0))).toMatchObject({
      mime: 'image/gif',
      width: 320,
      height: 240,
    });
    expect(
      readPicture(of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 100, 0, 200)),
    ).toMatchObject({ mime: 'image/jpeg', width: 200, height: 100 });
    const webp = [...Buffer.from('RIFF\0\0\0\0WEBPVP8X'), 0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0];
    expect(readPicture(of(...webp))).toMatchObject({ mime: 'image/webp', width: 100, height: 50 });
  });

  test('what names too many points, or none, is not drawn', () => {
    expect(isDrawable({ width: 60_000, height: 60_000 })).toBe(false);
    expect(isDrawable({ width: null, height: null })).toBe(false);
    expect(isDrawable({ width: 10, height: 10 })).toBe(true);
    expect(readPicture(`${of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61)}<svg>`)).toBeNull();
  });
});

test('Markdown that would cost more than it is worth stays text', () => {
  expect(looksLikeMarkdown(`## a\n\n${'> '.repeat(500)}x`, null)).toBe(false);
  expect(looksLikeMarkdown(`## a\n\n- b\n- c\n${'x'.repeat(limits.markdownChars)}`, null)).toBe(false);
});

test('a text is cut at lines or characters, never within one', () => {
  expect(cutAt('a\nb\nc', 2, 100)).toEqual({ end: 3, left: 1, by: 'lines' });
  expect(cutAt('a\nb\n', 2, 100)).toEqual({ end: 4, left: 0, by: 'lines' });
  expect(cutAt('abc😀def', 9, 4)).toEqual({ end: 3, left: 5, by: 'characters' });
  expect(shownText('a\tb\r\nc\u202Ed\u0000')).toBe('a\tb\nc\uFFFDd\uFFFD');
});
