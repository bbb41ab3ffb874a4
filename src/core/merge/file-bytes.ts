import { decodeJsonBytes, type JsonEncoding } from '../json/decode.ts';

/** The text of a file without its byte order mark, and how texts become its bytes. */
export type FileText = {
  readonly text: string;
  readonly encode: (text: string) => Uint8Array;
};

/** Reads the bytes of a file that may be JSON. A reason instead where they are no text, or not in one piece. */
export function fileText(
  bytes: Uint8Array,
): { readonly ok: true; readonly file: FileText } | { readonly ok: false; readonly reason: string } {
  const decoded = decodeJsonBytes(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding, bom } = decoded;
  const encode = (changed: string): Uint8Array => encodeAs(bom ? `\ufeff${changed}` : changed, encoding);
  // Only the surrogates that begin with this byte are not written as they were read.
  if ((encoding === 'utf-8' && !bytes.includes(0xed)) || sameBytes(encode(text), bytes))
    return { ok: true, file: { text, encode } };
  return { ok: false, reason: 'The bytes hold characters that were encoded in halves' };
}

function encodeAs(text: string, encoding: JsonEncoding): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return text.isWellFormed() ? new TextEncoder().encode(text) : encodeHalves(text);
    case 'utf-16le':
    case 'utf-16be': {
      const bytes = new Uint8Array(text.length * 2);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < text.length; i += 1)
        view.setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
      return bytes;
    }
    case 'utf-32le':
    case 'utf-32be': {
      const signs = Array.from(text, (sign) => sign.codePointAt(0)!);
      const bytes = new Uint8Array(signs.length * 4);
      const view = new DataView(bytes.buffer);
      signs.forEach((code, i) => view.setUint32(i * 4, code, encoding === 'utf-32le'));
      return bytes;
    }
  }
}

/** UTF-8 in which halves of surrogate pairs are encoded as they stand, which Python passes through. */
function encodeHalves(text: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  const encoder = new TextEncoder();
  for (const piece of text.split(/(\p{Surrogate})/u)) {
    const code = piece.length === 1 ? piece.charCodeAt(0) : 0;
    if (code < 0xd800 || code > 0xdfff) pieces.push(encoder.encode(piece));
    else pieces.push(Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)));
  }
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Whether two files are the same to the byte. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
