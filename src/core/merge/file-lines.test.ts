import { describe, expect, it } from 'vitest';
import { mergeFileLines } from './file-lines.ts';

const names = { ours: 'main', theirs: 'größer' };

function merged(base: string, ours: string, theirs: string): { text: string; conflicts: number } | null {
  const [b, o, t] = [base, ours, theirs].map((text) => new Uint8Array(Buffer.from(text)));
  const result = mergeFileLines({ base: b!, ours: o!, theirs: t! }, names);
  return result === null ? null : { text: Buffer.from(result.bytes).toString(), conflicts: result.conflicts };
}

const bytesOf = (...list: number[]): Uint8Array => Uint8Array.from(list);

describe('merging files by line', () => {
  it('takes what one side changed', () => {
    expect(merged('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nä')).toEqual({
      text: 'A\nb\nc\nä',
      conflicts: 0,
    });
    expect(merged('a\n', 'a\n', 'a\n')).toEqual({ text: 'a\n', conflicts: 0 });
  });

  it('puts markers around what both changed', () => {
    expect(merged('// a\n1\n2\n', '// a\n10\n2\n', '// a\n11\n2\n')).toEqual({
      text: '// a\n<<<<<<< main\n10\n=======\n11\n>>>>>>> größer\n2\n',
      conflicts: 1,
    });
    expect(merged('', 'x', 'y')?.text).toBe('<<<<<<< main\nx\n=======\ny\n>>>>>>> größer\n');
  });

  it('keeps bytes that are no text, and leaves binary files alone', () => {
    const kept = mergeFileLines(
      { base: bytesOf(0xff, 10, 1), ours: bytesOf(0xff, 10, 1), theirs: bytesOf(0xff, 10, 0xc3) },
      names,
    );
    expect([...kept!.bytes]).toEqual([0xff, 10, 0xc3]);
    expect(merged('a\0', 'b', 'c')).toBeNull();
  });
});
