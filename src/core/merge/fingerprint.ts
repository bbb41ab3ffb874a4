import { compareCodePoints, distinctEntries, type JsonNode } from '../json/tree.ts';
import { scalarKey } from '../json/intern.ts';
import type { Unit } from './unit.ts';

/**
 * A digest (16 hex digits) of what a unit is about: its three values, by their canonical forms. The same on every
 * machine and in every version; made to notice changes, not to withstand forgery.
 */
export function fingerprintOf(unit: Unit): string {
  const digest = new Digest();
  digest.add(unit.what);
  for (const value of [unit.base, unit.ours, unit.theirs]) {
    if (value === undefined) digest.add('absent');
    else addValue(value, digest);
  }
  return digest.text();
}

/** Adds the canonical form of a value piece by piece; `open` stands in for recursion, so any depth is fine. */
function addValue(root: JsonNode, digest: Digest): void {
  const open: (JsonNode | string)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') digest.add(next);
    else if (next.kind === 'array') {
      digest.add(`[${next.items.length}`);
      for (let i = next.items.length - 1; i >= 0; i -= 1) open.push(next.items[i]!);
    } else if (next.kind === 'object') {
      const entries = distinctEntries(next.entries).toSorted((a, b) => compareCodePoints(b.key, a.key));
      digest.add(`{${entries.length}`);
      for (const { key, value } of entries) open.push(value, `k${key}`);
    } else digest.add(scalarKey(next));
  }
}

/** Two 32-bit sums with different multipliers (after cyrb53, public domain). */
class Digest {
  #a = 0x9e3779b9;
  #b = 0x41c6ce57;

  add(text: string): void {
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      this.#a = Math.imul(this.#a ^ unit, 0x9e3779b1);
      this.#b = Math.imul(this.#b ^ unit, 0x5f356495);
    }
    // where one text ends and the next begins counts too
    this.#a = Math.imul(this.#a ^ (0x10000 + text.length), 0x85ebca6b);
    this.#b = Math.imul(this.#b ^ (0x10000 + text.length), 0xc2b2ae35);
    this.#a ^= this.#b >>> 15;
    this.#b ^= this.#a >>> 13;
  }

  text(): string {
    return hex(this.#a ^ (this.#b >>> 16)) + hex(this.#b ^ (this.#a >>> 16));
  }
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, '0');
}
