import type { TextPool } from './text-pool.ts';

/**
 * For every text of a pool whether it holds the needle, whatever the case; null: none does. `lowered`: all its texts are
 * in lower case.
 */
export function textsWith(pool: TextPool, needle: string, lowered = false): Uint8Array | null {
  const small = needle.toLowerCase();
  if (!lowered && pool.wide) return slowHits(pool, small);
  const block = blockOf(pool);
  return hitsIn(pool, !lowered && pool.upper ? loweredCopy(block) : block, Buffer.from(small, 'utf8'));
}

/** For every text of a pool whether it begins with these letters; null: none does. */
export function textsFrom(pool: TextPool, prefix: string): Uint8Array | null {
  return hitsIn(pool, blockOf(pool), Buffer.concat([SEPARATOR, Buffer.from(prefix, 'utf8')]), 1);
}

/** The number of a text, 0 where it is not there: as `findText`, without the table that makes many such looks quick. */
export function numberOfText(pool: TextPool, text: string): number {
  const at = blockOf(pool).indexOf(Buffer.concat([SEPARATOR, Buffer.from(text, 'utf8'), SEPARATOR]));
  return at === -1 ? 0 : idAt(pool.starts, 0, pool.size, at + 1);
}

/** What stands between two texts of a pool. */
const SEPARATOR = Buffer.of(0xff);

const blockOf = (pool: TextPool): Buffer => Buffer.from(pool.bytes.buffer, pool.bytes.byteOffset, pool.used);

function hitsIn(pool: TextPool, block: Buffer, bytes: Buffer, skip = 0): Uint8Array | null {
  const { starts, size } = pool;
  let hits: Uint8Array | null = null;
  let id = 0;
  for (let at = block.indexOf(bytes, 0); at !== -1; at = block.indexOf(bytes, starts[id + 1]! - skip)) {
    id = idAt(starts, id, size, at + skip);
    hits ??= new Uint8Array(size);
    hits[id] = 1;
    if (id + 1 >= size) break;
  }
  return hits;
}

/** The text in which a byte stands: near the last one, or found by halving. */
function idAt(starts: Uint32Array, from: number, size: number, at: number): number {
  let low = from;
  for (let near = 0; near < 8; near++) {
    if (low + 1 >= size || starts[low + 1]! > at) return low;
    low += 1;
  }
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function loweredCopy(block: Buffer): Buffer {
  const copy = Buffer.from(block);
  for (let i = 0; i < copy.length; i++) {
    const byte = copy[i]!;
    if (byte > 0x40 && byte < 0x5b) copy[i] = byte + 0x20;
  }
  return copy;
}

function slowHits(pool: TextPool, needle: string): Uint8Array | null {
  let hits: Uint8Array | null = null;
  for (let id = 1; id < pool.size; id++) {
    if (!pool.text(id)!.toLowerCase().includes(needle)) continue;
    hits ??= new Uint8Array(pool.size);
    hits[id] = 1;
  }
  return hits;
}
