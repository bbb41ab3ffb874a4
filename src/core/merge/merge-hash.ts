import { distinctEntries, type JsonNode } from '../json/tree.ts';
import { hasDuplicates, sameValue, scalarText } from './merge-same.ts';

/** Gives equal values the same number, from 0. */
export type Classes = (node: JsonNode) => number;

/** Numbers of values with the same hash that are told apart by comparing; more than an attack makes is not needed. */
const MAX_CHAIN = 64;

/** Makes a numbering of values; its numbers mean nothing to another one. Values of any depth. */
export function createClasses(): Classes {
  const hashes = new Map<JsonNode, number>();
  const byHash = new Map<number, number[]>();
  const firsts: JsonNode[] = [];
  return (node) => {
    const hash = hashOf(node, hashes);
    const chain = byHash.get(hash);
    const found = chain?.find((number) => sameValue(firsts[number], node));
    if (found !== undefined) return found;
    const number = firsts.length;
    firsts.push(node);
    if (chain === undefined) byHash.set(hash, [number]);
    else if (chain.length < MAX_CHAIN) chain.push(number);
    return number;
  };
}

/** A 32-bit number that equal values share. Those of containers are kept in `known`. */
function hashOf(root: JsonNode, known: Map<JsonNode, number>): number {
  const done = leafHash(root, known);
  if (done !== null) return done;
  const open: JsonNode[] = [root];
  while (open.length > 0) {
    const node = open.at(-1)!;
    const waiting = open.length;
    const hash = node.kind === 'array' ? arrayHash(node.items, known, open) : objectHash(node, known, open);
    if (open.length === waiting) {
      known.set(node, hash);
      open.pop();
    }
  }
  return known.get(root)!;
}

function leafHash(node: JsonNode, known: ReadonlyMap<JsonNode, number>): number | null {
  if (node.kind === 'array' || node.kind === 'object') return known.get(node) ?? null;
  return textHash(scalarText(node), 7);
}

function arrayHash(items: readonly JsonNode[], known: Map<JsonNode, number>, open: JsonNode[]): number {
  let hash = 0x5bd1e995;
  for (const item of items) {
    const part = leafHash(item, known);
    if (part === null) open.push(item);
    else hash = mix(hash, part);
  }
  return hash;
}

function objectHash(node: JsonNode, known: Map<JsonNode, number>, open: JsonNode[]): number {
  if (node.kind !== 'object') return 0;
  const entries = hasDuplicates(node.entries) ? distinctEntries(node.entries) : node.entries;
  let hash = entries.length;
  for (const { key, value } of entries) {
    const part = leafHash(value, known);
    if (part === null) open.push(value);
    // a sum, as the order of keys does not matter
    else hash = (hash + mix(textHash(key, 11), part)) | 0;
  }
  return mix(hash, 0x1b873593);
}

function mix(hash: number, part: number): number {
  const mixed = Math.imul(hash ^ part, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ (mixed >>> 16);
}

function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash, text.length);
}
