import { readKey, slotOf } from './hash-key.ts';
import type { GraphIndex } from './index.ts';

const key = new Uint32Array(3);

/**
 * The node with this hash, or -1. The index keeps 96 bits of a hash: who needs to be sure against a store made to
 * deceive compares the full hash of the row that is found.
 */
export function findNode(index: GraphIndex, hash: string): number {
  if (index.odd.size > 0) {
    const node = index.odd.get(hash);
    if (node !== undefined) return node < index.count ? node : -1;
  }
  if (!readKey(hash, key)) return -1;
  const high = key[0]!;
  const low = key[1]!;
  const mix = key[2]!;
  const { table, keyHigh, keyLow, keyMix } = index;
  const mask = table.length - 1;
  for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
    const node = table[slot]! - 1;
    if (node < 0) return -1;
    if (node < index.count && keyHigh[node] === high && keyLow[node] === low && keyMix[node] === mix)
      return node;
  }
}
