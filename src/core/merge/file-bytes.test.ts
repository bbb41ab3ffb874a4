import { describe, expect, it } from 'vitest';
import { fileText } from './file-bytes.ts';

function roundTrip(bytes: Uint8Array): Uint8Array {
  const read = fileText(bytes);
  if (!read.ok) throw new Error(read.reason);
  return read.file.encode(read.file.text);
}

describe('the bytes of a file', () => {
  it.each<[string, number[]]>([
    ['UTF-8', [...Buffer.from('{"ä":"😀"}\r\n')]],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...Buffer.from('["ä"]')]],
    ['a lone half in UTF-8', [0x22, 0xed, 0xa0, 0xbd, 0x22]],
    ['UTF-16 with a mark', [0xff, 0xfe, ...Buffer.from('["😀ä"]', 'utf16le')]],
    ['UTF-16, big end first', [...Buffer.from('["😀ä"]', 'utf16le').swap16()]],
    ['UTF-32', [...new Uint8Array(Uint32Array.from([...'["😀"]'], (sign) => sign.codePointAt(0)!).buffer)]],
    ['nothing', []],
  ])('come back: %s', (_, bytes) => {
    expect([...roundTrip(Uint8Array.from(bytes))]).toEqual(bytes);
  });

  it('that are no text have a reason', () => {
    expect(fileText(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
      ok: false,
      reason: 'The bytes are no valid UTF-8 at byte 1',
    });
    expect(fileText(Uint8Array.of(0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22)).ok).toBe(false);
  });
});
