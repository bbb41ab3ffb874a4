import { limits } from './limits.ts';

export type Picture = {
  readonly mime: string;
  readonly base64: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
};

const DATA_URL = /^data:image\/(?:png|jpe?g|gif|webp)(?:;[\w=.+-]+)*;base64,/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** Shorter texts can begin like a picture by chance. */
const SHORTEST = 44;

/**
 * A picture in a text: a `data:` address or bare base64. The first bytes decide what it is, never a name beside it;
 * SVG is a document with scripts and stays text.
 */
export function readPicture(text: string): Picture | null {
  if (text.length < SHORTEST || text.length > limits.imageChars) return null;
  const head = DATA_URL.exec(text.slice(0, 200));
  const start = head?.[0].length ?? 0;
  if (head === null && !/^(?:iVBOR|\/9j\/|R0lGOD|UklGR)/.test(text)) return null;
  const raw = text.slice(start);
  const base64 = (/\s/.test(raw) ? raw.replaceAll(/\s+/g, '') : raw)
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (!isBase64(base64)) return null;
  const first = decode(base64.slice(0, 65_536));
  const mime = first === null ? null : mimeOf(first);
  if (first === null || mime === null) return null;
  const bytes = Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
  const [width, height] = sizeOf(mime, first) ?? [null, null];
  return { mime, base64, bytes, width, height };
}

/** Whether a picture may be drawn: a small file can name a size that fills the memory. */
export const isDrawable = ({ width, height }: Pick<Picture, 'width' | 'height'>): boolean =>
  width !== null && height !== null && width > 0 && height > 0 && width * height <= limits.imagePoints;

/** A whole text of base64; tested in pieces, since one pattern over megabytes overflows the engine's stack. */
function isBase64(text: string): boolean {
  for (let from = 0; from < text.length; from += 65_536) {
    const piece = text.slice(from, from + 65_536);
    const last = from + 65_536 >= text.length;
    if (!BASE64.test(piece) || (!last && piece.includes('='))) return false;
  }
  return text !== '';
}

function decode(base64: string): Uint8Array | null {
  const whole = base64.slice(0, base64.length - (base64.length % 4) || undefined);
  try {
    return Uint8Array.from(atob(whole), (unit) => unit.charCodeAt(0));
  } catch {
    return null;
  }
}

function mimeOf(b: Uint8Array): string | null {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, i) => b[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x47, 0x49, 0x46, 0x38) && (b[4] === 0x37 || b[4] === 0x39) && b[5] === 0x61) return 'image/gif';
  if (starts(0x52, 0x49, 0x46, 0x46) && ascii(b, 8, 4) === 'WEBP') return 'image/webp';
  return null;
}

function sizeOf(mime: string, b: Uint8Array): readonly [number, number] | null {
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  try {
    switch (mime) {
      case 'image/png':
        return ascii(b, 12, 4) === 'IHDR' ? [view.getUint32(16), view.getUint32(20)] : null;
      case 'image/gif':
        return [view.getUint16(6, true), view.getUint16(8, true)];
      case 'image/webp':
        return sizeOfWebp(b, view);
      default:
        return sizeOfJpeg(view);
    }
  } catch {
    return null;
  }
}

function sizeOfWebp(b: Uint8Array, view: DataView): readonly [number, number] | null {
  const form = ascii(b, 12, 4);
  if (form === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  if (form !== 'VP8X') return null;
  const triple = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return [triple(24), triple(27)];
}

/** The first frame head among the segments, each of which says how long it is. */
function sizeOfJpeg(view: DataView): readonly [number, number] | null {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

const ascii = (b: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...b.subarray(at, at + length));
