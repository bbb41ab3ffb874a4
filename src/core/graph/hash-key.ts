const HEX = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) HEX['0123456789abcdef'.charCodeAt(i)] = i;

/**
 * Reads a hash of 64 lower-case hex digits into `out`: the first 8 bytes as two words, and a mix of the other 24,
 * so that a hash altered in its tail is another key. Returns false for any other text.
 */
export function readKey(text: string, out: Uint32Array): boolean {
  if (text.length !== 64) return false;
  let bad = 0;
  let codes = 0;
  let mix = 0x9e3779b9;
  for (let word = 0; word < 8; word++) {
    let value = 0;
    for (let i = word * 8, end = i + 8; i < end; i++) {
      const code = text.charCodeAt(i);
      const digit = HEX[code & 127]!;
      codes |= code;
      bad |= digit;
      value = (value << 4) | digit;
    }
    if (word < 2) {
      out[word] = value;
    } else {
      mix = Math.imul(mix ^ value, 0x85ebca6b);
      mix ^= mix >>> 15;
      mix = Math.imul(mix, 0xc2b2ae35);
      mix ^= mix >>> 13;
    }
  }
  out[2] = mix;
  return bad >= 0 && codes < 128;
}

/** The first slot to try for a key in a table whose length is `mask` + 1. */
export function slotOf(high: number, low: number, mask: number): number {
  let slot = Math.imul(high ^ (low >>> 7) ^ (low << 11), 0x9e3779b1);
  slot ^= slot >>> 15;
  return slot & mask;
}
